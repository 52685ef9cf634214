import type { Clock } from "../resilience/mod.ts";
import type { StepReport, StepScope } from "../worker/mod.ts";
import type { FeedEvent } from "./feed_event.ts";
import { markSilent, recordAllOdds, selectSilent } from "./silence_queries.ts";

/** A feed that is silent, and since when, in business time. */
export interface SilentFeed {
  readonly source: string;
  readonly since: Date;
}

export interface SilenceDeps {
  /** Business time is its `epochMs()`. */
  readonly clock: Clock;
  readonly observe: (event: FeedEvent) => void;
  /** Told of all that are silent, after each look. */
  readonly told: (silent: readonly SilentFeed[]) => void;
}

/**
 * The step of a loop that finds feeds without a good poll within their limits: what they priced is not to be bet on until a
 * complete good poll ends the silence. Any worker marks any feed, also those it does not poll, whose own workers may be gone.
 */
export function silenceStep({
  clock,
  observe,
  told,
}: SilenceDeps): (scope: StepScope) => Promise<StepReport> {
  return async (scope) => {
    const at = new Date(clock.epochMs());
    await using lease = await scope.lease({ access: "write" });
    const { connection } = lease;
    const fallen = await markSilent(connection, at);
    const silent = await selectSilent(connection);
    if (fallen.length > 0) await recordAllOdds(connection);
    await lease.commit();
    for (const { source, last_good_at, silence_ms } of fallen) {
      observe({ type: "feed_silent", source, lastGoodAt: last_good_at ?? undefined, limitMs: silence_ms });
    }
    told(silent.map(({ source, silent_since: since }) => ({ source, since })));
    return { worked: false, counts: { silent: silent.length } };
  };
}
