import type { Static } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { bettingLimitsSchema } from "./contract.ts";
import { LimitsInvalidError } from "./errors.ts";
import type { BettingLimit } from "./limits.ts";

type LimitBody = Static<typeof bettingLimitsSchema>["limits"][number];

/** A row of limits as a body has it: what it leaves out is null. Pure. */
export function limitOfBody(body: LimitBody): BettingLimit {
  return {
    currency: body.currency,
    scope: body.scope,
    playerId: body.playerId ?? null,
    eventId: body.eventId ?? null,
    marketType: body.marketType ?? null,
    period: body.period ?? null,
    label: body.label ?? null,
    lineQuarters: body.lineQuarters ?? null,
    outcome: body.outcome ?? null,
    stakeMinMinor: body.stakeMinMinor ?? null,
    stakeMaxMinor: body.stakeMaxMinor ?? null,
    payoutMaxMinor: body.payoutMaxMinor ?? null,
    eventExposureMaxMinor: body.eventExposureMaxMinor ?? null,
    outcomeExposureMaxMinor: body.outcomeExposureMaxMinor ?? null,
  };
}

/**
 * Limits as a file has them: what `GET …/admin/limits` answers, the version left out or not.
 *
 * @throws {LimitsInvalidError} Naming every fault.
 */
export function limitsOfDocument(document: unknown): {
  readonly bettingOpen: boolean;
  readonly limits: readonly BettingLimit[];
} {
  const isObject = typeof document === "object" && document !== null && !Array.isArray(document);
  const whole: unknown = isObject ? { version: 0, ...document } : document;
  if (!Value.Check(bettingLimitsSchema, whole)) {
    const faults = [...Value.Errors(bettingLimitsSchema, whole)].slice(0, 50);
    throw new LimitsInvalidError(
      faults.map(({ path, message }) => ({ path: path.slice(1).replaceAll("/", "."), reason: message })),
    );
  }
  const { bettingOpen, limits } = whole;
  return { bettingOpen, limits: limits.map(limitOfBody) };
}
