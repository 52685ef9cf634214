import { describe, expect, test } from "bun:test";
import { readGoalserveScores } from "../../src/feeds/goalserve_scores.ts";
import {
  readFootballData,
  readTheOddsApiScores,
  type SnapshotEvent,
  simulatedSnapshot,
} from "../../src/feeds/mod.ts";
import { countsOf } from "../../src/results/mod.ts";
import type { Entry } from "./_board.ts";
import { bytesOf } from "./_read.ts";

const AT = new Date("2025-03-01T18:30:00Z");

function wordsOf(event: SnapshotEvent | undefined): string[] {
  const counts = event?.known?.counts ?? [];
  const pairs = Map.groupBy(
    counts,
    ({ statistic, period, final }) => `${statistic} ${period}${final ? "" : " so far"}`,
  );
  return [...pairs].map(
    ([name, sides]) => `${name} ${sides.map(({ side, value }) => `${side[0]}${value}`).join(" ")}`,
  );
}

describe("football_data", () => {
  const header = "Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HC,AC,HY,AY,HR,AR";
  const read = async (division: string, counts: string) => {
    const text = `${header}\n${division},01/03/2025,15:00,A,B,2,1,H,${counts}\n`;
    const { events } = await readFootballData(bytesOf(text), { source: `football_data/${division}`, at: AT });
    return wordsOf(events[0]);
  };

  test("tells corners and cards of a match that is over, and nothing of what is blank", async () => {
    expect(await read("SP1", "5,0,2,3,0,1")).toEqual([
      "corners regulation h5 a0",
      "yellow_cards regulation h2 a3",
      "red_cards regulation h0 a1",
    ]);
    expect(await read("SP1", "5,,,3,0,")).toEqual([
      "corners regulation h5",
      "red_cards regulation h0",
      "yellow_cards regulation so far a3",
    ]);
  });

  test("takes English and Scottish yellow cards beside a red one for the least they can be: they leave out its first", async () => {
    for (const division of ["E0", "SC0"])
      expect(await read(division, "5,0,2,3,0,1")).toEqual([
        "corners regulation h5 a0",
        "yellow_cards regulation h2",
        "red_cards regulation h0 a1",
        "yellow_cards regulation so far a3",
      ]);
  });

  test("tells nothing of a match without a score", async () => {
    const text = `${header}\nE0,01/03/2025,15:00,A,B,,,,5,0,2,3,0,0\n`;
    const { events } = await readFootballData(bytesOf(text), { source: "football_data/E0", at: AT });
    expect(events[0]?.known).toBeUndefined();
  });
});

async function readMatch(sport: string, over: Entry, sides: readonly [Entry, Entry]) {
  const match = {
    ...{ "@id": "501", "@formatted_date": "01.03.2025", "@time": "15:00", ...over },
    localteam: { "@name": "Harbour", ...sides[0] },
    [sport === "soccer" ? "visitorteam" : "awayteam"]: { "@name": "Millbrook", ...sides[1] },
  };
  const category = { "@id": "77", "@name": "Nowhere", matches: { match } };
  const answer = { scores: { "@sport": sport, "@updated": "01.03.2025 09:15:00", category } };
  const { events } = await readGoalserveScores(bytesOf(JSON.stringify(answer)), {
    source: `goalserve/${sport}`,
    at: AT,
  });
  return events[0];
}

