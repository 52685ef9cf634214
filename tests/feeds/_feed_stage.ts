import {
  type Feed,
  type FeedEvent,
  type FeedSeed,
  FeedUnreachableError,
  type FeedVendor,
  type PollRequest,
  pollStep,
  type QuotaSeed,
  type Snapshot,
  seedFeeds,
  silenceStep,
} from "../../src/feeds/mod.ts";
import type { StepScope } from "../../src/worker/mod.ts";
import { type ManualClock, manualClock, seededRandom } from "../harness/mod.ts";
import { board, match, WINNER } from "./_board.ts";
import { readBoard } from "./_read.ts";
import { NOON, type Store } from "./_store.ts";

/** What one poll does: a snapshot, or `undefined` for "nothing new". */
export type Answer = (request: PollRequest) => Promise<Snapshot | undefined>;

/** One match with its winner's market, as GoalServe would have it. */
export const boardOf =
  (ts: string, sport = "soccer"): Answer =>
  () =>
    readBoard(board([match([WINNER])], { sport, ts }));

/** A vendor whose feeds answer what they are told, one poll after another. */
export function scripted(
  scripts: Readonly<Record<string, readonly Answer[]>>,
  { cost = 0 } = {},
): FeedVendor {
  const left = new Map(Object.entries(scripts).map(([source, answers]) => [source, [...answers]]));
  return {
    name: "goalserve",
    kinds: ["goalserve"],
    open: ({ source }): Feed => ({
      source,
      cost,
      async poll(request) {
        const answer = left.get(source)?.shift();
        if (answer === undefined) throw new FeedUnreachableError(source, "the script is over");
        return await answer(request);
      },
    }),
  };
}

export const feedSeed = (over: Partial<FeedSeed> = {}): FeedSeed => ({
  source: "goalserve/soccer",
  kind: "goalserve",
  pollMs: 60_000,
  silenceMs: 300_000,
  frozenMs: 3_600_000,
  settings: { sport: "soccer" },
  ...over,
});

export interface FeedStage {
  readonly store: Store;
  readonly clock: ManualClock;
  readonly events: FeedEvent[];
  seed(feeds: readonly FeedSeed[], quota?: Partial<QuotaSeed>): Promise<void>;
  /** A worker's loop of its own over a vendor; each call is one step. */
  worker(
    vendor: FeedVendor,
    options?: { leaseMs?: number; stopping?: AbortSignal },
  ): () => ReturnType<ReturnType<typeof pollStep>>;
  /** Looks for silence once. */
  look(): Promise<void>;
  /** As if the intervals, cooldowns and gaps had passed. */
  makeDue(): Promise<void>;
  feed(source?: string): Promise<Record<string, unknown>>;
  scope: StepScope;
}

/** Feeds in a database, polled by steps on a clock moved by hand; the database's own time goes on as ever. */
export function openFeedStage(store: Store): FeedStage {
  const events: FeedEvent[] = [];
  const clock = manualClock(NOON.getTime());
  const observe = (event: FeedEvent) => events.push(event);
  const scope: StepScope = {
    signal: new AbortController().signal,
    lease: (options) => store.pool.lease(options),
  };
  const look = silenceStep({ clock, observe, told: () => {} });
  let workers = 0;
  return {
    store,
    clock,
    events,
    scope,
    seed: (feeds, quota = {}) =>
      seedFeeds(
        { feeds, quotas: [{ vendor: "goalserve", gapMs: 0, ...quota }] },
        { lease: scope.lease, at: new Date(clock.epochMs()) },
      ),
    worker(vendor, { leaseMs = 60_000, stopping = new AbortController().signal } = {}) {
      workers += 1;
      const random = seededRandom(workers);
      const step = pollStep(vendor, {
        clock,
        random,
        observe,
        stopping,
        claimant: `worker ${workers}`,
        leaseMs,
      });
      return () => step(scope);
    },
    look: async () => void (await look(scope)),
    async makeDue() {
      await store.database.owner("update feeds set due_at = now(), cooldown_until = null");
      await store.database.owner("update feed_quotas set next_request_at = now()");
    },
    async feed(source = "goalserve/soccer") {
      const [row] = await store.database.owner<Record<string, unknown>>(
        "select * from feeds where source = $1",
        [source],
      );
      return row ?? {};
    },
  };
}
