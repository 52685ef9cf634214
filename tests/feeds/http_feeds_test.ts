import { afterAll, beforeAll, beforeEach, describe, expect, test } from "bun:test";
import {
  FeedMisconfiguredError,
  FeedUnreachableError,
  type FeedVendor,
  type FetchDeps,
  footballDataVendor,
  goalserveVendor,
  type PollAnswer,
  type PollRequest,
  theOddsApiVendor,
} from "../../src/feeds/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { board, match, WINNER } from "./_board.ts";

const KEY = "k-very-secret";
const AT = new Date("2025-03-01T12:00:00Z");
const asked: { readonly url: URL; readonly headers: Record<string, string> }[] = [];
let answer: () => Response;
let server: ReturnType<typeof Bun.serve>;
let origin: string;

beforeAll(() => {
  server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch(request) {
      asked.push({ url: new URL(request.url), headers: Object.fromEntries(request.headers) });
      return answer();
    },
  });
  origin = `http://127.0.0.1:${server.port}`;
});
beforeEach(() => void asked.splice(0));
afterAll(() => server.stop(true));

const deps: FetchDeps = {
  fetch,
  clock: systemClock,
  resolve: async (hostname) => [hostname],
  privateHosts: new Set(["127.0.0.1"]),
};

/** Polls a row once; what the source said beside its answer, and what became of it. */
async function poll(
  vendor: FeedVendor,
  row: { source: string; kind: string; settings: unknown },
  over: Partial<PollRequest> = {},
) {
  const heard: PollAnswer[] = [];
  const feed = vendor.open(row);
  const request = {
    at: AT,
    unfinished: async () => [],
    signal: new AbortController().signal,
    answered: (said: PollAnswer) => heard.push(said),
    ...over,
  };
  const outcome = await feed.poll(request).catch((error: unknown) => error);
  return { outcome, heard: heard[0], cost: feed.cost };
}

describe("The Odds API", () => {
  const vendor = () => theOddsApiVendor({ baseUrl: `${origin}/`, key: () => KEY }, deps);
  const settings = { sport: "basketball_nba", regions: ["us", "eu"], markets: ["h2h", "spreads", "totals"] };
  const odds = { source: "the_odds_api/basketball_nba", kind: "the_odds_api", settings };
  const scores = {
    source: `${odds.source}/scores`,
    kind: "the_odds_api_scores",
    settings: { sport: "basketball_nba" },
  };
  const headers = { "x-requests-remaining": "480", "x-requests-used": "20", "x-requests-last": "6" };

  test("is asked for markets and regions at their product's cost, and says what is left", async () => {
    answer = () => Response.json([], { headers });

    const { outcome, heard, cost } = await poll(vendor(), odds);

    expect(asked[0]?.url.pathname).toBe("/v4/sports/basketball_nba/odds/");
    expect(Object.fromEntries(asked[0]?.url.searchParams ?? [])).toEqual({
      apiKey: KEY,
      regions: "us,eu",
      markets: "h2h,spreads,totals",
      oddsFormat: "decimal",
      dateFormat: "iso",
    });
    expect(cost).toBe(6);
    expect(heard?.quota).toEqual({ remaining: 480, cost: 6 });
    expect(outcome).toMatchObject({ scope: "nothing" });
  });

  test("is asked for the scores of three days for two units, as a feed of its own", async () => {
    answer = () => Response.json([]);

    const { outcome, cost } = await poll(vendor(), scores);

    expect(asked[0]?.url.pathname).toBe("/v4/sports/basketball_nba/scores/");
    expect(asked[0]?.url.searchParams.get("daysFrom")).toBe("3");
    expect(cost).toBe(2);
    expect(outcome).toMatchObject({ source: "the_odds_api/basketball_nba", feed: scores.source });
  });

  test.each([
    ["OUT_OF_USAGE_CREDITS", "quota_spent"],
    ["INVALID_KEY", "refused"],
  ])("that refuses with %s is %s", async (code, failure) => {
    answer = () => Response.json({ message: "no", error_code: code }, { status: 401 });

    const { outcome } = await poll(vendor(), odds);

    expect(outcome).toBeInstanceOf(FeedUnreachableError);
    expect(outcome).toMatchObject({ failure });
    expect(Bun.inspect(outcome)).not.toContain(KEY);
  });

  test.each([
    ["12", 12_000],
    ["Sat, 01 Mar 2025 12:01:00 GMT", 60_000],
    ["Fri, 28 Feb 2025 12:00:00 GMT", 0],
    ["99999999", 86_400_000],
    ["soon", undefined],
  ])("that is busy and says %p is left alone for %p ms", async (retryAfter, ms) => {
    answer = () => new Response("busy", { status: 429, headers: { "retry-after": retryAfter } });

    const { heard, outcome } = await poll(vendor(), odds);

    expect(heard?.retryAfterMs).toBe(ms);
    expect(outcome).toMatchObject({ failure: "rate_limited" });
  });

  test.each<[string, unknown]>([
    ["no settings", {}],
    ["a sport that leads elsewhere", { ...settings, sport: "../../v3" }],
    ["no list of markets", { ...settings, markets: "h2h" }],
    ["no object", null],
  ])("cannot be polled by a row with %s", (_what, wrong) => {
    expect(() => vendor().open({ ...odds, settings: wrong })).toThrow(FeedMisconfiguredError);
  });
});

