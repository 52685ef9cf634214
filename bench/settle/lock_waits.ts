import type { Session } from "../../src/pool/mod.ts";

/** What was seen of placements that waited for a lock. */
export interface LockWaits {
  /** Looks at all backends that wait. */
  readonly looks: number;
  /** Between two looks: what waits for less than that can go unseen. */
  readonly gapP99Ms: number;
  /** Looks at which a placement waited for settlement, directly or behind another that did. */
  readonly seen: number;
  /** The longest that a placement had waited when it was looked at: for settlement, and for anyone. */
  readonly longestBehindSettlementMs: number;
  readonly longestMs: number;
  /** Which kinds of locks placements waited for behind settlement. */
  readonly kinds: readonly string[];
}

export interface LockWatch extends AsyncDisposable {
  /** What was seen since the last time it was asked. */
  take(): LockWaits;
}

/** Often enough that no wait of 20 ms begins and ends between two looks. */
const EVERY_MS = 5;

interface WaitRow {
  readonly pid: number;
  readonly name: string;
  readonly kind: string;
  readonly waitedMs: number;
  readonly blockers: readonly number[];
}

// The time of a wait is the server's own (pg_locks.waitstart, Postgres 14); what it waits behind is looked up for those that wait alone.
const SELECT_WAITS = `
  select
    waiting.pid,
    waiting.application_name as name,
    waiting.wait_event as kind,
    coalesce((
      select extract(epoch from clock_timestamp() - min(waitstart)) * 1000
      from pg_locks
      where pg_locks.pid = waiting.pid and not granted), 0)::float8 as "waitedMs",
    pg_blocking_pids(waiting.pid) as blockers
  from pg_stat_activity as waiting
  where waiting.wait_event_type = 'Lock'`;

const SELECT_PIDS = "select pid from pg_stat_activity where application_name = $1";

/**
 * Looks at who waits for whom, again and again.
 *
 * @param owner A connection for this alone, to the database that both use.
 */
export async function watchLocks(
  owner: Session,
  { placements, settlement }: { readonly placements: RegExp; readonly settlement: string },
): Promise<LockWatch> {
  let found: WaitRow[][] = [];
  let gapsMs: number[] = [];
  let settling = new Set<number>();
  let stopping = false;
  const run = async () => {
    let lookedAt = performance.now();
    for (let look = 0; !stopping; look += 1) {
      // A pool opens and closes connections.
      if (look % 200 === 0) {
        const pids = await owner.query<{ pid: number }>(SELECT_PIDS, [settlement]);
        settling = new Set(pids.map(({ pid }) => pid));
      }
      const waits = await owner.query<WaitRow>(SELECT_WAITS);
      const now = performance.now();
      gapsMs.push(now - lookedAt);
      lookedAt = now;
      found.push(waits);
      await Bun.sleep(EVERY_MS);
    }
  };
  const running = run();
  running.catch(() => {});
  return {
    take() {
      const [looks, gaps] = [found, gapsMs.toSorted((one, other) => one - other)];
      found = [];
      gapsMs = [];
      const behind = looks.map((waits) =>
        waits.filter((wait) => placements.test(wait.name) && isBehind(wait, { waits, settling })),
      );
      const ofPlacements = looks.flatMap((waits) => waits.filter(({ name }) => placements.test(name)));
      const longest = (waits: readonly WaitRow[]) => Math.max(0, ...waits.map(({ waitedMs }) => waitedMs));
      return {
        looks: looks.length,
        gapP99Ms: gaps[Math.floor(gaps.length * 0.99)] ?? Number.NaN,
        seen: behind.filter((waits) => waits.length > 0).length,
        longestBehindSettlementMs: looks.length === 0 ? Number.NaN : longest(behind.flat()),
        longestMs: looks.length === 0 ? Number.NaN : longest(ofPlacements),
        kinds: [...new Set(behind.flat().map(({ kind }) => kind))],
      };
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      await running;
    },
  };
}

/** Whether it waits for settlement, or for someone who waits for it in the end. */
function isBehind(
  wait: WaitRow,
  { waits, settling }: { readonly waits: readonly WaitRow[]; readonly settling: ReadonlySet<number> },
): boolean {
  const seen = new Set<number>([wait.pid]);
  const open = [...wait.blockers];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (settling.has(pid)) return true;
    if (seen.has(pid)) continue;
    seen.add(pid);
    open.push(...(waits.find((other) => other.pid === pid)?.blockers ?? []));
  }
  return false;
}
