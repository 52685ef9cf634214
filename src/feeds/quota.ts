import type { QuotaRow } from "./claim_queries.ts";

/** What one request takes off a vendor's quota, or when there is room for it again. */
export type QuotaDecision =
  | {
      readonly type: "spend";
      readonly remaining: number | undefined;
      readonly periodEndsAt: Date | undefined;
      /** Until the next request of the vendor's. */
      readonly waitMs: number;
    }
  | { readonly type: "spent"; readonly remaining: number; readonly periodEndsAt: Date };

/**
 * Whether a request of so many units may be made. What is left of a period is spread over what is left of its time, so that a
 * month's units are not gone in its first hours; without a budget only the gap between two requests counts.
 */
export function decideQuota(
  quota: QuotaRow,
  { cost, at }: { readonly cost: number; readonly at: Date },
): QuotaDecision {
  const { gap_ms: gapMs, budget, renews_on: renewsOn } = quota;
  if (budget === null || renewsOn === null)
    return { type: "spend", remaining: undefined, periodEndsAt: undefined, waitMs: gapMs };
  const isOver = quota.period_ends_at === null || quota.period_ends_at <= at;
  const periodEndsAt = isOver ? periodEnd(at, renewsOn) : (quota.period_ends_at ?? at);
  const remaining = isOver ? budget : Math.min(budget, quota.remaining ?? budget);
  if (remaining < cost) return { type: "spent", remaining, periodEndsAt };
  const leftMs = periodEndsAt.getTime() - at.getTime();
  const paceMs = cost === 0 ? 0 : Math.floor((leftMs * cost) / remaining);
  return { type: "spend", remaining: remaining - cost, periodEndsAt, waitMs: Math.max(gapMs, paceMs) };
}

/** The end of the period that a moment lies in: the next such day of a month at midnight UTC. */
export function periodEnd(at: Date, renewsOn: number): Date {
  const isAhead = at.getUTCDate() < renewsOn;
  return new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + (isAhead ? 0 : 1), renewsOn));
}
