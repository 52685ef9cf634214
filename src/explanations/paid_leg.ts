import type { FrozenLeg, LegGraded } from "../bets/mod.ts";
import { type Fraction, ZERO } from "../markets/mod.ts";
import type { FactStatus, KnownFact } from "../results/mod.ts";
import { accumulatorFactor, returnFactor } from "../settlement/mod.ts";
import { appliedRules } from "./applied_rules.ts";
import { type BetStory, type FactsUsed, factsKey } from "./bet_story.ts";
import type { AppliedRule, KnownFactView, PaidLeg } from "./contract.ts";
import { reasonInWords } from "./reason_words.ts";
import { factView, relevantFacts } from "./relevant_facts.ts";

/** An exact number as it is shown. */
export function fractionView({ numerator, denominator }: Fraction): {
  numerator: string;
  denominator: string;
} {
  return { numerator: `${numerator}`, denominator: `${denominator}` };
}

/** A leg as a settlement was paid by it, from the facts to its factor. Pure. */
export function paidLegOf(story: BetStory, leg: FrozenLeg, paidBy: FactsUsed | null): PaidLeg {
  const { legNumber, eventId } = leg;
  const price = fractionView(leg.price);
  const graded = gradeBy(story, leg, paidBy);
  if (graded === undefined || paidBy === null)
    return { legNumber, eventId, price, factVersion: null, grade: null, factor: null, facts: [], rules: [] };
  const { grade, gradedAt, resultVersion } = graded;
  return {
    legNumber,
    eventId,
    price,
    factVersion: resultVersion,
    grade: {
      result: grade.result,
      voidFactor: fractionView(grade.voided),
      deadHeatFactor: fractionView(grade.deadHeat),
      winningsDeduction: fractionView(grade.deduction),
      reason: grade.reason,
      text: reasonInWords(grade.reason),
      gradedAt: gradedAt.toISOString(),
    },
    factor: fractionView(returnFactor(leg.price, grade)),
    ...groundsOf(story, leg, graded),
  };
}

/** The factors of the legs that a settlement was paid by, multiplied. Pure. */
export function productOf(story: BetStory, paidBy: readonly (FactsUsed | null)[]): Fraction {
  const graded = story.bet.legs.flatMap((leg, index) => {
    const { grade } = gradeBy(story, leg, paidBy[index] ?? null) ?? {};
    return grade === undefined ? [] : [{ price: leg.price, grade }];
  });
  return accumulatorFactor(graded);
}

function gradeBy(
  { grades }: BetStory,
  { legNumber }: FrozenLeg,
  paidBy: FactsUsed | null,
): LegGraded | undefined {
  return grades.find((one) => one.legNumber === legNumber && one.resultVersion === paidBy?.version);
}

/** What the grade rests on: the facts that bear on it, and the sections of the rules that had a part in it. */
function groundsOf(
  { bet, facts, rules, sports }: BetStory,
  leg: FrozenLeg,
  { grade, resultVersion }: LegGraded,
): { readonly facts: KnownFactView[]; readonly rules: AppliedRule[] } {
  const known = facts.get(factsKey(leg.eventId, resultVersion)) ?? [];
  const { marketType, period, label, lineQuarters, outcome, eventId } = leg;
  const sport = sports.get(eventId) ?? null;
  const { reason } = grade;
  const { placedAt } = bet;
  const bearing = { marketType, period, label, lineQuarters, outcome, sport, placedAt };
  const isDeducted = grade.deduction.numerator !== ZERO.numerator;
  const ruled = { marketType, period, sport, reason, isDeducted, status: statusOf(known) };
  return {
    facts: relevantFacts(bearing, known).map(factView),
    rules: appliedRules(ruled, rules.document),
  };
}

function statusOf(facts: readonly KnownFact[]): FactStatus | undefined {
  const status = facts.find(({ fact }) => fact === "status")?.detail?.["status"];
  return typeof status === "string" ? (status as FactStatus) : undefined;
}
