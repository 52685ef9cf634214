import { seededRandom } from "../../tests/harness/random.ts";
import { latencyOf } from "../../tests/incident/report/percentile.ts";
import { median, pairedRatio } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, round, type Verdict } from "../measure/verdict.ts";
import { measureCapacity, planVisits, runVisits, type Visit, type VisitDeps } from "../service/visits.ts";

/** What the quiet tenants saw, with and without a loud one beside them. */
export interface FairnessRow {
  readonly name: string;
  readonly quietP99Ms: number;
  readonly loudP99Ms: number;
  /** Loud to quiet, of each pair of slices; the median of the pairs. */
  readonly ratio: number;
  /** The same of two quiet slices: what the machine's noise is worth. */
  readonly noise: number;
  /** Visits of quiet tenants that were not served at the first try, of all. */
  readonly unserved: number;
  readonly visits: number;
  /** Loads of the loud tenant that were served, a second. */
  readonly loudServedPerSecond: number;
}

export const FAIRNESS = { poolMax: 8, sleepMs: 20 } as const;

const QUIET_TENANTS = 20;
const SLICE_MS = 2000;
/** Of its share of the capacity, each quiet tenant uses a quarter; the loud one asks for fifty times its own. */
const QUIET_SHARES = 0.25;
const LOUD_SHARES = 50;
/** Longer than the hard deadline of a read: what is refused was refused by the service. */
const PATIENCE = { attempts: 1, timeoutMs: 5000 } as const;

interface Slice {
  readonly p99Ms: number;
  readonly unserved: number;
  readonly visits: number;
  readonly loudServed: number;
}

/** Quiet slices and loud ones in turn, on one running service. */
export async function measureFairness(
  name: string,
  { port, rounds }: { port: number; rounds: number },
  deps: VisitDeps & { progress: (line: string) => void },
): Promise<FairnessRow> {
  const random = seededRandom(20_251_123);
  const capacity = await measureCapacity(port, { visitors: 64, forMs: 2000 }, deps);
  const share = capacity / (QUIET_TENANTS + 1);
  const quietVisits = (): readonly Visit[] =>
    Array.from({ length: QUIET_TENANTS }, (_, index) =>
      planVisits(`quiet-${index}`, { rate: share * QUIET_SHARES, durationMs: SLICE_MS, random }),
    ).flat();
  const loudVisits = () => planVisits("loud", { rate: share * LOUD_SHARES, durationMs: SLICE_MS, random });
  const slice = (visits: readonly Visit[]) => runSlice(port, visits, deps);
  const quiet: Slice[] = [];
  const again: Slice[] = [];
  const loud: Slice[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    deps.progress(`${name}, round ${round} of ${rounds}`);
    quiet.push(await slice(quietVisits()));
    loud.push(await slice([...quietVisits(), ...loudVisits()]));
    again.push(await slice(quietVisits()));
  }
  const p99s = (slices: readonly Slice[]) => slices.map(({ p99Ms }) => p99Ms);
  const sum = (of: (slice: Slice) => number) => loud.reduce((total, one) => total + of(one), 0);
  return {
    name,
    quietP99Ms: median(p99s(quiet)),
    loudP99Ms: median(p99s(loud)),
    ratio: pairedRatio(p99s(loud), p99s(quiet)).median,
    noise: pairedRatio(p99s(again), p99s(quiet)).median,
    unserved: sum(({ unserved }) => unserved),
    visits: sum(({ visits }) => visits),
    loudServedPerSecond: sum(({ loudServed }) => loudServed) / ((SLICE_MS / 1000) * rounds),
  };
}

async function runSlice(port: number, visits: readonly Visit[], deps: VisitDeps): Promise<Slice> {
  const outcomes = await runVisits(port, { visits, patience: PATIENCE }, deps);
  const quiet = outcomes.filter(({ who }) => who !== "loud");
  return {
    p99Ms: latencyOf(quiet.map(({ tookMs }) => tookMs)).p99Ms,
    unserved: quiet.filter(({ isServed }) => !isServed).length,
    visits: quiet.length,
    loudServed: outcomes.filter(({ isServed, who }) => who === "loud" && isServed).length,
  };
}

export function fairnessTable(rows: readonly FairnessRow[]): Table {
  return {
    title: `FAIRNESS: ${QUIET_TENANTS} tenants at a quarter of their share, one at ${LOUD_SHARES} times its own; loads of ${FAIRNESS.sleepMs} ms, pool of ${FAIRNESS.poolMax}`,
    columns: [
      "the others, with",
      "p99 quiet, ms",
      "p99 loud, ms",
      "loud / quiet",
      "A/A",
      "not served",
      "loud served/s",
    ],
    rows: rows.map((row) => [
      row.name,
      round(row.quietP99Ms),
      round(row.loudP99Ms),
      round(row.ratio),
      round(row.noise),
      `${row.unserved} of ${row.visits}`,
      round(row.loudServedPerSecond),
    ]),
  };
}

export function judgeFairness(on: FairnessRow, off: FairnessRow): readonly Verdict[] {
  return [
    atMost("beside a loud tenant the others' p99 stays within 1.5 x of quiet", {
      found: on.ratio,
      bound: 1.5,
      unit: "x",
    }),
    atMost("visits of the others that were refused", { found: on.unserved, bound: 0 }),
    atLeast("without the bulkhead the others' p99 is many times worse", {
      found: off.ratio,
      bound: 5,
      unit: "x",
    }),
  ];
}
