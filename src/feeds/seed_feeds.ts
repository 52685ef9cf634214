import type { Lease, LeaseOptions } from "../pool/mod.ts";
import { type FeedSeed, type QuotaSeed, seedFeed, seedQuota } from "./seed_queries.ts";

export interface Seeds {
  readonly feeds: readonly FeedSeed[];
  readonly quotas: readonly QuotaSeed[];
}

/**
 * Makes the rows by which feeds are polled, in the order of their names so that workers that start at once do not wait for each
 * other crosswise. Safe any number of times.
 *
 * @throws {DatabaseUnavailableError | StatementError | CommitUnknownError} As the pool.
 */
export async function seedFeeds(
  { feeds, quotas }: Seeds,
  { lease: take, at }: { lease(options: LeaseOptions): Promise<Lease>; readonly at: Date },
): Promise<void> {
  await using lease = await take({ access: "write" });
  for (const quota of sorted(quotas, ({ vendor }) => vendor)) await seedQuota(lease.connection, quota);
  for (const feed of sorted(feeds, ({ source }) => source)) await seedFeed(lease.connection, feed, at);
  await lease.commit();
}

function sorted<T>(values: readonly T[], nameOf: (value: T) => string): T[] {
  return [...values].sort((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1));
}
