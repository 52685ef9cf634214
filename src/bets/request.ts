import type { Fraction, Selection } from "../markets/mod.ts";
import { type BetTerms, LEGS_MAX } from "./bet.ts";
import { BetRefusedError } from "./errors.ts";

/** What a player asks for. The price is the one they were shown: it is compared, never believed. */
export interface RequestedLeg extends Selection {
  readonly eventId: string;
  readonly book: string;
  readonly price: Fraction;
}

export interface PlaceBetRequest {
  readonly tenantId: string;
  readonly playerId: string;
  /** 1 to 128 characters, the player's own: the same key and body are answered by the same bet. */
  readonly idempotencyKey: string;
  /** Above zero, in minor units of the player's currency. */
  readonly stakeMinor: bigint;
  /** ISO 4217, what the player takes the stake to be in; not looked at when left out. */
  readonly currency?: string;
  /** `none` when left out. */
  readonly terms?: BetTerms;
  readonly legs: readonly RequestedLeg[];
}

/** Whose key it is. */
export type BetKey = Pick<PlaceBetRequest, "tenantId" | "playerId" | "idempotencyKey">;

/** What holds unless the player says otherwise: the price shown or none. */
export const STRICT: BetTerms = { priceChange: "none" };

// No currency's players stake ten billion of its hundredths at once; it keeps every amount far within what JSON holds exactly.
export const STAKE_MAX_MINOR = 1_000_000_000_000n;

/**
 * Refuses what no honest client sends, before the database is asked.
 *
 * @throws {RangeError} Naming the first fault.
 * @throws {BetRefusedError} `too_many_legs`, or `correlated` with the legs that share an event.
 */
export function assertRequest({ idempotencyKey, stakeMinor, legs, terms = STRICT }: PlaceBetRequest): void {
  if (idempotencyKey.length < 1 || idempotencyKey.length > 128) {
    throw new RangeError(
      `Cannot place the bet as its key has ${idempotencyKey.length} characters, not 1 to 128`,
    );
  }
  if (stakeMinor < 1n || stakeMinor > STAKE_MAX_MINOR) {
    throw new RangeError(
      `Cannot place the bet as its stake is not from 1 to ${STAKE_MAX_MINOR}: ${stakeMinor}`,
    );
  }
  if ((terms.priceChange === "slippage") !== (terms.slippageBps !== undefined))
    throw new RangeError("Cannot place the bet as a slippage is one with a bound, and nothing else has one");
  if (legs.length === 0) throw new RangeError("Cannot place the bet as it has no leg");
  if (legs.length > LEGS_MAX) throw new BetRefusedError("too_many_legs", { facts: { legsMax: LEGS_MAX } });
  assertUnrelated(legs);
}

/** Legs of one event decide each other, so that their prices multiplied are no price of both. */
function assertUnrelated(legs: readonly RequestedLeg[]): void {
  const counts = new Map<string, number>();
  for (const { eventId } of legs) counts.set(eventId, (counts.get(eventId) ?? 0) + 1);
  if (counts.size === legs.length) return;
  throw new BetRefusedError("correlated", {
    legs: legs.map(({ eventId }, index) => ({
      legNumber: index + 1,
      eventId,
      code: (counts.get(eventId) ?? 0) > 1 ? "correlated" : null,
    })),
  });
}

/** SHA-256, in hexadecimal, of everything that makes two requests the same request. */
export function requestHash({ stakeMinor, currency, terms = STRICT, legs }: PlaceBetRequest): string {
  const body = [
    `${stakeMinor}`,
    legs.map(({ eventId, book, marketType, period, label, lineQuarters, outcome, price }) => [
      eventId,
      book,
      marketType,
      period,
      label,
      lineQuarters,
      outcome,
      `${price.numerator}/${price.denominator}`,
    ]),
    // A request that says neither is the same as it was before there was anything to say.
    ...(currency === undefined && terms.priceChange === "none"
      ? []
      : [currency ?? null, terms.priceChange, terms.slippageBps ?? null]),
  ];
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(body)).digest("hex");
}
