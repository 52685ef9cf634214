import type { Config } from "../config.ts";
import {
  type FeedSeed,
  type FeedVendor,
  type FetchDeps,
  footballDataSource,
  footballDataVendor,
  goalserveSource,
  goalserveVendor,
  type QuotaSeed,
  SIMULATED_SOURCE,
  simulatedVendor,
  theOddsApiSource,
  theOddsApiVendor,
} from "../feeds/mod.ts";

/** A vendor that the environment names, with the rows it wants. */
export interface ConfiguredVendor {
  readonly vendor: FeedVendor;
  readonly feeds: readonly FeedSeed[];
  readonly quota: QuotaSeed;
}

/** A league that plays itself should move while one looks, however rarely a vendor may be asked. */
const SIMULATION_POLL_MAX_MS = 2000;
/** The Odds API bears 30 requests a second. */
const THE_ODDS_API_GAP_MS = 100;
const FOOTBALL_DATA_GAP_MS = 1000;
/** A feed polled rarely by nature is silent when two polls in a row have failed. */
const MISSED_POLLS = 2.5;

/** The vendors of the environment, each with the feeds and limits that are written to their tables. */
export function configuredVendors({ feeds }: Pick<Config, "feeds">, deps: FetchDeps): ConfiguredVendor[] {
  const make = { simulated, goalserve, the_odds_api: theOddsApi, football_data: footballData } as const;
  return feeds.sources.map((name) => make[name](feeds, deps));
}

function simulated({ pollMs, priceAgeMaxMs, simulationSeed, frozenMs }: Config["feeds"]): ConfiguredVendor {
  const kind = "simulated";
  return {
    vendor: simulatedVendor({ seed: simulationSeed }),
    feeds: [
      {
        source: SIMULATED_SOURCE,
        kind,
        pollMs: Math.min(pollMs, SIMULATION_POLL_MAX_MS),
        silenceMs: priceAgeMaxMs,
        frozenMs,
        settings: {},
      },
    ],
    quota: { vendor: kind, gapMs: 0 },
  };
}

/** Its key bears one request a minute, whichever of its feeds it is for: the interval is the gap between any two. */
function goalserve(feeds: Config["feeds"], deps: FetchDeps): ConfiguredVendor {
  const { pollMs, priceAgeMaxMs, frozenMs, goalserveSports, goalserveUrl = "" } = feeds;
  const scoresUrl = feeds.goalserveScoresUrl;
  const key = () => feeds.goalserveKey?.reveal() ?? "";
  const limits = { deadlineMs: feeds.deadlineMs };
  return {
    vendor: goalserveVendor({ oddsUrl: goalserveUrl, scoresUrl, key, limits }, deps),
    feeds: goalserveSports.flatMap((sport) => {
      const source = goalserveSource(sport);
      const settings = { sport };
      const odds = { source, kind: "goalserve", pollMs, silenceMs: priceAgeMaxMs, frozenMs, settings };
      return scoresUrl === undefined
        ? [odds]
        : [odds, scoresOf({ source, kind: "goalserve_scores", pollMs, settings })];
    }),
    quota: { vendor: "goalserve", gapMs: pollMs },
  };
}

/** Scores price nothing, so they are never silent; and they stand still while nobody plays. */
function scoresOf({ source, ...seed }: Omit<FeedSeed, "silenceMs" | "frozenMs">): FeedSeed {
  return { ...seed, source: `${source}/scores`, silenceMs: undefined, frozenMs: undefined };
}

function theOddsApi(feeds: Config["feeds"], deps: FetchDeps): ConfiguredVendor {
  const { pollMs, priceAgeMaxMs, frozenMs, deadlineMs } = feeds;
  const { url: baseUrl, sports, regions, markets, budget, renewsOn } = feeds.theOddsApi;
  const key = () => feeds.theOddsApi.key?.reveal() ?? "";
  return {
    vendor: theOddsApiVendor({ baseUrl, key, limits: { deadlineMs } }, deps),
    feeds: sports.flatMap((sport) => {
      const source = theOddsApiSource(sport);
      const settings = { sport, regions, markets };
      const odds = { source, kind: "the_odds_api", pollMs, silenceMs: priceAgeMaxMs, frozenMs, settings };
      const scores = scoresOf({ source, kind: "the_odds_api_scores", pollMs, settings: { sport } });
      return [odds, scores];
    }),
    quota: { vendor: "the_odds_api", gapMs: THE_ODDS_API_GAP_MS, budget: { units: budget, renewsOn } },
  };
}

function footballData(
  { deadlineMs, priceAgeMaxMs, footballData }: Config["feeds"],
  deps: FetchDeps,
): ConfiguredVendor {
  const { url: urlTemplate, divisions, pollMs } = footballData;
  return {
    vendor: footballDataVendor({ urlTemplate, limits: { deadlineMs } }, deps),
    feeds: divisions.map((division) => ({
      source: footballDataSource(division),
      kind: "football_data",
      pollMs,
      silenceMs: Math.max(priceAgeMaxMs, pollMs * MISSED_POLLS),
      // Between two rounds of matches the file stays the same for days.
      frozenMs: undefined,
      settings: { division },
    })),
    quota: { vendor: "football_data", gapMs: FOOTBALL_DATA_GAP_MS },
  };
}
