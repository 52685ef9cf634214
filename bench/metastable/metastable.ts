import { answers, exhaust, freeze, slow, type Victim } from "../../src/local/mod.ts";
import { type Clock, sleep } from "../../src/resilience/mod.ts";
import { seededRandom } from "../../tests/harness/random.ts";
import type { IncidentDatabase } from "../../tests/incident/database.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, round, type Verdict } from "../measure/verdict.ts";
import type { Service } from "../service/service.ts";
import { measureCapacity, planVisits, runVisits, type VisitDeps } from "../service/visits.ts";
import {
  goodputBetween,
  goodputBySecond,
  recoveryMs,
  stripOf,
  type Timeline,
  WINDOW_MS,
} from "./timeline.ts";
import { countTransactions } from "./transactions.ts";

export const METASTABLE = { poolMax: 8, sleepMs: 5 } as const;

export type TriggerName = "frozen" | "slow" | "exhausted";
export const TRIGGERS: readonly TriggerName[] = ["frozen", "slow", "exhausted"];

const STRIKES: Readonly<Record<TriggerName, (victim: Victim) => Promise<AsyncDisposable>>> = {
  frozen: freeze,
  slow: (victim) => slow(victim),
  exhausted: exhaust,
};

/** What became of one build under one trigger. */
export interface MetastableRow {
  readonly build: string;
  readonly trigger: TriggerName;
  readonly capacity: number;
  readonly offered: number;
  /** Served a second: before the trigger, while it lasted, and from 7 to 10 s after. */
  readonly before: number;
  readonly during: number;
  readonly after: number;
  /** Until the first 3 s at 95 % of before; `undefined` if there were none. */
  readonly recoveredMs: number | undefined;
  /** Transactions a second, before and in the 15 s after. */
  readonly transactionsBefore: number;
  readonly transactionsAfter: number;
  readonly attemptsPerVisit: number;
  /** How the process ended by itself, if it did. */
  readonly ending: string | undefined;
  /** Goodput by the second, full height what it was before. */
  readonly strip: string;
}

const OFFERED_SHARE = 0.7;
const WARM_UP_MS = 3000;
const BEFORE_MS = 8000;
const AFTER_MS = 15_000;
const RECOVERY_MAX_MS = 10_000;
const RECOVERED_SHARE = 0.95;
/** They ask again at once when refused, and when nothing came for 2 s: four times in all. */
const PATIENCE = { attempts: 4, timeoutMs: 2000 } as const;

interface Scene {
  readonly database: IncidentDatabase;
  readonly service: Service;
  readonly build: string;
  readonly trigger: TriggerName;
  readonly seconds: number;
}

/** 70 % of what it can do, then the trigger, then the same load without it. */
export async function measureMetastable(scene: Scene, deps: VisitDeps): Promise<MetastableRow> {
  const { build, database, seconds, service, trigger } = scene;
  const { clock } = deps;
  const capacity = await measureCapacity(service.port, { visitors: 64, forMs: 3000 }, deps);
  const offered = capacity * OFFERED_SHARE;
  const faultFromMs = WARM_UP_MS + BEFORE_MS;
  const faultToMs = faultFromMs + seconds * 1000;
  const planned = { steadyFromMs: WARM_UP_MS, faultFromMs, faultToMs, endMs: faultToMs + AFTER_MS };
  const visits = planVisits("visitor", {
    rate: offered,
    durationMs: planned.endMs,
    random: seededRandom(20_251_123),
  });
  const startedAt = clock.now();
  const served = runVisits(service.port, { visits, patience: PATIENCE }, deps);
  const { timeline, transactions } = await strikeOnTime({ database, trigger, planned, startedAt, clock });
  const outcomes = await served;
  const before = goodputBetween(outcomes, { fromMs: timeline.steadyFromMs, toMs: timeline.faultFromMs });
  const healedAt = timeline.faultToMs;
  const from = (ms: number) => ({ fromMs: healedAt + ms, toMs: healedAt + ms + WINDOW_MS });
  return {
    build,
    trigger,
    capacity,
    offered,
    before,
    during: goodputBetween(outcomes, { fromMs: timeline.faultFromMs, toMs: healedAt }),
    after: goodputBetween(outcomes, from(RECOVERY_MAX_MS - WINDOW_MS)),
    recoveredMs: recoveryMs(outcomes, { ...timeline, goal: before * RECOVERED_SHARE }),
    ...transactions,
    attemptsPerVisit: outcomes.reduce((sum, { attempts }) => sum + attempts, 0) / outcomes.length,
    ending: service.ending,
    strip: stripOf(goodputBySecond(outcomes, Math.floor(timeline.endMs / 1000)), before),
  };
}

