/** The process that settles: the worker's own step in the worker's own loop over the real pool, let go for a while at a time. */
import { openPool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { type SettlementLimits, settlementStep } from "../../src/settlement/mod.ts";
import { startLoop } from "../../src/worker/mod.ts";

/** Settle until so many bets are dealt with, or for so long; at the end of a step, and sooner if there is nothing left to do. */
export interface SettleOrder {
  readonly number: number;
  readonly bets?: number;
  readonly forMs?: number;
}

/** What came of an order. */
export interface SettleAnswer {
  readonly number: number;
  readonly settled: number;
  /** Bets of which the leg was graded and which wait for others. */
  readonly graded: number;
  readonly failed: number;
  readonly steps: number;
  /** From the order to the end of the last step, by the process's own clock. */
  readonly tookMs: number;
  /** Processor time of this process meanwhile. */
  readonly cpuMs: number;
  /** Nothing was left to do. */
  readonly idle: boolean;
}

export interface SettlerSettings {
  readonly url: string;
  readonly applicationName: string;
  readonly limits: SettlementLimits;
}

if (import.meta.main) await main(JSON.parse(Bun.env["SETTLER"] ?? "{}"));

async function main({ url, applicationName, limits }: SettlerSettings): Promise<void> {
  // As worker_settlement opens it.
  const pool = openPool(
    {
      url,
      role: "linehold_settlement",
      applicationName,
      max: 5,
      min: 1,
      deadlineMs: 15_000,
      overdueMs: 5000,
    },
    { clock: systemClock, random: Math.random },
  );
  const failures: string[] = [];
  const settle = settlementStep({
    clock: systemClock,
    limits,
    observe: ({ failure }) => failures.push(failure),
  });
  let given = Promise.withResolvers<SettleOrder>();
  let under: Running | undefined;
  startLoop(
    {
      name: "settlement",
      restMs: 1,
      // It waits for orders within a step, so that none begins late by a rest.
      stepLimitMs: 3_600_000,
      async step(scope) {
        under ??= begun(await given.promise);
        const report = await settle(scope);
        const { settled = 0, graded = 0, failed = 0 } = report.counts ?? {};
        under = {
          ...under,
          steps: under.steps + 1,
          settled: under.settled + settled,
          graded: under.graded + graded,
          failed: under.failed + failed,
        };
        if (isOver(under) || !report.worked) {
          tell(under, { idle: !report.worked });
          under = undefined;
          given = Promise.withResolvers();
        }
        return report;
      },
    },
    {
      pool,
      clock: systemClock,
      random: Math.random,
      observe: (event) => {
        if (event.type !== "step_failed") return;
        process.stderr.write(`${Bun.inspect(event.error)}\n`);
        process.exit(1);
      },
    },
  );
  process.stdout.write("settler.started\n");
  for await (const line of console) given.resolve(JSON.parse(line));
}

interface Running {
  readonly order: SettleOrder;
  readonly startedAt: number;
  readonly cpuFromMs: number;
  readonly steps: number;
  readonly settled: number;
  readonly graded: number;
  readonly failed: number;
}

function begun(order: SettleOrder): Running {
  return {
    order,
    startedAt: performance.now(),
    cpuFromMs: cpuMs(),
    steps: 0,
    settled: 0,
    graded: 0,
    failed: 0,
  };
}

function isOver({ order: { bets, forMs }, settled, graded, startedAt }: Running): boolean {
  if (bets !== undefined && settled + graded >= bets) return true;
  return forMs !== undefined && performance.now() - startedAt >= forMs;
}

function tell(
  { order, startedAt, cpuFromMs, ...counts }: Running,
  { idle }: { readonly idle: boolean },
): void {
  const answer: SettleAnswer = {
    number: order.number,
    ...counts,
    tookMs: performance.now() - startedAt,
    cpuMs: cpuMs() - cpuFromMs,
    idle,
  };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
