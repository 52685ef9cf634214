import type { Connection } from "../pool/mod.ts";
import type { AccountKind } from "./accounts.ts";
import type { TransferKind } from "./transfer.ts";

/** What one transfer of a bet moved, by the kinds of its accounts. */
export interface BetTransfer {
  readonly transferId: string;
  readonly kind: TransferKind;
  /** Of what became of the bet; `null` for its stake, and for what no version of it is paid by. */
  readonly settlementVersion: number | null;
  readonly occurredAt: Date;
  /** In minor units, the player's accounts first; they sum to zero. */
  readonly entries: readonly { readonly account: AccountKind; readonly amountMinor: bigint }[];
}

interface BetEntryRow extends Omit<BetTransfer, "entries"> {
  readonly account: AccountKind;
  readonly amountMinor: bigint;
}

// A transfer's id begins with its time: in their order, and within it by what the accounts are.
const SELECT_BET_ENTRIES = `
  select
    transfers.transfer_id as "transferId",
    transfers.kind,
    transfers.settlement_version as "settlementVersion",
    transfers.occurred_at as "occurredAt",
    accounts.kind as account,
    entries.amount_minor as "amountMinor"
  from transfers
  join entries on entries.tenant_id = transfers.tenant_id and entries.transfer_id = transfers.transfer_id
  join accounts on accounts.tenant_id = entries.tenant_id and accounts.account_id = entries.account_id
  where transfers.tenant_id = $1 and transfers.bet_id = $2
  order by transfers.transfer_id, accounts.player_id is null, accounts.kind`;

/** All that a bet has moved in the ledger, the oldest first. */
export async function selectBetTransfers(
  connection: Connection,
  { tenantId, betId }: { readonly tenantId: string; readonly betId: string },
): Promise<BetTransfer[]> {
  const rows = await connection.query<BetEntryRow>(SELECT_BET_ENTRIES, [tenantId, betId]);
  return [...Map.groupBy(rows, ({ transferId }) => transferId).values()].flatMap((entries) => {
    const [first] = entries;
    if (first === undefined) return [];
    const { account: _, amountMinor: __, ...transfer } = first;
    return [{ ...transfer, entries: entries.map(({ account, amountMinor }) => ({ account, amountMinor })) }];
  });
}