/** The trigger by the clock, and the server's own count of its work before and after. */
async function strikeOnTime({
  clock,
  database,
  planned,
  startedAt,
  trigger,
}: {
  database: IncidentDatabase;
  trigger: TriggerName;
  planned: Timeline;
  startedAt: number;
  clock: Clock;
}) {
  const until = (ms: number) => sleep(Math.max(0, startedAt + ms - clock.now()), { clock });
  const now = () => clock.now() - startedAt;
  const count = async () => ({ atMs: now(), transactions: await countTransactions(database.owner) });
  const rate = (one: Awaited<ReturnType<typeof count>>, other: typeof one) =>
    ((other.transactions - one.transactions) / (other.atMs - one.atMs)) * 1000;
  await until(planned.steadyFromMs);
  const first = await count();
  await until(planned.faultFromMs - 500);
  const second = await count();
  await until(planned.faultFromMs);
  const struck = await STRIKES[trigger](database.postgres);
  await until(planned.faultToMs);
  await struck[Symbol.asyncDispose]();
  // Healing takes its own time where connections are to be given back: what is promised begins when it is done.
  const faultToMs = now();
  while (!(await answers(database.postgres.ownerUrl))) await sleep(20, { clock });
  const third = await count();
  await until(planned.endMs);
  const fourth = await count();
  return {
    timeline: { ...planned, faultToMs },
    transactions: { transactionsBefore: rate(first, second), transactionsAfter: rate(third, fourth) },
  };
}

export function metastableTable(rows: readonly MetastableRow[]): Table {
  return {
    title: `METASTABILITY: statements of ${METASTABLE.sleepMs} ms, pool of ${METASTABLE.poolMax}, 70 % of capacity offered, visitors who ask four times`,
    columns: [
      "build, trigger",
      "capacity/s",
      "before/s",
      "during/s",
      "after 10 s/s",
      "recovered, s",
      "queries/s before",
      "after",
      "attempts",
    ],
    rows: rows.map((row) => [
      `${row.build}, ${row.trigger}`,
      round(row.capacity),
      round(row.before),
      round(row.during),
      round(row.after),
      row.recoveredMs === undefined ? "never" : round(row.recoveredMs / 1000),
      round(row.transactionsBefore),
      round(row.transactionsAfter),
      round(row.attemptsPerVisit),
    ]),
    notes: rows.map(({ build, strip, trigger }) => `${`${build}, ${trigger}`.padEnd(20)} ${strip}`),
  };
}

/** Linehold recovers from each of them, and the naive build from none: else the triggers are too mild to prove anything. */
export function judgeMetastable(rows: readonly MetastableRow[]): readonly Verdict[] {
  return rows.flatMap((row) => (row.build === "linehold" ? judgeLinehold(row) : judgeNaive(row)));
}

function judgeLinehold(row: MetastableRow): readonly Verdict[] {
  const { ending, recoveredMs, transactionsAfter, transactionsBefore, trigger } = row;
  return [
    atMost(`${trigger}: 95 % of the former goodput is back, after`, {
      found: recoveredMs === undefined ? Number.POSITIVE_INFINITY : (recoveredMs + WINDOW_MS) / 1000,
      bound: RECOVERY_MAX_MS / 1000,
      unit: "s",
    }),
    atMost(`${trigger}: queries a second afterwards, of before`, {
      found: transactionsAfter / transactionsBefore,
      bound: 1.2,
      unit: "x",
    }),
    atMost(`${trigger}: restarts`, { found: ending === undefined ? 0 : 1, bound: 0 }),
  ];
}

function judgeNaive({ after, before, recoveredMs, trigger }: MetastableRow): readonly Verdict[] {
  const isBack = recoveredMs !== undefined && recoveredMs + WINDOW_MS <= RECOVERY_MAX_MS;
  return [
    atLeast(`${trigger}: the naive build is not back after 10 s, and lacks of its goodput`, {
      found: isBack ? 0 : (1 - after / before) * 100,
      bound: 5,
      unit: "%",
    }),
  ];
}
