import { watchBackends } from "./backends.ts";
import type { FaultName } from "./cells.ts";
import { BEGIN } from "./faults.ts";
import type { Ground } from "./ground.ts";
import { type Finding, judge } from "./judge.ts";
import { RULES } from "./rules.ts";
import { type Cast, KEYS, openStage, type Stage } from "./stage.ts";
import { watchStalls } from "./stalls.ts";
import { type Crowd, sendVisitors, type Visit, visit } from "./visitors.ts";

/** Everything that was seen of one cell. Moments are those of `performance.now()`. */
export interface Evidence {
  readonly stage: Stage;
  readonly faultFrom: number;
  /** When its end began, and when it was over. */
  readonly endingFrom: number;
  readonly faultUntil: number;
  readonly crowd: Crowd;
  /** Until each key of both plans had been loaded after the fault's end; `undefined` if that never came. */
  readonly recoveryMs: number | undefined;
}

/** Older than one second, so that idle connections are asked before they are lent; and older than fresh values live. */
const REST_MS = 1200;
/** Long statements are under way this long before a partition. */
const REPORTS_BEFORE_MS = 150;
const REPORTS = 4;
const RECOVERY_MAX_MS = 8000;

/**
 * Plays one fault on many casts at once: each has a pool, reads and a proxy of its own, and all suffer the same server.
 *
 * Prepared, the casts rest; the fault begins, visitors come, the fault ends, and visitors come until all is fresh again.
 */
export async function playEpisode(
  ground: Ground,
  fault: FaultName,
  casts: readonly Cast[],
): Promise<Finding[]> {
  await using scope = new AsyncDisposableStack();
  using stalls = watchStalls();
  const backends = scope.use(watchBackends(ground));
  const stages: Stage[] = [];
  for (const [number, cast] of casts.entries())
    stages.push(scope.use(await openStage(ground, cast, { number })));
  await Promise.all(stages.map((stage) => stage.prepare()));
  await Bun.sleep(REST_MS);
  const reports = fault === "partitioned" ? await orderReports(stages) : [];
  await Promise.all(stages.map((stage) => stage.finish()));

  const change = fault === "slow" ? await openWriter(ground, scope) : () => Promise.resolve(0);
  const proxies = stages.map(({ proxy }) => proxy);
  const running = scope.use(new AsyncDisposableStack());
  running.use(await BEGIN[fault]({ ground, proxies }));
  const faultFrom = performance.now();
  await Promise.all(stages.map((stage) => stage.boot()));
  const { forMs } = RULES[fault];
  const crowds = stages.map((stage) => sendVisitors(stage, { forMs, change }));
  await Bun.sleep(forMs);
  const endingFrom = performance.now();
  await running.disposeAsync();
  const faultUntil = performance.now();
  const recoveries = await Promise.all(stages.map((stage) => recover(stage, faultUntil)));
  await Promise.all(crowds.map(({ over }) => over));
  await Promise.all(reports);
  return stages.map((stage, at) => {
    const crowd = crowds[at];
    if (crowd === undefined) throw new RangeError(`Cannot judge as nobody came: stage ${at}`);
    const evidence = { stage, crowd, faultFrom, endingFrom, faultUntil, recoveryMs: recoveries[at] };
    return judge(evidence, { stalls, samples: backends.of(stage.applicationName) });
  });
}

/** Statements of seconds, on their way while the fault begins; nobody minds what becomes of their readers. */
async function orderReports(stages: readonly Stage[]): Promise<Promise<unknown>[]> {
  const ordered = stages
    .filter(({ cast }) => cast.cell.state === "cold")
    .flatMap(({ readers }) =>
      Array.from({ length: REPORTS }, async (_, number) => readers.report.read(`${number}`)),
    );
  await Bun.sleep(REPORTS_BEFORE_MS);
  return ordered.map((read) => read.catch(() => undefined));
}

async function openWriter(
  { openOwner }: Ground,
  scope: AsyncDisposableStack,
): Promise<(key: string) => Promise<number>> {
  const owner = scope.use(await openOwner());
  return async (key) => {
    const [row] = await owner.query<{ version: number }>(
      "update wares set version = version + 1 where key = $1 returning version",
      [key],
    );
    return row?.version ?? 0;
  };
}

/** Visitors go on coming until each key has been loaded anew. */
async function recover(stage: Stage, since: number): Promise<number | undefined> {
  const missing = new Set(
    (["brand", "price"] as const).flatMap((plan) => KEYS.map((key) => ({ plan, key }))),
  );
  const isNew = ({ answer, ageMs, ended }: Visit) => answer === "fresh" && ended - ageMs >= since;
  while (performance.now() - since < RECOVERY_MAX_MS) {
    await Promise.all(
      [...missing].map(async (wanted) => {
        if (isNew(await visit(stage, wanted))) missing.delete(wanted);
      }),
    );
    if (missing.size === 0) return performance.now() - since;
    await Bun.sleep(20);
  }
  return undefined;
}
