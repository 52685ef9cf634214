import { type Fraction, fraction, parseDecimalPrice } from "../markets/mod.ts";
import type {
  CountFact,
  FactPeriod,
  FactStatus,
  Facts,
  GoalFact,
  PlayerFact,
  Side,
  Statistic,
  WinnerFact,
} from "../results/mod.ts";
import type { LegTerms } from "../settlement/mod.ts";
import { factPeriodOf, statisticOf } from "./_grade_words.ts";

/** A case says something that this command cannot read: it is neither passed nor failed. */
export class CaseUnsupportedError extends Error {
  override readonly name = "CaseUnsupportedError";
  readonly code = "case_unsupported";
}

/** What the words of a case say. */
export interface ToldFacts {
  readonly facts: Facts;
  readonly terms: LegTerms;
  readonly sport: string | undefined;
  /** Of the backed side, where the facts name no sides: it has won unless they say otherwise. */
  readonly backed: "won" | "lost" | "void";
  /** How it came in, where many compete. */
  readonly finish:
    | { readonly position: number | undefined; readonly tied: number; readonly left?: number }
    | undefined;
  readonly tiesInFull: boolean;
  readonly withdrawn: readonly Fraction[] | { readonly announced: Fraction };
}

/** Kick-off of every case: only what comes so many hours after it matters. */
const PLANNED = new Date("2025-01-01T12:00:00Z");
const MS_PER_HOUR = 3_600_000;
/** Longer than every window. */
const FOR_GOOD_HOURS = 24 * 1000;

interface Draft {
  status: FactStatus | undefined;
  isRunning: boolean;
  asOfHours: number;
  startedHours: number | undefined;
  counts: CountFact[];
  goals: GoalFact[] | undefined;
  goalsFinal: boolean;
  players: PlayerFact[];
  winners: WinnerFact[];
  retired: Side | undefined;
  bout: Facts["bout"];
  listed: { home?: string; away?: string };
  started: { home?: string; away?: string };
  played: number | undefined;
  sport: string | undefined;
  backed: ToldFacts["backed"];
  finish: ToldFacts["finish"];
  tiesInFull: boolean;
  withdrawn: Fraction[];
  announced: Fraction | undefined;
}

type Take = (draft: Draft, words: readonly string[]) => void;

const side = (word: string | undefined): Side => (word === "home" ? "home" : "away");
const number = (word: string | undefined) => Number(word ?? "");

/** Each kind of statement: how it is written, and what it means. */
const STATEMENTS: readonly (readonly [pattern: RegExp, take: Take])[] = [
  [/^sport (\w+)$/, (draft, [sport]) => (draft.sport = sport)],
  [/^(.+?) (\d+)-(\d+)( so far)?$/, takeCount],
  [
    /^(\d+)-(\d+)( so far)?$/,
    (draft, [home, away, soFar]) => takeCount(draft, ["home", home ?? "", away ?? "", soFar ?? ""]),
  ],
  [/^no (.+)$/, (draft, [what]) => takeCount(draft, [what ?? "", "0", "0", ""])],
  [/^goals (.+?)( so far)?$/, takeGoals],
  [
    /^played (.+?)(?: after (\d+) goals?)?$/,
    (draft, [name = "", goals]) => takePlayer(draft, name, number(goals ?? "0")),
  ],
  [/^did not play (.+)$/, (draft, [name = ""]) => takePlayer(draft, name, null)],
  [/^winner (home|away|draw)(?: of (.+))?$/, takeWinner],
  [
    /^(live|interrupted|cancelled|walkover|void|ended)$/,
    (draft, [status]) => (draft.status = status as FactStatus),
  ],
  [/^(postponed|abandoned)(?: (\d+) hours ago)?$/, takeBroken],
  [/^started (\d+) hours late$/, (draft, [hours]) => (draft.startedHours = number(hours))],
  [/^(retired|disqualified) (home|away)$/, takeRetired],
  [/^shortened to (\d+(?:\.5)?) (?:minutes|innings)$/, (draft, [amount]) => (draft.played = number(amount))],
  [/^ended in round (\d+) at (\d+):(\d\d)$/, takeBout],
  [/^went (\d+) rounds$/, (draft, [rounds]) => (draft.bout = { rounds: number(rounds), seconds: 0 })],
  [/^(listed|started) (home|away) (.+)$/, takePitcher],
  [/^(\d+) (?:ties?|dead.heats?) for (\d+) places?$/, takeTieForPlaces],
  [/^(\d+) (?:ties?|dead.heats?) for (\d+)(?:st|nd|rd|th)(?:: (\d+) places? left)?$/, takeTieForPosition],
  [
    /^finished (\d+)(?:st|nd|rd|th)$/,
    (draft, [place]) => (draft.finish = { position: number(place), tied: 1 }),
  ],
  [/^not placed$/, (draft) => (draft.finish = { position: undefined, tied: 1 })],
  [/^house rule ties-paid-in-full$/, (draft) => (draft.tiesInFull = true)],
  [/^non-runner at (\S+?)(?:: (\d+)p)?$/, takeWithdrawn],
  [/^(won|lost)$/, (draft, [word]) => (draft.backed = word as "won" | "lost")],
  [/^(?:[+-]?\d+(?:\.\d+)? american|displayed \d+(?:\.\d+)?)$/, () => undefined],
];

