import { type Fraction, ONE, type Selection, ZERO } from "../markets/mod.ts";
import { UngradableLegError } from "./errors.ts";

/** The score after regulation. */
export interface FinalFacts {
  readonly state: "final";
  readonly homeScore: number;
  readonly awayScore: number;
}

/** What is known of an event's end: a score, or that nothing was decided. */
export type ResultFacts = FinalFacts | { readonly state: "void" };

/** Why a leg was graded as it was. */
export type GradeReason = "won" | "lost" | "result_void";

/** The normal form of a graded outcome (Sportradar's settlement fields, and a winnings deduction beside them). */
export interface Grade {
  /** r: 1 won, 0 lost. */
  readonly result: 0 | 1;
  /** v: the part of the stake that is returned as if no bet was made; 0, one half or 1. */
  readonly voided: Fraction;
  /** h: the part that is paid when places are shared; 1 where they are not. */
  readonly deadHeat: Fraction;
  /** d: the part of the winnings that is kept for a withdrawn runner; 0 where there is none. */
  readonly deduction: Fraction;
  readonly reason: GradeReason;
}

const VOID: Grade = { result: 0, voided: ONE, deadHeat: ONE, deduction: ZERO, reason: "result_void" };

/**
 * Facts to normal form, for one outcome. Pure. A void result returns the stake, whatever the market.
 *
 * @throws {UngradableLegError} If there is a score and no rule says what it means for the selection.
 */
export function gradeLeg(selection: Selection, facts: ResultFacts): Grade {
  if (facts.state === "void") return VOID;
  const { marketType, period } = selection;
  if (marketType === "1x2" && period === "regulation") return gradeThreeWay(selection, facts);
  throw new UngradableLegError(selection);
}

/** Home, draw or away after regulation: 90 minutes and stoppage time, no extra time. */
function gradeThreeWay(selection: Selection, { homeScore, awayScore }: FinalFacts): Grade {
  const { outcome } = selection;
  if (!["home", "draw", "away"].includes(outcome)) throw new UngradableLegError(selection);
  const winner = homeScore > awayScore ? "home" : homeScore < awayScore ? "away" : "draw";
  return plain(outcome === winner);
}

function plain(won: boolean): Grade {
  const factors = { voided: ZERO, deadHeat: ONE, deduction: ZERO };
  return won ? { result: 1, ...factors, reason: "won" } : { result: 0, ...factors, reason: "lost" };
}
