import { pairedRatio } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, notMeasured, round, type Verdict } from "../measure/verdict.ts";
import { type BesideRow, type BesideSummary, summaryOf } from "./beside.ts";
import { type RateRow, ratesOf } from "./rates.ts";

/** What the bench found. */
export interface SettleFindings {
  /** Open bets on the event, and others beside them on the crowded side. */
  readonly bets: number;
  readonly others: number;
  readonly rates: readonly RateRow[];
  /** Tables in which bare SQL left other rows than settlement, in words. */
  readonly differences: readonly string[];
  /** Absent where processor times cannot be read. */
  readonly beside: readonly BesideRow[] | undefined;
  /** Broken promises of the ledgers, in words. */
  readonly breaches: readonly string[];
}

/** How far the burner may be from the processor time that settlement used. */
const SAME_CPU = 0.1;

export function ratesTable({ bets, others, rates }: SettleFindings): Table {
  const found = ratesOf(rates);
  const of = (key: "oursMs" | "bareMs" | "crowdedMs") => rates.map((row) => row[key]);
  const spread = (ours: readonly number[], theirs: readonly number[]) => {
    const { median, lower, upper } = pairedRatio(theirs, ours);
    return `${round(median)} (${round(lower)} to ${round(upper)})`;
  };
  return {
    title: `${bets.toLocaleString("en")} OPEN BETS ON ONE EVENT, FROM ITS RESULT TO THE LAST COMMIT`,
    columns: ["side", "bets/s", "of the rate", "in each round"],
    rows: [
      ["settlement", round(found.ours), "", ""],
      [
        "bare SQL, the same rows",
        round(found.bare),
        round(found.ours / found.bare),
        spread(of("oursMs"), of("bareMs")),
      ],
      [
        `settlement among ${others.toLocaleString("en")} other open bets`,
        round(found.crowded),
        round(found.crowded / found.ours),
        spread(of("crowdedMs"), of("oursMs")),
      ],
    ],
    notes: [
      "Bare SQL claims, grades and looks up nothing: what it writes was worked out before. Its second column is settlement's rate of its own.",
      "The last row's second column is its rate of that without others. In each round: median (quartiles) of the rounds.",
    ],
  };
}

export function besideTable(rows: readonly BesideRow[]): Table {
  const line = (name: string, found: BesideSummary) => [
    name,
    round(found.placed),
    round(found.p50Ms),
    round(found.p99Ms),
    round(found.share),
    round(found.betsPerSecond),
    round(found.locks.longestMs),
    round(found.locks.longestBehindSettlementMs),
  ];
  const settlement = summaryOf(rows, "settlement");
  const kinds = settlement.locks.kinds.join(", ") || "none";
  return {
    title: "PLACEMENTS ON OTHER EVENTS OF THE SAME TENANTS MEANWHILE",
    columns: [
      "beside",
      "placed",
      "p50 ms",
      "p99 ms",
      "processors",
      "settled/s",
      "lock wait ms",
      "of settlement",
    ],
    rows: [line("settlement", settlement), line("a backend of equal CPU", summaryOf(rows, "burner"))],
    notes: [
      ...(["settlement", "burner"] as const).map((beside) => {
        const stretches = rows.filter((row) => row.beside === beside);
        const p99s = stretches.map((row) => round(summaryOf([row], beside).p99Ms));
        return `p99 ms of each stretch beside ${beside}: ${p99s.join(", ")}`;
      }),
      `answers other than 201: ${refusalsOf(rows)}`,
      `${settlement.locks.looks} looks at who waits for whom beside settlement, ${settlement.locks.seen} saw a placement wait for it; locks: ${kinds}.`,
    ],
  };
}

/** By status, 0 for no answer, so that a refusal is told from a fault. */
function refusalsOf(rows: readonly BesideRow[]): string {
  const refused = rows.flatMap(({ placed }) => placed).filter(({ status }) => status !== 201);
  const byStatus = Map.groupBy(refused, ({ status }) => status);
  return [...byStatus].map(([status, those]) => `${status}: ${those.length}`).join(", ") || "none";
}

export function judgeSettle(findings: SettleFindings): Verdict[] {
  const { bets, others, rates, differences, beside, breaches } = findings;
  const found = ratesOf(rates);
  const dealtWith = (pick: (row: RateRow) => number) => rates.reduce((sum, row) => sum + pick(row), 0);
  const sides = [
    (row: RateRow) => row.bets,
    (row: RateRow) => row.bareBets,
    (row: RateRow) => row.crowdedBets,
  ];
  return [
    atLeast("settlement's rate, of bare SQL that writes the same rows", {
      found: found.ours / found.bare,
      bound: 0.5,
    }),
    atMost("tables in which the two left other rows", { found: differences.length, bound: 0 }),
    atMost("bets of the event that a side did not deal with", {
      found: Math.max(...sides.map((pick) => Math.abs(bets - dealtWith(pick)))),
      bound: 0,
    }),
    atLeast(`the rate among ${others.toLocaleString("en")} other open bets, of that without`, {
      found: found.crowded / found.ours,
      bound: 0.8,
    }),
    ...judgeBeside(beside),
    atMost("broken promises of the ledgers", { found: breaches.length, bound: 0 }),
  ];
}

function judgeBeside(rows: SettleFindings["beside"]): Verdict[] {
  const p99 = "p99 of placements beside settlement, of that beside a backend of equal CPU";
  const wait = "longest that a placement was seen to wait on a lock held by settlement";
  if (rows === undefined) return [p99, wait].map((claim) => notMeasured(claim, "/proc"));
  const settlement = summaryOf(rows, "settlement");
  const burner = summaryOf(rows, "burner");
  return [
    atMost(p99, { found: settlement.p99Ms / burner.p99Ms, bound: 1.5 }),
    atMost("how far the backend was from equal", {
      found: Math.abs(burner.share / settlement.share - 1),
      bound: SAME_CPU,
    }),
    atMost(wait, { found: settlement.locks.longestBehindSettlementMs, bound: 20, unit: "ms" }),
    atMost("99th percentile between two looks at the locks", {
      found: settlement.locks.gapP99Ms,
      bound: 20,
      unit: "ms",
    }),
    atMost("placements that were not taken", { found: settlement.refused + burner.refused, bound: 0 }),
  ];
}
