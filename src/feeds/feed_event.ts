import type { FeedFailure } from "./errors.ts";
import type { Snapshot } from "./snapshot.ts";
import type { WriteReport } from "./write_snapshot.ts";

/** What becomes of feeds, for logs and metrics. */
export type FeedEvent =
  | {
      readonly type: "feed_taken";
      readonly source: string;
      readonly counts: Snapshot["counts"];
      readonly report: WriteReport;
    }
  /** The source says that its state is the stored one. */
  | { readonly type: "feed_unchanged"; readonly source: string }
  | {
      readonly type: "feed_failed";
      readonly source: string;
      readonly error: unknown;
      /** Of the source; `undefined` if it was the database that failed. */
      readonly failure: FeedFailure | undefined;
      /** For how long nobody asks the source again. */
      readonly cooldownMs: number | undefined;
    }
  /** Another worker has the feed now, or it was switched off: what this one fetched was not written. */
  | { readonly type: "feed_lost"; readonly source: string }
  /** Nobody is asked, as the vendor's units for the period are spent. */
  | { readonly type: "feed_withheld"; readonly vendor: string; readonly source: string; readonly until: Date }
  | {
      readonly type: "feed_silent";
      readonly source: string;
      readonly lastGoodAt: Date | undefined;
      readonly limitMs: number;
    }
  | { readonly type: "feed_heard"; readonly source: string; readonly silentSince: Date }
  /** Whether the database lets feeds be claimed. */
  | { readonly type: "claims_failed"; readonly vendor: string; readonly error: unknown }
  | { readonly type: "claims_work"; readonly vendor: string };
