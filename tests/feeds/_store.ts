import { type Snapshot, type WriteReport, writeSnapshot } from "../../src/feeds/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { board, type Json } from "./_board.ts";
import { readBoard } from "./_read.ts";

export const NOON = new Date("2025-03-01T12:00:00Z");

/** A database of one test's own with the odds worker's pool. */
export interface Store extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly pool: Pool;
  write(snapshot: Snapshot, at?: Date): Promise<WriteReport>;
  /** A hand-written soccer board with this version. */
  writeBoard(ts: string, matches: Json, at?: Date): Promise<WriteReport>;
  /** Prices in short, as "outcome 21/10" or "outcome 21/10 suspended", ordered. */
  prices(): Promise<string[]>;
}

export async function openStore(): Promise<Store> {
  const database = await openDatabase();
  const pool = database.pool("linehold_odds");
  const write = (snapshot: Snapshot, at: Date = NOON) =>
    writeSnapshot(snapshot, { lease: (options) => pool.lease(options), at });
  return {
    database,
    pool,
    write,
    writeBoard: async (ts, matches, at) => write(await readBoard(board(matches, { ts })), at),
    prices: async () => {
      const rows = await database.owner<{ words: string }>(SELECT_PRICES);
      return rows.map(({ words }) => words);
    },
    [Symbol.asyncDispose]: () => database[Symbol.asyncDispose](),
  };
}

const SELECT_PRICES = `
  select concat_ws(' ', outcome, price_numerator || '/' || price_denominator, case when suspended then 'suspended' end) as words
  from prices
  order by market_type, label, line_quarters, outcome`;
