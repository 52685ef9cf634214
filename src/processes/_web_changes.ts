import type { Branding } from "../branding/mod.ts";
import { type ChangeFollower, followChanges } from "../changes/mod.ts";
import type { Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";
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
  readonly directory: Pick<TenantDirectory, "refresh">;
  /** Aborts when the process stops. */
  readonly signal: AbortSignal;
}

/** A change that nobody woke us for is found after this long at most: half of the second in which all are to be served. */
const POLL_MS = 500;
/** More brands changed at once than this: all are looked at anew, over one connection, rather than each over one of its own. */
const ONE_BY_ONE_MAX = 20;
/** Writers in a hurry must not make the whole directory be read after each of them. */
const DIRECTORY_PAUSE_MS = 100;

export interface WebChanges extends ChangeFollower {
  /** Resolves when the changes have been looked at for the first time: what is loaded from then on is told when it changes. */
  readonly firstLooked: Promise<void>;
}

/** Follows what is changed anywhere, so that this machine serves it within about a second. */
export function followWebChanges({ listenUrl }: WebChangesOptions, deps: WebChangesDeps): WebChanges {
  const { branding, clock, directory, log, signal, vitals } = deps;
  const told = createChangesLog({ pollMs: POLL_MS, wantsToListen: listenUrl !== undefined }, { log, clock });
  const refreshDirectory = spaced(() => directory.refresh(), DIRECTORY_PAUSE_MS, clock);
  const expireAllBrands = () => void branding.reader.warm(branding.reader.expireAll(), { signal });
  const { promise: firstLooked, resolve: looked } = Promise.withResolvers<void>();
  let brands = new Set<string>();
  /** After a whole batch, which is told of in one go. */
  const flush = () => {
    const changed = brands;
    brands = new Set();
    if (changed.size > ONE_BY_ONE_MAX) expireAllBrands();
    else for (const tenantId of changed) branding.reader.expire(tenantId);
  };
  const follower = followChanges(
    { listenUrl, pollMs: POLL_MS },
    {
      ...deps,
      observe: told.observe,
      onChange({ topic, key }) {
        // A brand shows its tenant's name too.
        if (topic !== "branding" && topic !== "tenants") return;
        if (topic === "tenants") refreshDirectory();
        if (brands.size === 0) queueMicrotask(flush);
        brands.add(key);
      },
      onResync() {
        looked();
        refreshDirectory();
        expireAllBrands();
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
