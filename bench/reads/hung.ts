import type { Connection } from "../../src/pool/mod.ts";
import { sleep, systemClock } from "../../src/resilience/mod.ts";
import { median } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atMost, round, type Verdict } from "../measure/verdict.ts";
import type { Cache, CacheKind, Load } from "./caches.ts";
import { countOf, longestMs, type Settled, settle } from "./settling.ts";

/** Callers of a load that never ends. */
export interface HungRow {
  readonly name: string;
  readonly loads: number;
  /** Callers still waiting when the watching ended. */
  readonly unanswered: number;
  /** The latest answer after its caller's own deadline; the earliest (below 0) before it. Medians of the runs. */
  readonly latestMs: number;
  readonly earliestMs: number;
}

/** Readers of a stale value whose reload never ends. */
export interface StaleRow {
  readonly name: string;
  readonly answered: number;
  /** Until the last was answered; the median of the runs. */
  readonly longestMs: number;
}

interface ShapeOptions {
  /** Five runs at most: a shape is seen at once, only its lateness is noisy. */
  readonly rounds: number;
  readonly progress: (line: string) => void;
}

const CALLERS = 200;
const READERS = 500;
const DEADLINES_MS = { from: 20, step: 2 } as const;
const WATCH_MS = 1200;
const SOFT_MS = 50;
const LATE_MAX_MS = 15;
const RUNS_MAX = 5;
const OURS = "linehold read";
const TIMERS = "bare timers, no cache";

export async function measureHung(
  kinds: readonly CacheKind[],
  { progress, rounds }: ShapeOptions,
): Promise<readonly HungRow[]> {
  const rows: HungRow[] = [];
  for (const kind of [BARE_TIMERS, ...kinds]) {
    progress(`hung loader, ${kind.name}`);
    const runs: HungRow[] = [];
    for (let run = 0; run < Math.min(rounds, RUNS_MAX); run += 1) runs.push(await hangOnce(kind));
    rows.push({
      name: kind.name,
      loads: Math.max(...runs.map(({ loads }) => loads)),
      unanswered: Math.max(...runs.map(({ unanswered }) => unanswered)),
      latestMs: median(runs.map(({ latestMs }) => latestMs)),
      earliestMs: median(runs.map(({ earliestMs }) => earliestMs)),
    });
  }
  return rows;
}

/** What the machine's own timers are late by, in the same shape: nobody can be more punctual. */
const BARE_TIMERS: CacheKind = {
  name: TIMERS,
  hasDeadline: true,
  hasStale: false,
  open: () => ({
    read: (_key, deadlineMs = 0) => sleep(deadlineMs, { clock: systemClock }),
    [Symbol.dispose]: () => undefined,
  }),
};

async function hangOnce(kind: CacheKind): Promise<HungRow> {
  let loads = 0;
  const load: Load = (_key, connection) => {
    loads += 1;
    return hang(connection);
  };
  using cache = kind.open({ load, freshMs: 60_000, staleMs: 60_000, softMs: SOFT_MS });
  const deadlines = Array.from(
    { length: CALLERS },
    (_, index) => DEADLINES_MS.from + index * DEADLINES_MS.step,
  );
  const settled = await Promise.all(
    deadlines.map((deadlineMs) => ask(cache, kind.hasDeadline ? deadlineMs : undefined)),
  );
  const lateness = settled.flatMap(({ ending, tookMs }, index) =>
    ending === "never" ? [] : [tookMs - (deadlines[index] ?? 0)],
  );
  return {
    name: kind.name,
    loads,
    unanswered: countOf(settled, "never"),
    latestMs: lateness.length === 0 ? Number.NaN : Math.max(...lateness),
    earliestMs: lateness.length === 0 ? Number.NaN : Math.min(...lateness),
  };
}

/** Never ends by itself: a statement where there is a connection, a promise where there is none. */
async function hang(connection: Connection | undefined): Promise<never> {
  await connection?.query("select pg_sleep(3600)");
  return await new Promise<never>(() => undefined);
}

