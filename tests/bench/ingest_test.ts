import { expect, setDefaultTimeout, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AT, changedSnapshot, countPrices, multipliedBoard, readBoard } from "../../bench/ingest/boards.ts";
import { type IngestRows, judgeIngest } from "../../bench/ingest/ingest.ts";
import { findPsql, preparePsql } from "../../bench/ingest/psql.ts";
import { measureRound } from "../../bench/ingest/rounds.ts";
import { openTables } from "../../bench/ingest/tables.ts";
import { writeSnapshot } from "../../src/feeds/mod.ts";
import { dataPath, openDatabase } from "../harness/mod.ts";

// A real database and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const league = dataPath("goalserve/2025-09-20_soccer_epl.json");

test.skipIf(league === undefined)(
  "a multiplied board is the league's, so many times, under ids of its own",
  async () => {
    const text = await multipliedBoard(league ?? "", { copies: 3, indent: 2, version: 7, changedEvery: 100 });
    const snapshot = await readBoard(new Blob([text]).stream());

    expect(snapshot.version).toBe(7n);
    expect(snapshot.counts).toMatchObject({ events: 30, prices: 3 * 6602 });
    expect(new Set(snapshot.events.map(({ facts }) => facts.sourceEventId)).size).toBe(30);
  },
);

test.skipIf(league === undefined)(
  "a round loads the same rows each way, writes none twice, and only those that changed",
  async () => {
    await using database = await openDatabase();
    await using cleanup = new AsyncDisposableStack();
    const folder = await mkdtemp(join(tmpdir(), "linehold-ingest-test-"));
    cleanup.defer(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, "board.json");
    await Bun.write(path, await multipliedBoard(league ?? "", { copies: 1, indent: 0, version: 100 }));
    const snapshot = await readBoard(Bun.file(path).stream());
    const owner = { query: database.owner };
    const tables = await openTables(owner);
    const pool = database.pool("linehold_odds", { overdueMs: 10_000 });
    await writeSnapshot(snapshot, { lease: (options) => pool.lease(options), at: AT });
    const program = findPsql();
    const psql = program && (await preparePsql(program, { owner, ownerUrl: database.ownerUrl, folder }));

    const row = await measureRound(1, { pool, tables, psql: psql || undefined, path, snapshot });

    const prices = countPrices(snapshot);
    expect(row).toMatchObject({ prices, againRewritten: 0, changedRewritten: Math.floor(prices / 100) });
    for (const ms of [row.writeMs, row.againMs, row.changedMs, row.readMs, row.wholeMs])
      expect(ms).toBeGreaterThan(0);
    expect(Number.isNaN(row.psqlMs)).toBe(program === undefined);
  },
);

test.skipIf(league === undefined)(
  "a changed snapshot has another price at every hundredth place, a version later",
  async () => {
    const snapshot = await readBoard(
      new Blob([await multipliedBoard(league ?? "", { copies: 1, indent: 0, version: 100 })]).stream(),
    );

    const other = changedSnapshot(snapshot, 100);

    const valuesOf = (one: typeof snapshot) =>
      one.events.flatMap(({ prices = [] }) =>
        prices.map(({ price }) => `${price.numerator}/${price.denominator}`),
      );
    const before = valuesOf(snapshot);
    const moved = valuesOf(other).filter((value, index) => value !== before[index]);
    expect([other.version, moved.length]).toEqual([101n, Math.floor(before.length / 100)]);
  },
);

test("the verdicts of ingest say what is missing, and fail where a figure is", () => {
  const round = {
    round: 1,
    prices: 1000,
    psqlMs: 1000,
    writeMs: 1250,
    againMs: 600,
    againRewritten: 0,
    changedMs: 700,
    changedWanted: 10,
    changedRewritten: 10,
    wholeMs: 2500,
    readMs: 1250,
  };
  const worker = {
    name: "worker_odds",
    boardBytes: 80e6,
    peakMegabytes: 900,
    probes: 100,
    healthLongestMs: 250,
    healthP99Ms: 10,
    tookMs: 1,
  };
  const rows: IngestRows = {
    rounds: [round],
    workers: [worker],
    naive: [{ name: "naive", pricesPerSecond: 100 }],
  };
  const states = (found: IngestRows, hasPsql = true) =>
    judgeIngest(found, { hasPsql }).map(({ state }) => state);

  expect(states(rows)).toEqual(Array(8).fill("holds"));
  expect(states(rows, false).slice(0, 2)).toEqual(["not_measured", "not_measured"]);
  const bad: IngestRows = {
    rounds: [
      { ...round, writeMs: 1251, wholeMs: 2501, againMs: 626, againRewritten: 1, changedRewritten: 11 },
    ],
    workers: [{ ...worker, peakMegabytes: 901, healthLongestMs: Number.POSITIVE_INFINITY }],
    naive: [{ name: "naive", pricesPerSecond: 800 }],
  };
  expect(states(bad)).toEqual(Array(8).fill("fails"));
});
