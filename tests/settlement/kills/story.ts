import type { Random } from "../../../src/resilience/mod.ts";

/** A selection with its price, in hundredths. */
export interface StoryLeg {
  readonly event: number;
  readonly marketType: "1x2" | "total" | "asian_handicap";
  readonly lineQuarters: number | null;
  readonly outcome: string;
  readonly hundredths: bigint;
}

export interface StoryBet {
  readonly betId: string;
  /** A player's number. */
  readonly seat: number;
  readonly stakeMinor: bigint;
  readonly legs: readonly StoryLeg[];
  /** After the first of all, as windows are told. */
  readonly placedMinute: 0 | 1 | 2;
  /** Nobody can settle it. */
  readonly poison: boolean;
}

type Score = readonly [home: number, away: number];

/**
 * What a source says of an event: how it stands, how it ended, that it did not count, that it begins later, or that nothing of before is
 * true. While it is cancelled bets of the second minute do not count.
 */
export type Word =
  | { readonly says: "running" | "ended"; readonly score: Score; readonly cancelled?: boolean }
  | { readonly says: "void" }
  | { readonly says: "postponed" }
  | { readonly says: "nothing" };

/** The minute whose bets a window voids. */
export const CANCELLED_MINUTE = 1;

/** One statement of a source about one event. */
export interface Told {
  readonly event: number;
  readonly word: Word;
}

/** Bets, and what becomes known of their events, in the order in which it does. */
export interface Story {
  readonly eventIds: readonly string[];
  readonly tenants: number;
  /** Two players a tenant. */
  readonly seats: number;
  readonly bets: readonly StoryBet[];
  readonly told: readonly Told[];
  /** Each event's end is told once, as a result. */
  readonly plain: boolean;
  /** What is true of each event in the end. */
  readonly last: readonly Word[];
}

export interface StoryOptions {
  readonly bets: number;
  readonly tenants: number;
  readonly random: Random;
  /** Singles on 1x2 alone, and of each event its last word; else accumulators and other markets too, and results in parts, corrected and rolled back. */
  readonly plain: boolean;
}

/** Bets of a tenant on an ordinary event, and on the eighth, where they make several batches of one job. */
const FEW = 6;
const MANY = 1100;
/** The eighth. */
export const MANY_AT = 7;

const SELECTIONS: readonly Omit<StoryLeg, "event">[] = [
  { marketType: "1x2", lineQuarters: null, outcome: "home", hundredths: 225n },
  { marketType: "1x2", lineQuarters: null, outcome: "draw", hundredths: 370n },
  { marketType: "1x2", lineQuarters: null, outcome: "away", hundredths: 300n },
  { marketType: "total", lineQuarters: 10, outcome: "over", hundredths: 193n },
  { marketType: "total", lineQuarters: 8, outcome: "under", hundredths: 187n },
  { marketType: "asian_handicap", lineQuarters: -3, outcome: "home", hundredths: 201n },
  { marketType: "asian_handicap", lineQuarters: 1, outcome: "away", hundredths: 179n },
];
const MINUTES = [0, 1, 2] as const;
/** Of so many events that one ends with nothing being known. */
const NOTHING_LAST = { of: 12, at: 5 } as const;
const PLAIN = SELECTIONS.slice(0, 3);

/** Whether each bet on an event is combined with the one of which nothing is known in the end. */
export function waitsForNothing(event: number): boolean {
  return event % NOTHING_LAST.of === NOTHING_LAST.at - 1;
}

