import {
  type Fraction,
  fraction,
  isOutcomeOf,
  marketTypeEntry,
  ONE,
  parseLineQuarters,
  ZERO,
} from "../markets/mod.ts";
import {
  type Grade,
  type Graded,
  type GradedLeg,
  gradeLeg,
  gradePlacing,
  type HouseRules,
  type Leg,
  linesOf,
  returnOf,
  SYSTEMS,
  type System,
  systemReturn,
} from "../settlement/mod.ts";
import { CaseUnsupportedError, readFacts, type ToldFacts } from "./_grade_facts.ts";
import { splitMarket } from "./_grade_words.ts";

/** What is asked: never what is expected of it. */
export interface CaseInput {
  readonly market: string;
  readonly selection: string;
  readonly line: string;
  readonly odds: string;
  readonly stake: string;
  readonly facts: string;
}

/** What the graders make of a case. `grade` is `undefined` for a bet of several legs, which has none of its own. */
export interface CaseOutcome {
  readonly returnMinor: bigint;
  readonly grade: Grade | undefined;
}

/**
 * Grades and pays one case.
 *
 * @throws {CaseUnsupportedError} If it says something that cannot be read, or its facts do not decide it.
 */
export function outcomeOf(input: CaseInput, rules: HouseRules): CaseOutcome {
  if (!/^[1-9]\d{0,17}$/.test(input.stake)) throw new CaseUnsupportedError(`the stake is "${input.stake}"`);
  const stakeMinor = BigInt(input.stake);
  if (input.market === "accumulator") return accumulator(stakeMinor, input);
  if (input.market.startsWith("system_")) return system(stakeMinor, input);
  const graded = gradeCase(input, readFacts(input.facts), rules);
  if (!graded.decided) throw new CaseUnsupportedError(`${graded.why.replaceAll("_", " ")}: ${graded.what}`);
  const { grade } = graded;
  return { ...returnOf(stakeMinor, [{ price: priceOf(input.odds), grade }]), grade };
}

/** Markets on one among many: their names, and how many places pay. */
const PLACED = /^(?:golf_(3ball|2ball|winner|top(\d+))|horse_(win|top(\d+)))$/;
/** A backed side that is not named is the one that the facts speak of. */
const SOMEBODY: ReadonlySet<string> = new Set(["team", "player", "runner"]);

function gradeCase(input: CaseInput, told: ToldFacts, rules: HouseRules): Graded {
  const placed = PLACED.exec(input.market);
  if (placed !== null)
    return gradePlaced(input, { told, rules, places: Number(placed[2] ?? placed[4] ?? 1) });
  const leg = legOf(input, told);
  if (!SOMEBODY.has(input.selection)) return gradeLeg(leg, told.facts, rules);
  const { counts, winners = [] } = told.facts;
  if (counts.length > 0 || winners.length > 0)
    throw new CaseUnsupportedError(`facts name sides, and the selection "${input.selection}" does not`);
  // As if the backed side were home, and had won as told.
  const winner = told.backed === "won" ? "home" : "away";
  const facts = { ...told.facts, winners: [{ period: "match", winner } as const] };
  return gradeLeg({ ...leg, outcome: "home", period: "match", sport: "basketball" }, facts, rules);
}

interface PlacedIn {
  readonly told: ToldFacts;
  readonly rules: HouseRules;
  readonly places: number;
}

function gradePlaced({ market, selection }: CaseInput, { told, rules, places }: PlacedIn): Graded {
  if (!SOMEBODY.has(selection)) throw new CaseUnsupportedError(`facts do not say who "${selection}" is`);
  if (told.facts.status === "void") return gradeLeg(anyLeg(market), told.facts, rules);
  const finish = told.finish ?? { position: told.backed === "won" ? 1 : undefined, tied: 1 };
  const { position, tied, left } = finish;
  if (position !== undefined && left !== undefined && left !== places - position + 1)
    throw new CaseUnsupportedError(`${left} places left contradict ${places} places from ${position}`);
  const inFull = { default: "paid_in_full", of: new Map() } as const;
  const under = told.tiesInFull ? { ...rules, deadHeat: inFull } : rules;
  return gradePlacing({ marketType: market, places, position, tied, withdrawn: told.withdrawn }, under);
}

function anyLeg(marketType: string): Leg {
  return { marketType, period: "match", label: "", lineQuarters: null, outcome: "", sport: "" };
}

/** Sports that a type is played in, where it is not football's. */
const SPORTS: readonly (readonly [RegExp, string])[] = [
  [/^(games_|sets_|set_score|straight_sets_)/, "tennis"],
  [/^rounds_/, "mma"],
  [/(^|_)hits_/, "baseball"],
  [/^moneyline|^highest_quarter/, "basketball"],
];

