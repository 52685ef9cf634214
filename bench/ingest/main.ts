/** `bun run bench ingest`: how fast a huge board is stored beside psql, what an unchanged one costs, and how its worker bears it. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSnapshot } from "../../src/feeds/mod.ts";
import { openPool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { openIncidentDatabase } from "../../tests/incident/database.ts";
import { runBench } from "../measure/run.ts";
import { AT, leaguePath, multipliedBoard, readBoard } from "./boards.ts";
import { type IngestRows, judgeIngest, ratesTable, workerTable } from "./ingest.ts";
import { writeRowByRow } from "./naive.ts";
import { findPsql, preparePsql } from "./psql.ts";
import { measureRound, type RoundRow } from "./rounds.ts";
import { openTables } from "./tables.ts";
import { measureWorker } from "./worker.ts";

/** Of 6,602 price elements each: the largest answer known had 263,923. */
const COPIES = 40;
/** Spread out as vendors write it, with two copies more, the same board has 80 MB. */
const SPREAD_OUT = { copies: 42, indent: 2 };
/** Each takes half a minute: with more, the machine is measured and not the writer. */
const ROUNDS_MAX = 5;
const NAIVE_PRICES = 6000;

await runBench("ingest", async ({ rounds }, { progress }) => {
  const league = leaguePath();
  if (league === undefined)
    throw new RangeError(
      "Cannot measure as the stored boards are not here: set LINEHOLD_DATA to their folder",
    );
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "linehold-ingest-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  progress("starting a Postgres");
  const database = opened.use(await openIncidentDatabase());
  await migrate(database.postgres);
  const tables = await openTables(database.owner);
  const pool = opened.use(
    openPool(
      {
        url: database.postgres.loginUrl,
        role: "linehold_odds",
        applicationName: "linehold bench",
        overdueMs: 10_000,
      },
      { clock: systemClock, random: Math.random },
    ),
  );

  progress("reading the board once");
  const path = join(folder, "board.json");
  await Bun.write(path, await multipliedBoard(league, { copies: COPIES, indent: 0, version: 100 }));
  const snapshot = await readBoard(Bun.file(path).stream());
  await writeSnapshot(snapshot, { lease: (options) => pool.lease(options), at: AT });
  const program = findPsql();
  const { ownerUrl } = database.postgres;
  const psql = program && (await preparePsql(program, { owner: database.owner, ownerUrl, folder }));

  const found: RoundRow[] = [];
  const deps = { pool, tables, psql: psql || undefined, path, snapshot };
  for (let round = 1; round <= Math.min(rounds, ROUNDS_MAX); round += 1) {
    progress(`round ${round}`);
    found.push(await measureRound(round, deps));
  }
  progress("a statement a row");
  await tables.clear();
  const pricesPerSecond = await writeRowByRow(snapshot, { pool, at: AT, max: NAIVE_PRICES });
  await tables.clear();

  progress("the worker");
  const paths = [];
  for (const [name, version, changedEvery] of [
    ["first", 200, undefined],
    ["changed", 300, 100],
  ] as const) {
    paths.push(join(folder, `${name}.json`));
    const change = changedEvery === undefined ? {} : { changedEvery };
    await Bun.write(paths.at(-1) ?? "", await multipliedBoard(league, { ...SPREAD_OUT, version, ...change }));
  }
  const [first = "", changed = ""] = paths;
  Bun.gc(true);
  const worker = await measureWorker({ paths: [first, first, changed], version: 300 }, { database });

  const rows: IngestRows = {
    rounds: found,
    workers: [worker],
    naive: [{ name: `a statement a row (${NAIVE_PRICES} prices)`, pricesPerSecond }],
  };
  return {
    tables: [ratesTable(rows), workerTable(rows)],
    rows: { ...rows },
    verdicts: judgeIngest(rows, { hasPsql: psql !== undefined && psql !== "" }),
  };
});