/** Made up from chance alone: the same seed gives the same story, but for the ids. */
export function makeStory(options: StoryOptions): Story {
  const { tenants, random, plain } = options;
  const whole = (below: number) => Math.floor(random() * below);
  const seats = tenants * 2;
  const counts: number[] = [];
  for (let bets = 0; bets < options.bets; bets += counts.at(-1) ?? 0) {
    const left = options.bets - bets;
    counts.push(Math.min(left, counts.length === MANY_AT ? MANY * tenants : FEW * tenants));
  }
  const bets = counts.flatMap((count, event) =>
    Array.from({ length: count }, (_, index) => makeBet(event, index)),
  );
  function makeBet(event: number, index: number): StoryBet {
    const poison = !plain && event % 4 === 2 && index === 0;
    // Combined with an event of which nothing is known in the end: where a window takes such a bet's loss back, nothing is paid.
    const waits = !plain && waitsForNothing(event);
    const combines = !plain && !poison && counts.length > 3 && whole(4) === 0;
    const legCount = waits ? 2 : combines ? 2 + whole(2) : 1;
    const legs = Array.from({ length: legCount }, (_, leg) => {
      const among = plain ? PLAIN : SELECTIONS;
      const selection = among[whole(among.length)] ?? SELECTIONS[0];
      if (selection === undefined) throw new RangeError("Cannot bet on nothing");
      return { ...selection, event: (event + leg) % counts.length };
    });
    return {
      ...{ betId: Bun.randomUUIDv7(), seat: index % seats, stakeMinor: BigInt(100 + whole(97)), legs },
      ...{ placedMinute: waits ? CANCELLED_MINUTE : (MINUTES[index % 3] ?? 0), poison },
    };
  }
  const stories = counts.map((_, event) => wordsOf(event, { whole, plain }));
  return {
    eventIds: counts.map(() => Bun.randomUUIDv7()),
    tenants,
    seats,
    bets,
    told: interleave(stories, random),
    plain,
    last: stories.map((words) => words.at(-1) ?? { says: "nothing" }),
  };
}

type Whole = (below: number) => number;

/** Totals that were lost are won, and all the rest is open again: reversals with and without a payment in one batch. */
const TURNED: readonly Word[] = [
  { says: "ended", score: [0, 0] },
  { says: "running", score: [3, 2] },
];

/** What becomes known of an event: most are told once, some in parts, some wrongly at first, some not after all. */
function wordsOf(
  event: number,
  { whole, plain }: { readonly whole: Whole; readonly plain: boolean },
): readonly Word[] {
  const score: Score = [whole(4), whole(4)];
  const held: Word = { says: "ended", score };
  const cancelled: Word = { ...held, cancelled: true };
  const ended = event % 10 === 9 ? ({ says: "void" } as const) : event % 6 === 4 && !plain ? cancelled : held;
  const wrong: Word = { says: "ended", score: [whole(4), whole(4)] };
  const nothing: Word = { says: "nothing" };
  const running: Word = { says: "running", score: [whole(score[0] + 1), whole(score[1] + 1)] };
  if (plain) return [ended];
  // Whose bets make several batches of one job: each kind of batch is to be seen among them.
  if (event === MANY_AT)
    return [held, cancelled, held, nothing, running, cancelled, nothing, ...TURNED, ended];
  const ways: readonly (readonly Word[])[] = [
    [ended],
    [running, ended],
    [wrong, ended],
    [running, wrong, nothing, ended],
    [...TURNED, ended],
    [{ says: "void" }, ended],
    [held, nothing, { says: "postponed" }, ended],
    [held, cancelled, held, ended],
    [cancelled, held, ended],
    [ended, nothing],
  ];
  return ways[event % NOTHING_LAST.of === NOTHING_LAST.at ? 9 : whole(9)] ?? [ended];
}

/** Why bets of an event that is settled are settled again, as the settler's own books say it. */
export type Reason = "cancellation_rolled_back" | "cancelled" | "result_rolled_back" | "result_corrected";