function legOf({ market, selection, line }: CaseInput, { sport, terms }: ToldFacts): Leg {
  const { marketType, period } = splitMarket(market);
  const entry = marketTypeEntry(marketType);
  if (entry === undefined) throw new CaseUnsupportedError(`the market is "${market}"`);
  if (!isOutcomeOf(entry, selection) && !(SOMEBODY.has(selection) && marketType === "moneyline"))
    throw new CaseUnsupportedError(`${marketType} has no selection "${selection}"`);
  const ofType = SPORTS.find(([types]) => types.test(marketType))?.[1];
  const played = sport ?? ofType ?? "soccer";
  const whole = marketType === "highest_quarter" || WHOLE_IN_REGULATION.has(played) ? "regulation" : "match";
  const lineQuarters = entry.line === "none" ? noLine(line) : quartersOf(line);
  // Lines are written from the backed side, and kept as what is added to the home score.
  const mirrored = entry.line === "handicap" && selection === "away" && lineQuarters !== null;
  return {
    marketType,
    period: period ?? whole,
    label: "",
    lineQuarters: mirrored ? 0 - lineQuarters : lineQuarters,
    outcome: selection,
    sport: played,
    terms,
  };
}

const WHOLE_IN_REGULATION: ReadonlySet<string> = new Set(["soccer", "futsal", "rugby"]);

function noLine(line: string): null {
  if (line !== "") throw new CaseUnsupportedError(`the market has no line, and the case has "${line}"`);
  return null;
}

function quartersOf(line: string): number {
  const quarters = parseLineQuarters(line);
  if (quarters === undefined) throw new CaseUnsupportedError(`the line is "${line}"`);
  return quarters;
}

const PLAIN = { deadHeat: ONE, deduction: ZERO } as const;
const HALF = fraction(1n, 2n);
const LEG_WORDS: Readonly<Record<string, Pick<Grade, "result" | "voided">>> = {
  W: { result: 1, voided: ZERO },
  L: { result: 0, voided: ZERO },
  V: { result: 0, voided: ONE },
  HW: { result: 1, voided: HALF },
  HL: { result: 0, voided: HALF },
};

/** Legs as in "1.95:W + 1.84:HW". */
function legsOf(selection: string): GradedLeg[] {
  return selection.split("+").map((words) => {
    const [, odds = "", word = ""] = /^\s*(\S+):([A-Z]+)\s*$/.exec(words) ?? [];
    const grade = Object.hasOwn(LEG_WORDS, word) ? LEG_WORDS[word] : undefined;
    if (grade === undefined) throw new CaseUnsupportedError(`a leg is "${words.trim()}"`);
    return { price: priceOf(odds), grade: { ...PLAIN, ...grade } };
  });
}

function accumulator(stakeMinor: bigint, { selection, facts }: CaseInput): CaseOutcome {
  if (!/^(see legs\b.*)?$/.test(facts))
    throw new CaseUnsupportedError(`an accumulator has the facts "${facts}"`);
  return { ...returnOf(stakeMinor, legsOf(selection)), grade: undefined };
}

const UNIT = /^unit stake (\d+) x (\d+) lines$/;

function system(stakeMinor: bigint, { market, selection, facts }: CaseInput): CaseOutcome {
  const legs = legsOf(selection);
  const named = systemOf(market.slice("system_".length), legs.length);
  const lines = BigInt(linesOf(named, legs).length);
  const [, unit = `${stakeMinor / lines}`, stated = `${lines}`] = UNIT.exec(facts) ?? [];
  if (facts !== "" && !UNIT.test(facts)) throw new CaseUnsupportedError(`a system has the facts "${facts}"`);
  if (BigInt(stated) !== lines || BigInt(unit) * lines !== stakeMinor)
    throw new CaseUnsupportedError(`a stake of ${stakeMinor} is not ${unit} on each of ${lines} lines`);
  return { ...systemReturn(BigInt(unit), named, legs), grade: undefined };
}

function systemOf(name: string, selections: number): System {
  const known: System | undefined = Object.hasOwn(SYSTEMS, name)
    ? SYSTEMS[name as keyof typeof SYSTEMS]
    : undefined;
  const [, size, of] = /^(\d+)_of_(\d+)$/.exec(name) ?? [];
  const free = size === undefined ? undefined : { selections: Number(of), sizes: [Number(size)] };
  const found = known ?? free;
  if (found === undefined) throw new CaseUnsupportedError(`the system is "${name}"`);
  if (found.selections !== selections)
    throw new CaseUnsupportedError(
      `a ${name} has ${found.selections} selections, and the case ${selections}`,
    );
  return found;
}

/** A price or a factor: decimal digits, or an exact fraction of two whole numbers. */
export function numberOf(text: string): Fraction | undefined {
  const [, top, below] = /^(\d{1,12})\/(\d{1,12})$/.exec(text) ?? [];
  if (top !== undefined && below !== undefined)
    return BigInt(below) > 0n ? fraction(BigInt(top), BigInt(below)) : undefined;
  const [, whole, decimals = ""] = /^(\d{1,12})(?:\.(\d{1,12}))?$/.exec(text) ?? [];
  return whole === undefined ? undefined : fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}

function priceOf(odds: string): Fraction {
  const price = numberOf(odds);
  if (price === undefined || price.numerator <= price.denominator)
    throw new CaseUnsupportedError(`the odds are "${odds}"`);
  return price;
}
