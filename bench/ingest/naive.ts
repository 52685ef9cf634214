import type { Snapshot } from "../../src/feeds/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";

const INSERT_EVENT = `
  insert into events (
    event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status,
    source_version, updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
  on conflict (source, source_event_id) do update
  set status = excluded.status`;

const INSERT_PRICE = `
  insert into prices (
    event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator, suspended,
    updated_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
  on conflict (event_id, book, market_type, period, label, line_quarters, outcome) do update
  set price_numerator = excluded.price_numerator,
      price_denominator = excluded.price_denominator,
      suspended = excluded.suspended,
      updated_at = excluded.updated_at`;

/**
 * The first `max` prices as they are usually written: a statement a row, in one transaction, without history.
 *
 * @returns Prices a second.
 */
export async function writeRowByRow(
  { source, version, events }: Snapshot,
  { pool, at, max }: { readonly pool: Pool; readonly at: Date; readonly max: number },
): Promise<number> {
  const startedAt = performance.now();
  await using lease = await pool.lease({ access: "write", deadlineMs: 120_000 });
  let written = 0;
  for (const { facts, prices = [] } of events) {
    if (written >= max) break;
    const eventId = Bun.randomUUIDv7();
    const { sourceEventId, sport, competitionId, competition, home, away, startsAt, status } = facts;
    const names = [sourceEventId, sport, competitionId, competition, home, away, startsAt, status];
    await lease.connection.execute(INSERT_EVENT, [eventId, source, ...names, version, at]);
    for (const { book, marketType, period, label, lineQuarters, outcome, price, suspended } of prices) {
      const identity = [eventId, book, marketType, period, label, lineQuarters, outcome];
      const value = [price.numerator, price.denominator, suspended];
      await lease.connection.execute(INSERT_PRICE, [...identity, ...value, at]);
      written += 1;
    }
  }
  await lease.commit();
  return (written / (performance.now() - startedAt)) * 1000;
}
