import type { Owner } from "../../tests/incident/database.ts";

/** Transactions of the database so far, as the server counts them. Backends report theirs about once a second. */
export async function countTransactions(owner: Owner): Promise<number> {
  const [row] = await owner.query<{ count: string }>(
    `select xact_commit + xact_rollback as count
     from pg_stat_database
     where datname = current_database()`,
  );
  return Number(row?.count ?? Number.NaN);
}
