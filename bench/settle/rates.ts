import type { SettlementLimits } from "../../src/settlement/mod.ts";
import type { Bare } from "./bare.ts";
import type { Settling } from "./settling.ts";

/** Milliseconds that each side took for the same number of bets, one after the other. */
export interface RateRow {
  readonly round: number;
  /** Dealt with by each side in this round: paid, or graded and left to wait for another leg. */
  readonly bets: number;
  readonly bareBets: number;
  readonly crowdedBets: number;
  readonly oursMs: number;
  readonly bareMs: number;
  readonly crowdedMs: number;
  readonly failed: number;
}

export interface Sides {
  /** Among nothing but the event's bets. */
  readonly ours: Settling;
  readonly bare: Bare;
  /** Among the others. */
  readonly crowded: Settling;
}

/**
 * What a round takes on: whole steps of the worker, as a step is not interrupted, and at least `betsMin`.
 */
export function partOf(betsMin: number, { batchMax, batchesMax }: SettlementLimits): number {
  const step = batchMax * batchesMax;
  return Math.ceil(betsMin / step) * step;
}

/**
 * Settles all of an event's bets on each side, a part of them in each round, each round beginning with another side. The first part of a
 * side of ours begins when the result was just recorded, so that all its parts together last from result to last commit.
 */
export async function measureRates(
  { ours, bare, crowded }: Sides,
  { bets, part, onRound }: { bets: number; part: number; onRound: (round: number) => void },
): Promise<RateRow[]> {
  const rows: RateRow[] = [];
  const rounds = Math.ceil(bets / part);
  const done = { ours: 0, bare: 0, crowded: 0 };
  for (let round = 1; round <= rounds; round += 1) {
    onRound(round);
    // What a step does beyond its part is not asked for again; in the last round nothing is left.
    const due = (side: keyof typeof done) => Math.max(1, part * round - done[side]);
    const isLast = round === rounds;
    const found = { ours: NOTHING, bare: NOTHING, crowded: NOTHING };
    const settleBy = async (settling: Settling, side: "ours" | "crowded") => {
      const order = isLast ? { bets: Number.MAX_SAFE_INTEGER } : { bets: due(side) };
      const { settled, graded, failed, tookMs } = await settling.settle(order);
      return { bets: settled + graded, tookMs, failed };
    };
    const sides = [
      async () => (found.ours = await settleBy(ours, "ours")),
      async () => {
        const wanted = isLast ? Number.MAX_SAFE_INTEGER : due("bare");
        found.bare = { ...(await bare.settle(wanted)), failed: 0 };
      },
      async () => (found.crowded = await settleBy(crowded, "crowded")),
    ];
    for (let turn = 0; turn < sides.length; turn += 1) await sides[(round + turn) % sides.length]?.();
    for (const side of ["ours", "bare", "crowded"] as const) done[side] += found[side].bets;
    rows.push({
      round,
      bets: found.ours.bets,
      bareBets: found.bare.bets,
      crowdedBets: found.crowded.bets,
      oursMs: found.ours.tookMs,
      bareMs: found.bare.tookMs,
      crowdedMs: found.crowded.tookMs,
      failed: found.ours.failed + found.crowded.failed,
    });
  }
  return rows;
}

const NOTHING = { bets: 0, tookMs: 0, failed: 0 };

/** Bets a second over all rounds. */
export function ratesOf(rows: readonly RateRow[]): { ours: number; bare: number; crowded: number } {
  const sum = (pick: (row: RateRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  return {
    ours: (sum(({ bets }) => bets) / sum(({ oursMs }) => oursMs)) * 1000,
    bare: (sum(({ bareBets }) => bareBets) / sum(({ bareMs }) => bareMs)) * 1000,
    crowded: (sum(({ crowdedBets }) => crowdedBets) / sum(({ crowdedMs }) => crowdedMs)) * 1000,
  };
}
