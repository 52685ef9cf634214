import type { Connection } from "../pool/mod.ts";
import type { TransferKind } from "./transfer.ts";

/** One entry of an account with what moved it. */
export interface EntryRow {
  readonly transferId: string;
  readonly kind: TransferKind;
  readonly amountMinor: bigint;
  readonly betId: string | null;
  readonly occurredAt: Date;
}

const SELECT_ENTRIES = `
  select
    transfers.transfer_id as "transferId",
    transfers.kind,
    entries.amount_minor as "amountMinor",
    transfers.bet_id as "betId",
    transfers.occurred_at as "occurredAt"
  from entries
  join transfers on transfers.tenant_id = entries.tenant_id and transfers.transfer_id = entries.transfer_id
  where entries.tenant_id = $1
    and entries.account_id = $2
    and ($3::uuid is null or entries.transfer_id < $3)
  order by entries.transfer_id desc
  limit $4`;

/** Entries of an account, the newest first, from after a transfer on or from the newest. */
export function selectEntries(
  connection: Connection,
  page: {
    readonly tenantId: string;
    readonly accountId: string;
    readonly afterTransferId: string | null;
    readonly limit: number;
  },
): Promise<EntryRow[]> {
  const { tenantId, accountId, afterTransferId, limit } = page;
  return connection.query<EntryRow>(SELECT_ENTRIES, [tenantId, accountId, afterTransferId, limit]);
}

// The newest version of a bet decides what it came to: one that is void now counts for nothing, whenever it was staked or first paid.
const SELECT_FLOWS = `
  with moved as (
    select transfers.kind, transfers.bet_id, transfers.occurred_at, entries.amount_minor
    from entries
    join transfers on transfers.tenant_id = entries.tenant_id and transfers.transfer_id = entries.transfer_id
    where entries.tenant_id = $1
      and entries.account_id = $2
      and entries.transfer_id >= $3
      and transfers.kind in ('deposit', 'stake', 'settlement', 'void', 'reversal')
  ), counted as (
    select kind, occurred_at, amount_minor
    from moved
    where bet_id is null or 'void' is distinct from (
      select latest.kind
      from transfers as latest
      where latest.tenant_id = $1 and latest.bet_id = moved.bet_id and latest.settlement_version is not null
      order by latest.settlement_version desc
      limit 1
    )
  )
  select
    coalesce(sum(amount_minor) filter (where kind = 'deposit'), 0)::bigint as "depositedMinor",
    coalesce(-sum(amount_minor) filter (where kind = 'stake'), 0)::bigint as "stakedMinor",
    coalesce(sum(amount_minor) filter (where kind in ('settlement', 'void', 'reversal')), 0)::bigint as "returnedMinor"
  from unnest($4::timestamptz[]) with ordinality as since (at, number)
  left join counted on counted.occurred_at > since.at
  group by since.number
  order by since.number`;

/** What went through a player's cash after a moment. Amounts in minor units. */
export interface Flows {
  readonly depositedMinor: bigint;
  /** Staked on bets that are not void: open ones, and settled ones however they ended. */
  readonly stakedMinor: bigint;
  /** What came back of such bets, less what a corrected result took back. */
  readonly returnedMinor: bigint;
}

/** What went through an account after each of the moments, in their order. */
export function selectFlows(
  connection: Connection,
  asked: {
    readonly tenantId: string;
    readonly accountId: string;
    /** Not after the first of the moments. */
    readonly fromTransferId: string;
    readonly since: readonly Date[];
  },
): Promise<Flows[]> {
  const { tenantId, accountId, fromTransferId, since } = asked;
  return connection.query<Flows>(SELECT_FLOWS, [tenantId, accountId, fromTransferId, since]);
}
