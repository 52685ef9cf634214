import type { Fraction, Selection } from "../markets/mod.ts";

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
  readonly legs: readonly RequestedLeg[];
}

// No currency's players stake a billion of its hundredths at once; it keeps every return far within a bigint column.
const STAKE_MAX_MINOR = 1_000_000_000_000n;

/**
 * Refuses what no honest client sends, before the database is asked.
 *
 * @throws {RangeError} Naming the first fault.
 */
export function assertRequest({ idempotencyKey, stakeMinor, legs }: PlaceBetRequest): void {
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
  if (legs.length === 0) throw new RangeError("Cannot place the bet as it has no leg");
}

/** SHA-256, in hexadecimal, of everything that makes two requests the same request. */
export function requestHash({ stakeMinor, legs }: PlaceBetRequest): string {
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
  ];
  return new Bun.CryptoHasher("sha256").update(JSON.stringify(body)).digest("hex");
}