describe("goalserve soccer", () => {
  const goal = (team: string, minute: string, result: string, player = "") => ({
    ...{ "@type": "goal", "@team": team, "@minute": minute, "@result": result, "@player": player },
  });
  const play = (status: string, goals: readonly [string, string], over: Entry = {}) =>
    readMatch("soccer", { "@status": status, ...over }, [{ "@goals": goals[0] }, { "@goals": goals[1] }]);
  const half = { ht: { "@score": "[1-1]" } };
  const events = {
    event: [
      goal("localteam", "7", "[1 - 0]", "A. Scorer"),
      goal("visitorteam", "45", "[1 - 1]", "B. Own (o.g.)"),
      { "@type": "yellowcard", "@team": "localteam", "@minute": "50" },
      { "@type": "yellowred", "@team": "localteam", "@minute": "60" },
      goal("localteam", "80", "[2 - 1]"),
    ],
  };

  test.each([
    ["12", ["1", "0"], {}, ["score first_half so far h1 a0", "score regulation so far h1 a0"]],
    ["HT", ["1", "1"], half, ["score first_half h1 a1", "score regulation so far h1 a1"]],
    ["64", ["2", "1"], half, ["score first_half h1 a1", "score regulation so far h2 a1"]],
    ["64", ["2", "1"], {}, ["score regulation so far h2 a1"]],
    ["97", ["2", "1"], half, []],
    ["ET", ["2", "1"], half, ["score match so far h2 a1"]],
    ["AET", ["2", "1"], half, ["score match h2 a1"]],
    ["Pen.", ["2", "1"], half, []],
    ["64", ["?", "1"], half, []],
    ["Awarded?", ["3", "0"], half, []],
    ["Postp.", ["0", "0"], {}, []],
  ] as const)("tells at %s, with %p goals, what is surely known", async (status, goals, over, words) => {
    expect(wordsOf(await play(status, goals, over))).toEqual([...words]);
  });

  test("tells at full time the order of the goals and whose they are, by sides, and cards as the least there were", async () => {
    const event = await play("FT", ["2", "1"], { ...half, events });

    expect(wordsOf(event)).toEqual([
      "score regulation h2 a1",
      "score first_half h1 a1",
      "score first_10_minutes h1 a0",
      "yellow_cards regulation so far h1",
      "red_cards regulation so far h1",
    ]);
    expect(event?.known?.goals).toEqual({
      goals: [
        { side: "home", period: "first_10_minutes" },
        { side: "away", period: "rest_of_first_half", ownGoal: true },
        { side: "home", period: "second_half" },
      ],
      final: true,
    });
  });

  test.each([
    ["lacks a goal", { event: events.event.slice(0, 4) }],
    ["has none", null],
    ["runs in another order", { event: events.event.toReversed() }],
    [
      "puts a goal into the other half",
      { event: events.event.toSpliced(1, 1, goal("visitorteam", "46", "[1 - 1]")) },
    ],
  ])("tells no order of goals from a list that %s", async (_, list) => {
    const event = await play("FT", ["2", "1"], { ...half, events: list });

    expect(event?.known?.goals).toBeUndefined();
    expect(wordsOf(event)).toContain("score regulation h2 a1");
  });
});

describe("goalserve's sports of parts", () => {
  const quarters = (...values: readonly string[]): Entry =>
    Object.fromEntries(
      ["q1", "q2", "q3", "q4", "ot", "totalscore"].map((name, at) => [`@${name}`, values[at] ?? ""]),
    );

  test("a basketball match that is over has its quarters, and the overtime that they leave of the total", async () => {
    const regular = await readMatch("basketball", { "@status": "Finished" }, [
      quarters("20", "21", "22", "23", "", "86"),
      quarters("10", "20", "30", "20", "", "80"),
    ]);
    const overtime = await readMatch("basketball", { "@status": "After Over Time" }, [
      quarters("20", "20", "20", "20", "7", "87"),
      quarters("20", "20", "20", "20", "5", "85"),
    ]);

    expect(wordsOf(regular)).toEqual([
      "score first_quarter h20 a10",
      "score second_quarter h21 a20",
      "score third_quarter h22 a30",
      "score fourth_quarter h23 a20",
      "score overtime h0 a0",
      "score match h86 a80",
    ]);
    expect(regular?.result).toEqual({ state: "final", score: { home: 86, away: 80 } });
    expect(wordsOf(overtime)).toContain("score overtime h7 a5");
  });

  test("a quarter under way runs, those before it are final, and parts beyond the total are no facts", async () => {
    const live = await readMatch("basketball", { "@status": "2nd Quarter" }, [
      quarters("20", "5", "", "", "", "25"),
      quarters("10", "6", "", "", "", "16"),
    ]);
    const wrong = await readMatch("basketball", { "@status": "Finished" }, [
      quarters("20", "21", "22", "23", "", "80"),
      quarters("10", "20", "30", "20", "", "80"),
    ]);

    expect(wordsOf(live)).toEqual([
      "score first_quarter h20 a10",
      "score second_quarter so far h5 a6",
      "score match so far h25 a16",
    ]);
    expect([wordsOf(wrong), wrong?.result]).toEqual([[], undefined]);
  });

  test("a baseball match may leave out the last half inning; one with fewer innings is for a person", async () => {
    const innings = (values: readonly string[], total: string): Entry => ({
      ...Object.fromEntries(values.map((value, at) => [`@in${at + 1}`, value])),
      ...{ "@totalscore": total, "@hits": "9" },
    });
    const away = innings(["0", "0", "0", "0", "0", "0", "0", "0", "1"], "1");
    const whole = await readMatch("baseball", { "@status": "Finished" }, [
      innings(["1", "0", "0", "2", "0", "0", "0", "0", ""], "3"),
      away,
    ]);
    const short = await readMatch("baseball", { "@status": "Finished" }, [
      innings(["1", "0", "0", "2", "0", "", "", "", ""], "3"),
      innings(["0", "0", "0", "0", "0", "", "", "", ""], "0"),
    ]);

    expect(wordsOf(whole).slice(-4)).toEqual([
      "score ninth_inning h0 a1",
      "score overtime h0 a0",
      "score match h3 a1",
      "hits match h9 a9",
    ]);
    expect([short?.known, short?.result]).toEqual([undefined, undefined]);
  });

  test("a tennis match has its games and sets, those not played are 0, and one who gave up is told by the winner", async () => {
    const sets = (values: readonly string[], total: string, winner: string): Entry => ({
      ...Object.fromEntries(["s1", "s2", "s3", "s4", "s5"].map((name, at) => [`@${name}`, values[at] ?? ""])),
      ...{ "@totalscore": total, "@winner": winner },
    });
    const ended = await readMatch("tennis", { "@status": "Finished" }, [
      sets(["6", "6"], "2", "True"),
      sets(["4", "3"], "0", "False"),
    ]);
    const retired = await readMatch("tennis", { "@status": "Retired" }, [
      sets(["6", "1"], "1", "False"),
      sets(["4", "0"], "0", "True"),
    ]);

    expect(wordsOf(ended)).toEqual([
      ...["games first_set h6 a4", "games second_set h6 a3", "games third_set h0 a0"],
      ...["games fourth_set h0 a0", "games fifth_set h0 a0", "sets match h2 a0"],
    ]);
    expect(wordsOf(retired)).toEqual([
      "games first_set h6 a4",
      "games second_set so far h1 a0",
      "sets match so far h1 a0",
    ]);
    expect(retired?.known).toMatchObject({ status: "retired", retired: "home" });
  });
});

