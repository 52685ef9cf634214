import { type Fraction, fraction, type OfferedPrice } from "../markets/mod.ts";
import { chanceOf, type Fixture, scoreAt, shareLeft } from "./_simulated_league.ts";

const BOOK = "linehold";
/** Shared out over a market's outcomes. */
const MARGIN = 1.05;
/** How long one opinion of a match's strengths lasts before it moves on towards the next. */
const DRIFT_MS = 60_000;
/** Prices move in steps of this, so that a poll between two steps writes nothing. */
const STEP_MS = 5000;
/** Around a goal nothing can be bet on: a board reopens when its prices know of it. */
const SUSPENDED_BEFORE_GOAL_MS = 2000;
const SUSPENDED_AFTER_GOAL_MS = 10_000;
const GOALS_MAX = 12;
const PRICE_MIN_HUNDREDTHS = 101;
const PRICE_MAX_HUNDREDTHS = 10_000;
const TOTAL_LINES = [6, 10, 14];

/** Match result, totals and one Asian handicap as they stand at `at`: a pure function of the fixture and the time. */
export function simulatedPrices(fixture: Fixture, at: number): OfferedPrice[] {
  const now = Math.floor(at / STEP_MS) * STEP_MS;
  const score = scoreAt(fixture, at);
  const margins = marginsOfGoals(expectedGoals(fixture, now), score);
  const suspended = fixture.goals.some(
    (goal) => at >= goal.at - SUSPENDED_BEFORE_GOAL_MS && at < goal.at + SUSPENDED_AFTER_GOAL_MS,
  );
  const priced = [
    ...threeWay(margins),
    ...TOTAL_LINES.flatMap((line) => total(margins, line)),
    ...handicap(margins, handicapLine(fixture)),
  ];
  return priced.map(({ fair, ...selection }) => {
    const { price, isOffer } = priceOf(fair);
    const common = { label: "", period: "regulation", book: BOOK };
    return { ...selection, ...common, price, suspended: suspended || !isOffer };
  });
}

interface Fair {
  readonly marketType: string;
  readonly lineQuarters: number | null;
  readonly outcome: string;
  /** What it would pay without a margin. */
  readonly fair: number;
}

/** Goals still to come from each side: the strengths, drifting, over what is left of the match. */
function expectedGoals(fixture: Fixture, now: number): { home: number; away: number } {
  const period = Math.floor(now / DRIFT_MS);
  const way = (now % DRIFT_MS) / DRIFT_MS;
  const opinion = (index: number, side: number) =>
    0.85 + 0.3 * chanceOf(fixture.seed, fixture.startsAt, fixture.pitch, index, side)();
  const drift = (side: number) => opinion(period, side) * (1 - way) + opinion(period + 1, side) * way;
  const left = shareLeft(fixture, now);
  return { home: fixture.expected.home * drift(0) * left, away: fixture.expected.away * drift(1) * left };
}

interface GoalChance {
  readonly margin: number;
  readonly sum: number;
  readonly chance: number;
}

/** The chance of every final score, from the score now and the goals still expected of each side (independent Poisson). */
function marginsOfGoals(
  expected: { readonly home: number; readonly away: number },
  score: { readonly home: number; readonly away: number },
): GoalChance[] {
  const chances = (mean: number) => {
    const list = [Math.exp(-mean)];
    for (let goals = 1; goals <= GOALS_MAX; goals += 1) list.push(((list.at(-1) ?? 0) * mean) / goals);
    return list;
  };
  const away = chances(expected.away);
  return chances(expected.home).flatMap((homeChance, homeGoals) =>
    away.map((awayChance, awayGoals) => ({
      margin: score.home + homeGoals - score.away - awayGoals,
      sum: score.home + homeGoals + score.away + awayGoals,
      chance: homeChance * awayChance,
    })),
  );
}

function threeWay(chances: readonly GoalChance[]): Fair[] {
  const fair = (holds: (margin: number) => boolean) => 1 / chanceThat(chances, ({ margin }) => holds(margin));
  const market = { marketType: "1x2", lineQuarters: null };
  return [
    { ...market, outcome: "home", fair: fair((margin) => margin > 0) },
    { ...market, outcome: "draw", fair: fair((margin) => margin === 0) },
    { ...market, outcome: "away", fair: fair((margin) => margin < 0) },
  ];
}

function total(chances: readonly GoalChance[], lineQuarters: number): Fair[] {
  const over = chanceThat(chances, ({ sum }) => sum * 4 > lineQuarters);
  const market = { marketType: "total", lineQuarters };
  return [
    { ...market, outcome: "over", fair: 1 / over },
    { ...market, outcome: "under", fair: 1 / (1 - over) },
  ];
}

/** The quarter line nearest to the difference in strength; the same for the whole life of the fixture. */
function handicapLine({ expected }: Fixture): number {
  return Math.round((expected.away - expected.home) * 4);
}

function handicap(chances: readonly GoalChance[], lineQuarters: number): Fair[] {
  const market = { marketType: "asian_handicap", lineQuarters };
  const fair = (sign: 1 | -1) => fairHandicap(chances, { lineQuarters, sign });
  return [
    { ...market, outcome: "home", fair: fair(1) },
    { ...market, outcome: "away", fair: fair(-1) },
  ];
}

/** A quarter line is two half-stakes on the lines beside it, a level adjusted score returns the stake: fair where stake equals return. */
function fairHandicap(
  chances: readonly GoalChance[],
  { lineQuarters, sign }: { readonly lineQuarters: number; readonly sign: 1 | -1 },
): number {
  const lines = lineQuarters % 2 === 0 ? [lineQuarters] : [lineQuarters - 1, lineQuarters + 1];
  const adjusted = (margin: number, line: number) => sign * (margin * 4 + line);
  const won = lines.map((line) => chanceThat(chances, ({ margin }) => adjusted(margin, line) > 0));
  const level = lines.map((line) => chanceThat(chances, ({ margin }) => adjusted(margin, line) === 0));
  return (lines.length - sumOf(level)) / sumOf(won);
}

function chanceThat(chances: readonly GoalChance[], holds: (goals: GoalChance) => boolean): number {
  return sumOf(chances.filter(holds).map(({ chance }) => chance));
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** The fair price less the margin, in hundredths. What is all but certain, or all but impossible, is no offer. */
function priceOf(fair: number): { price: Fraction; isOffer: boolean } {
  const hundredths = Math.floor((fair / MARGIN) * 100);
  const isOffer = hundredths >= PRICE_MIN_HUNDREDTHS && hundredths <= PRICE_MAX_HUNDREDTHS;
  const nearest = hundredths < PRICE_MIN_HUNDREDTHS ? PRICE_MIN_HUNDREDTHS : PRICE_MAX_HUNDREDTHS;
  return { price: fraction(BigInt(isOffer ? hundredths : nearest), 100n), isOffer };
}
