import type { Connection } from "../pool/mod.ts";
import type { FeedFailure } from "./errors.ts";
import type { StoredAnswer } from "./feed.ts";

/** One feed of the table `feeds` that is polled. */
export interface FeedRow {
  readonly source: string;
  readonly kind: string;
  readonly settings: unknown;
  readonly poll_ms: number;
  readonly frozen_ms: number | null;
  readonly failures: number;
  readonly source_version: bigint;
  readonly state_at: Date | null;
  readonly etag: string | null;
  readonly last_modified: string | null;
  readonly validated_url: string | null;
  readonly validated_version: bigint | null;
}

export interface QuotaRow {
  readonly gap_ms: number;
  readonly budget: number | null;
  readonly renews_on: number | null;
  readonly period_ends_at: Date | null;
  readonly remaining: number | null;
}

const LOCK_QUOTA = `
  select gap_ms, budget, renews_on, period_ends_at, remaining
  from feed_quotas
  where vendor = $1
    and next_request_at <= now()
  for update skip locked`;

/** What a vendor lets us ask now, locked for who asks; `undefined` before its time, or while another worker asks. */
export async function lockQuota(connection: Connection, vendor: string): Promise<QuotaRow | undefined> {
  const [row] = await connection.query<QuotaRow>(LOCK_QUOTA, [vendor]);
  return row;
}

// Scores are worth asking for while events have begun and not ended; the vendors tell of the last three days at most.
const LOCK_DUE_FEED = `
  select
    source, kind, settings, poll_ms, frozen_ms, failures, source_version, state_at, etag, last_modified, validated_url,
    validated_version
  from feeds
  where kind = any ($1::text[])
    and enabled
    and due_at <= now()
    and (cooldown_until is null or cooldown_until <= now())
    and (claimed_until is null or claimed_until <= now() or claimed_by = $2)
    and (
      kind not like '%\\_scores'
      or exists (
        select from events
        where events.source = regexp_replace(feeds.source, '/scores$', '')
          and starts_at between $3::timestamptz - interval '3 days' and $3
          and status in ('scheduled', 'delayed', 'live', 'interrupted', 'unknown')))
  order by due_at, source
  limit 1
  for update skip locked`;

export interface DueFeed {
  readonly kinds: readonly string[];
  /** Who asks: what it had claimed before is its own to claim again. */
  readonly claimant: string;
  /** Business time. */
  readonly at: Date;
}

/** The feed of these kinds that has waited longest, locked for who asks. */
export async function lockDueFeed(
  connection: Connection,
  { kinds, claimant, at }: DueFeed,
): Promise<FeedRow | undefined> {
  const [row] = await connection.query<FeedRow>(LOCK_DUE_FEED, [kinds, claimant, at]);
  return row;
}

const CLAIM_FEED = `
  update feeds
  set claim_token = claim_token + 1,
      claimed_by = $2,
      claimed_until = now() + $3 * interval '1 millisecond',
      due_at = now() + poll_ms * interval '1 millisecond'
  where source = $1
  returning claim_token`;

/** Claims a locked feed; the next poll is due one interval from now, whatever becomes of this one. */
export async function claimFeed(
  connection: Connection,
  {
    source,
    claimant,
    leaseMs,
  }: { readonly source: string; readonly claimant: string; readonly leaseMs: number },
): Promise<bigint> {
  const [row] = await connection.query<{ claim_token: bigint }>(CLAIM_FEED, [source, claimant, leaseMs]);
  return row?.claim_token ?? 0n;
}

const SPEND_QUOTA = `
  update feed_quotas
  set remaining = $2,
      period_ends_at = $3,
      next_request_at = now() + $4 * interval '1 millisecond'
  where vendor = $1`;

export interface Spending {
  readonly vendor: string;
  readonly remaining: number | undefined;
  readonly periodEndsAt: Date | undefined;
  /** Until the vendor may be asked again. */
  readonly waitMs: number;
}

/** Takes off what a request costs, before it is made. */
export async function spendQuota(connection: Connection, spending: Spending): Promise<void> {
  const { vendor, remaining, periodEndsAt, waitMs } = spending;
  await connection.execute(SPEND_QUOTA, [vendor, remaining ?? null, periodEndsAt ?? null, waitMs]);
}