describe("the_odds_api", () => {
  const read = async (over: Readonly<Record<string, unknown>>) => {
    const game = {
      ...{ id: "g1", sport_key: "americanfootball_nfl", sport_title: "NFL", completed: false },
      ...{ commence_time: "2025-03-01T17:00:00Z", home_team: "Harbour", away_team: "Millbrook" },
      scores: [
        { name: "Millbrook", score: "3" },
        { name: "Harbour", score: "14" },
      ],
      last_update: "2025-03-01T18:00:00Z",
      ...over,
    };
    const source = `the_odds_api/${over["sport_key"] ?? "americanfootball_nfl"}`;
    const { events } = await readTheOddsApiScores(bytesOf(JSON.stringify([game])), { source, at: AT });
    return wordsOf(events[0]);
  };

  test("tells the running score of a game, of its whole match; none of one that has none or has not begun", async () => {
    expect(await read({})).toEqual(["score match so far h14 a3"]);
    expect(await read({ scores: null })).toEqual([]);
    expect(await read({ commence_time: "2025-03-01T19:00:00Z" })).toEqual([]);
  });

  test("tells a soccer score of 90 minutes where no extra time is played, and of the match elsewhere", async () => {
    expect(await read({ sport_key: "soccer_epl" })).toEqual(["score regulation so far h14 a3"]);
    expect(await read({ sport_key: "soccer_fifa_world_cup" })).toEqual(["score match so far h14 a3"]);
    expect(await read({ sport_key: "soccer_fifa_world_cup", completed: true })).toEqual([
      "score match h14 a3",
    ]);
  });
});

test("simulated: at every moment its facts fit one another, never fall, and end as the result", () => {
  const start = Date.parse("2025-03-01T12:00:00Z");
  const seen = new Map<string, number>();
  let ended = 0;
  for (let at = start; at < start + 600_000; at += 1000) {
    const snapshot = simulatedSnapshot({ seed: 5 }, { at: new Date(at), unfinished: [...seen.keys()] });
    for (const { facts, known, result } of snapshot.events) {
      if (known === undefined) continue;
      const counts = known.counts ?? [];
      const goals = countsOf({ asOf: AT, status: "live", counts });
      expect(goals.contradiction).toBeUndefined();
      const total = known.goals?.goals.length ?? 0;
      expect(total).toBeGreaterThanOrEqual(seen.get(facts.sourceEventId) ?? 0);
      seen.set(facts.sourceEventId, total);
      const told = (["home", "away"] as const).map((side) => goals.bounds("score", "regulation", side).least);
      expect((told[0] ?? 0) + (told[1] ?? 0)).toBe(total);
      if (result === undefined) continue;
      ended += 1;
      expect({ home: told[0], away: told[1] }).toEqual({ ...result.score } as never);
      seen.delete(facts.sourceEventId);
    }
  }
  expect(ended).toBeGreaterThan(4);
});
