import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { type Snapshot, simulatedSnapshot } from "../../src/feeds/mod.ts";
import { marketTypeEntry, overround } from "../../src/markets/mod.ts";

const START = Date.UTC(2025, 8, 19, 12);
const MINUTE = 60_000;

function leagueAt(ms: number, options: { seed?: number; unfinished?: readonly string[] } = {}): Snapshot {
  const { seed = 7, unfinished = [] } = options;
  return simulatedSnapshot({ seed }, { at: new Date(START + ms), unfinished });
}

describe("simulatedSnapshot", () => {
  test("is the same for the same seed and moment, and another for another", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10_000_000 }), fc.nat({ max: 1000 }), (ms, seed) => {
        expect(leagueAt(ms, { seed })).toEqual(leagueAt(ms, { seed }));
      }),
      { numRuns: 20 },
    );
    expect(leagueAt(0, { seed: 1 }).events).not.toEqual(leagueAt(0, { seed: 2 }).events);
  });

  test("offers fixtures twenty minutes ahead, each under the same id, sides and start at every poll", () => {
    const first = new Map(leagueAt(0).events.map(({ facts }) => [facts.sourceEventId, facts]));

    for (let ms = 0; ms < 10 * MINUTE; ms += 30_000) {
      for (const { facts } of leagueAt(ms).events) {
        const known = first.get(facts.sourceEventId) ?? facts;
        expect([facts.home, facts.away, facts.startsAt]).toEqual([known.home, known.away, known.startsAt]);
        expect(facts.home).not.toBe(facts.away);
        expect(facts.startsAt.getTime()).toBeLessThan(START + ms + 20 * MINUTE);
        first.set(facts.sourceEventId, known);
      }
    }
    expect(first.size).toBeGreaterThan(20);
  });

  test("never lets a club play two matches at once", () => {
    for (let ms = 0; ms < 60 * MINUTE; ms += 40_000) {
      const live = leagueAt(ms).events.filter(({ facts }) => facts.status === "live");
      const clubs = live.flatMap(({ facts }) => [facts.home, facts.away]);
      expect(new Set(clubs).size).toBe(clubs.length);
    }
  });

  test("prices complete markets with a margin, or suspends", () => {
    for (let ms = 0; ms < 8 * MINUTE; ms += 7000) {
      for (const { prices = [] } of leagueAt(ms).events) {
        const markets = Map.groupBy(
          prices,
          ({ marketType, lineQuarters }) => `${marketType} ${lineQuarters}`,
        );
        for (const market of markets.values()) {
          const entry = marketTypeEntry(market[0]?.marketType ?? "");
          expect(market.map(({ outcome }) => outcome)).toEqual([...(entry?.outcomes ?? [])]);
          if (market.some(({ suspended }) => suspended)) continue;
          const sum = overround(market.map(({ price }) => price));
          // A half-stake that comes back is no loss, so a quarter line's reciprocals may add up to a little less.
          expect(sum).toBeGreaterThan(1.01);
          expect(sum).toBeLessThan(1.12);
        }
        for (const { price } of prices) expect(price.numerator > price.denominator).toBe(true);
      }
    }
  });

  test("lets prices drift before kick-off in steps, so that polls in between change nothing", () => {
    const pricesAt = (ms: number) =>
      JSON.stringify(
        leagueAt(ms)
          .events.at(-1)
          ?.prices?.map(({ price }) => `${price.numerator}/${price.denominator}`),
      );

    expect(pricesAt(1000)).toBe(pricesAt(4000));
    expect(pricesAt(1000)).not.toBe(pricesAt(61_000));
  });

  test("kicks off, suspends around each goal, and ends with the score of its goals", () => {
    const id =
      leagueAt(0).events.find(({ facts }) => facts.status === "scheduled")?.facts.sourceEventId ?? "";
    const statuses: string[] = [];
    let suspensions = 0;
    let before = false;
    let result: Snapshot["events"][number]["result"];
    for (let ms = 0; ms < 30 * MINUTE && result === undefined; ms += 1000) {
      const event = leagueAt(ms, { unfinished: [id] }).events.find(({ facts }) => facts.sourceEventId === id);
      if (event === undefined) throw new RangeError(`the fixture is gone at ${ms}`);
      if (statuses.at(-1) !== event.facts.status) statuses.push(event.facts.status);
      const { prices = [] } = event;
      const suspended = prices.length > 0 && prices.every((price) => price.suspended);
      if (suspended && !before) suspensions += 1;
      before = suspended;
      result = event.result;
    }

    expect(statuses).toEqual(["scheduled", "live", "ended"]);
    const { home, away } = result?.score ?? { home: -1, away: -1 };
    expect(home + away).toBeGreaterThanOrEqual(suspensions);
    if (home + away > 0) expect(suspensions).toBeGreaterThan(0);
    const half = result?.halfTimeScore ?? { home: 99, away: 99 };
    expect(half.home).toBeLessThanOrEqual(home);
    expect(half.away).toBeLessThanOrEqual(away);
  });

  test("tells a worker that was away how everything it had begun went, of an earlier seed too", () => {
    const begun = leagueAt(0, { seed: 3 }).events.map(({ facts }) => facts.sourceEventId);

    const later = leagueAt(3 * 60 * MINUTE, { seed: 4, unfinished: [...begun, "nonsense", "3-1-9"] });

    const ended = later.events.filter(({ result }) => result !== undefined);
    expect(ended.map(({ facts }) => facts.sourceEventId)).toEqual(begun);
    expect(ended.every(({ facts, prices }) => facts.status === "ended" && prices?.length === 0)).toBe(true);
  });

  test("ends a fixture with the same result whenever it is asked", () => {
    const begun = leagueAt(0).events.map(({ facts }) => facts.sourceEventId);
    const resultsAt = (ms: number) =>
      leagueAt(ms, { unfinished: begun }).events.flatMap(({ result }) => result ?? []);

    expect(resultsAt(60 * MINUTE)).toEqual(resultsAt(600 * MINUTE));
  });
});