/**
 * Reads the facts of a case: statements with commas or semicolons between them.
 *
 * @throws {CaseUnsupportedError} Naming the statement that it does not know.
 */
export function readFacts(text: string): ToldFacts {
  const draft: Draft = {
    status: undefined,
    isRunning: false,
    asOfHours: FOR_GOOD_HOURS,
    startedHours: undefined,
    counts: [],
    goals: undefined,
    goalsFinal: true,
    players: [],
    winners: [],
    retired: undefined,
    bout: undefined,
    listed: {},
    started: {},
    played: undefined,
    sport: undefined,
    backed: "won",
    finish: undefined,
    tiesInFull: false,
    withdrawn: [],
    announced: undefined,
  };
  for (const statement of text.split(/[;,]/).map((part) => part.trim())) {
    if (statement === "") continue;
    const known = STATEMENTS.find(([pattern]) => pattern.test(statement));
    if (known === undefined) throw new CaseUnsupportedError(`facts say "${statement}"`);
    const [pattern, take] = known;
    take(draft, (pattern.exec(statement) ?? []).slice(1));
  }
  return told(draft);
}

function takeCount(draft: Draft, [what = "", home = "", away = "", soFar = ""]: readonly string[]): void {
  const found = statisticOf(what);
  if (found === undefined) throw new CaseUnsupportedError(`facts count "${what}"`);
  const { statistic, period } = found;
  if (soFar !== "") draft.isRunning = true;
  const final = soFar === "";
  draft.counts.push({ statistic, period, side: "home", value: number(home), final });
  draft.counts.push({ statistic, period, side: "away", value: number(away), final });
}

const GOAL = /^(home|away)( own goal)?(?: (?!in )(.+?))?(?: in (.+))?$/;

function takeGoals(draft: Draft, [list = "", soFar]: readonly (string | undefined)[]): void {
  if (soFar !== undefined) draft.isRunning = true;
  draft.goalsFinal = soFar === undefined;
  draft.goals = list.split(" then ").map((words) => {
    const [, by, ownGoal, player, within] = GOAL.exec(words.trim()) ?? [];
    const period: FactPeriod | undefined = within === undefined ? "regulation" : factPeriodOf(within);
    if (by === undefined || period === undefined)
      throw new CaseUnsupportedError(`facts have a goal "${words}"`);
    const scorer = player === undefined ? {} : { player };
    return { side: side(by), period, ...scorer, ...(ownGoal === undefined ? {} : { ownGoal: true }) };
  });
}

function takePlayer(draft: Draft, name: string, enteredAfterGoals: number | null): void {
  // Whose player he is decides nothing.
  draft.players.push({ name, side: "home", enteredAfterGoals });
}

