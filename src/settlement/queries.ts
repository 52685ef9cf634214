import type { EventVersion } from "../bets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { Settled } from "./judge_bet.ts";

const INSERT_SETTLEMENTS = `
  insert into settlements (
    tenant_id, bet_id, settlement_version, event_id, result_version, result, void_halves,
    dead_heat_numerator, dead_heat_denominator, deduction_numerator, deduction_denominator, reason,
    return_numerator, return_denominator, return_minor, leg_versions, settled_at
  )
  select
    $1, graded.bet_id, graded.settlement_version, $2, $3, graded.result, graded.void_halves,
    graded.dead_heat_numerator, graded.dead_heat_denominator,
    graded.deduction_numerator, graded.deduction_denominator, graded.reason,
    graded.return_numerator, graded.return_denominator, graded.return_minor,
    graded.leg_versions::integer[], $4
  from unnest(
    $5::uuid[], $6::integer[], $7::smallint[], $8::smallint[], $9::bigint[], $10::bigint[],
    $11::bigint[], $12::bigint[], $13::text[], $14::numeric[], $15::numeric[], $16::bigint[], $17::text[]
  ) as graded (
    bet_id, settlement_version, result, void_halves, dead_heat_numerator, dead_heat_denominator,
    deduction_numerator, deduction_denominator, reason, return_numerator, return_denominator, return_minor,
    leg_versions
  )`;

/** Adds settlements; the primary key refuses a bet's version that was settled before. */
export async function insertSettlements(
  connection: Connection,
  rows: EventVersion & { readonly settled: readonly Settled[]; readonly at: Date },
): Promise<void> {
  const { tenantId, eventId, resultVersion, settled, at } = rows;
  await connection.execute(INSERT_SETTLEMENTS, [
    tenantId,
    eventId,
    resultVersion,
    at,
    settled.map(({ bet }) => bet.betId),
    settled.map(({ settlementVersion }) => settlementVersion),
    settled.map(({ grade }) => grade.result),
    settled.map(({ grade }) => (2n * grade.voided.numerator) / grade.voided.denominator),
    settled.map(({ grade }) => grade.deadHeat.numerator),
    settled.map(({ grade }) => grade.deadHeat.denominator),
    settled.map(({ grade }) => grade.deduction.numerator),
    settled.map(({ grade }) => grade.deduction.denominator),
    settled.map(({ grade }) => grade.reason),
    settled.map(({ exact }) => exact.numerator),
    settled.map(({ exact }) => exact.denominator),
    settled.map(({ returnMinor }) => returnMinor),
    settled.map(({ legVersions }) => legVersions && `{${legVersions.map((version) => version ?? "null")}}`),
  ]);
}

/** Marks a point to which what follows can be undone without losing the transaction, nor the bets it has claimed. */
export async function openSavepoint(connection: Connection): Promise<void> {
  await connection.execute("savepoint bets");
}

/** Keeps what was done since the savepoint. */
export async function releaseSavepoint(connection: Connection): Promise<void> {
  await connection.execute("release savepoint bets");
}

/** Undoes what was done since the savepoint, also after a statement that failed. */
export async function undoToSavepoint(connection: Connection): Promise<void> {
  await connection.execute("rollback to savepoint bets");
  await connection.execute("release savepoint bets");
}

/** Has the deferred constraints checked now: at the commit nobody could tell which bet broke one. */
export async function checkConstraints(connection: Connection): Promise<void> {
  await connection.execute("set constraints all immediate");
}
