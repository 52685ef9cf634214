import { CommitUnknownError, isUnavailable, StatementError } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import type { StepReport, StepScope } from "../worker/mod.ts";
import { FeedUnreachableError, FeedUnreadableError } from "./errors.ts";
import { selectUnfinished, upsertFeed } from "./queries.ts";
import type { Feed, Snapshot } from "./snapshot.ts";
import { type WriteReport, writeSnapshot } from "./write_snapshot.ts";

export type FeedEvent =
  | {
      readonly type: "feed_taken";
      readonly source: string;
      readonly counts: Snapshot["counts"];
      readonly report: WriteReport;
    }
  | { readonly type: "feed_failed"; readonly source: string; readonly error: unknown };

export interface FeedStepDeps {
  /** Business time is its `epochMs()`. */
  readonly clock: Clock;
  readonly observe: (event: FeedEvent) => void;
  /** Ends a poll under way: its answer would only hold up the end of the process. */
  readonly stopping: AbortSignal;
}

/** How many unfinished events one poll asks about. */
const UNFINISHED_MAX = 200;

/**
 * The step of a loop over feeds: polls the next one in turn and stores what it says, holding no lease while it polls.
 *
 * A source or a database that fails is reported and waits for its turn like any other: the loop's own quick retries would
 * break the vendor's limit of one request a minute. Anything else is a bug and thrown.
 */
export function feedStep(
  feeds: readonly Feed[],
  { clock, observe, stopping }: FeedStepDeps,
): (scope: StepScope) => Promise<StepReport> {
  let turn = 0;
  return async (scope) => {
    const feed = feeds[turn % feeds.length];
    turn += 1;
    if (feed === undefined) return { worked: false };
    const at = new Date(clock.epochMs());
    try {
      const { snapshot, report } = await takeFeed(feed, scope, { at, stopping });
      observe({ type: "feed_taken", source: feed.source, counts: snapshot.counts, report });
      return { worked: false, counts: { changed: report.changed, failed: 0 } };
    } catch (error) {
      if (stopping.aborted) return { worked: false };
      if (!isExpected(error)) throw error;
      observe({ type: "feed_failed", source: feed.source, error });
      return { worked: false, counts: { changed: 0, failed: 1 } };
    }
  };
}

async function takeFeed(
  feed: Feed,
  scope: StepScope,
  { at, stopping }: { readonly at: Date; readonly stopping: AbortSignal },
): Promise<{ snapshot: Snapshot; report: WriteReport }> {
  const signal = AbortSignal.any([scope.signal, stopping]);
  const unfinished = () => readUnfinished(feed.source, scope, at);
  const snapshot = await feed.poll({ at, unfinished, signal }).catch(async (error: unknown) => {
    if (isOfSource(error)) await notePoll(feed.source, scope, at);
    throw error;
  });
  return {
    snapshot,
    report: await writeSnapshot(snapshot, { lease: (options) => scope.lease(options), at }),
  };
}

async function readUnfinished(source: string, scope: StepScope, at: Date): Promise<string[]> {
  await using lease = await scope.lease();
  return await selectUnfinished(lease.connection, source, { at, limit: UNFINISHED_MAX });
}

/** A poll that brought nothing: without a good one its prices grow old, and are shown suspended past their age limit. */
async function notePoll(source: string, scope: StepScope, at: Date): Promise<void> {
  await using lease = await scope.lease({ access: "write" });
  await upsertFeed(lease.connection, { source, at, version: undefined });
  await lease.commit();
}

function isOfSource(error: unknown): boolean {
  return error instanceof FeedUnreachableError || error instanceof FeedUnreadableError;
}

function isExpected(error: unknown): boolean {
  const isOfDatabase = error instanceof StatementError || error instanceof CommitUnknownError;
  return isOfSource(error) || isOfDatabase || isUnavailable(error);
}
