/** `bun run bench bets`: two hundred clients on one event, what the ledger says afterwards, and the same statements under pgbench. */
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fraction } from "../../src/markets/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { type Bettor, bodyOf, countDeadlocks, findCrowdFaults } from "../../tests/bets/crowd.ts";
import { type CrowdTold, loadCrowd } from "../../tests/bets/crowd_load.ts";
import { percentile } from "../../tests/incident/report/percentile.ts";
import { runBench } from "../measure/run.ts";
import { median, pairedRatio } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, notMeasured, round, type Verdict } from "../measure/verdict.ts";
import { measureEscrow } from "./escrow.ts";
import { findPgbench, runPgbench, scriptOf } from "./pgbench.ts";
import { recordPlacement } from "./recording.ts";
import { type BetsStage, openBetsStage, WRITE_CONNECTIONS } from "./stage.ts";

const WEBS = 2;
const TENANTS = 5;
const PLAYERS_EACH = 40;
/** Both sides, three times in turn: what slows the machine down meanwhile slows both. */
const PAIRS = 3;
const WARM_UP_MS = 3000;

interface PairRow {
  readonly pair: number;
  readonly acceptedPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly pgbenchPerSecond: number | null;
  readonly counts: CrowdTold["counts"];
  readonly contradicted: number;
}

await runBench("bets", async ({ seconds }, { progress }) => {
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "linehold-bets-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  await chmod(folder, 0o755);
  progress("starting a Postgres, two web processes and a crowd");
  const options = { webs: WEBS, tenants: TENANTS, playersEach: PLAYERS_EACH };
  const stage = opened.use(await openBetsStage(options));
  const { owner } = stage.database;
  const program = findPgbench();
  progress("recording what a placement asks the database");
  const scripts = program === undefined ? [] : await recordScripts(stage);
  const ports = stage.webs.map(({ port }) => port);
  await loadCrowd(stage.crowd, { ports, forMs: WARM_UP_MS });
  const deadlocksBefore = await countDeadlocks(owner);

  const rows: PairRow[] = [];
  // The crowd bets for twice as long as is asked for in all: sixty seconds by default.
  const forMs = (seconds * 2 * 1000) / PAIRS;
  for (let pair = 1; pair <= PAIRS; pair++) {
    progress(`pair ${pair}: the crowd`);
    const told = await loadCrowd(stage.crowd, { ports, forMs });
    progress(`pair ${pair}: pgbench`);
    const clients = WEBS * WRITE_CONNECTIONS;
    const run =
      program === undefined
        ? undefined
        : await runPgbench(program, {
            url: stage.database.postgres.loginUrl,
            scripts,
            folder,
            clients,
            seconds: Math.max(2, Math.round(seconds / PAIRS)),
          });
    rows.push(rowOf(pair, told, run?.tps ?? null));
  }
  progress("looking at the ledger");
  const faults = await findCrowdFaults(owner);
  const deadlocks = (await countDeadlocks(owner)) - deadlocksBefore;
  progress("eight rows of exposure beside one");
  const escrow =
    program === undefined ? undefined : await measureEscrow(program, { stage, folder, seconds: 5 });
  return {
    tables: [table(rows), ...(escrow === undefined ? [] : [escrow.table])],
    rows: { pairs: rows, escrow: escrow?.rows ?? [], faults: faults.map((fault) => ({ fault })) },
    verdicts: judge({ rows, faults, deadlocks }),
  };
});

/** Placements of every other bettor, each its own: pgbench takes no more scripts than 128. */
async function recordScripts({ crowd, pool }: BetsStage): Promise<string[]> {
  const scripts: string[] = [];
  for (const [index, bettor] of crowd.bettors.entries())
    if (index % 2 === 0) scripts.push(await recordScript(bettor, index));
  return scripts;

  async function recordScript(bettor: Bettor, index: number): Promise<string> {
    const { tenantId, playerId } = bettor;
    const key = `recorded-${crypto.randomUUID()}`;
    const outcome = index % 3 === 0 ? "away" : "home";
    const slip = { key, eventId: crowd.eventIds[0] ?? "", outcome, stakeMinor: 100 + (index % 97) } as const;
    const [leg] = JSON.parse(bodyOf(slip)).legs;
    const { fraction: _, ...selection } = leg;
    const request = {
      tenantId,
      playerId,
      idempotencyKey: key,
      stakeMinor: BigInt(slip.stakeMinor),
      currency: "EUR",
      legs: [{ ...selection, price: fraction(2n) }],
    };
    const limits = { priceAgeMaxMs: 3_600_000 };
    const recording = await recordPlacement(request, { bettor, deps: { pool, clock: systemClock, limits } });
    const inserted = recording.flat().find(({ text }) => text.includes("insert into bets"));
    const betId = String(inserted?.values[1]);
    return scriptOf(recording, { key, betId }, { role: "linehold_web", tenantId });
  }
}

function rowOf(pair: number, told: CrowdTold, tps: number | null): PairRow {
  const { accepted, contradicted, counts, latenciesMs, tookMs } = told;
  return {
    pair,
    acceptedPerSecond: (accepted / tookMs) * 1000,
    p50Ms: percentile(latenciesMs, 0.5),
    p99Ms: percentile(latenciesMs, 0.99),
    pgbenchPerSecond: tps,
    counts,
    contradicted,
  };
}

function table(rows: readonly PairRow[]): Table {
  return {
    title: `${TENANTS * PLAYERS_EACH} CLIENTS OF ${TENANTS} TENANTS ON ONE EVENT, ${WEBS} WEB PROCESSES`,
    columns: ["pair", "accepted/s", "p50 ms", "p99 ms", "pgbench/s", "ratio"],
    rows: rows.map(({ pair, acceptedPerSecond, p50Ms, p99Ms, pgbenchPerSecond }) => [
      String(pair),
      round(acceptedPerSecond),
      round(p50Ms),
      round(p99Ms),
      pgbenchPerSecond === null ? "not measured" : round(pgbenchPerSecond),
      pgbenchPerSecond === null ? "" : round(acceptedPerSecond / pgbenchPerSecond),
    ]),
    notes: [
      ...rows.map(
        ({ pair, counts }) =>
          `Answers of pair ${pair}: ${Object.entries(counts)
            .map(([name, count]) => `${count} × ${name}`)
            .join(", ")}`,
      ),
      `pgbench runs the recorded statements, in the same pipelines, over as many connections as the web processes have (${WEBS * WRITE_CONNECTIONS}).`,
    ],
  };
}

function judge({
  rows,
  faults,
  deadlocks,
}: {
  rows: readonly PairRow[];
  faults: readonly string[];
  deadlocks: number;
}): Verdict[] {
  const theirs = rows.flatMap(({ pgbenchPerSecond }) => pgbenchPerSecond ?? []);
  const ours = rows.map(({ acceptedPerSecond }) => acceptedPerSecond);
  const rate = "accepted bets per second beside the same statements under pgbench";
  return [
    theirs.length === 0
      ? notMeasured(rate, "pgbench (Debian: postgresql-contrib)")
      : atLeast(rate, { found: pairedRatio(ours, theirs).median, bound: 0.5 }),
    atLeast("the crowd's bets were taken, in a second", { found: median(ours), bound: 1 }),
    atMost("deadlocks", { found: deadlocks, bound: 0 }),
    atMost("broken promises of ledger and limits", { found: faults.length, bound: 0 }),
    atMost("keys answered otherwise the second time", {
      found: rows.reduce((sum, { contradicted }) => sum + contradicted, 0),
      bound: 0,
    }),
  ];
}
