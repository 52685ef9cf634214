import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readGoalserveScores } from "../../src/feeds/goalserve_scores.ts";
import { FeedUnreadableError } from "../../src/feeds/mod.ts";
import { dataPath } from "../harness/mod.ts";
import { board, type Entry, type Json, match, WINNER } from "./_board.ts";
import { bytesOf } from "./_read.ts";

// A machine that other work may share.
setDefaultTimeout(60_000);

const AT = new Date("2025-03-01T17:30:00Z");

function readScores(answer: unknown, source = "goalserve/soccer") {
  return readGoalserveScores(bytesOf(JSON.stringify(answer)), { source, at: AT });
}

function scored(status: string, goals: readonly [string, string], over: Entry = {}): Entry {
  return {
    "@id": "501",
    "@status": status,
    "@formatted_date": "01.03.2025",
    "@date": "Mar 01",
    "@time": "15:00",
    // Away first: what a side is, its name tells.
    visitorteam: { "@id": "2", "@name": "Millbrook", "@goals": goals[1] },
    localteam: { "@id": "1", "@name": "Harbour Rovers", "@goals": goals[0] },
    events: null,
    ht: { "@score": "" },
    ...over,
  };
}

function scoreBoard(matches: Json, over: Entry = {}): Entry {
  const category = { "@id": "77", "@name": "Nowhere: First League", matches: { match: matches } };
  return { scores: { "@sport": "soccer", "@updated": "01.03.2025 09:15:00", category, ...over } };
}

/** A match as the odds name its attributes: plainly. */
function withoutOdds(over: Entry): Entry {
  const { odds: _, ...rest } = match([], over);
  return rest;
}

async function only(found: Entry) {
  const { events, quarantined } = await readScores(scoreBoard(found));
  return { event: events[0], quarantined };
}