const SETTLE_QUOTA = `
  update feed_quotas
  set remaining = least(remaining + $2, $3::integer),
      next_request_at = greatest(next_request_at, now() + $4 * interval '1 millisecond')
  where vendor = $1`;

export interface Settlement {
  readonly vendor: string;
  /** Units taken off that were not charged; negative if more were. */
  readonly refund: number;
  /** As the vendor says, or `undefined` if it does not. */
  readonly remaining: number | undefined;
  readonly retryAfterMs: number;
}

/** Corrects what was taken off by what the vendor says; it is asked nothing before it wants to be. */
export async function settleQuota(connection: Connection, settlement: Settlement): Promise<void> {
  const { vendor, refund, remaining, retryAfterMs } = settlement;
  await connection.execute(SETTLE_QUOTA, [vendor, refund, remaining ?? null, retryAfterMs]);
}

const HOLD_CLAIM = `
  update feeds
  set claimed_until = now() + $3 * interval '1 millisecond'
  where source = $1
    and claim_token = $2
    and claimed_until > now()
    and enabled`;

/** Whether the claim still holds; if so it holds on for `leaseMs`, and nobody else can claim the feed before the transaction ends. */
export async function holdClaim(
  connection: Connection,
  { source, token, leaseMs }: { readonly source: string; readonly token: bigint; readonly leaseMs: number },
): Promise<boolean> {
  return (await connection.execute(HOLD_CLAIM, [source, token, leaseMs])) === 1;
}

const COMPLETE_POLL = `
  with before as (
    select source, silent_since
    from feeds
    where source = $1
    for update
  )
  update feeds
  set claimed_by = null,
      claimed_until = null,
      failures = 0,
      cooldown_until = null,
      last_failure = null,
      last_poll_at = greatest(feeds.last_poll_at, $2),
      last_good_at = greatest(feeds.last_good_at, $2),
      state_at = case when $3 then $2 else coalesce(state_at, $2) end,
      etag = $4,
      last_modified = $5,
      validated_url = $6,
      validated_version = feeds.source_version,
      silent_since = null
  from before
  where feeds.source = before.source
  returning before.silent_since`;

export interface CompletedPoll {
  readonly source: string;
  /** Business time. */
  readonly at: Date;
  /** The source's state is another than before. */
  readonly isNews: boolean;
  /** What the stored state came with. */
  readonly stored: StoredAnswer | undefined;
}

/** Ends a claim with a good poll. Returns since when the feed had been silent, if it was. */
export async function completePoll(
  connection: Connection,
  { source, at, isNews, stored }: CompletedPoll,
): Promise<Date | undefined> {
  const values = [
    source,
    at,
    isNews,
    stored?.etag ?? null,
    stored?.lastModified ?? null,
    stored?.url ?? null,
  ];
  const [row] = await connection.query<{ silent_since: Date | null }>(COMPLETE_POLL, values);
  return row?.silent_since ?? undefined;
}

const FAIL_POLL = `
  update feeds
  set claimed_by = null,
      claimed_until = null,
      failures = $4,
      cooldown_until = now() + $5 * interval '1 millisecond',
      last_failure = $3,
      last_poll_at = greatest(last_poll_at, $2)
  where source = $1`;

export interface FailedPoll {
  readonly source: string;
  /** Business time. */
  readonly at: Date;
  readonly failure: FeedFailure;
  /** In a row, this one included. */
  readonly failures: number;
  /** For how long nobody tries again. */
  readonly cooldownMs: number;
}

/** Ends a claim with a poll that brought nothing good. */
export async function failPoll(connection: Connection, poll: FailedPoll): Promise<void> {
  const { source, at, failure, failures, cooldownMs } = poll;
  await connection.execute(FAIL_POLL, [source, at, failure, failures, cooldownMs]);
}

const RELEASE_CLAIM = `
  update feeds
  set claimed_by = null,
      claimed_until = null
  where source = $1
    and claim_token = $2`;

/** Gives a claim back before anything came of it. */
export async function releaseClaim(connection: Connection, source: string, token: bigint): Promise<void> {
  await connection.execute(RELEASE_CLAIM, [source, token]);
}
