import type { OfferedPrice } from "../markets/mod.ts";
import { simulatedKnown } from "./_simulated_known.ts";
import {
  type Fixture,
  fixtureById,
  fixturesBetween,
  halfTimeScore,
  MATCH_MS,
  scoreAt,
} from "./_simulated_league.ts";
import { simulatedPrices } from "./_simulated_prices.ts";
import type { Feed } from "./feed.ts";
import type { Snapshot, SnapshotEvent } from "./snapshot.ts";
import { tallyOf } from "./tally.ts";

export const SIMULATED_SOURCE = "simulated";
/** How far ahead fixtures are offered. */
const HORIZON_MS = 20 * 60_000;

export interface SimulatedOptions {
  readonly seed: number;
}

export interface SimulatedMoment {
  /** Business time. */
  readonly at: Date;
  /** Source ids of stored events that have begun: those that are over are reported with their result, however long ago they ended. */
  readonly unfinished?: readonly string[];
}

/**
 * The league that plays itself, as it stands at one moment: a pure function of the seed and the business time, so that a worker
 * that restarts, or two at once, see the same league. What ended meanwhile is told for those who still wait for it.
 */
export function simulatedSnapshot(
  { seed }: SimulatedOptions,
  { at, unfinished = [] }: SimulatedMoment,
): Snapshot {
  const now = at.getTime();
  const version = BigInt(Math.floor(now / 1000));
  const offered = fixturesBetween(seed, now - MATCH_MS + 1, now + HORIZON_MS);
  const over = unfinished
    .flatMap((id) => fixtureById(id) ?? [])
    .filter(({ startsAt }) => startsAt + MATCH_MS <= now);
  const events = [...over, ...offered].map((fixture) => eventOf(fixture, { now, version }));
  const prices = events.flatMap((event) => event.prices ?? []);
  const open = prices.filter(({ suspended }) => !suspended).length;
  return {
    source: SIMULATED_SOURCE,
    version,
    scope: "full",
    events,
    quarantined: [],
    counts: {
      events: events.length,
      markets: new Set(events.flatMap((event) => event.prices?.map((price) => marketOf(event, price)) ?? []))
        .size,
      ...tallyOf([{ prices: prices.length, open, suspended: prices.length - open, quarantined: {} }]),
    },
  };
}

/** The simulated league as a feed; it needs no network. */
export function simulatedFeed(options: SimulatedOptions): Feed {
  return {
    source: SIMULATED_SOURCE,
    poll: async ({ at, unfinished }) => simulatedSnapshot(options, { at, unfinished: await unfinished() }),
  };
}

interface Moment {
  readonly now: number;
  readonly version: bigint;
}

function eventOf(fixture: Fixture, { now, version }: Moment): SnapshotEvent {
  const { id, home, away, startsAt } = fixture;
  const isOver = startsAt + MATCH_MS <= now;
  const facts = {
    sourceEventId: id,
    sport: "soccer",
    competitionId: "simulated-league",
    competition: "Linehold League",
    home,
    away,
    startsAt: new Date(startsAt),
    status: isOver ? "ended" : startsAt <= now ? "live" : "scheduled",
    sourceVersion: version,
  } as const;
  const known = now < startsAt ? {} : { known: simulatedKnown(fixture, now) };
  if (!isOver) return { facts, prices: simulatedPrices(fixture, now), ...known };
  const result = {
    state: "final",
    score: scoreAt(fixture, now),
    halfTimeScore: halfTimeScore(fixture),
  } as const;
  return { facts, prices: [], result, ...known };
}

function marketOf({ facts }: SnapshotEvent, price: OfferedPrice): string {
  return [facts.sourceEventId, price.marketType, price.lineQuarters].join("/");
}