describe("a conditional request", () => {
  const soccer = { source: "goalserve/soccer", kind: "goalserve", settings: { sport: "soccer" } };
  const vendor = (key = KEY) =>
    goalserveVendor(
      { oddsUrl: `${origin}/{key}/{sport}?to={to}`, scoresUrl: `${origin}/scores/{sport}`, key: () => key },
      deps,
    );
  const tagged = () =>
    Response.json(board([match([WINNER])]), {
      headers: { etag: '"a"', "last-modified": "Sat, 01 Mar 2025 11:00:00 GMT" },
    });

  test("is made with what the stored state came with, and nothing new is no snapshot", async () => {
    answer = tagged;
    const { heard } = await poll(vendor(), soccer);
    answer = () => new Response(null, { status: 304 });

    const { outcome } = await poll(vendor(), soccer, { stored: heard?.stored });

    expect(asked[1]?.headers).toMatchObject({
      "if-none-match": '"a"',
      "if-modified-since": "Sat, 01 Mar 2025 11:00:00 GMT",
    });
    expect(outcome).toBeUndefined();
  });

  test("is not made for another address, whose older date would be taken for no change", async () => {
    answer = tagged;
    const { heard } = await poll(vendor(), soccer);

    await poll(vendor(), soccer, { stored: heard?.stored, at: new Date("2025-03-02T12:00:00Z") });

    expect(asked[1]?.headers["if-none-match"]).toBeUndefined();
  });

  test("is made under another key too, and what is kept of the address holds no key", async () => {
    answer = tagged;
    const { heard } = await poll(vendor(), soccer);

    await poll(vendor("another"), soccer, { stored: heard?.stored });

    expect(asked[1]?.headers["if-none-match"]).toBe('"a"');
    expect(heard?.stored.url).toMatch(/^[0-9a-f]{64}$/);
  });

  test("has nothing to go by where validators are too long to keep", async () => {
    answer = () => Response.json(board([match([WINNER])]), { headers: { etag: `"${"a".repeat(200)}"` } });

    expect((await poll(vendor(), soccer)).heard?.stored.etag).toBeUndefined();
  });
});

describe("GoalServe's scores", () => {
  test("are asked for at an address of their own, and speak of the events of the odds", async () => {
    const scoresUrl = `${origin}/{key}/{sport}new/home`;
    const vendor = goalserveVendor({ oddsUrl: `${origin}/odds`, scoresUrl, key: () => KEY }, deps);
    const row = {
      source: "goalserve/soccer/scores",
      kind: "goalserve_scores",
      settings: { sport: "soccer" },
    };
    const { odds: _, ...played } = match([], { status: "FT" });
    answer = () =>
      Response.json({
        scores: { sport: "soccer", category: [{ id: "1", name: "One", matches: { match: [played] } }] },
      });

    const { outcome } = await poll(vendor, row);

    expect(asked[0]?.url.pathname).toBe(`/${KEY}/soccernew/home`);
    expect(outcome).toMatchObject({ source: "goalserve/soccer", feed: row.source, scope: "named" });
  });
});

describe("a row's own address", () => {
  const row = (url: unknown) => ({
    source: "goalserve/soccer",
    kind: "goalserve",
    settings: { sport: "soccer", url },
  });
  const vendor = () =>
    goalserveVendor({ oddsUrl: `${origin}/{key}/{sport}`, scoresUrl: undefined, key: () => KEY }, deps);

  test("may change the path", async () => {
    answer = () => Response.json(board([match([WINNER])]));

    await poll(vendor(), row(`${origin}/other/{key}`));

    expect(asked[0]?.url.pathname).toBe(`/other/${KEY}`);
  });

  test.each(["http://127.0.0.1:1/{key}", "https://elsewhere.example.org/{key}", 7, "nowhere"])(
    "may not lead the key to another host: %p",
    (url) => {
      expect(() => vendor().open(row(url))).toThrow(FeedMisconfiguredError);
    },
  );
});

describe("football-data.co.uk", () => {
  test.each([
    ["2025-06-30T12:00:00Z", "/2425/E0.csv"],
    ["2025-07-01T12:00:00Z", "/2526/E0.csv"],
    ["2099-12-01T12:00:00Z", "/9900/E0.csv"],
  ])("is asked at %s for %s", async (at, path) => {
    answer = () => new Response("no", { status: 404 });
    const vendor = footballDataVendor({ urlTemplate: `${origin}/{season}/{division}.csv` }, deps);

    const row = { source: "football_data/E0", kind: "football_data", settings: { division: "E0" } };
    await poll(vendor, row, { at: new Date(at) });

    expect(asked[0]?.url.pathname).toBe(path);
    expect(asked[0]?.headers["accept"]).toBe("text/csv");
  });
});