function takeWinner(draft: Draft, [winner, of = "match"]: readonly (string | undefined)[]): void {
  const period = factPeriodOf(of);
  if (period === undefined) throw new CaseUnsupportedError(`facts name the winner of "${of}"`);
  draft.winners.push({ period, winner: winner === "draw" ? "draw" : side(winner) });
}

function takeBroken(draft: Draft, [status, hours]: readonly (string | undefined)[]): void {
  draft.status = status as FactStatus;
  if (hours !== undefined) draft.asOfHours = number(hours);
}

function takeRetired(draft: Draft, [status, who]: readonly string[]): void {
  draft.status = status as FactStatus;
  draft.retired = side(who);
}

function takeBout(draft: Draft, [round, minutes, seconds]: readonly string[]): void {
  draft.bout = { rounds: number(round) - 1, seconds: 60 * number(minutes) + number(seconds) };
}

function takePitcher(draft: Draft, [what, whose, name = ""]: readonly string[]): void {
  (what === "listed" ? draft.listed : draft.started)[side(whose)] = name;
}

/** So many share the first places, all that there are. */
function takeTieForPlaces(draft: Draft, [tied, places]: readonly string[]): void {
  draft.finish = { position: 1, tied: number(tied), left: number(places) };
}

function takeTieForPosition(draft: Draft, [tied, position, left]: readonly (string | undefined)[]): void {
  const stated = left === undefined ? {} : { left: number(left) };
  draft.finish = { position: number(position), tied: number(tied), ...stated };
}

function takeWithdrawn(draft: Draft, [price = "", pence]: readonly (string | undefined)[]): void {
  const [, top, below] = /^(\d+)\/(\d+)$/.exec(price) ?? [];
  const parsed =
    top !== undefined && below !== undefined && BigInt(below) > 0n
      ? fraction(BigInt(top) + BigInt(below), BigInt(below))
      : parseDecimalPrice(price);
  if (parsed === undefined) throw new CaseUnsupportedError(`a non-runner has the price "${price}"`);
  draft.withdrawn.push(parsed);
  if (pence === undefined) return;
  const before = draft.announced ?? fraction(0n);
  draft.announced = fraction(
    before.numerator * 100n + BigInt(pence) * before.denominator,
    100n * before.denominator,
  );
}

function told(draft: Draft): ToldFacts {
  const { counts, goals, goalsFinal, bout, retired, played, players, winners } = draft;
  const facts: Facts = {
    asOf: after(draft.asOfHours),
    status: draft.status ?? (draft.isRunning ? "live" : "ended"),
    starts: {
      planned: PLANNED,
      ...(draft.startedHours === undefined ? {} : { actual: after(draft.startedHours) }),
    },
    counts: [...counts, ...withoutOvertime(counts)],
    players,
    winners,
    pitchers: draft.started,
    ...(goals === undefined ? {} : { goals: { list: goals, final: goalsFinal } }),
    ...(retired === undefined ? {} : { retired: { side: retired } }),
    ...(bout === undefined ? {} : { bout }),
    ...(played === undefined ? {} : { played: { amount: played } }),
  };
  const { sport, backed, finish, tiesInFull, withdrawn, announced } = draft;
  const deduction = announced === undefined ? withdrawn : { announced };
  const terms = Object.keys(draft.listed).length === 0 ? {} : { listedPitchers: draft.listed };
  return { facts, terms, sport, backed, finish, tiesInFull, withdrawn: deduction };
}

/** Where facts tell of no overtime there was none; while a game goes on nobody knows. */
function withoutOvertime(counts: readonly CountFact[]): CountFact[] {
  const statistics = new Set(
    counts.filter(({ period }) => period === "regulation").map((fact) => fact.statistic),
  );
  return [...statistics].flatMap((statistic: Statistic) => {
    const ofIt = counts.filter((fact) => fact.statistic === statistic);
    if (ofIt.some(({ period, final }) => period === "match" || period === "overtime" || !final)) return [];
    const none = { statistic, period: "overtime", value: 0, final: true } as const;
    return [{ ...none, side: "home" } as const, { ...none, side: "away" } as const];
  });
}

function after(hours: number): Date {
  return new Date(PLANNED.getTime() + hours * MS_PER_HOUR);
}