function ask(cache: Cache, deadlineMs: number | undefined): Promise<Settled> {
  return settle(() => cache.read("branding/tenant", deadlineMs), { watchMs: WATCH_MS });
}

export async function measureStale(
  kinds: readonly CacheKind[],
  { progress, rounds }: ShapeOptions,
): Promise<readonly StaleRow[]> {
  const rows: StaleRow[] = [];
  for (const kind of kinds.filter(({ hasStale }) => hasStale)) {
    progress(`hung reload, ${kind.name}`);
    const runs: StaleRow[] = [];
    for (let run = 0; run < Math.min(rounds, RUNS_MAX); run += 1) runs.push(await staleOnce(kind));
    rows.push({
      name: kind.name,
      answered: Math.min(...runs.map(({ answered }) => answered)),
      longestMs: median(runs.map((run) => run.longestMs)),
    });
  }
  return rows;
}

/** A second is the shortest that async-cache-dedupe knows, so it is everybody's. */
const FRESH_MS = 1000;

async function staleOnce(kind: CacheKind): Promise<StaleRow> {
  let hangs = false;
  const load: Load = async (_key, connection) => (hangs ? hang(connection) : { loaded: true });
  using cache = kind.open({ load, freshMs: FRESH_MS, staleMs: 60_000, softMs: SOFT_MS });
  await cache.read("branding/tenant");
  hangs = true;
  await sleep(FRESH_MS * 1.1, { clock: systemClock });
  const settled = await Promise.all(Array.from({ length: READERS }, () => ask(cache, undefined)));
  return { name: kind.name, answered: countOf(settled, "value"), longestMs: longestMs(settled) };
}

export function hungTable(rows: readonly HungRow[]): Table {
  return {
    title: `HUNG LOADER: ${CALLERS} gets on a cold key, deadlines of ${DEADLINES_MS.from} to ${DEADLINES_MS.from + (CALLERS - 1) * DEADLINES_MS.step} ms`,
    columns: ["cache", "loads", "never answered", "latest, ms after its deadline", "earliest"],
    rows: rows.map(({ earliestMs, latestMs, loads, name, unanswered }) => [
      name,
      String(loads),
      String(unanswered),
      round(latestMs),
      round(earliestMs),
    ]),
    notes: [
      `Medians of up to ${RUNS_MAX} runs. Those without a deadline of the caller's own are watched for ${WATCH_MS} ms.`,
    ],
  };
}

export function staleTable(rows: readonly StaleRow[]): Table {
  return {
    title: `HUNG RELOAD: ${READERS} gets of a stale value, soft deadline ${SOFT_MS} ms`,
    columns: ["cache", "served stale", "all answered, ms"],
    rows: rows.map(({ answered, longestMs, name }) => [name, String(answered), round(longestMs)]),
    notes: [`Medians of up to ${RUNS_MAX} runs. Caches that never serve a stale value are left out.`],
  };
}

export function judgeHung(rows: readonly HungRow[], stale: readonly StaleRow[]): readonly Verdict[] {
  const ours = rows.find(({ name }) => name === OURS);
  const served = stale.find(({ name }) => name === OURS);
  const number = (value: number | undefined) => value ?? Number.NaN;
  return [
    atMost("200 cold callers of a hung loader cost one load", { found: number(ours?.loads), bound: 1 }),
    atMost("callers of a hung loader left without an answer", { found: number(ours?.unanswered), bound: 0 }),
    atMost("each is answered close to its own deadline, at the latest after it", {
      found: number(ours?.latestMs),
      bound: LATE_MAX_MS,
      unit: "ms",
    }),
    atMost("with a stale value and a hung loader everyone is served within the soft deadline", {
      found: number(served?.longestMs),
      bound: SOFT_MS + LATE_MAX_MS,
      unit: "ms",
    }),
    atMost("readers of a stale value that got none", { found: READERS - number(served?.answered), bound: 0 }),
  ];
}
