import type { Branding } from "../branding/mod.ts";
import { type ChangeFollower, followChanges } from "../changes/mod.ts";
import type { HouseRulesReads } from "../explanations/mod.ts";
import type { Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";
import type { Catalogue, Streams } from "../odds/mod.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import type { TenantDirectory } from "../tenants/mod.ts";
import { createChangesLog } from "./_changes_log.ts";

export interface WebChangesOptions {
  /** Straight to Postgres; without it changes are found by looking alone. */
  readonly listenUrl: string | undefined;
}

export interface WebChangesDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly vitals: Pick<Vitals, "watchPart" | "watchGauge" | "watchCounter">;
  readonly branding: Pick<Branding, "reader">;
  readonly catalogue: Pick<Catalogue, "onOddsChanged" | "onOfferChanged" | "suspensions">;
  readonly houseRules: Pick<HouseRulesReads, "onChanged">;
  readonly streams: Pick<Streams, "onOddsChanged" | "onSightsChanged">;
  readonly directory: Pick<TenantDirectory, "refresh">;
  /** Aborts when the process stops. */
  readonly signal: AbortSignal;
}

/** A change that nobody woke us for is found after this long at most: half of the second in which all are to be served. */
const POLL_MS = 500;
/** More brands, offers or events changed at once than this: all of them are looked at anew, rather than each over a connection of its own. */
const ONE_BY_ONE_MAX = 20;
const EVENTS_ONE_BY_ONE_MAX = 1000;
const ANY = "*";
/** Writers in a hurry must not make the whole directory be read after each of them. */
const DIRECTORY_PAUSE_MS = 100;

export interface WebChanges extends ChangeFollower {
  /** Resolves when the changes have been looked at for the first time: what is loaded from then on is told when it changes. */
  readonly firstLooked: Promise<void>;
}

/** Follows what is changed anywhere, so that this machine serves it within about a second. */
export function followWebChanges({ listenUrl }: WebChangesOptions, deps: WebChangesDeps): WebChanges {
  const { branding, catalogue, clock, directory, houseRules, log, signal, streams, vitals } = deps;
  const told = createChangesLog({ pollMs: POLL_MS, wantsToListen: listenUrl !== undefined }, { log, clock });
  const refreshDirectory = spaced(() => directory.refresh(), DIRECTORY_PAUSE_MS, clock);
  const expireAllBrands = () => void branding.reader.warm(branding.reader.expireAll(), { signal });
  const { promise: firstLooked, resolve: looked } = Promise.withResolvers<void>();
  /** What hears of which topic. What stops a price is known before the price itself is looked at again. */
  const hearers: Readonly<Record<string, (key: string) => void>> = {
    suspensions(key) {
      catalogue.suspensions.changed(key);
      streams.onSightsChanged();
    },
    offers(key) {
      catalogue.onOfferChanged(key);
      streams.onSightsChanged();
    },
    house_rules: (key) => houseRules.onChanged(key),
    odds(key) {
      catalogue.onOddsChanged(key);
      streams.onOddsChanged(key);
    },
    branding(key) {
      if (key === ANY) expireAllBrands();
      else branding.reader.expire(key);
    },
  };
  // To forget a board costs nothing: only many more of them are forgotten all at once, which loads them all.
  const changed = new Map(
    Object.entries(hearers).map(([topic, hear]) => [
      topic,
      batched(hear, topic === "odds" ? EVENTS_ONE_BY_ONE_MAX : ONE_BY_ONE_MAX),
    ]),
  );
  const follower = followChanges(
    { listenUrl, pollMs: POLL_MS },
    {
      ...deps,
      observe: told.observe,
      onChange({ topic, key }) {
        changed.get(topic)?.(key);
        if (topic !== "tenants") return;
        refreshDirectory();
        // A brand shows its tenant's name too.
        changed.get("branding")?.(key);
      },
      onResync() {
        refreshDirectory();
        for (const hear of Object.values(hearers)) hear(ANY);
        looked();
      },
    },
  );
  vitals.watchPart("changes", () => told.part(follower.ageMs()));
  vitals.watchCounter("linehold_changes_seen_total", "Changes heard of", told.seen);
  vitals.watchGauge(
    "linehold_changes_age_seconds",
    "Seconds since the changes were last read to their end",
    () => {
      const ageMs = follower.ageMs();
      return ageMs === undefined ? undefined : ageMs / 1000;
    },
  );
  vitals.watchGauge("linehold_changes_listening", "Whether the database wakes this process", () =>
    told.isListening() ? 1 : 0,
  );
  return { ...follower, firstLooked };
}

/** Gathers the keys of a batch, of which is told in one go, and acts on each once; on `*` alone if that is among them or they are many. */
function batched(act: (key: string) => void, oneByOneMax: number): (key: string) => void {
  let keys = new Set<string>();
  const flush = () => {
    const changed = keys;
    keys = new Set();
    if (changed.has(ANY) || changed.size > oneByOneMax) act(ANY);
    else for (const key of changed) act(key);
  };
  return (key) => {
    if (keys.size === 0) queueMicrotask(flush);
    keys.add(key);
  };
}

/** At once, and then at most once in each pause, the last call always heard. */
function spaced(act: () => void, pauseMs: number, clock: Clock): () => void {
  let timer: Disposable | undefined;
  let again = false;
  const run = () => {
    again = false;
    act();
    timer = clock.after(pauseMs, () => {
      timer = undefined;
      if (again) run();
    });
  };
  return () => {
    again = true;
    if (timer === undefined) run();
  };
}
