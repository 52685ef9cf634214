import { CommitUnknownError, isUnavailable, StatementError } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import type { StepReport, StepScope } from "../worker/mod.ts";
import { type Claim, claimNext, storedAnswer } from "./claim_feed.ts";
import { releaseClaim } from "./claim_queries.ts";
import { type EndDeps, endBadly, endWell, fenceOf, isNews } from "./end_poll.ts";
import {
  type FeedFailure,
  FeedFrozenError,
  FeedMisconfiguredError,
  FeedUnreachableError,
  FeedUnreadableError,
  FenceLostError,
} from "./errors.ts";
import type { FeedVendor, PollAnswer } from "./feed.ts";
import type { FeedEvent } from "./feed_event.ts";
import { selectUnfinished } from "./queries.ts";
import type { Snapshot } from "./snapshot.ts";
import { type WriteReport, writeSnapshot } from "./write_snapshot.ts";

export interface PollStepDeps {
  /** Business time is its `epochMs()`. */
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: (event: FeedEvent) => void;
  /** Ends a poll under way: its answer would only hold up the end of the process. */
  readonly stopping: AbortSignal;
  /** Of this loop alone: what it claimed and lost sight of, it may claim again. */
  readonly claimant: string;
  /** For how long nobody else polls what this loop has claimed; longer than any answer may take. */
  readonly leaseMs: number;
}

/** How many unfinished events one poll asks about. */
const UNFINISHED_MAX = 200;
/** A process that ends gives its claim back, if the database lets it at once. */
const RELEASE_MS = 500;

/**
 * The step of a loop over a vendor's feeds: claims the one that has waited longest, polls it with no lease in hand, and stores what
 * it says. As many such loops as feeds are wanted at once, in any number of processes; one slow feed holds up its own loop.
 *
 * A source or a database that fails is reported and waits for its turn like any other. Anything else is a bug and thrown.
 */
export function pollStep(
  vendor: FeedVendor,
  { stopping, observe, ...deps }: PollStepDeps,
): (scope: StepScope) => Promise<StepReport> {
  let claiming = true;
  const claim = async (scope: StepScope, at: Date) => {
    try {
      const result = await claimNext(vendor, { ...deps, at }, scope);
      if (!claiming) observe({ type: "claims_work", vendor: vendor.name });
      claiming = true;
      return result;
    } catch (error) {
      if (!isOfDatabase(error)) throw error;
      if (claiming && !stopping.aborted) observe({ type: "claims_failed", vendor: vendor.name, error });
      claiming = false;
      return undefined;
    }
  };
  return async (scope) => {
    if (stopping.aborted) return { worked: false };
    const at = new Date(deps.clock.epochMs());
    const result = await claim(scope, at);
    if (result === undefined || result.type === "nothing") return { worked: false };
    if (result.type === "withheld") {
      observe({ type: "feed_withheld", vendor: vendor.name, source: result.source, until: result.until });
      return { worked: false };
    }
    return await takeFeed(result.claim, scope, { ...deps, stopping, observe, at });
  };
}

type Under = PollStepDeps & { readonly at: Date };

async function takeFeed(claim: Claim, scope: StepScope, under: Under): Promise<StepReport> {
  const { source } = claim.row;
  const end: EndDeps = { ...under, lease: (options) => scope.lease(options) };
  let answer: PollAnswer | undefined;
  try {
    const snapshot = await poll(claim, scope, { ...under, answered: (heard) => (answer = heard) });
    const report = snapshot && (await write(claim, snapshot, end));
    if (report !== undefined && report.outcome !== "written") {
      const failure = report.outcome === "older" ? "older" : "no_data";
      await endBadly(claim, { failure, answer }, end);
    } else {
      const silentSince = await endWell(claim, { snapshot, answer }, end);
      if (silentSince !== undefined) under.observe({ type: "feed_heard", source, silentSince });
    }
    if (snapshot === undefined || report === undefined) under.observe({ type: "feed_unchanged", source });
    else under.observe({ type: "feed_taken", source, counts: snapshot.counts, report });
    return { worked: true, counts: { changed: report?.changed ?? 0, failed: 0 } };
  } catch (error) {
    await endOnError(claim, { error, answer }, { ...under, ...end });
    return { worked: true, counts: { changed: 0, failed: 1 } };
  }
}

