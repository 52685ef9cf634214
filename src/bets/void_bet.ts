import { type Operator, recordAct } from "../operators/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { holdDebits, postTransfers, readPlayerAccount, TransferRepeatedError } from "../wallets/mod.ts";
import type { BetView } from "./contract.ts";
import { BetNotOpenError } from "./errors.ts";
import { releaseExposure } from "./exposure_queries.ts";
import { applyNegativeBalance } from "./negative_balance.ts";
import { readBet } from "./read_bets.ts";
import { reverseSettlements, type TakenBack } from "./reverse_settlements.ts";
import { lockVoidableBet, markBetVoid, type VoidableBet } from "./void_queries.ts";

export interface BetToVoid {
  readonly betId: string;
  /** Why, in words that the player may read: 1 to 200 characters. */
  readonly reason: string;
  /** Under which rule: 1 to 120 characters. */
  readonly rule: string;
}

interface Voiding {
  readonly tenantId: string;
  readonly betId: string;
  readonly at: Date;
}

/**
 * Gives the stake of a bet back, by new entries, and says why. What a settled bet was paid is negated first, under a version of its own; if
 * that takes more than its player has, the tenant's policy on negative balances is followed. A bet that is void already stays as it is.
 *
 * Of a void and a settlement exactly one happens: both hold the row of the bet, and both pay its next settlement version. Needs a write
 * lease of the operator's tenant, to be committed.
 *
 * @throws {BetNotFoundError}
 * @throws {BetNotOpenError} If the ledger has paid it meanwhile.
 */
export async function voidBet(
  connection: Connection,
  { betId, reason, rule }: BetToVoid,
  { operator, at }: { readonly operator: Operator; readonly at: Date },
): Promise<BetView> {
  const { tenantId, keyId: by } = operator;
  const bet = await lockVoidableBet(connection, { tenantId, betId });
  if (bet === undefined) return await readBet(connection, { tenantId, betId });
  const voiding = { tenantId, betId, at };
  const wasSettled = bet.state === "settled";
  const settlementVersion = bet.settlementVersion + (wasSettled ? 2 : 1);
  const taken = wasSettled ? await takeBack(connection, bet, voiding) : undefined;
  await giveBack(connection, { ...bet, settlementVersion }, voiding);
  await markBetVoid(connection, { ...voiding, settlementVersion, by, reason, rule });
  const { playerId, currency, stakeMinor } = bet;
  if (taken !== undefined && taken.amountMinor > stakeMinor) {
    await holdDebits(connection, [taken.cashAccountId]);
    const debited = [{ playerId, currency, betId, settlementVersion: settlementVersion - 1 }];
    await applyNegativeBalance(connection, { tenantId, debited, by: "void", at });
  }
  await recordAct(connection, {
    actor: operator,
    action: "bet.voided",
    subject: { kind: "bet", id: betId },
    facts: {
      ...{ playerId, currency, stakeMinor: `${stakeMinor}`, reason, rule },
      ...(wasSettled && { takenBackMinor: `${taken?.amountMinor ?? 0n}` }),
    },
    at,
  });
  const view = await readBet(connection, { tenantId, betId });
  // Last: placements wait for these rows. A settled bet has given its exposure back before.
  if (!wasSettled) await releaseExposure(connection, { tenantId, betIds: [betId] });
  return view;
}

/** Negates what the bet was paid; what that took from the player's cash, if it was anything. */
async function takeBack(
  connection: Connection,
  { currency, settlementVersion: reversesVersion }: VoidableBet,
  { tenantId, betId, at }: Voiding,
): Promise<TakenBack | undefined> {
  const settlementVersion = reversesVersion + 1;
  const reversal = { betId, currency, reversesVersion, settlementVersion, reason: "voided" } as const;
  const taken = await reverseSettlements(connection, { tenantId, reversed: [reversal], cause: null, at });
  return taken.get(betId);
}

async function giveBack(
  connection: Connection,
  { playerId, currency, stakeMinor, settlementVersion }: VoidableBet,
  { tenantId, betId, at }: Voiding,
): Promise<void> {
  const accounts = await readPlayerAccount(connection, { tenantId, playerId, currency });
  const returned = {
    tenantId,
    idempotencyKey: `settlement/${betId}/${settlementVersion}`,
    kind: "void",
    currency,
    entries: [
      { accountId: accounts.heldAccountId, amountMinor: -stakeMinor },
      { accountId: accounts.cashAccountId, amountMinor: stakeMinor },
    ],
    betId,
    settlementVersion,
    occurredAt: at,
  } as const;
  await postTransfers(connection, tenantId, [returned]).catch((cause: unknown) => {
    throw cause instanceof TransferRepeatedError ? new BetNotOpenError(betId) : cause;
  });
}
