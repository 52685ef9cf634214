import { expect, test } from "bun:test";
import { seededRandom } from "../../harness/random.ts";
import {
  makeStory,
  makeWrongWords,
  type Reason,
  returnOf,
  type StoryBet,
  type StoryLeg,
  type Word,
} from "./story.ts";

const leg = (leg: Partial<StoryLeg>): StoryLeg => ({
  event: 0,
  marketType: "1x2",
  lineQuarters: null,
  outcome: "home",
  hundredths: 225n,
  ...leg,
});
const bet = (...legs: readonly StoryLeg[]): StoryBet => ({
  ...{ betId: "", seat: 0, stakeMinor: 101n, legs },
  ...{ placedMinute: 0, poison: false },
});
const ended = (home: number, away: number): Word => ({ says: "ended", score: [home, away] });

test("what a bet must return is what a bookmaker's rules say, rounded once", () => {
  const handicap = leg({ marketType: "asian_handicap", lineQuarters: -3, hundredths: 201n });
  const over = leg({ event: 1, marketType: "total", lineQuarters: 10, outcome: "over", hundredths: 193n });

  expect(returnOf(bet(leg({})), [ended(1, 0)])).toBe(227n);
  expect(returnOf(bet(leg({ outcome: "draw", hundredths: 370n })), [ended(1, 0)])).toBe(0n);
  expect(returnOf(bet(leg({})), [{ says: "void" }])).toBe(101n);
  expect(returnOf(bet(leg({})), [{ says: "nothing" }])).toBeUndefined();
  // Half of it won at 2.01, half pushed: 101 × 1.505.
  expect(returnOf(bet(handicap), [ended(2, 1)])).toBe(152n);
  expect(returnOf(bet(leg({}), over), [ended(1, 0), ended(2, 1)])).toBe(439n);
  expect(returnOf(bet(leg({}), over), [ended(0, 0), { says: "nothing" }])).toBe(0n);
  expect(returnOf(bet(leg({}), over), [ended(1, 0), { says: "nothing" }])).toBeUndefined();
  expect(returnOf(bet(leg({})), [{ says: "postponed" }])).toBeUndefined();
  // A window over the second minute, with a bet before it and one within.
  const cancelled: Word = { says: "ended", score: [1, 0], cancelled: true };
  expect(returnOf(bet(leg({})), [cancelled])).toBe(227n);
  expect(returnOf({ ...bet(leg({})), placedMinute: 1 }, [cancelled])).toBe(101n);
});

test("a story ends with its last words, each event's in their order", () => {
  const story = makeStory({ bets: 3600, tenants: 3, random: seededRandom(3), plain: false });

  const said = story.last.map((_, event) => story.told.filter((told) => told.event === event).at(-1)?.word);
  expect(said).toEqual([...story.last]);
  expect(story.bets.length).toBe(3600);
  expect(new Set(story.last.map(({ says }) => says))).toEqual(new Set(["ended", "void", "nothing"]));
  expect(new Set(story.told.map(({ word }) => word.says)).size).toBe(5);
  expect(story.last.some((word) => "cancelled" in word)).toBe(true);
  // What nobody can settle is on an event that is decided in the end, or it would not be tried.
  const poison = story.bets.filter((bet) => bet.poison);
  expect(poison.length).toBeGreaterThan(3);
  expect(poison.map(({ legs }) => story.last[legs[0]?.event ?? -1]?.says)).not.toContain("nothing");
});

test("what is told wrongly of an event that is settled is anything but what it ends with", () => {
  const random = seededRandom(5);
  const words = Array.from({ length: 200 }, () => makeWrongWords(ended(1, 0), random)).flat();

  expect(new Set(words.map(({ says }) => says))).toEqual(
    new Set(["void", "nothing", "postponed", "ended", "running"]),
  );
  expect(words).not.toContainEqual(ended(1, 0));
});

test("what is told wrongly gives the reasons that are sought, every other time", () => {
  const random = seededRandom(5);
  const tell = (sought: readonly Reason[]) =>
    Array.from({ length: 300 }, () => makeWrongWords(ended(1, 0), random, sought)).flat();
  const share = (words: readonly Word[]) =>
    words.filter(({ says }) => says === "ended").length / words.length;

  const seeking = tell(["result_corrected"]);

  expect(share(seeking)).toBeGreaterThan(share(tell([])) + 0.15);
  expect(new Set(seeking.map(({ says }) => says)).size).toBe(5);
});
