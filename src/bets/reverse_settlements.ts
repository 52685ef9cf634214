import type { Connection } from "../pool/mod.ts";
import { postTransfers, type Transfer } from "../wallets/mod.ts";
import { SettlementMissingError } from "./errors.ts";
import { insertReversals, type SettlementEntry, selectSettlementEntries } from "./reversal_queries.ts";

/** Why a settlement did not hold. */
export const REVERSAL_REASONS = [
  /** What is known now makes something else of it. */
  "result_corrected",
  /** What it stood on is not claimed any more, and nothing decides it. */
  "result_rolled_back",
  "cancelled",
  "cancellation_rolled_back",
  /** A person has voided the bet. */
  "voided",
] as const;
export type ReversalReason = (typeof REVERSAL_REASONS)[number];

/** A settlement that does not hold. */
export interface Reversal {
  readonly betId: string;
  readonly currency: string;
  /** The version that is reversed. */
  readonly reversesVersion: number;
  /** The version that the reversal takes: the next one of the bet. */
  readonly settlementVersion: number;
  readonly reason: ReversalReason;
}

/** What a reversal took from a player's cash, in minor units. */
export interface TakenBack {
  readonly cashAccountId: string;
  readonly amountMinor: bigint;
}

/**
 * Negates what settlements have paid, entry by entry, under a version of its own each. What becomes of the bets, of their rows and of
 * their exposure is the caller's, who holds them; so is a balance that falls below zero by it (`applyNegativeBalance`).
 *
 * @returns Of each bet by its id what the reversal took from its player's cash.
 * @throws {SettlementMissingError} If the ledger has no such settlement.
 * @throws {TransferRepeatedError} If the ledger already holds something under one of the versions.
 */
export async function reverseSettlements(
  connection: Connection,
  {
    tenantId,
    reversed,
    cause,
    at,
  }: {
    readonly tenantId: string;
    readonly reversed: readonly Reversal[];
    /** The facts that did it; `null` for a person. */
    readonly cause: { readonly eventId: string; readonly resultVersion: number } | null;
    /** Business time. */
    readonly at: Date;
  },
): Promise<ReadonlyMap<string, TakenBack>> {
  if (reversed.length === 0) return new Map();
  const versions = reversed.map(({ betId, reversesVersion }) => ({
    betId,
    settlementVersion: reversesVersion,
  }));
  const entries = Map.groupBy(
    await selectSettlementEntries(connection, { tenantId, versions }),
    ({ betId }) => betId,
  );
  const transfers = reversed.map((reversal) => transferOf(reversal, { entries, tenantId, at }));
  await insertReversals(connection, { tenantId, cause, reversed, at });
  await postTransfers(connection, tenantId, transfers, { mayOverdraw: true });
  return new Map(
    [...entries].flatMap(([betId, paid]) => {
      const cash = paid.find(({ isCash }) => isCash);
      return cash ? [[betId, { cashAccountId: cash.accountId, amountMinor: cash.amountMinor }]] : [];
    }),
  );
}

/**
 * The transfer that takes back what a settlement has paid: its entries, each the other way. Pure.
 *
 * @throws {SettlementMissingError} If there are no such entries.
 */
export function transferOf(
  { betId, currency, reversesVersion, settlementVersion }: Reversal,
  {
    entries,
    tenantId,
    at,
  }: {
    readonly entries: ReadonlyMap<string, readonly SettlementEntry[]>;
    readonly tenantId: string;
    readonly at: Date;
  },
): Transfer {
  const paid = entries.get(betId);
  if (paid === undefined) throw new SettlementMissingError({ betId, settlementVersion: reversesVersion });
  return {
    tenantId,
    idempotencyKey: `settlement/${betId}/${settlementVersion}`,
    kind: "reversal",
    currency,
    entries: paid.map(({ accountId, amountMinor }) => ({ accountId, amountMinor: -amountMinor })),
    betId,
    settlementVersion,
    occurredAt: at,
  };
}
