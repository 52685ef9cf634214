import { describe, expect, test } from "bun:test";
import { FeedUnreadableError } from "../../src/feeds/mod.ts";
import { AWAY, gameOf, HOME, readScores, scoresOf } from "./_games.ts";
import { refusalOf } from "./_refusal.ts";

describe("readTheOddsApiScores", () => {
  test("reads a completed game by the sides' names, as a feed of its own that says nothing of prices", async () => {
    const snapshot = await readScores([scoresOf()]);

    expect(snapshot).toMatchObject({
      source: "the_odds_api/basketball_nba",
      feed: "the_odds_api/basketball_nba/scores",
      version: 1740850200n,
      scope: "named",
    });
    expect(snapshot.events).toEqual([
      {
        facts: expect.objectContaining({ sourceEventId: "game-1", status: "ended" }),
        prices: undefined,
        result: { state: "final", score: { home: 99, away: 101 } },
      },
    ]);
  });

  test("takes the scores in either order", async () => {
    const scores = [
      { name: HOME, score: "99" },
      { name: AWAY, score: "101" },
    ];

    const [event] = (await readScores([scoresOf({ scores })])).events;

    expect(event?.result?.score).toEqual({ home: 99, away: 101 });
  });

  test("has no result while a game is under way or to come", async () => {
    const snapshot = await readScores([
      scoresOf({ completed: false, commence_time: "2025-03-01T11:00:00Z" }),
      scoresOf({ id: "game-2", completed: false, scores: null, last_update: null }),
    ]);

    expect(snapshot.events.map(({ facts, result }) => [facts.status, result])).toEqual([
      ["live", undefined],
      ["scheduled", undefined],
    ]);
  });

  test("tells no state when nothing has begun", async () => {
    const snapshot = await readScores([scoresOf({ completed: false, scores: null, last_update: null })]);

    expect(snapshot).toMatchObject({ scope: "nothing", version: 0n });
  });

  test.each([
    ["none", null],
    ["one side's alone", [{ name: HOME, score: "99" }]],
    [
      "a side's that is not playing",
      [
        { name: HOME, score: "99" },
        { name: "Others", score: "1" },
      ],
    ],
    [
      "one side's twice",
      [
        { name: HOME, score: "99" },
        { name: HOME, score: "98" },
        { name: AWAY, score: "1" },
      ],
    ],
    [
      "words",
      [
        { name: HOME, score: "" },
        { name: AWAY, score: "won" },
      ],
    ],
    [
      "less than nothing",
      [
        { name: HOME, score: "-1" },
        { name: AWAY, score: "2" },
      ],
    ],
  ])("sets a completed game whose scores are %s aside: it is no 0-0", async (_, scores) => {
    const { events, quarantined } = await readScores([scoresOf({ scores })]);

    expect(events[0]?.facts.status).toBe("unknown");
    expect(events[0]?.result).toBeUndefined();
    expect(quarantined.map(({ reason, item }) => [reason, item])).toEqual([
      ["result_contradicted", "result"],
    ]);
  });

  test("takes a final score of soccer only where no extra time can be in it", async () => {
    const league = await readScores([scoresOf({ sport_key: "soccer_epl" })]);
    const cup = await readScores([scoresOf({ sport_key: "soccer_fa_cup" })]);

    expect(league.events[0]?.result).toBeDefined();
    expect(cup.events.map(({ facts, result }) => [facts.status, result])).toEqual([["ended", undefined]]);
  });

  test("takes the moved start of a game: the vendor shows one commence time, which ends at the real kick-off", async () => {
    const moved = scoresOf({ completed: false, commence_time: "2025-03-01T14:58:40Z" });

    const [event] = (await readScores([moved])).events;

    expect(event?.facts.startsAt).toEqual(new Date("2025-03-01T14:58:40Z"));
  });

  test("sets a game aside that cannot be told from another", async () => {
    const { events, quarantined } = await readScores([
      scoresOf({ home_team: null }),
      scoresOf({ id: "game-2" }),
    ]);

    expect(events.map(({ facts }) => facts.sourceEventId)).toEqual(["game-2"]);
    expect(quarantined.map(({ item }) => item)).toEqual(["event"]);
  });

  test("refuses an answer about odds", async () => {
    expect(await refusalOf(readScores([gameOf([])]))).toBeInstanceOf(FeedUnreadableError);
  });
});
