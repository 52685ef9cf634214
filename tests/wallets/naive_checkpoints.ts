import type { TestDatabase } from "../harness/mod.ts";

/**
 * Checkpoints as one would first take them: of all that is there, up to the newest transaction seen. What commits later with a smaller
 * number is in no sum. The control of the tests beside this file.
 */
export async function takeNaiveCheckpoints(database: TestDatabase): Promise<void> {
  await database.owner(`
    insert into balance_checkpoints (
      tenant_id, account_id, before_transaction, balance_minor, entry_count, last_transfer_id, taken_at
    )
    select tenant_id, account_id, max(transaction_number) + 1, sum(amount_minor), count(*),
      max(transfer_id::text)::uuid, '2025-09-19T12:00:00Z'
    from entries
    group by tenant_id, account_id
    on conflict do nothing`);
}
