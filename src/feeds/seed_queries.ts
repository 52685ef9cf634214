import type { Connection } from "../pool/mod.ts";

/** A feed as the environment wants it. */
export interface FeedSeed {
  readonly source: string;
  readonly kind: string;
  readonly pollMs: number;
  /** Without a good poll for this long the feed is silent; `undefined` where nothing is priced. */
  readonly silenceMs: number | undefined;
  /** A state unchanged for this long is a stuck source's; `undefined` where that is usual. */
  readonly frozenMs: number | undefined;
  /** Holds no secret. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What a vendor allows, as the environment has it. */
export interface QuotaSeed {
  readonly vendor: string;
  /** Between the beginnings of two requests. */
  readonly gapMs: number;
  /** Units a month, where the vendor counts them, and the day on which it begins. */
  readonly budget?: { readonly units: number; readonly renewsOn: number };
}

// What the environment says holds when it is new or another than before; between, the table is whoever's who edits it.
const SEED_FEED = `
  insert into feeds (source, kind, poll_ms, silence_ms, frozen_ms, settings, seed, seeded_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (source) do update
  set kind = excluded.kind,
      poll_ms = excluded.poll_ms,
      silence_ms = excluded.silence_ms,
      frozen_ms = excluded.frozen_ms,
      settings = excluded.settings,
      seed = excluded.seed,
      seeded_at = coalesce(feeds.seeded_at, excluded.seeded_at),
      due_at = least(feeds.due_at, now())
  where feeds.seed is distinct from excluded.seed`;

/** Writes a feed's settings if the environment has others than the last time; whether it is enabled stays as it is. */
export async function seedFeed(connection: Connection, seed: FeedSeed, at: Date): Promise<void> {
  const { source, kind, pollMs, silenceMs, frozenMs, settings } = seed;
  const told = JSON.stringify({ kind, pollMs, silenceMs, frozenMs, settings });
  const values = [
    source,
    kind,
    pollMs,
    silenceMs ?? null,
    frozenMs ?? null,
    JSON.stringify(settings),
    told,
    at,
  ];
  await connection.execute(SEED_FEED, values);
}

// A budget that grows in the middle of a period grows what is left of it, and the other way round.
const SEED_QUOTA = `
  insert into feed_quotas (vendor, gap_ms, budget, renews_on, seed)
  values ($1, $2, $3, $4, $5)
  on conflict (vendor) do update
  set gap_ms = excluded.gap_ms,
      budget = excluded.budget,
      renews_on = excluded.renews_on,
      remaining = feed_quotas.remaining + excluded.budget - feed_quotas.budget,
      period_ends_at = case
        when feed_quotas.renews_on = excluded.renews_on then feed_quotas.period_ends_at
      end,
      next_request_at = least(feed_quotas.next_request_at, now() + excluded.gap_ms * interval '1 millisecond'),
      seed = excluded.seed
  where feed_quotas.seed is distinct from excluded.seed`;

/** Writes a vendor's limits if the environment has others than the last time. */
export async function seedQuota(connection: Connection, { vendor, gapMs, budget }: QuotaSeed): Promise<void> {
  const told = JSON.stringify({ gapMs, budget });
  const values = [vendor, gapMs, budget?.units ?? null, budget?.renewsOn ?? null, told];
  await connection.execute(SEED_QUOTA, values);
}