/** What the source says, if it is for this feed and if the source is not stuck. */
async function poll(
  claim: Claim,
  scope: StepScope,
  { at, stopping, answered }: Under & { readonly answered: (answer: PollAnswer) => void },
): Promise<Snapshot | undefined> {
  const { feed, row } = claim;
  const { source, state_at: stateAt, frozen_ms: frozenMs } = row;
  const signal = AbortSignal.any([scope.signal, stopping]);
  const unfinished = () => readUnfinished(source, scope, at);
  const snapshot = await feed.poll({ at, unfinished, signal, stored: storedAnswer(claim), answered });
  if (snapshot !== undefined && (snapshot.feed ?? snapshot.source) !== source)
    throw new FeedUnreadableError(source, "it is another feed's");
  const isStuck =
    frozenMs !== null &&
    stateAt !== null &&
    at.getTime() - stateAt.getTime() > frozenMs &&
    !isNews(claim, snapshot);
  if (isStuck && (snapshot === undefined || snapshot.version === row.source_version))
    throw new FeedFrozenError(source, stateAt);
  return snapshot;
}

function write(claim: Claim, snapshot: Snapshot, { at, leaseMs, lease }: EndDeps): Promise<WriteReport> {
  return writeSnapshot(snapshot, { lease, at, fence: fenceOf(claim, leaseMs) });
}

async function readUnfinished(source: string, scope: StepScope, at: Date): Promise<string[]> {
  await using lease = await scope.lease();
  return await selectUnfinished(lease.connection, source, { at, limit: UNFINISHED_MAX });
}

interface Failed {
  readonly error: unknown;
  readonly answer: PollAnswer | undefined;
}

/** Notes what went wrong where all workers see it, as far as the claim and the database allow. */
async function endOnError(claim: Claim, { error, answer }: Failed, under: Under & EndDeps): Promise<void> {
  const { source } = claim.row;
  const { observe, stopping } = under;
  if (stopping.aborted) return await release(claim, under);
  if (error instanceof FenceLostError) return observe({ type: "feed_lost", source });
  const failure = failureOf(error);
  if (failure === undefined) {
    if (!isOfDatabase(error)) throw error;
    return observe({ type: "feed_failed", source, error, failure, cooldownMs: undefined });
  }
  try {
    const cooldownMs = await endBadly(claim, { failure, answer }, under);
    observe({ type: "feed_failed", source, error, failure, cooldownMs });
  } catch (later) {
    if (later instanceof FenceLostError) return observe({ type: "feed_lost", source });
    if (!isOfDatabase(later)) throw later;
    observe({ type: "feed_failed", source, error, failure, cooldownMs: undefined });
  }
}

async function release({ row, token }: Claim, { lease: take }: EndDeps): Promise<void> {
  try {
    await using lease = await take({ access: "write", deadlineMs: RELEASE_MS });
    await releaseClaim(lease.connection, row.source, token);
    await lease.commit();
  } catch (error) {
    if (!isOfDatabase(error)) throw error;
  }
}

function failureOf(error: unknown): FeedFailure | undefined {
  const isOfSource =
    error instanceof FeedUnreachableError ||
    error instanceof FeedUnreadableError ||
    error instanceof FeedFrozenError ||
    error instanceof FeedMisconfiguredError;
  return isOfSource ? error.failure : undefined;
}

function isOfDatabase(error: unknown): boolean {
  return error instanceof StatementError || error instanceof CommitUnknownError || isUnavailable(error);
}