describe("readGoalserveScores", () => {
  test("tells how matches stand and ended, by its own versions, and not a word about prices", async () => {
    const ended = scored("FT", ["3", "1"], { ht: { "@score": "[2-1]" }, ft: { "@score": "[3-1]" } });

    const snapshot = await readScores(scoreBoard([ended, scored("15:00", ["?", "?"], { "@id": "502" })]));

    expect(snapshot).toMatchObject({
      source: "goalserve/soccer",
      feed: "goalserve/soccer/scores",
      version: BigInt(Date.parse("2025-03-01T09:15:00Z") / 1000),
      scope: "named",
      quarantined: [],
      counts: { events: 2, markets: 0, prices: 0, open: 0, suspended: 0, quarantined: {} },
    });
    expect(snapshot.events).toMatchObject([
      {
        facts: {
          sourceEventId: "501",
          sport: "soccer",
          competitionId: "soccer-77",
          home: "Harbour Rovers",
          away: "Millbrook",
          startsAt: new Date("2025-03-01T15:00:00Z"),
          status: "ended",
        },
        result: { state: "final", score: { home: 3, away: 1 }, halfTimeScore: { home: 2, away: 1 } },
      },
      { facts: { sourceEventId: "502", status: "scheduled" } },
    ]);
    expect(snapshot.events.map(({ prices }) => prices)).toEqual([undefined, undefined]);
    expect(snapshot.events[1]?.result).toBeUndefined();
  });

  test("reads the plain list, of its own sport alone, and counts from the poll where there is no version", async () => {
    const entry = (source: string, found: Entry) => ({ league: "Nowhere: Cup", source, match: found });
    const list = [
      entry("sport_soccernew/home", scored("64", ["0", "1"])),
      entry("sport_futsal/home", withoutOdds({ status: "FT" })),
    ];

    const soccer = await readScores(list);
    const futsal = await readScores(list, "goalserve/futsal");

    expect(soccer.version).toBe(BigInt(AT.getTime() / 1000));
    expect(soccer.events).toMatchObject([
      { facts: { status: "live", clockMinutes: 64, competition: "Nowhere: Cup" } },
    ]);
    expect(futsal.events).toMatchObject([{ facts: { sport: "futsal", status: "ended" } }]);
    expect(futsal.feed).toBe("goalserve/futsal/scores");
  });

  test.each([
    ["missing", scored("FT", ["?", "?"])],
    ["empty", scored("FT", ["", ""])],
    ["of one side", scored("FT", ["2", "?"])],
    ["in play", scored("64", ["2", "0"])],
    ["at half time", scored("HT", ["2", "0"], { ht: { "@score": "[2-0]" } })],
    ["after extra time, which it includes", scored("AET", ["2", "1"])],
    ["after penalties", scored("Pen.", ["2", "1"])],
    ["of a walkover", scored("WO", ["3", "0"])],
    ["of a match called off", scored("Postp.", ["0", "0"])],
    ["of a match given up", scored("Aban.", ["1", "0"])],
    ["under a status nobody understands", scored("Awarded?", ["3", "0"])],
    ["under no status", scored("", ["3", "0"])],
  ])("makes no result of a score %s", async (_, found) => {
    const { event } = await only(found);

    expect(event?.facts.sourceEventId).toBe("501");
    expect(event?.result).toBeUndefined();
  });

  test.each([
    ["TBA", "unknown"],
    ["Awarded?", "unknown"],
    ["Int.", "interrupted"],
    ["Aban.", "abandoned"],
    ["Cancl.", "cancelled"],
    ["ET", "live"],
    ["90+3", "live"],
  ] as const)("reads the status %p as %s", async (words, status) => {
    expect((await only(scored(words, ["0", "0"]))).event?.facts.status).toBe(status);
  });

  test.each([
    ["full-time score", { ft: { "@score": "[2-1]" } }],
    ["half-time score, which exceeds it", { ht: { "@score": "[4-0]" } }],
  ])("sets aside a result that contradicts its own %s", async (_, over) => {
    const { event, quarantined } = await only(scored("FT", ["3", "1"], over));

    expect(event?.result).toBeUndefined();
    expect(quarantined).toMatchObject([
      {
        reason: "result_contradicted",
        sourceEventId: "501",
        item: "result",
        sample: { home: "Harbour Rovers" },
      },
    ]);
  });

  test("leaves out what cannot be told from another, and takes an empty answer for no state", async () => {
    expect((await readScores(scoreBoard([scored("FT", ["1", "0"], { "@id": "" })]))).events).toEqual([]);
    expect(await readScores(scoreBoard([]))).toMatchObject({ scope: "nothing", events: [] });
  });

  test.each([
    ["an answer with odds", board([match([WINNER])])],
    ["another sport's answer", { scores: { "@sport": "tennis", category: [] } }],
    ["an answer without categories", { scores: { "@sport": "soccer" } }],
    ["a list of something else", [{ name: "x" }]],
    ["words", "Busy"],
  ])("refuses %s", async (_, answer) => {
    await expect(readScores(answer)).rejects.toThrow(FeedUnreadableError);
  });
});

describe.skipIf(dataPath("goalserve") === undefined)("the stored score feed", () => {
  interface Stored {
    readonly source: string;
    readonly match: {
      readonly "@id": string;
      readonly "@status": string;
      readonly ft?: { "@score": string };
    };
  }

  test("agrees with an independent count: statuses, results, and no score that is missing", async () => {
    const file: Stored[] = await Bun.file(dataPath("goalserve/2025-08-05_soccer_scores.json") ?? "").json();
    const soccer = file.filter(({ source }) => source.startsWith("sport_soccernew"));

    const { events, counts, quarantined } = await readScores(file);

    expect(counts.events).toBe(soccer.length);
    expect(events).toHaveLength(soccer.length);
    expect(quarantined).toEqual([]);
    const results = events.flatMap(({ facts, result }) =>
      result?.score ? [`${facts.sourceEventId} [${result.score.home}-${result.score.away}]`] : [],
    );
    expect(results).toEqual(
      soccer.flatMap(({ match: one }) =>
        one["@status"] === "FT" ? [`${one["@id"]} ${one.ft?.["@score"]}`] : [],
      ),
    );
    expect(results.length).toBeGreaterThan(20);
    const statuses = Object.groupBy(events, ({ facts }) => facts.status);
    expect({
      ended: statuses.ended?.length,
      live: statuses.live?.length,
      postponed: statuses.postponed?.length,
      walkover: statuses.walkover?.length,
      cancelled: statuses.cancelled?.length,
      unknown: statuses.unknown?.length,
    }).toEqual({
      ended: results.length,
      live: 4,
      postponed: 7,
      walkover: 1,
      cancelled: 1,
      unknown: undefined,
    });
  });
});
