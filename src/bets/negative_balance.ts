import { recordAct } from "../operators/mod.ts";
import { freezePlayers } from "../players/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { type CausedDebt, readDebts, writeOffDebts } from "../wallets/mod.ts";
import { type NegativeBalance, readSettlementPolicy } from "./settlement_policy.ts";

/** A correction that took money from a player: the bet, and the version of its settlement that did. */
export interface DebitedBet {
  readonly playerId: string;
  readonly currency: string;
  readonly betId: string;
  readonly settlementVersion: number;
}

/** What was done about a debt, and how deep it was before: minor units, below zero. */
export interface DebtApplied extends CausedDebt {
  readonly policy: NegativeBalance;
}

/**
 * Does what the tenant has decided about players whom corrections have left below zero: nothing, so that the debt stands; or it is written
 * off from the tenant's adjustments; or the player is frozen. To be called once, after everything that such a transaction pays: a debt
 * has one cause, the first of the player's bets, and each cause acts once. What is done has an audit row of the system's.
 *
 * Holds the players' debits until the transaction ends. Needs a write lease of the tenant.
 *
 * @param by The part of the service that corrects, as in `worker_settlement`.
 */
export async function applyNegativeBalance(
  connection: Connection,
  {
    tenantId,
    debited,
    by,
    at,
  }: {
    readonly tenantId: string;
    readonly debited: readonly DebitedBet[];
    readonly by: string;
    readonly at: Date;
  },
): Promise<readonly DebtApplied[]> {
  if (debited.length === 0) return [];
  const { negativeBalance: policy } = await readSettlementPolicy(connection, tenantId);
  if (policy === "debt") return [];
  const debts = await readDebts(connection, { tenantId, owners: debited });
  const caused = debts.flatMap((debt) => {
    const cause = debited.find((bet) => bet.playerId === debt.playerId && bet.currency === debt.currency);
    return cause === undefined ? [] : [{ ...cause, ...debt }];
  });
  const applied = policy === "freeze" ? await freeze(connection, { tenantId, caused, at }) : caused;
  if (policy === "write_off") await writeOffDebts(connection, { tenantId, debts: caused, at });
  for (const debt of applied) await noteDebt(connection, debt, { tenantId, policy, by, at });
  return applied.map((debt) => ({ ...debt, policy }));
}

/** Those who were not frozen before. */
async function freeze(
  connection: Connection,
  {
    tenantId,
    caused,
    at,
  }: { readonly tenantId: string; readonly caused: readonly CausedDebt[]; readonly at: Date },
): Promise<readonly CausedDebt[]> {
  const frozen = await freezePlayers(connection, { tenantId, causes: caused, at });
  return caused.filter(({ playerId }) => frozen.includes(playerId));
}

async function noteDebt(
  connection: Connection,
  { playerId, currency, balanceMinor, betId, settlementVersion }: CausedDebt,
  {
    tenantId,
    policy,
    by,
    at,
  }: {
    readonly tenantId: string;
    readonly policy: NegativeBalance;
    readonly by: string;
    readonly at: Date;
  },
): Promise<void> {
  await recordAct(connection, {
    actor: { tenantId, system: by },
    action: policy === "freeze" ? "player.frozen" : "debt.written_off",
    subject: { kind: "player", id: playerId },
    facts: {
      currency,
      balanceMinor: `${balanceMinor}`,
      betId,
      settlementVersion: `${settlementVersion}`,
    },
    at,
  });
}