/** What may be said of an event that is settled, and does not hold; every other time what gives one of the reasons that are sought. */
export function makeWrongWords(
  { says, ...last }: Word,
  random: Random,
  sought: readonly Reason[] = [],
): readonly Word[] {
  const whole = (below: number) => Math.floor(random() * below);
  const score: Score = "score" in last ? last.score : [whole(3), whole(3)];
  const other: Word = { says: "ended", score: [score[1] + whole(2), score[0] + 1] };
  const cancelled: Word = { says: "ended", score, cancelled: true };
  const begun: Word = { says: "running", score: [0, 0] };
  const ways: readonly { readonly gives?: Reason; readonly words: readonly Word[] }[] = [
    { words: [{ says: says === "void" ? "ended" : "void", score }] },
    { words: [{ says: "postponed" }] },
    { words: [{ says: "running", score, cancelled: true }] },
    { words: [{ says: "running", score: other.score }] },
    { gives: "cancelled", words: [cancelled] },
    { gives: "cancellation_rolled_back", words: [cancelled, other] },
    { gives: "cancellation_rolled_back", words: [cancelled, begun] },
    { gives: "result_corrected", words: [other] },
    { gives: "result_rolled_back", words: [{ says: "nothing" }] },
    { gives: "result_rolled_back", words: [begun] },
    { gives: "result_rolled_back", words: TURNED },
  ];
  const among = ways.filter(({ gives }) => gives !== undefined && sought.includes(gives));
  const way = () => {
    const open = among.length > 0 && whole(2) === 0 ? among : ways;
    return open[whole(open.length)]?.words ?? [];
  };
  return Array.from({ length: 1 + whole(3) }, way).flat();
}

/** All words of all events in one order, each event's in its own. */
function interleave(stories: readonly (readonly Word[])[], random: Random): Told[] {
  const told = stories.flatMap((words, event) => {
    const moments = words.map(() => random()).sort((one, other) => one - other);
    return words.map((word, index) => ({ event, word, at: moments[index] ?? 0 }));
  });
  return told.sort((one, other) => one.at - other.at).map(({ event, word }) => ({ event, word }));
}

/**
 * What a bet returns when the last word about every event is known, worked out by plain arithmetic from this file alone; `undefined` while it
 * is not decided.
 */
export function returnOf(bet: StoryBet, last: readonly Word[]): bigint | undefined {
  const factors = bet.legs.map((leg) => {
    const word = last[leg.event] ?? { says: "nothing" };
    const isCancelled = "cancelled" in word && word.cancelled === true;
    return isCancelled && bet.placedMinute === CANCELLED_MINUTE ? VOID : factorOf(leg, word);
  });
  if (factors.includes(0n)) return 0n;
  let numerator = bet.stakeMinor;
  for (const factor of factors) {
    if (factor === undefined) return undefined;
    numerator *= factor;
  }
  const denominator = 200n ** BigInt(factors.length);
  return (2n * numerator + denominator) / (2n * denominator);
}

const VOID = 200n;

/** What a leg multiplies the stake by, in two-hundredths: a line of quarters is two bets of half the stake. */
function factorOf(leg: StoryLeg, word: Word): bigint | undefined {
  if (word.says === "void") return VOID;
  if (word.says !== "ended") return undefined;
  const line = leg.lineQuarters ?? 0;
  const lines = line % 2 === 0 ? [line, line] : [line - 1, line + 1];
  return lines.reduce((sum, half) => {
    const ahead = aheadOf({ ...leg, lineQuarters: half }, word.score);
    return sum + (ahead > 0 ? leg.hundredths : ahead === 0 ? 100n : 0n);
  }, 0n);
}

/** By how many quarters a selection is ahead. */
function aheadOf({ marketType, outcome, lineQuarters }: StoryLeg, [home, away]: Score): number {
  const line = lineQuarters ?? 0;
  if (marketType === "total") return (outcome === "over" ? 1 : -1) * (4 * (home + away) - line);
  const ahead = 4 * (home - away);
  if (marketType === "asian_handicap") return (outcome === "home" ? 1 : -1) * (ahead + line);
  if (outcome === "draw") return ahead === 0 ? 1 : -1;
  return (outcome === "home" ? ahead : -ahead) > 0 ? 1 : -1;
}
