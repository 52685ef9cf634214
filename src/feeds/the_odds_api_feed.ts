import { wordSetting, wordsSetting } from "./_feed_settings.ts";
import type { FeedFailure } from "./errors.ts";
import type { Feed, FeedVendor, QuotaNews } from "./feed.ts";
import type { AnswerHead, FetchDeps } from "./fetch.ts";
import { type HttpLimits, httpFeed } from "./http_feed.ts";
import { readTheOddsApi } from "./the_odds_api.ts";
import { readTheOddsApiScores } from "./the_odds_api_scores.ts";

export interface TheOddsApiOptions {
  /** The vendor's host and what leads to `/v4`, as in `https://api.the-odds-api.com`. */
  readonly baseUrl: string;
  /** Asked for at each poll and put nowhere but into the URL. */
  readonly key: () => string;
  readonly limits?: Partial<HttpLimits>;
}

export interface TheOddsApiFeedOptions extends TheOddsApiOptions {
  /** One of the vendor's sport keys, as in `soccer_epl`. */
  readonly sport: string;
  /** Whose books, as in `uk` or `eu`. */
  readonly regions: readonly string[];
  readonly markets: readonly string[];
}

/** An answer for one sport holds some hundred games of some dozen books: a few megabytes. */
const LIMITS: HttpLimits = { deadlineMs: 30_000, bytesMax: 48 * 1024 * 1024 };
/** Results of the last three days, the most there is, cost as much as those of one. */
const SCORES_DAYS = 3;
const SCORES_COST = 2;

/** One sport of The Odds API, v4. A poll costs its markets times its regions, and nothing when there are no games. */
export function theOddsApiFeed(options: TheOddsApiFeedOptions, deps: FetchDeps): Feed {
  const { sport, regions, markets } = options;
  const query = {
    regions: regions.join(","),
    markets: markets.join(","),
    oddsFormat: "decimal",
    dateFormat: "iso",
  };
  const feed = httpFeed(
    { ...common(options, "odds", query), source: sourceOf(sport), read: readTheOddsApi },
    deps,
  );
  return { ...feed, cost: regions.length * markets.length };
}

/** How the games of one sport of The Odds API stand and ended, for three days. */
export function theOddsApiScoresFeed(
  options: TheOddsApiOptions & { readonly sport: string },
  deps: FetchDeps,
): Feed {
  const eventsSource = sourceOf(options.sport);
  const query = { daysFrom: `${SCORES_DAYS}`, dateFormat: "iso" };
  const feed = httpFeed(
    {
      ...common(options, "scores", query),
      source: `${eventsSource}/scores`,
      eventsSource,
      read: readTheOddsApiScores,
    },
    deps,
  );
  return { ...feed, cost: SCORES_COST };
}

/** The Odds API, whose rows of `feeds` name a sport each, with regions and markets. */
export function theOddsApiVendor(options: TheOddsApiOptions, deps: FetchDeps): FeedVendor {
  return {
    name: "the_odds_api",
    kinds: ["the_odds_api", "the_odds_api_scores"],
    open(row) {
      const sport = wordSetting(row, "sport");
      if (row.kind === "the_odds_api_scores") return theOddsApiScoresFeed({ ...options, sport }, deps);
      const [regions, markets] = [wordsSetting(row, "regions"), wordsSetting(row, "markets")];
      return theOddsApiFeed({ ...options, sport, regions, markets }, deps);
    },
  };
}

function sourceOf(sport: string): string {
  return `the_odds_api/${sport}`;
}

function common(
  { baseUrl, key, sport, limits }: TheOddsApiOptions & { readonly sport: string },
  what: "odds" | "scores",
  query: Readonly<Record<string, string>>,
) {
  return {
    sport,
    key,
    limits: { ...LIMITS, ...limits },
    quotaNews,
    failureOf,
    url: (_at: Date, apiKey: string) => {
      const path = `${baseUrl.replace(/\/+$/, "")}/v4/sports/${encodeURIComponent(sport)}/${what}/`;
      return `${path}?${new URLSearchParams({ ...query, apiKey })}`;
    },
  };
}

/** What is left and what the request cost, as each answer's headers say. */
function quotaNews(head: AnswerHead): QuotaNews {
  return { remaining: unitsIn(head, "x-requests-remaining"), cost: unitsIn(head, "x-requests-last") };
}

function unitsIn(head: AnswerHead, name: string): number | undefined {
  const text = head.header(name) ?? "";
  return /^\d{1,9}(\.\d+)?$/.test(text) ? Math.floor(Number(text)) : undefined;
}

/** The same status refuses a wrong key and one whose units are spent; only the body's error code tells. */
function failureOf(status: number, words: string): FeedFailure | undefined {
  return status === 401 && words.includes("OUT_OF_USAGE_CREDITS") ? "quota_spent" : undefined;
}
