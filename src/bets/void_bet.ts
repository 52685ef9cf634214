import { type Operator, recordAct } from "../operators/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { postTransfers, readPlayerAccount, TransferRepeatedError } from "../wallets/mod.ts";
import type { BetView } from "./contract.ts";
import { BetNotOpenError } from "./errors.ts";
import { releaseExposure } from "./exposure_queries.ts";
import { readBet } from "./read_bets.ts";
import { markBetVoid } from "./void_queries.ts";

export interface BetToVoid {
  readonly betId: string;
  /** Why, in words that the player may read: 1 to 200 characters. */
  readonly reason: string;
  /** Under which rule: 1 to 120 characters. */
  readonly rule: string;
}

/**
 * Gives the stake of an open or quarantined bet back, by new entries, and says why. A bet that is void already stays as it is.
 *
 * Of a void and a settlement exactly one happens: both change the row of the bet from open, and both pay its next settlement version.
 * Needs a write lease of the operator's tenant, to be committed.
 *
 * @throws {BetNotFoundError}
 * @throws {BetNotOpenError} If it is settled, or the ledger has paid it.
 */
export async function voidBet(
  connection: Connection,
  { betId, reason, rule }: BetToVoid,
  { operator, at }: { readonly operator: Operator; readonly at: Date },
): Promise<BetView> {
  const { tenantId, keyId } = operator;
  const bet = await markBetVoid(connection, { tenantId, betId, at, by: keyId, reason, rule });
  if (bet === undefined) {
    const view = await readBet(connection, { tenantId, betId });
    if (view.state !== "void") throw new BetNotOpenError(betId);
    return view;
  }
  const { playerId, currency, stakeMinor, settlementVersion } = bet;
  const accounts = await readPlayerAccount(connection, { tenantId, playerId, currency });
  const entries = [
    { accountId: accounts.heldAccountId, amountMinor: -stakeMinor },
    { accountId: accounts.cashAccountId, amountMinor: stakeMinor },
  ];
  const returned = {
    tenantId,
    idempotencyKey: `settlement/${betId}/${settlementVersion}`,
    kind: "void",
    currency,
    entries,
    betId,
    settlementVersion,
    occurredAt: at,
  } as const;
  await postTransfers(connection, tenantId, [returned]).catch((cause: unknown) => {
    throw cause instanceof TransferRepeatedError ? new BetNotOpenError(betId) : cause;
  });
  await recordAct(connection, {
    actor: operator,
    action: "bet.voided",
    subject: { kind: "bet", id: betId },
    facts: { playerId, currency, stakeMinor: `${stakeMinor}`, reason, rule },
    at,
  });
  const view = await readBet(connection, { tenantId, betId });
  // Last: placements wait for these rows.
  await releaseExposure(connection, { tenantId, betIds: [betId] });
  return view;
}
