import type { Session } from "../../src/pool/mod.ts";

/** What settling leaves in one table: how many rows, and a digest of all that is not chosen by chance or by the clock. */
export interface Written {
  readonly table: string;
  readonly rows: number;
  readonly digest: string;
}

const TABLES: Readonly<Record<string, string>> = {
  leg_grades: `
    select tenant_id, bet_id, leg_number, result_version, result, void_halves, dead_heat_numerator, dead_heat_denominator,
      deduction_numerator, deduction_denominator, reason
    from leg_grades`,
  settlements: `
    select tenant_id, bet_id, settlement_version, event_id, result_version, result, void_halves, dead_heat_numerator,
      dead_heat_denominator, deduction_numerator, deduction_denominator, reason, return_numerator, return_denominator,
      return_minor, leg_versions
    from settlements`,
  transfers: `
    select tenant_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version
    from transfers`,
  entries: `
    select tenant_id, idempotency_key, entries.currency, account_id, amount_minor
    from entries
    join transfers using (tenant_id, transfer_id)`,
  bets: "select tenant_id, bet_id, state, settlement_version from bets",
  bet_legs: "select tenant_id, bet_id, leg_number, result_version, cancellation_id from bet_legs",
  exposure_slots: `
    select tenant_id, currency, scope, subject, sum(used_minor) as used
    from exposure_slots
    group by tenant_id, currency, scope, subject`,
};

/** Reads what is written: two databases in which the same was done read alike. */
export async function readWritten(owner: Session): Promise<Written[]> {
  const written: Written[] = [];
  for (const [table, rows] of Object.entries(TABLES)) {
    const [row] = await owner.query<{ rows: number; digest: string }>(`
      select count(*)::integer as rows, coalesce(sum(hashtextextended(written::text, 0)::numeric), 0)::text as digest
      from (${rows}) as written`);
    written.push({ table, rows: row?.rows ?? 0, digest: row?.digest ?? "" });
  }
  return written;
}

/** The tables in which two databases differ, in words. */
export function differencesOf(ours: readonly Written[], theirs: readonly Written[]): string[] {
  return ours.flatMap(({ table, rows, digest }) => {
    const other = theirs.find((one) => one.table === table);
    if (other?.rows === rows && other.digest === digest) return [];
    return [
      `${table}: ${rows} rows beside ${other?.rows ?? 0}${other?.rows === rows ? ", of other content" : ""}`,
    ];
  });
}
