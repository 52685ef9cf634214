import { type Snapshot, type WriteReport, writeSnapshot } from "../../src/feeds/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";
import { AT, changedSnapshot, countPrices, readBoard } from "./boards.ts";
import type { Psql } from "./psql.ts";
import type { Tables } from "./tables.ts";

/** One price in a hundred. */
const CHANGED_EVERY = 100;
const LATER = new Date(AT.getTime() + 60_000);

/** What one round took and wrote: the load by psql and the same rows by ours, on tables emptied before each. */
export interface RoundRow {
  readonly round: number;
  readonly prices: number;
  readonly psqlMs: number;
  /** From normalised prices to the commit. */
  readonly writeMs: number;
  /** The same snapshot again. */
  readonly againMs: number;
  readonly againRewritten: number;
  /** With one price in a hundred changed. */
  readonly changedMs: number;
  readonly changedWanted: number;
  readonly changedRewritten: number;
  /** From the board's bytes to the commit. */
  readonly wholeMs: number;
  readonly readMs: number;
}

export interface RoundDeps {
  readonly pool: Pool;
  readonly tables: Tables;
  readonly psql: Psql | undefined;
  /** The vendor's answer, in a file. */
  readonly path: string;
  readonly snapshot: Snapshot;
}

/** Each round begins with another of the three loads, so that none owes its figure to whom it follows. */
export async function measureRound(round: number, deps: RoundDeps): Promise<RoundRow> {
  const parts = [loadByPsql, loadNormalised, loadWhole];
  const found: Partial<RoundRow> = {};
  for (const [index] of parts.entries()) {
    await deps.tables.clear();
    Object.assign(found, await parts[(index + round) % parts.length]?.(deps));
  }
  return { ...NOTHING, ...found, round, prices: countPrices(deps.snapshot) };
}

const NOTHING = {
  psqlMs: Number.NaN,
  writeMs: Number.NaN,
  againMs: Number.NaN,
  againRewritten: Number.NaN,
  changedMs: Number.NaN,
  changedWanted: Number.NaN,
  changedRewritten: Number.NaN,
  wholeMs: Number.NaN,
  readMs: Number.NaN,
};

async function loadByPsql({ psql, tables, snapshot }: RoundDeps): Promise<Partial<RoundRow>> {
  if (psql === undefined) return {};
  const psqlMs = await psql.load();
  await assertStored(tables, snapshot);
  return { psqlMs };
}

async function loadNormalised({ pool, tables, snapshot }: RoundDeps): Promise<Partial<RoundRow>> {
  const first = await timed(() => write(pool, snapshot, AT));
  await assertStored(tables, snapshot);
  await tables.remember();
  const again = await timed(() => write(pool, snapshot, LATER));
  const same = await tables.rewritten();
  const other = changedSnapshot(snapshot, CHANGED_EVERY);
  const changed = await timed(() => write(pool, other, LATER));
  const moved = await tables.rewritten();
  return {
    writeMs: first.ms,
    againMs: again.ms,
    againRewritten: same.events + same.prices,
    changedMs: changed.ms,
    changedWanted: Math.floor(countPrices(snapshot) / CHANGED_EVERY),
    changedRewritten: moved.prices,
  };
}

async function loadWhole({ pool, tables, path, snapshot }: RoundDeps): Promise<Partial<RoundRow>> {
  const read = await timed(() => readBoard(Bun.file(path).stream()));
  const written = await timed(() => write(pool, read.value, AT));
  await assertStored(tables, snapshot);
  return { readMs: read.ms, wholeMs: read.ms + written.ms };
}

function write(pool: Pool, snapshot: Snapshot, at: Date): Promise<WriteReport> {
  return writeSnapshot(snapshot, { lease: (options) => pool.lease(options), at });
}

async function timed<T>(work: () => Promise<T>): Promise<{ readonly value: T; readonly ms: number }> {
  Bun.gc(true);
  const startedAt = performance.now();
  const value = await work();
  return { value, ms: performance.now() - startedAt };
}

/** A load that stored other rows than it should have is no measurement. */
async function assertStored(tables: Tables, snapshot: Snapshot): Promise<void> {
  const { prices, history, events } = await tables.counts();
  const wanted = countPrices(snapshot);
  if (prices !== wanted || history !== wanted || events !== snapshot.events.length)
    throw new RangeError(
      `Cannot compare loads as one stored ${events} events, ${prices} prices and ${history} of history: wanted are ${snapshot.events.length} and ${wanted}`,
    );
}
