import { describe, expect, test } from "bun:test";
import type { Facts } from "../../../src/results/mod.ts";
import { gradeLeg, HOUSE_RULES_2, houseRulesOf, readHouseRules } from "../../../src/settlement/mod.ts";
import { counted, graded, hoursAfter, known, leg, match, rules2, short } from "./_known.ts";

const running = (score: readonly [number, number], more: Partial<Facts>) =>
  known(counted("regulation", score, { final: false }), more);

describe("an event that is off", () => {
  test.each(["cancelled", "walkover"] as const)("%s gives every stake back", (status) => {
    for (const words of ["1x2 home", "total over 2.5", "first_scorer none"])
      expect(graded(words, match([3, 0], [1, 0], { status }))).toBe(status);
  });

  test("of a status that nobody understands settles nothing, whatever its score", () => {
    expect(graded("1x2 home", match([3, 0], [1, 0], { status: "unknown" }))).toBe("? status");
  });

  test.each(["scheduled", "delayed"] as const)("%s waits for its start", (status) => {
    expect(graded("1x2 home", known([], { status, asOf: hoursAfter(500) }))).toBe("? start of the event");
  });
});

describe("a postponed event", () => {
  const postponed = (hours: number, actual?: number) =>
    known([], {
      status: "postponed",
      asOf: hoursAfter(hours),
      starts: { planned: hoursAfter(0), ...(actual === undefined ? {} : { actual: hoursAfter(actual) }) },
    });

  test("waits while its window is open and gives the stake back once it has passed", () => {
    expect(graded("1x2 home", postponed(48))).toStartWith("? play, or the end of its window at 2025-01-03");
    expect(graded("1x2 home", postponed(49))).toBe("postponed");
    expect(graded("moneyline home", postponed(49), { sport: "tennis", period: "match" })).toStartWith("? ");
    expect(graded("moneyline home", postponed(25), { sport: "basketball", period: "match" })).toBe(
      "postponed",
    );
  });

  test("with a new start is judged by that start, and gives the stake back if it is too late", () => {
    expect(graded("1x2 home", postponed(2, 40))).toBe("? start of the event");
    expect(graded("1x2 home", postponed(2, 49))).toBe("postponed");
  });

  test("that was played after all counts if it began within the window, else nothing of it does", () => {
    const playedAt = (hours: number) =>
      match([3, 0], [1, 0], { starts: { planned: hoursAfter(0), actual: hoursAfter(hours) } });

    expect(graded("1x2 home", playedAt(48))).toBe("won");
    expect(graded("1x2 home", playedAt(49))).toBe("postponed");
    expect(graded("total over 2.5", playedAt(49))).toBe("postponed");
  });

  test("is counted from the start that the bet was placed on", () => {
    const facts = match([3, 0], [1, 0], { starts: { planned: hoursAfter(40), actual: hoursAfter(49) } });

    expect(graded("1x2 home", facts)).toBe("won");
    expect(graded("1x2 home", facts, { terms: { startsAt: hoursAfter(0) } })).toBe("postponed");
  });

  test("may have to be played on its own day, by the clock of the venue", () => {
    const today = { ...HOUSE_RULES_2, postponed: { default: "same_local_day" } };
    const at = (hours: number, utcOffsetMinutes?: number) => ({
      planned: hoursAfter(0),
      actual: hoursAfter(hours),
      ...(utcOffsetMinutes === undefined ? {} : { utcOffsetMinutes }),
    });
    const gradedAt = (starts: NonNullable<Facts["starts"]>) =>
      short(gradeLeg(leg("1x2 home"), match([3, 0], [1, 0], { starts }), readHouseRules(today)));

    // Noon in London is ten at night in Sydney: two hours to midnight there, twelve here.
    expect(gradedAt(at(11, 0))).toBe("won");
    expect(gradedAt(at(12, 0))).toBe("postponed");
    expect(gradedAt(at(1, 600))).toBe("won");
    expect(gradedAt(at(2, 600))).toBe("postponed");
  });
});

describe("an abandoned event", () => {
  const abandoned = (hours: number) => running([2, 1], { status: "abandoned", asOf: hoursAfter(hours) });

  test("pays what was decided at once, and returns the rest when its window has passed", () => {
    expect(graded("total over 2.5", abandoned(1))).toBe("won");
    expect(graded("both_to_score no", abandoned(1))).toBe("lost");
    expect(graded("1x2 home", abandoned(1))).toStartWith("? play, or the end of its window");
    expect(graded("1x2 home", abandoned(49))).toBe("abandoned");
    expect(graded("total over 2.5", abandoned(49))).toBe("won");
    expect(graded("total over 3.5", abandoned(49))).toBe("abandoned");
  });

  test("by rules under which nothing of it stands returns everything", () => {
    const soccer = { resume: { play_within_hours: 0 }, decided: "void" };
    const strict = readHouseRules({ ...HOUSE_RULES_2, abandoned: { default: soccer } });

    expect(short(gradeLeg(leg("total over 2.5"), abandoned(1), strict))).toBe("abandoned");
  });

  test("of a sport with a least amount of play is official once that was played", () => {
    const rain = (innings: number) =>
      known(counted("match", [5, 2], { final: false }), {
        status: "abandoned",
        asOf: hoursAfter(30),
        played: { amount: innings },
      });
    const more = { sport: "baseball", period: "match" } as const;

    expect(graded("moneyline home", rain(5), more)).toBe("won");
    expect(graded("moneyline home", rain(4), more)).toBe("abandoned");
    expect(graded("total over 7.5", rain(5), more)).toBe("abandoned");
    expect(graded("total over 6.5", rain(5), more)).toBe("won");
    expect(graded("total over 7.5", rain(8.5), more)).toBe("lost");
  });

  test("of such a sport waits for somebody to say how much was played", () => {
    const facts = known(counted("match", [50, 40], { final: false }), {
      status: "abandoned",
      asOf: hoursAfter(30),
    });

    expect(graded("moneyline home", facts, { sport: "basketball", period: "match" })).toBe(
      "? amount of play",
    );
  });
});

