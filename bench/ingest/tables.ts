import type { Owner } from "../../tests/incident/database.ts";

/** The tables a snapshot goes to, as the owner sees them. */
export interface Tables {
  /** Empties them, and lets the server write what it still has to: each run begins the same. */
  clear(): Promise<void>;
  counts(): Promise<{ readonly events: number; readonly prices: number; readonly history: number }>;
  /** Remembers the version of every row. */
  remember(): Promise<void>;
  /** How many rows have another version than was remembered. */
  rewritten(): Promise<{ readonly events: number; readonly prices: number }>;
}

export async function openTables(owner: Owner): Promise<Tables> {
  await owner.query("create unlogged table bench_versions (kind text, place tid, version text)");
  // The days for which prices are kept are those of the board.
  await owner.query("select make_price_history('2025-09-20')");
  const changed = (table: string) => `
    (select count(*)::integer from ${table} as now
     where not exists (
       select from bench_versions as before
       where before.kind = '${table}' and before.place = now.ctid and before.version = now.xmin::text))`;
  return {
    async clear() {
      // What is known of events is never forgotten, but between two rounds of a bench.
      await owner.query(`
        begin;
        set local session_replication_role = replica;
        truncate price_history, prices, events, feeds, quarantine, changes, results cascade;
        commit`);
      await owner.query("vacuum analyze");
      await owner.query("checkpoint");
    },
    async counts() {
      const [row] = await owner.query<{ events: number; prices: number; history: number }>(`
        select
          (select count(*)::integer from events) as events,
          (select count(*)::integer from prices) as prices,
          (select count(*)::integer from price_history) as history`);
      return row ?? { events: 0, prices: 0, history: 0 };
    },
    async remember() {
      await owner.query("truncate bench_versions");
      for (const table of ["events", "prices"]) {
        await owner.query(`insert into bench_versions select '${table}', ctid, xmin::text from ${table}`);
      }
      await owner.query("analyze bench_versions");
    },
    async rewritten() {
      const [row] = await owner.query<{ events: number; prices: number }>(
        `select ${changed("events")} as events, ${changed("prices")} as prices`,
      );
      return row ?? { events: Number.NaN, prices: Number.NaN };
    },
  };
}
