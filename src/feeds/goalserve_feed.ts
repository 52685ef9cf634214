import { type FetchDeps, fetchJson } from "./fetch.ts";
import { goalserveSource, readGoalserve } from "./goalserve.ts";
import type { Feed } from "./snapshot.ts";

export interface GoalserveFeedOptions {
  /** One of the vendor's sport names, as in `soccer` or `football`. */
  readonly sport: string;
  /** With `{key}`, `{sport}`, `{from}` and `{to}` (days as 31.12.2025) where they belong. */
  readonly urlTemplate: string;
  /** Asked for at each poll and put nowhere but into the URL. */
  readonly key: () => string;
  readonly deadlineMs?: number;
  readonly bytesMax?: number;
}

const DEADLINE_MS = 20_000;
/** The largest answer known is 80 MB: 746 soccer matches with 263,923 prices. */
const BYTES_MAX = 256 * 1024 * 1024;
const DAY_MS = 86_400_000;

/** One sport of GoalServe over HTTP, from yesterday to tomorrow: prices of what has begun, of today and of the next night. */
export function goalserveFeed(options: GoalserveFeedOptions, deps: FetchDeps): Feed {
  const { sport, deadlineMs = DEADLINE_MS, bytesMax = BYTES_MAX } = options;
  const source = goalserveSource(sport);
  return {
    source,
    async poll({ at, signal }) {
      const url = urlOf(options, at);
      const answer = await fetchJson(url, { source, deadlineMs, bytesMax, signal }, deps);
      const body = new Blob([JSON.stringify(answer)]).stream();
      return await readGoalserve(body, { source, at, sport });
    },
  };
}

function urlOf({ urlTemplate, sport, key }: GoalserveFeedOptions, at: Date): string {
  const values: Readonly<Record<string, string>> = {
    key: key(),
    sport,
    from: dayOf(at.getTime() - DAY_MS),
    to: dayOf(at.getTime() + DAY_MS),
  };
  return urlTemplate.replace(/\{(key|sport|from|to)\}/g, (_, name: string) =>
    encodeURIComponent(values[name] ?? ""),
  );
}

function dayOf(epochMs: number): string {
  const [year, month, day] = new Date(epochMs).toISOString().slice(0, 10).split("-");
  return `${day}.${month}.${year}`;
}
