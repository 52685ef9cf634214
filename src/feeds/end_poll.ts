import type { Connection, Lease, LeaseOptions } from "../pool/mod.ts";
import type { Random } from "../resilience/mod.ts";
import { type Claim, storedAnswer } from "./claim_feed.ts";
import { completePoll, failPoll, holdClaim, settleQuota } from "./claim_queries.ts";
import { type FeedFailure, FenceLostError } from "./errors.ts";
import type { PollAnswer } from "./feed.ts";
import { recordAllOdds } from "./silence_queries.ts";
import type { Snapshot } from "./snapshot.ts";

export interface EndDeps {
  lease(options: LeaseOptions): Promise<Lease>;
  readonly random: Random;
  /** As the claim was taken for. */
  readonly leaseMs: number;
  /** Business time of the poll. */
  readonly at: Date;
}

export interface Polled {
  /** `undefined` if the source's state is the stored one. */
  readonly snapshot: Pick<Snapshot, "version"> | undefined;
  readonly answer: PollAnswer | undefined;
}

/** Refuses to let anything be written once the claim is lost; holding it, it holds on. Asked first in each transaction. */
export function fenceOf({ row, token }: Claim, leaseMs: number): (connection: Connection) => Promise<void> {
  return async (connection) => {
    if (!(await holdClaim(connection, { source: row.source, token, leaseMs })))
      throw new FenceLostError(row.source);
  };
}

/**
 * Ends a claim with a good poll: a silent feed is heard again.
 *
 * @returns Since when it had been silent, if it was.
 * @throws {FenceLostError} If the claim was lost; nothing is noted then.
 */
export async function endWell(
  claim: Claim,
  { snapshot, answer }: Polled,
  deps: EndDeps,
): Promise<Date | undefined> {
  const { row } = claim;
  await using lease = await deps.lease({ access: "write" });
  const { connection } = lease;
  await fenceOf(claim, deps.leaseMs)(connection);
  await settle(connection, claim, answer);
  const silentSince = await completePoll(connection, {
    source: row.source,
    at: deps.at,
    isNews: isNews(claim, snapshot),
    stored: snapshot === undefined ? storedAnswer(claim) : answer?.stored,
  });
  if (silentSince !== undefined) await recordAllOdds(connection);
  await lease.commit();
  return silentSince;
}

/** Whether the source's state is another than the stored one. */
export function isNews({ row }: Claim, snapshot: Pick<Snapshot, "version"> | undefined): boolean {
  return snapshot !== undefined && (snapshot.version > row.source_version || row.state_at === null);
}

export interface PollFailure {
  readonly failure: FeedFailure;
  readonly answer: PollAnswer | undefined;
}

/** Answers that held no state, or an old one: nothing was taken, and nothing is wrong with asking again in time. */
const HARMLESS: ReadonlySet<FeedFailure> = new Set(["older", "no_data"]);

/**
 * Ends a claim with a poll that brought nothing good, for all workers: nobody asks again before the feed has cooled down, longer
 * with each failure in a row, nor its vendor before it wants to be asked.
 *
 * @returns For how long nobody asks.
 * @throws {FenceLostError} If the claim was lost; nothing is noted then.
 */
export async function endBadly(
  claim: Claim,
  { failure, answer }: PollFailure,
  deps: EndDeps,
): Promise<number> {
  const { row } = claim;
  const isHarmless = HARMLESS.has(failure);
  const failures = isHarmless ? 0 : row.failures + 1;
  const cooldownMs = isHarmless ? 0 : cooldown({ pollMs: row.poll_ms, failures }, deps.random);
  await using lease = await deps.lease({ access: "write" });
  const { connection } = lease;
  await fenceOf(claim, deps.leaseMs)(connection);
  await settle(connection, claim, failure === "quota_spent" && answer ? spentBy(answer) : answer);
  await failPoll(connection, { source: row.source, at: deps.at, failure, failures, cooldownMs });
  await lease.commit();
  return cooldownMs;
}

/** Failures in a row are asked after ever more rarely, up to this. */
const COOLDOWN_MAX_MS = 300_000;

/** From half an interval upwards, doubled with each failure in a row, drawn from the upper half of its range. */
export function cooldown(
  { pollMs, failures }: { readonly pollMs: number; readonly failures: number },
  random: Random,
): number {
  const ceiling = Math.min(Math.max(pollMs, COOLDOWN_MAX_MS), pollMs * 2 ** Math.min(30, failures - 1));
  return Math.round(ceiling * (0.5 + random() / 2));
}

/** A vendor that refuses for want of units has none left, whatever its headers say. */
function spentBy(answer: PollAnswer): PollAnswer {
  return { ...answer, quota: { ...answer.quota, remaining: 0 } };
}

async function settle(connection: Connection, claim: Claim, answer: PollAnswer | undefined): Promise<void> {
  if (answer === undefined) return;
  const { quota, retryAfterMs = 0 } = answer;
  const refund = quota.cost === undefined ? 0 : claim.cost - quota.cost;
  if (refund === 0 && quota.remaining === undefined && retryAfterMs === 0) return;
  await settleQuota(connection, { vendor: claim.vendor, refund, remaining: quota.remaining, retryAfterMs });
}
