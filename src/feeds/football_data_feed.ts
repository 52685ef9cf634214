import { urlSetting, wordSetting } from "./_feed_settings.ts";
import type { Feed, FeedVendor } from "./feed.ts";
import type { FetchDeps } from "./fetch.ts";
import { footballDataSource, readFootballData } from "./football_data.ts";
import { addressOfTemplate, type HttpLimits, httpFeed } from "./http_feed.ts";

export interface FootballDataFeedOptions {
  /** As in `E0`. */
  readonly division: string;
  /** With `{season}` (as `2526`) and `{division}` where they belong. */
  readonly urlTemplate: string;
  readonly limits?: Partial<HttpLimits>;
}

/** A whole season of one division is half a megabyte. */
const LIMITS: HttpLimits = { deadlineMs: 30_000, bytesMax: 16 * 1024 * 1024 };
/** Divisions begin in August at the earliest; the month is counted from 0. */
const FIRST_MONTH = 6;

/** One division of football-data.co.uk, the season that a moment lies in. */
export function footballDataFeed(
  { division, urlTemplate, limits }: FootballDataFeedOptions,
  deps: FetchDeps,
): Feed {
  const url = (at: Date) => addressOfTemplate(urlTemplate, { division, season: seasonOf(at) });
  return httpFeed(
    {
      source: footballDataSource(division),
      url,
      key: () => "",
      accept: "text/csv",
      read: readFootballData,
      limits: { ...LIMITS, ...limits },
    },
    deps,
  );
}

/** football-data.co.uk, whose rows of `feeds` name a division each. */
export function footballDataVendor(
  options: Omit<FootballDataFeedOptions, "division">,
  deps: FetchDeps,
): FeedVendor {
  return {
    name: "football_data",
    kinds: ["football_data"],
    open: (row) =>
      footballDataFeed(
        {
          ...options,
          division: wordSetting(row, "division"),
          urlTemplate: urlSetting(row, options.urlTemplate),
        },
        deps,
      ),
  };
}

function seasonOf(at: Date): string {
  const year = at.getUTCFullYear() - (at.getUTCMonth() < FIRST_MONTH ? 1 : 0);
  return `${String(year % 100).padStart(2, "0")}${String((year + 1) % 100).padStart(2, "0")}`;
}
