import type { ClaimedBet, GradedLeg, LegGrade, ReversalReason, StandingSettlement } from "../bets/mod.ts";
import { compare, type Fraction } from "../markets/mod.ts";
import { UngradableLegError } from "./errors.ts";
import { isLostAlready, type Return, returnSoFar } from "./payout.ts";

/** A bet with everything that is to be paid and noted. Amounts in minor units. */
export interface Settled {
  readonly bet: ClaimedBet;
  readonly settlementVersion: number;
  readonly grade: LegGrade;
  readonly exact: Fraction;
  readonly returnMinor: bigint;
  /** Of each leg by its number the version that it is graded by, `null` if by none; absent where there is one leg. */
  readonly legVersions?: readonly (number | null)[];
}

/** A settlement that does not hold. */
export interface Reversed {
  readonly bet: ClaimedBet;
  readonly settlementVersion: number;
  readonly reason: ReversalReason;
}

/** What a bet's leg and the bet itself come to now. */
export interface Judgement {
  readonly bet: ClaimedBet;
  /** Of the leg, if it is decided. */
  readonly grade?: LegGrade;
  readonly reversed?: Reversed;
  readonly settled?: Settled;
}

/** What is known of a bet beside the leg that is graded. */
export interface OfBet {
  /** The other legs that are graded. */
  readonly others: readonly GradedLeg[];
  /** What it is settled by. */
  readonly standing?: StandingSettlement | undefined;
  /** By which its leg is graded now. */
  readonly resultVersion: number;
}

/**
 * What becomes of a claimed bet: nothing but a note on its leg, a payment, or a reversal with what follows from it. Pure.
 *
 * A settled bet that comes to the very same stays as it is, whatever else has changed: no money moves for a reason alone.
 *
 * @throws {UngradableLegError} If no rule covers the leg's market.
 */
export function judgeBet(bet: ClaimedBet, of: OfBet): Judgement {
  const { graded, settlementVersion: version, state } = bet;
  if (!graded.decided && graded.why === "no_grader") throw new UngradableLegError(bet.selection);
  const noted = { bet, ...(graded.decided && { grade: graded.grade }) };
  const come = comeTo(bet, of);
  if (state === "open") {
    if (come === "open") return noted;
    return { ...noted, settled: settledBy(bet, { come, of, settlementVersion: version + 1 }) };
  }
  if (come !== "open" && of.standing !== undefined && compare(come.exact, of.standing.exact) === 0)
    return noted;
  const reversed = { bet, settlementVersion: version + 1, reason: reasonOf(bet) };
  if (come === "open") return { ...noted, reversed };
  return { ...noted, reversed, settled: settledBy(bet, { come, of, settlementVersion: version + 2 }) };
}

function comeTo({ stakeMinor, legCount, price, graded }: ClaimedBet, { others }: OfBet): Return | "open" {
  const own = graded.decided ? [{ price, grade: graded.grade }] : [];
  return returnSoFar(stakeMinor, { graded: [...own, ...others], legCount });
}

function settledBy(
  bet: ClaimedBet,
  {
    come,
    of: { others, resultVersion },
    settlementVersion,
  }: { readonly come: Return; readonly of: OfBet; readonly settlementVersion: number },
): Settled {
  const { graded, legCount, legNumber } = bet;
  // Without a grade of its own the leg did not decide the bet: one that is lost has.
  const grade = graded.decided ? graded.grade : others.find((leg) => isLostAlready([leg]))?.grade;
  if (grade === undefined) throw new RangeError("Cannot settle a bet by a leg that is not graded");
  const settled = { bet, settlementVersion, grade, ...come };
  if (legCount === 1) return settled;
  const byNumber = new Map(others.map((leg) => [leg.legNumber, leg.resultVersion]));
  if (graded.decided) byNumber.set(legNumber, resultVersion);
  const legVersions = Array.from({ length: legCount }, (_, index) => byNumber.get(index + 1) ?? null);
  return { ...settled, legVersions };
}

function reasonOf({ graded, gradedUnder, cancellationId }: ClaimedBet): ReversalReason {
  if (gradedUnder !== cancellationId)
    return cancellationId === null ? "cancellation_rolled_back" : "cancelled";
  return graded.decided ? "result_corrected" : "result_rolled_back";
}
