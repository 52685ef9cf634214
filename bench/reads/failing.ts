import { type Clock, sleep, systemClock } from "../../src/resilience/mod.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, round, type Verdict } from "../measure/verdict.ts";
import type { Cache, CacheKind } from "./caches.ts";
import { countOf, longestMs, settle } from "./settling.ts";

/** What a dependency that only fails costs: when 500 ask at once, and while they go on asking. */
export interface FailingRow {
  readonly name: string;
  /** Loads that the first 500 cost, and until the last of them was answered. */
  readonly loads: number;
  readonly wallMs: number;
  readonly errors: number;
  /** Callers that were told `undefined` instead of the failure. */
  readonly swallowed: number;
  /** Loads of the 500 that ask as soon as the first are answered. */
  readonly loadsOfSecondWave: number;
}

/** The pauses between loads while 500 callers come every 20 ms for a while. */
export interface PauseRow {
  readonly name: string;
  readonly callers: number;
  readonly loads: number;
  readonly shortestPauseMs: number;
}

const CALLERS = 500;
const LOAD_MS = 10;
const WATCH_MS = 8000;
const OURS = "linehold read";
/** Half of the 200 ms that a first pause is drawn from: design §4.8, "jittered, growing". */
const PAUSE_FLOOR_MS = 100;
const WAVES = { everyMs: 20, forMs: 2000 } as const;

class LoadFailedError extends Error {
  override readonly name = "LoadFailedError";
  readonly code = "load_failed";
}

export async function measureFailing(
  kinds: readonly CacheKind[],
  { progress }: { progress: (line: string) => void },
): Promise<readonly FailingRow[]> {
  const rows: FailingRow[] = [];
  for (const kind of kinds) {
    progress(`failing loader, ${kind.name}`);
    rows.push(await measureWaves(kind));
  }
  return rows;
}

async function measureWaves(kind: CacheKind): Promise<FailingRow> {
  const failing = failingLoader(systemClock);
  using cache = kind.open({ load: failing.load, freshMs: 60_000, staleMs: 60_000, softMs: 50 });
  const first = await wave(cache);
  const loads = failing.startedAt.length;
  await wave(cache);
  return {
    name: kind.name,
    loads,
    wallMs: longestMs(first),
    errors: countOf(first, "error"),
    swallowed: countOf(first, "nothing"),
    loadsOfSecondWave: failing.startedAt.length - loads,
  };
}

function wave(cache: Cache) {
  const asked = Array.from({ length: CALLERS }, () =>
    settle(() => cache.read("branding/tenant"), { watchMs: WATCH_MS }),
  );
  return Promise.all(asked);
}

/** For those that share a failure at all: the others would still be busy with the first wave. */
export async function measurePauses(kind: CacheKind): Promise<PauseRow> {
  const failing = failingLoader(systemClock);
  using cache = kind.open({ load: failing.load, freshMs: 60_000, staleMs: 60_000, softMs: 50 });
  const waves: Promise<unknown>[] = [];
  const startedAt = systemClock.now();
  for (let at = 0; at < WAVES.forMs; at += WAVES.everyMs) {
    await sleep(Math.max(0, startedAt + at - systemClock.now()), { clock: systemClock });
    waves.push(wave(cache));
  }
  await Promise.all(waves);
  const pauses = failing.startedAt
    .slice(1)
    .map((at, index) => at - (failing.startedAt[index] ?? 0) - LOAD_MS);
  return {
    name: kind.name,
    callers: waves.length * CALLERS,
    loads: failing.startedAt.length,
    shortestPauseMs: Math.min(...pauses),
  };
}

function failingLoader(clock: Clock) {
  const startedAt: number[] = [];
  return {
    startedAt,
    async load(): Promise<never> {
      startedAt.push(clock.now());
      await sleep(LOAD_MS, { clock });
      throw new LoadFailedError("Cannot load as the bench says so");
    },
  };
}

export function failingTable(rows: readonly FailingRow[]): Table {
  return {
    title: `FAILING LOADER: ${CALLERS} gets at once on a cold key, its load fails after ${LOAD_MS} ms`,
    columns: [
      "cache",
      "loads",
      "all answered, ms",
      "told the error",
      "told undefined",
      "loads of the next 500",
    ],
    rows: rows.map((row) => [
      row.name,
      String(row.loads),
      round(row.wallMs),
      String(row.errors),
      String(row.swallowed),
      String(row.loadsOfSecondWave),
    ]),
  };
}

export function pauseTable(rows: readonly PauseRow[]): Table {
  return {
    title: `AND GOES ON FAILING: ${CALLERS} gets every ${WAVES.everyMs} ms for ${WAVES.forMs / 1000} s`,
    columns: ["cache", "gets", "loads", "shortest pause, ms"],
    rows: rows.map(({ callers, loads, name, shortestPauseMs }) => [
      name,
      callers.toLocaleString("en"),
      String(loads),
      round(shortestPauseMs),
    ]),
  };
}

export function judgeFailing(rows: readonly FailingRow[], pauses: readonly PauseRow[]): readonly Verdict[] {
  const ours = rows.find(({ name }) => name === OURS);
  const paused = pauses.find(({ name }) => name === OURS);
  return [
    atMost("500 cold callers of a failing loader cost one load", {
      found: ours?.loads ?? Number.NaN,
      bound: 1,
    }),
    atLeast("all 500 are told the failure", { found: ours?.errors ?? Number.NaN, bound: CALLERS }),
    atMost("the next 500 cost none, as the failure's pause holds", {
      found: ours?.loadsOfSecondWave ?? Number.NaN,
      bound: 0,
    }),
    atLeast("while they go on asking there is one load a pause: the shortest pause", {
      found: paused?.shortestPauseMs ?? Number.NaN,
      bound: PAUSE_FLOOR_MS,
      unit: "ms",
    }),
  ];
}