test("an event that ended early returns what needs more play, but for what was decided", () => {
  const shortened = known(counted("match", [5, 2], { final: false }), { played: { amount: 6 } });
  const more = { sport: "baseball", period: "match" } as const;

  expect(graded("asian_handicap home -1.5", shortened, more)).toBe("not_enough_play");
  expect(graded("total over 6.5", shortened, more)).toBe("won");
});

describe("a retirement", () => {
  const retired = (sets: readonly [number, number], more: Partial<Facts> = {}) =>
    known(
      [
        ...counted("match", sets, { statistic: "sets", final: false }),
        ...counted("match", [9, 4], { statistic: "games", final: false }),
      ],
      { status: "retired", retired: { side: "home" }, ...more },
    );
  const tennis = { sport: "tennis", period: "match" } as const;

  test("leaves the match to the other once a set is over, and returns it before", () => {
    expect(graded("moneyline away", retired([1, 0]), tennis)).toBe("won");
    expect(graded("moneyline home", retired([1, 0]), tennis)).toBe("lost");
    expect(graded("moneyline away", retired([0, 0]), tennis)).toBe("retired");
    const firstSet = (final: boolean) =>
      known(counted("first_set", [6, 4], { statistic: "games", final }), {
        status: "retired",
        retired: { side: "home" },
      });
    expect(graded("moneyline away", firstSet(true), tennis)).toBe("won");
    expect(graded("moneyline away", firstSet(false), tennis)).toBe("retired");
  });

  test("returns every other market that play had not decided", () => {
    expect(graded("games_total over 12.5", retired([1, 0]), tennis)).toBe("won");
    expect(graded("games_total over 20.5", retired([1, 0]), tennis)).toBe("retired");
    expect(graded("set_score 2:0", retired([1, 1]), tennis)).toBe("lost");
    expect(graded("set_score 2:1", retired([1, 1]), tennis)).toBe("retired");
    expect(graded("straight_sets_home yes", retired([1, 1]), tennis)).toBe("lost");
  });

  test("is a matter of the rules: all back, or the match stands once it has begun", () => {
    const under = (rule: string) => readHouseRules({ ...HOUSE_RULES_2, retired: { default: rule } });
    const by = (rule: string) => short(gradeLeg(leg("moneyline away", tennis), retired([0, 0]), under(rule)));

    expect(by("stake_returned")).toBe("retired");
    expect(by("stands_once_begun")).toBe("won");
    expect(by("stands_after_first_set")).toBe("retired");
  });

  test("of nobody knows whom decides nothing", () => {
    const { retired: _, ...facts } = retired([1, 0]);

    expect(graded("moneyline away", facts, tennis)).toBe("? who retired");
  });

  test("is told apart from a disqualification", () => {
    const facts = retired([0, 0], { status: "disqualified" });

    expect(graded("moneyline away", facts, tennis)).toBe("disqualified");
  });
});

describe("a bet on a listed pitcher", () => {
  const facts = known(counted("match", [5, 2]), { pitchers: { home: "A. Arm", away: "B. Ball" } });
  const listing = (home: string) =>
    ({ sport: "baseball", period: "match", terms: { listedPitchers: { home } } }) as const;

  test("stands if he started, and comes back if another did", () => {
    expect(graded("moneyline home", facts, listing("A. Arm"))).toBe("won");
    expect(graded("moneyline home", facts, listing("C. Curve"))).toBe("pitcher_changed");
    expect(graded("moneyline home", known(counted("match", [5, 2])), listing("A. Arm"))).toBe(
      "? starting pitcher of home",
    );
  });

  test("stands with anybody where the rules say so", () => {
    const action = readHouseRules({ ...HOUSE_RULES_2, listed_pitchers: "action" });

    expect(short(gradeLeg(leg("moneyline home", listing("C. Curve")), facts, action))).toBe("won");
  });
});

test("overtime counts for a whole match where the rules let it, and never for regulation", () => {
  const facts = known([...counted("regulation", [90, 90]), ...counted("overtime", [10, 4])]);
  const match = (sport: string) => ({ sport, period: "match" }) as const;

  expect(graded("moneyline home", facts, match("basketball"))).toBe("won");
  expect(graded("total over 190.5", facts, match("basketball"))).toBe("won");
  expect(graded("total over 190.5", facts, match("soccer"))).toBe("lost");
  expect(graded("1x2 draw", facts, { sport: "basketball" })).toBe("won");
});

test("a winner that ends level gives the stake back, by every rule that speaks of it", () => {
  const tie = known(counted("match", [20, 20]));
  const more = { sport: "american_football", period: "match" } as const;

  expect(graded("moneyline home", tie, more)).toBe("push");
  expect(graded("moneyline_total home_over 30.5", tie, more)).toBe("push");
  expect(rules2().levelWinner).toBe("stake_returned");
  expect(houseRulesOf(1)?.levelWinner).toBeUndefined();
});
