import type { Victim } from "../../src/local/mod.ts";
import { themePath } from "../../tests/incident/load/generator.ts";
import { median, pairedRatio } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, notMeasured, round, type Verdict } from "../measure/verdict.ts";
import { OPEN_RATE, openLoopP99 } from "./open_loop.ts";
import type { Server } from "./server.ts";
import { TENANT } from "./stage.ts";
import { whileFrozen } from "./toggling.ts";
import { runWrk } from "./wrk.ts";

/** One figure with Postgres healthy and with Postgres frozen, in pairs. */
export interface FrozenRow {
  readonly name: string;
  readonly unit: string;
  readonly healthy: number;
  readonly frozen: number;
  /** Frozen to healthy, of each pair; the median of the pairs. */
  readonly ratio: number;
  /** The same of two healthy slices of each pair: what the machine's noise is worth. */
  readonly noise: number;
}

interface Measure {
  readonly name: string;
  readonly unit: string;
  slice(): Promise<number>;
}

interface Pair {
  readonly healthy: number;
  readonly again: number;
  readonly frozen: number;
}

const RATE = "rate, closed loop of 64 connections";
const THINKING = "p99 at half that rate, 256 visitors who pause";
const OPEN = `p99, open loop at ${OPEN_RATE} requests/s`;
const VISITORS = 256;

/** One server whose values live a second, its database frozen and thawed again and again. */
export async function measureFrozen(
  server: Server,
  victim: Victim,
  { progress, rounds, wrk }: { rounds: number; wrk: string | undefined; progress: (line: string) => void },
): Promise<readonly FrozenRow[]> {
  const measures = [
    ...(wrk === undefined ? [] : await closedLoopMeasures(server, wrk)),
    openLoopMeasure(server),
  ];
  const pairs = measures.map((): Pair[] => []);
  const sliceAll = async () => {
    const slices: number[] = [];
    for (const { slice } of measures) slices.push(await slice());
    return slices;
  };
  for (let round = 1; round <= rounds; round += 1) {
    progress(`frozen and thawed, pair ${round} of ${rounds}`);
    const healthy = await sliceAll();
    const again = await sliceAll();
    const frozen = await whileFrozen(server, victim, sliceAll);
    pairs.forEach((list, at) => {
      list.push({ healthy: at_(healthy, at), again: at_(again, at), frozen: at_(frozen, at) });
    });
  }
  return measures.map((measure, at) => rowOf(measure, pairs[at] ?? []));
}

/** The rate it can do, then what visitors wait when half of that is asked of it. */
async function closedLoopMeasures({ port }: Server, wrk: string): Promise<readonly Measure[]> {
  const url = `http://127.0.0.1:${port}${themePath(TENANT)}`;
  const rate = async () => (await runWrk(wrk, { seconds: 1, url })).requestsPerSecond;
  const tries: number[] = [];
  for (let attempt = 0; attempt < 5; attempt += 1) tries.push(await rate());
  const pauseMs = (VISITORS / (median(tries) / 2)) * 1000;
  const thinking = { visitors: VISITORS, pauseMs };
  return [
    { name: RATE, unit: "requests/s", slice: rate },
    {
      name: THINKING,
      unit: "ms",
      slice: async () => (await runWrk(wrk, { seconds: 1, url, thinking })).p99Ms,
    },
  ];
}

function openLoopMeasure({ port }: Server): Measure {
  return { name: OPEN, unit: "ms", slice: () => openLoopP99({ port }) };
}

function at_(values: readonly number[], index: number): number {
  return values[index] ?? Number.NaN;
}

function rowOf({ name, unit }: Measure, pairs: readonly Pair[]): FrozenRow {
  const healthy = pairs.map((pair) => pair.healthy);
  const frozen = pairs.map((pair) => pair.frozen);
  const again = pairs.map((pair) => pair.again);
  return {
    name,
    unit,
    healthy: median(healthy),
    frozen: median(frozen),
    ratio: pairedRatio(frozen, healthy).median,
    noise: pairedRatio(again, healthy).median,
  };
}

export function frozenTable(rows: readonly FrozenRow[]): Table {
  return {
    title: "LOAD-THEME WITH POSTGRES FROZEN: values live 1 s, so every answer of these is stale",
    columns: ["figure", "healthy", "frozen", "", "frozen / healthy", "healthy / healthy (A/A)"],
    rows: rows.map(({ frozen, healthy, name, noise, ratio, unit }) => [
      name,
      round(healthy),
      round(frozen),
      unit,
      round(ratio),
      round(noise),
    ]),
  };
}

const AS_FAST = "with Postgres frozen load-theme keeps 0.9 x its own healthy rate";
const AS_PROMPT = "with Postgres frozen its p99 stays within 1.3 x of healthy";

export function judgeFrozen(rows: readonly FrozenRow[]): readonly Verdict[] {
  const ratio = (name: string) => rows.find((row) => row.name === name)?.ratio;
  const [rate, thinking, open] = [ratio(RATE), ratio(THINKING), ratio(OPEN)];
  const missing = "wrk is not installed (Debian: wrk)";
  return [
    rate === undefined
      ? notMeasured(AS_FAST, missing)
      : atLeast(AS_FAST, { found: rate, bound: 0.9, unit: "x" }),
    thinking === undefined
      ? notMeasured(`${AS_PROMPT}, at half capacity`, missing)
      : atMost(`${AS_PROMPT}, at half capacity`, { found: thinking, bound: 1.3, unit: "x" }),
    atMost(`${AS_PROMPT}, open loop`, { found: open ?? Number.NaN, bound: 1.3, unit: "x" }),
  ];
}
