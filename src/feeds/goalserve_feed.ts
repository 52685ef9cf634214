import { urlSetting, wordSetting } from "./_feed_settings.ts";
import type { Feed, FeedVendor, OpenableFeed } from "./feed.ts";
import type { FetchDeps } from "./fetch.ts";
import { goalserveSource, readGoalserve } from "./goalserve.ts";
import { readGoalserveScores } from "./goalserve_scores.ts";
import { addressOfTemplate, type HttpLimits, httpFeed } from "./http_feed.ts";

export interface GoalserveFeedOptions {
  /** One of the vendor's sport names, as in `soccer` or `football`. */
  readonly sport: string;
  /** With `{key}`, `{sport}`, `{from}` and `{to}` (days as 31.12.2025) where they belong. */
  readonly urlTemplate: string;
  /** Asked for at each poll and put nowhere but into the URL. */
  readonly key: () => string;
  readonly limits?: Partial<HttpLimits>;
}

/** The largest answer known is 80 MB: 746 soccer matches with 263,923 prices. */
const LIMITS: HttpLimits = { deadlineMs: 30_000, bytesMax: 96 * 1024 * 1024 };
const DAY_MS = 86_400_000;

/** One sport of GoalServe over HTTP, from yesterday to tomorrow: prices of what has begun, of today and of the next night. */
export function goalserveFeed(options: GoalserveFeedOptions, deps: FetchDeps): Feed {
  const { sport, limits } = options;
  const source = goalserveSource(sport);
  const { key, url } = addressing(options);
  return httpFeed({ source, sport, url, key, read: readGoalserve, limits: { ...LIMITS, ...limits } }, deps);
}

/** How the matches of one sport of GoalServe stand and ended. */
export function goalserveScoresFeed(options: GoalserveFeedOptions, deps: FetchDeps): Feed {
  const { sport, limits } = options;
  const eventsSource = goalserveSource(sport);
  const source = `${eventsSource}/scores`;
  const { key, url } = addressing(options);
  const read = readGoalserveScores;
  return httpFeed({ source, eventsSource, sport, url, key, read, limits: { ...LIMITS, ...limits } }, deps);
}

export interface GoalserveVendorOptions {
  readonly oddsUrl: string;
  /** Without it nobody is asked for scores. */
  readonly scoresUrl: string | undefined;
  readonly key: () => string;
  readonly limits?: Partial<HttpLimits>;
}

/** GoalServe, whose rows of `feeds` name a sport each. */
export function goalserveVendor(
  { oddsUrl, scoresUrl, key, limits = {} }: GoalserveVendorOptions,
  deps: FetchDeps,
): FeedVendor {
  const optionsOf = (row: OpenableFeed, template: string): GoalserveFeedOptions => ({
    sport: wordSetting(row, "sport"),
    urlTemplate: urlSetting(row, template),
    key,
    limits,
  });
  return {
    name: "goalserve",
    kinds: scoresUrl === undefined ? ["goalserve"] : ["goalserve", "goalserve_scores"],
    open: (row) =>
      row.kind === "goalserve_scores" && scoresUrl !== undefined
        ? goalserveScoresFeed(optionsOf(row, scoresUrl), deps)
        : goalserveFeed(optionsOf(row, oddsUrl), deps),
  };
}

function addressing({ sport, urlTemplate, key }: GoalserveFeedOptions) {
  const url = (at: Date, secret: string) =>
    addressOfTemplate(urlTemplate, {
      key: secret,
      sport,
      from: dayOf(at.getTime() - DAY_MS),
      to: dayOf(at.getTime() + DAY_MS),
    });
  return { key, url };
}

function dayOf(epochMs: number): string {
  const [year, month, day] = new Date(epochMs).toISOString().slice(0, 10).split("-");
  return `${day}.${month}.${year}`;
}
