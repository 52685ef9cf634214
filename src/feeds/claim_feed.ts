import type { Lease, LeaseOptions } from "../pool/mod.ts";
import { claimFeed, type FeedRow, lockDueFeed, lockQuota, spendQuota } from "./claim_queries.ts";
import { FeedMisconfiguredError } from "./errors.ts";
import type { Feed, FeedVendor, OpenableFeed, StoredAnswer } from "./feed.ts";
import { decideQuota } from "./quota.ts";

/** One poll that is nobody else's to make. */
export interface Claim {
  readonly vendor: string;
  readonly row: FeedRow;
  readonly feed: Feed;
  /** Grows with each claim of the feed. */
  readonly token: bigint;
  /** Units of the vendor's quota that were taken off for it. */
  readonly cost: number;
}

export type ClaimResult =
  | { readonly type: "claimed"; readonly claim: Claim }
  /** A feed is due, and its vendor's units for the period are spent. */
  | { readonly type: "withheld"; readonly source: string; readonly until: Date }
  | { readonly type: "nothing" };

export interface ClaimOptions {
  /** Who asks, as no other does: what it held before, and lost sight of, it may claim again. */
  readonly claimant: string;
  /** For how long nobody else may poll the feed. */
  readonly leaseMs: number;
  /** Business time. */
  readonly at: Date;
}

/** A vendor whose units are spent is looked at again after this long at the latest: somebody may have raised its budget. */
const SPENT_LOOK_MS = 60_000;

/**
 * Claims the feed of a vendor that has waited longest, if one is due and the vendor's pace and quota allow for a request now. What
 * it costs is spent with the claim: however many workers there are, each poll is made, and paid for, once.
 *
 * @throws {DatabaseUnavailableError | StatementError | CommitUnknownError} As the pool.
 */
export async function claimNext(
  vendor: FeedVendor,
  { claimant, leaseMs, at }: ClaimOptions,
  { lease: take }: { lease(options: LeaseOptions): Promise<Lease> },
): Promise<ClaimResult> {
  await using lease = await take({ access: "write" });
  const { connection } = lease;
  const quota = await lockQuota(connection, vendor.name);
  const row = quota && (await lockDueFeed(connection, { kinds: vendor.kinds, claimant, at }));
  if (quota === undefined || row === undefined) return { type: "nothing" };
  const { source } = row;
  const feed = openFeed(vendor, row);
  const cost = feed.cost ?? 0;
  const decision = decideQuota(quota, { cost, at });
  if (decision.type === "spent") {
    await spendQuota(connection, { vendor: vendor.name, ...decision, waitMs: SPENT_LOOK_MS });
    await lease.commit();
    return { type: "withheld", source, until: decision.periodEndsAt };
  }
  await spendQuota(connection, { vendor: vendor.name, ...decision });
  const token = await claimFeed(connection, { source, claimant, leaseMs });
  await lease.commit();
  return { type: "claimed", claim: { vendor: vendor.name, row, feed, token, cost } };
}

/** A row that nobody can poll is claimed like any other, so that its failure is told, cached and seen to once. */
function openFeed(vendor: FeedVendor, row: OpenableFeed): Feed {
  try {
    return vendor.open(row);
  } catch (error) {
    if (!(error instanceof FeedMisconfiguredError)) throw error;
    return { source: row.source, poll: () => Promise.reject(error) };
  }
}

/** What the stored state of a claimed feed came with, unless another state has been stored since. */
export function storedAnswer({ row }: Claim): StoredAnswer | undefined {
  if (row.validated_url === null || row.validated_version !== row.source_version) return undefined;
  return {
    etag: row.etag ?? undefined,
    lastModified: row.last_modified ?? undefined,
    url: row.validated_url,
  };
}
