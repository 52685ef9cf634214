import { type Listener, openListener, type Pool } from "../pool/mod.ts";
import { type Clock, createBackoff, type Random } from "../resilience/mod.ts";
import { type ChangeRow, selectBounds, selectChangesAfter } from "./queries.ts";

export interface FollowOptions {
  /** Straight to Postgres, as a pooler in transaction mode never delivers a notification. Without it there is only the poll. */
  readonly listenUrl: string | undefined;
  /** How often to look without being woken: the longest a lost notification can delay a change. */
  readonly pollMs: number;
}

export type ChangeEvent =
  /** The table was read to its end. */
  | { readonly type: "changes_read" }
  | { readonly type: "changes_seen"; readonly count: number }
  | { readonly type: "changes_resynced"; readonly reason: "first" | "gap" }
  | { readonly type: "changes_unreadable"; readonly cause: unknown }
  | { readonly type: "listener_changed"; readonly listening: boolean };

export interface FollowDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: (event: ChangeEvent) => void;
  /** Told of each change, in order. */
  readonly onChange: (change: Pick<ChangeRow, "topic" | "key">) => void;
  /** Changes may have been missed: whatever depends on any of them is to be looked at anew. */
  readonly onResync: () => void;
}

/** Closing it ends the poll and the listener. */
export interface ChangeFollower extends AsyncDisposable {
  /** How it stands, as a worker's loop tells it: it holds a connection while it reads, and none while it rests. */
  beat(): {
    /** Milliseconds since the table was last read to its end; since the start, before the first time. */
    readonly lastStepAgeMs: number;
    readonly resting: boolean;
    readonly steps: number;
    readonly failures: number;
  };
  /** Milliseconds since the table was last read to its end; undefined before the first time. */
  ageMs(): number | undefined;
}

const BATCH = 1000;
const DEADLINE_MS = 2000;

/**
 * Follows the changes from the newest there is. Each poll goes on from the last number seen, so that neither a lost
 * notification nor a lost connection loses a change; one that was away for longer than changes are kept is told to resync.
 */
export function followChanges(options: FollowOptions, deps: FollowDeps): ChangeFollower {
  const { clock, random, observe, onChange, onResync, pool } = deps;
  const backoff = createBackoff({ fromMs: Math.min(200, options.pollMs), toMs: options.pollMs }, { random });
  let last: bigint | undefined;
  const startedAt = clock.now();
  let readAt: number | undefined;
  let steps = 0;
  let failures = 0;
  let reading: Promise<void> | undefined;
  let again = false;
  let timer: Disposable | undefined;
  let closed = false;

  const readOnce = async (): Promise<void> => {
    await using lease = await pool.lease({ deadlineMs: DEADLINE_MS, criticality: "live", waitsForEnd: true });
    const { connection } = lease;
    const { oldest, newest } = await selectBounds(connection);
    // Past the oldest kept: what lies between was deleted unseen. Below the newest seen: the database is another one.
    const gap =
      last !== undefined && ((oldest > last + 1n && last < oldest - 1n && newest > last) || newest < last);
    if (last === undefined || gap) {
      observe({ type: "changes_resynced", reason: last === undefined ? "first" : "gap" });
      last = newest;
      onResync();
      return;
    }
    while (last < newest) {
      const changes = await selectChangesAfter(connection, { after: last, limit: BATCH });
      for (const change of changes) onChange(change);
      last = changes.at(-1)?.number ?? newest;
      if (changes.length > 0) observe({ type: "changes_seen", count: changes.length });
    }
  };
  const poll = async (): Promise<void> => {
    try {
      do {
        again = false;
        await readOnce();
      } while (again && !closed);
      readAt = clock.now();
      steps += 1;
      observe({ type: "changes_read" });
      backoff.reset();
      rest(options.pollMs);
    } catch (cause) {
      failures += 1;
      observe({ type: "changes_unreadable", cause });
      rest(backoff.next());
    }
  };
  const rest = (ms: number) => {
    reading = undefined;
    if (!closed) timer = clock.after(ms, wake);
  };
  const wake = () => {
    if (closed) return;
    timer?.[Symbol.dispose]();
    // Woken while reading: what woke us may have been committed after the read began.
    if (reading !== undefined) again = true;
    else reading = poll();
  };

  const listener: Listener | undefined =
    options.listenUrl === undefined
      ? undefined
      : openListener(
          { url: options.listenUrl, channel: "linehold_changes", applicationName: "linehold changes" },
          {
            clock,
            random,
            onNotify: wake,
            onListening: (listening) => {
              observe({ type: "listener_changed", listening });
              if (listening) wake();
            },
          },
        );
  wake();
  return {
    beat: () => ({
      lastStepAgeMs: clock.now() - (readAt ?? startedAt),
      resting: reading === undefined,
      steps,
      failures,
    }),
    ageMs: () => (readAt === undefined ? undefined : clock.now() - readAt),
    async [Symbol.asyncDispose]() {
      closed = true;
      timer?.[Symbol.dispose]();
      await listener?.[Symbol.asyncDispose]();
      await reading;
    },
  };
}
