import type { Connection } from "../pool/mod.ts";

// The bound that bounds nothing is for the planner: of one side of an unknown range it expects a third of the rows, and reads a whole table
// instead of an account's last few entries; of two sides a two-hundredth.
const NO_BOUND = "transaction_number <= 9223372036854775807";

/** Exported for the test that counts the rows it reads. */
export const SELECT_BALANCES = `
  select
    wanted.account_id as "accountId",
    (coalesce(checkpoint.balance_minor, 0) + coalesce(later.sum, 0))::bigint as "balanceMinor"
  from unnest($2::uuid[]) as wanted (account_id)
  left join lateral (
    select before_transaction, balance_minor
    from balance_checkpoints
    where tenant_id = $1 and account_id = wanted.account_id
    order by before_transaction desc
    limit 1
  ) as checkpoint on true
  left join lateral (
    select sum(amount_minor) as sum
    from entries
    where tenant_id = $1
      and account_id = wanted.account_id
      and transaction_number >= coalesce(checkpoint.before_transaction, 0)
      and ${NO_BOUND}
  ) as later on true`;

/** What each account holds: its last checkpoint and the entries since, in one snapshot. 0 for one without entries. */
export async function selectBalances(
  connection: Connection,
  tenantId: string,
  accountIds: readonly string[],
): Promise<Map<string, bigint>> {
  return byAccount(await connection.query<BalanceRow>(SELECT_BALANCES, [tenantId, accountIds]));
}

// A checkpoint serves a moment if no entry in it is of a later one: then what it leaves out of that moment is among the later entries.
const SELECT_BALANCES_UP_TO = `
  select
    wanted.account_id as "accountId",
    (coalesce(checkpoint.balance_minor, 0) + coalesce(later.sum, 0))::bigint as "balanceMinor"
  from unnest($2::uuid[]) as wanted (account_id)
  left join lateral (
    select before_transaction, balance_minor
    from balance_checkpoints
    where tenant_id = $1 and account_id = wanted.account_id and last_transfer_id <= $3
    order by before_transaction desc
    limit 1
  ) as checkpoint on true
  left join lateral (
    select sum(amount_minor) as sum
    from entries
    where tenant_id = $1
      and account_id = wanted.account_id
      and transaction_number >= coalesce(checkpoint.before_transaction, 0)
      and ${NO_BOUND}
      and transfer_id <= $3
  ) as later on true`;

/** What each account held by its transfers up to this one, in the order of their business times. */
export async function selectBalancesUpTo(
  connection: Connection,
  {
    tenantId,
    accountIds,
    lastTransferId,
  }: {
    readonly tenantId: string;
    readonly accountIds: readonly string[];
    readonly lastTransferId: string;
  },
): Promise<Map<string, bigint>> {
  const values = [tenantId, accountIds, lastTransferId];
  return byAccount(await connection.query<BalanceRow>(SELECT_BALANCES_UP_TO, values));
}

interface BalanceRow {
  readonly accountId: string;
  readonly balanceMinor: bigint;
}

function byAccount(rows: readonly BalanceRow[]): Map<string, bigint> {
  return new Map(rows.map(({ accountId, balanceMinor }) => [accountId, balanceMinor]));
}

const TAKE_CHECKPOINTS = `
  select next_account as "nextAccountId", looked_at as "lookedAt", taken
  from take_balance_checkpoints($1, $2, $3, $4)`;

/** One page of a tenant's accounts, as the database itself looked after it. */
export interface CheckpointsTaken {
  /** Where to go on; `null` when all accounts were looked at. */
  readonly nextAccountId: string | null;
  readonly lookedAt: number;
  readonly taken: number;
}

/** Takes a checkpoint of those of the next accounts that have enough entries since their last. */
export async function takeCheckpoints(
  connection: Connection,
  page: {
    readonly afterAccountId: string | null;
    readonly accountsMax: number;
    /** Entries since the last checkpoint from which a new one is worth its row. */
    readonly entriesMin: number;
    readonly at: Date;
  },
): Promise<CheckpointsTaken> {
  const { afterAccountId, accountsMax, entriesMin, at } = page;
  const values = [afterAccountId, accountsMax, entriesMin, at];
  const [row] = await connection.query<CheckpointsTaken>(TAKE_CHECKPOINTS, values);
  return row ?? { nextAccountId: null, lookedAt: 0, taken: 0 };
}
