import { PlayerLimitExceededError } from "./errors.ts";

/** What a limit bounds: money paid in, money staked, and stakes less what came back of them. */
export const LIMIT_KINDS = ["deposit", "stake", "loss"] as const;
export type LimitKind = (typeof LIMIT_KINDS)[number];

/** Rolling: the time until now, not the calendar's. */
export const LIMIT_PERIODS = ["day", "week", "month"] as const;
export type LimitPeriod = (typeof LIMIT_PERIODS)[number];

const DAY_MS = 86_400_000;
export const PERIOD_MS: Readonly<Record<LimitPeriod, number>> = {
  day: DAY_MS,
  week: 7 * DAY_MS,
  month: 30 * DAY_MS,
};

/** How long a player must stay with wanting more before it holds. */
export const RAISE_DELAY_MS = DAY_MS;

/** A limit as it holds at a moment. Amounts in minor units of the player's currency; `null` is no limit. */
export interface PlayerLimit {
  readonly kind: LimitKind;
  readonly period: LimitPeriod;
  readonly amountMinor: bigint | null;
  /** What the player has decided on that does not hold yet. */
  readonly next: { readonly amountMinor: bigint | null; readonly from: Date } | null;
}

/** What was used within each of the periods up to now. */
export type UsedByPeriod = Readonly<Record<LimitPeriod, bigint>>;

/**
 * Passes an amount that keeps within every limit of the kind. Pure. For losses the amount is the stake: all of it may be lost.
 *
 * @throws {PlayerLimitExceededError} For the limit that leaves the least.
 */
export function assertWithinLimit(
  limits: readonly PlayerLimit[],
  {
    kind,
    used,
    amountMinor,
  }: { readonly kind: LimitKind; readonly used: UsedByPeriod; readonly amountMinor: bigint },
): void {
  let refusal: PlayerLimitExceededError | undefined;
  for (const limit of limits) {
    if (limit.kind !== kind || limit.amountMinor === null) continue;
    const leftMinor = limit.amountMinor - used[limit.period];
    if (amountMinor <= leftMinor) continue;
    const remainingMinor = leftMinor < 0n ? 0n : leftMinor;
    if (refusal !== undefined && refusal.remainingMinor <= remainingMinor) continue;
    const { period, amountMinor: limitMinor } = limit;
    refusal = new PlayerLimitExceededError({ kind, period, limitMinor, remainingMinor });
  }
  if (refusal !== undefined) throw refusal;
}

/** A limit as it is stored: one amount until a moment, another from then on. */
export interface StoredLimit {
  readonly amountMinor: bigint | null;
  readonly nextAmountMinor: bigint | null;
  readonly nextAt: Date | null;
}

/** The amount that holds at a moment. */
export function amountAt({ amountMinor, nextAmountMinor, nextAt }: StoredLimit, at: Date): bigint | null {
  return nextAt !== null && at >= nextAt ? nextAmountMinor : amountMinor;
}

/**
 * A limit after the player's decision: less holds at once, more or none at all from a day later on. Whatever was decided before and does
 * not hold yet is replaced. Pure.
 */
export function decide(stored: StoredLimit | undefined, wantedMinor: bigint | null, at: Date): StoredLimit {
  const amountMinor = stored === undefined ? null : amountAt(stored, at);
  const isTighter = wantedMinor !== null && (amountMinor === null || wantedMinor <= amountMinor);
  if (isTighter || wantedMinor === amountMinor)
    return { amountMinor: wantedMinor, nextAmountMinor: null, nextAt: null };
  return { amountMinor, nextAmountMinor: wantedMinor, nextAt: new Date(at.getTime() + RAISE_DELAY_MS) };
}
