import { type LimitPeriod, PERIOD_MS, type UsedByPeriod } from "../players/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { WalletOwner } from "./accounts.ts";
import { type Flows, selectFlows } from "./entry_queries.ts";
import { firstTransferId } from "./ids.ts";
import { selectAccount } from "./queries.ts";

const NOTHING: Flows = { depositedMinor: 0n, stakedMinor: 0n, returnedMinor: 0n };

/**
 * What a player deposited, staked and had back after each of the moments, in their order, from the ledger alone.
 *
 * Exact at the commit only if the player's debits are held (`holdDebits`): whoever deposits or stakes meanwhile then waits.
 */
export async function readFlows(
  connection: Connection,
  {
    tenantId,
    playerId,
    currency,
    since,
  }: WalletOwner & { readonly tenantId: string; readonly since: readonly Date[] },
): Promise<readonly Flows[]> {
  const account = { tenantId, playerId, currency, kind: "player_cash" } as const;
  const accountId = await selectAccount(connection, account);
  if (accountId === undefined || since.length === 0) return since.map(() => NOTHING);
  const earliest = new Date(Math.max(0, Math.min(...since.map((moment) => moment.getTime()))));
  const fromTransferId = firstTransferId(earliest);
  return selectFlows(connection, { tenantId, accountId, fromTransferId, since });
}

/** What was used of each kind of limit. A loss is what was staked less what came back, never below nothing. */
export interface LimitUse {
  readonly deposit: UsedByPeriod;
  readonly stake: UsedByPeriod;
  readonly loss: UsedByPeriod;
}

/** What a player has used of the limits in the periods up to `at`; exact under the same condition as `readFlows`. */
export async function readLimitUse(
  connection: Connection,
  { at, ...owner }: WalletOwner & { readonly tenantId: string; readonly at: Date },
): Promise<LimitUse> {
  const periods: readonly LimitPeriod[] = ["day", "week", "month"];
  const since = periods.map((period) => new Date(at.getTime() - PERIOD_MS[period]));
  const flows = await readFlows(connection, { ...owner, since });
  const used = (of: (flow: Flows) => bigint): UsedByPeriod => {
    const [day = 0n, week = 0n, month = 0n] = flows.map(of);
    return { day, week, month };
  };
  return {
    deposit: used(({ depositedMinor }) => depositedMinor),
    stake: used(({ stakedMinor }) => stakedMinor),
    loss: used(({ stakedMinor, returnedMinor }) =>
      stakedMinor > returnedMinor ? stakedMinor - returnedMinor : 0n,
    ),
  };
}
