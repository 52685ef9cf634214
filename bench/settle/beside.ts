import { percentile } from "../../tests/incident/report/percentile.ts";
import { type Burner, cpuMsOf } from "./burner.ts";
import type { LockWaits, LockWatch } from "./lock_waits.ts";
import type { Placed, Placements } from "./placements.ts";
import type { Settling } from "./settling.ts";

/** Placements of one stretch of time, and what was at work beside them. */
export interface BesideRow {
  readonly beside: "settlement" | "burner";
  readonly pair: number;
  readonly tookMs: number;
  /** Of the settling process and its backends, or of the burner's. */
  readonly cpuMs: number;
  /** Bets dealt with meanwhile. */
  readonly bets: number;
  readonly placed: readonly Placed[];
  readonly locks: LockWaits;
}

export interface BesideDeps {
  readonly settling: Settling;
  /** The server's processes that serve it. */
  readonly settlementPids: () => Promise<readonly number[]>;
  readonly burner: Burner;
  readonly placements: Placements;
  readonly locks: LockWatch;
}

/** Long enough for some batches, short enough that whatever else the machine does falls on both. */
export const STRETCH_MS = 3000;

/**
 * Placements go on all the time; beside them settlement works for a while, then the burner for as long with as many processors as
 * settlement has used so far, in turn, until there is nothing left to settle.
 */
export async function measureBeside(
  { settling, settlementPids, burner, placements, locks }: BesideDeps,
  {
    forMs,
    stretchMs = STRETCH_MS,
    onPair,
  }: { readonly forMs: number; readonly stretchMs?: number; readonly onPair: (pair: number) => void },
): Promise<BesideRow[]> {
  const rows: BesideRow[] = [];
  const pairs = Math.max(1, Math.round(forMs / stretchMs));
  let share = 0;
  let isOver = false;

  const settle = async () => {
    const pids = await settlementPids();
    const from = cpuMsOf(pids);
    const answer = await settling.settle({ forMs: stretchMs });
    isOver = answer.idle;
    return { cpuMs: cpuMsOf(pids) - from + answer.cpuMs, bets: answer.settled + answer.graded };
  };
  const burn = async (burnMs: number) => ({ cpuMs: await burner.burn(share, { forMs: burnMs }), bets: 0 });
  const stretch = async (
    pair: number,
    beside: BesideRow["beside"],
    work: () => Promise<{ cpuMs: number; bets: number }>,
  ): Promise<BesideRow> => {
    locks.take();
    const startedAt = performance.now();
    const { cpuMs, bets } = await work();
    const endedAt = performance.now();
    const seen = locks.take();
    const placed = await placements.between(startedAt, endedAt);
    return { beside, pair, tookMs: endedAt - startedAt, cpuMs, bets, placed, locks: seen };
  };

  // Connections are opened, plans are made: what comes first is not counted, but for how much it takes.
  const warm = await stretch(0, "settlement", settle);
  share = warm.cpuMs / warm.tookMs;
  await stretch(0, "burner", () => burn(stretchMs));
  for (let pair = 1; pair <= pairs && !isOver; pair += 1) {
    onPair(pair);
    const settled = await stretch(pair, "settlement", settle);
    rows.push(settled);
    const ours = rows.filter(({ beside }) => beside === "settlement");
    share = sumOf(ours, ({ cpuMs }) => cpuMs) / sumOf(ours, ({ tookMs }) => tookMs);
    rows.push(await stretch(pair, "burner", () => burn(settled.tookMs)));
  }
  return rows;
}

/** What all stretches of one kind come to. */
export interface BesideSummary {
  readonly placed: number;
  readonly refused: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Processors used beside the placements. */
  readonly share: number;
  readonly betsPerSecond: number;
  readonly locks: LockWaits;
}

export function summaryOf(rows: readonly BesideRow[], beside: BesideRow["beside"]): BesideSummary {
  const own = rows.filter((row) => row.beside === beside);
  const placed = own.flatMap((row) => row.placed);
  const latencies = placed.map(({ tookMs }) => tookMs).toSorted((one, other) => one - other);
  const longest = (pick: (locks: LockWaits) => number) => Math.max(...own.map(({ locks }) => pick(locks)));
  return {
    placed: placed.length,
    refused: placed.filter(({ status }) => status !== 201).length,
    p50Ms: latencies.length === 0 ? Number.NaN : percentile(latencies, 0.5),
    p99Ms: latencies.length === 0 ? Number.NaN : percentile(latencies, 0.99),
    share: sumOf(own, ({ cpuMs }) => cpuMs) / sumOf(own, ({ tookMs }) => tookMs),
    betsPerSecond: (sumOf(own, ({ bets }) => bets) / sumOf(own, ({ tookMs }) => tookMs)) * 1000,
    locks: {
      looks: sumOf(own, ({ locks }) => locks.looks),
      gapP99Ms: longest(({ gapP99Ms }) => gapP99Ms),
      seen: sumOf(own, ({ locks }) => locks.seen),
      longestBehindSettlementMs: longest(({ longestBehindSettlementMs }) => longestBehindSettlementMs),
      longestMs: longest(({ longestMs }) => longestMs),
      kinds: [...new Set(own.flatMap(({ locks }) => locks.kinds))],
    },
  };
}

function sumOf(rows: readonly BesideRow[], pick: (row: BesideRow) => number): number {
  return rows.reduce((total, row) => total + pick(row), 0);
}
