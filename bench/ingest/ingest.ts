import { median, pairedRatio, type Spread } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, notMeasured, round, type Verdict } from "../measure/verdict.ts";
import type { RoundRow } from "./rounds.ts";
import type { WorkerRow } from "./worker.ts";

/** What the bench found. */
export interface IngestRows {
  readonly rounds: readonly RoundRow[];
  readonly workers: readonly WorkerRow[];
  /** Prices a second of a statement a row. */
  readonly naive: readonly { readonly name: string; readonly pricesPerSecond: number }[];
}

export function ratesTable({ rounds, naive }: IngestRows): Table {
  const prices = rounds[0]?.prices ?? 0;
  const line = (name: string, key: "psqlMs" | "writeMs" | "againMs" | "changedMs" | "wholeMs") => {
    const ms = rounds.map((row) => row[key]);
    const ratio = spread(
      pairedRatio(
        rounds.map(({ psqlMs }) => psqlMs),
        ms,
      ),
    );
    return [name, round(median(ms)), round((prices / median(ms)) * 1000), ratio];
  };
  return {
    title: `A SNAPSHOT OF ${prices.toLocaleString("en")} PRICES`,
    columns: ["load", "ms", "prices/s", "rate beside psql"],
    rows: [
      line("psql \\copy and merge", "psqlMs"),
      line("from normalised prices to commit", "writeMs"),
      line("from bytes to commit", "wholeMs"),
      line("the same again", "againMs"),
      line("one price in a hundred changed", "changedMs"),
      ...naive.map(({ name, pricesPerSecond }) => [name, "", round(pricesPerSecond), ""]),
    ],
    notes: ["Medians; ratios are those of the rounds, median (quartiles)."],
  };
}

export function workerTable({ workers }: IngestRows): Table {
  return {
    title: "THE WORKER WHILE IT TAKES THE BOARD, TAKES IT AGAIN, AND TAKES IT CHANGED",
    columns: ["process", "board MB", "peak MB", "health longest ms", "p99 ms", "probes", "seconds"],
    rows: workers.map((row) => [
      row.name,
      round(row.boardBytes / 1e6),
      round(row.peakMegabytes),
      round(row.healthLongestMs),
      round(row.healthP99Ms),
      String(row.probes),
      round(row.tookMs / 1000),
    ]),
  };
}

function spread({ median: middle, lower, upper }: Spread): string {
  return `${round(middle)} (${round(lower)} to ${round(upper)})`;
}

export function judgeIngest(
  { rounds, workers, naive }: IngestRows,
  { hasPsql }: { hasPsql: boolean },
): Verdict[] {
  const of = (key: Exclude<keyof RoundRow, "round">) => rounds.map((row) => row[key]);
  const rate = (key: "writeMs" | "wholeMs") => pairedRatio(of("psqlMs"), of(key)).median;
  const beside = (claim: string, key: "writeMs" | "wholeMs", bound: number) =>
    hasPsql
      ? atLeast(claim, { found: rate(key), bound })
      : notMeasured(claim, "psql (Debian: postgresql-client)");
  const ours = ((rounds[0]?.prices ?? 0) / median(of("writeMs"))) * 1000;
  return [
    beside("from normalised prices to commit, the rate of psql's copy and merge", "writeMs", 0.8),
    beside("from bytes to commit, the rate of psql's copy and merge", "wholeMs", 0.4),
    atMost("the same snapshot again, of the time of the first", {
      found: pairedRatio(of("againMs"), of("writeMs")).median,
      bound: 0.5,
    }),
    atMost("rows of events and prices that the same snapshot writes", {
      found: Math.max(...of("againRewritten")),
      bound: 0,
    }),
    atMost("price rows written beyond those that changed", {
      found: Math.max(...rounds.map((row) => Math.abs(row.changedRewritten - row.changedWanted))),
      bound: 0,
    }),
    atLeast("beside a statement a row, the rate", {
      found: ours / (naive[0]?.pricesPerSecond ?? Number.NaN),
      bound: 1,
    }),
    ...workers.flatMap((row) => judgeWorker(row)),
  ];
}

function judgeWorker({ boardBytes, healthLongestMs, peakMegabytes }: WorkerRow): Verdict[] {
  const board = `a board of ${round(boardBytes / 1e6)} MB`;
  const memory = `peak memory of a worker with ${board}`;
  return [
    Number.isNaN(peakMegabytes)
      ? notMeasured(memory, "a kernel that counts it")
      : atMost(memory, { found: peakMegabytes, bound: 900, unit: "MB" }),
    atMost(`longest answer of its /healthz with ${board}`, {
      found: healthLongestMs,
      bound: 250,
      unit: "ms",
    }),
  ];
}
