import { describe, expect, test } from "bun:test";
import type { Facts } from "../../../src/results/mod.ts";
import {
  gradeLeg,
  HOUSE_RULES_2,
  houseRulesOf,
  type Leg,
  readHouseRules,
} from "../../../src/settlement/mod.ts";
import {
  counted,
  graded,
  hoursAfter,
  KICK_OFF,
  known,
  leg,
  match,
  reasonOf,
  rules2,
  short,
} from "./_known.ts";

const full = (words: string, facts: Facts, more: Partial<Leg> = {}, rules = rules2()) =>
  reasonOf(gradeLeg(leg(words, more), facts, rules));

const running = (more: Partial<Facts>) => known(counted("regulation", [2, 1], { final: false }), more);
const tennis = { sport: "tennis", period: "match" } as const;

describe("what is waited for", () => {
  const abandoned = (asOf: Date) => running({ status: "abandoned", asOf });

  test.each<[string, Facts, Partial<Leg>, string]>([
    ["status", match([1, 0], undefined, { status: "unknown" }), {}, "fact_missing: status"],
    ["start", known([], { status: "scheduled" }), {}, "not_yet: start of the event"],
    [
      "a new start",
      known([], { status: "postponed", starts: { planned: KICK_OFF, actual: hoursAfter(20) } }),
      {},
      "not_yet: start of the event",
    ],
    [
      "the end of a window",
      abandoned(hoursAfter(1)),
      {},
      "not_yet: play, or the end of its window at 2025-01-03T12:00:00.000Z",
    ],
    [
      "when it was planned for",
      { ...abandoned(hoursAfter(1)), starts: {} },
      {},
      "fact_missing: planned start",
    ],
    [
      "how much was played",
      known([], { status: "abandoned", asOf: hoursAfter(30) }),
      { sport: "basketball", period: "match" },
      "fact_missing: amount of play",
    ],
    [
      "who gave up",
      known(counted("match", [1, 0], { statistic: "sets", final: false }), { status: "retired" }),
      { ...tennis, marketType: "moneyline" },
      "fact_missing: who retired",
    ],
    [
      "who pitched",
      match([1, 0]),
      { terms: { listedPitchers: { away: "A. Arm" } } },
      "fact_missing: starting pitcher of away",
    ],
  ])("is %s", (_what, facts, more, wanted) => {
    expect(full("1x2 home", facts, more)).toBe(wanted);
  });

  test("is the end of the event under rules that pay at the end, and nothing is where they pay at once", () => {
    const late = readHouseRules({ ...HOUSE_RULES_2, decided_markets: "paid_at_the_end" });

    expect(full("total over 2.5", running({ status: "live" }), {}, late)).toBe("not_yet: end of the event");
    expect(full("total over 2.5", running({ status: "live" }))).toBe("won");
    expect(full("total over 2.5", running({ status: "interrupted" }))).toBe("won");
  });

  test("is the window of a broken-off event for all of it, where what is decided is paid at the end", () => {
    const late = readHouseRules({ ...HOUSE_RULES_2, decided_markets: "paid_at_the_end" });

    expect(full("total over 2.5", abandoned(hoursAfter(1)), {}, late)).toStartWith("not_yet: play, or");
    expect(full("total over 2.5", abandoned(hoursAfter(49)), {}, late)).toBe("won");
    expect(full("1x2 home", abandoned(hoursAfter(49)), {}, late)).toBe("abandoned");
  });
});

describe("an event that began late", () => {
  const starting = (starts: NonNullable<Facts["starts"]>) => match([3, 0], [1, 0], { starts });

  test("counts where nobody knows when it was planned for", () => {
    expect(full("1x2 home", starting({ actual: hoursAfter(500) }))).toBe("won");
  });

  test("has the whole of its local day, to the millisecond, and that is the day of its plan by the clock of the venue", () => {
    const today = readHouseRules({ ...HOUSE_RULES_2, postponed: { default: "same_local_day" } });
    const gradedAt = (planned: number, actual: number, utcOffsetMinutes: number) =>
      full(
        "1x2 home",
        starting({ planned: hoursAfter(planned), actual: hoursAfter(actual), utcOffsetMinutes }),
        {},
        today,
      );
    const ms = 1 / 3_600_000;

    expect([gradedAt(0, 2 - ms, 600), gradedAt(0, 2, 600)]).toEqual(["won", "postponed"]);
    // Eight in the evening in London is six the next morning in Sydney.
    expect([gradedAt(8, 26 - ms, 600), gradedAt(8, 26, 600)]).toEqual(["won", "postponed"]);
    expect([gradedAt(-10, -7 - ms, -300), gradedAt(-10, -7, -300)]).toEqual(["won", "postponed"]);
  });
});

describe("the least amount of play", () => {
  const more = { sport: "baseball", period: "match" } as const;
  const ended = (amount: number) =>
    known(counted("match", [5, 2], { final: false }), { status: "ended", played: { amount } });

  test("once played leaves what is missing to be told", () => {
    expect(full("asian_handicap home -1.5", ended(9), more)).toBe("fact_missing: score match");
    expect(full("asian_handicap home -1.5", ended(8), more)).toBe("not_enough_play");
    expect(full("correct_score 5:2", ended(1), more)).toBe("fact_missing: score match home");
  });

  test("is that of the first rule which names the market", () => {
    const rules = readHouseRules({
      ...HOUSE_RULES_2,
      minimum_play: [
        { sport: "baseball", market_types: ["moneyline"], least: 3 },
        { sport: "baseball", market_types: "all", least: 6 },
      ],
    });

    expect(full("moneyline home", ended(4), more, rules)).toBe("fact_missing: score match");
    expect(full("asian_handicap home -1.5", ended(4), more, rules)).toBe("not_enough_play");
  });
});

describe("a retirement", () => {
  const sets = counted("match", [1, 0], { statistic: "sets", final: false });
  const retired = (counts: Facts["counts"], side: "home" | "away" = "home") =>
    known(counts, { status: "retired", retired: { side } });

  test("leaves the match to whoever did not give up", () => {
    expect(graded("moneyline home", retired(sets, "away"), tennis)).toBe("won");
    expect(graded("moneyline away", retired(sets, "away"), tennis)).toBe("lost");
  });

  test("leaves nobody a set that was not finished", () => {
    expect(graded("moneyline away", retired(sets), { sport: "tennis", period: "first_set" })).toBe("retired");
  });

  test("is after a set only where a set is known to be over, not by what else is", () => {
    const games = counted("second_set", [3, 1], { statistic: "games" });
    const elsewhere = counted("first_half", [1, 0], { statistic: "sets", final: false });

    expect(graded("moneyline away", retired(games), tennis)).toBe("retired");
    expect(graded("moneyline away", retired(elsewhere), tennis)).toBe("retired");
  });
});

describe("a listed pitcher", () => {
  const facts = known(counted("match", [5, 2]), { pitchers: { home: "A. Arm", away: "B. Ball" } });
  const listing = (listedPitchers: { home?: string; away?: string }) =>
    ({ sport: "baseball", period: "match", terms: { listedPitchers } }) as const;

  test("of either side must start", () => {
    expect(graded("moneyline home", facts, listing({ away: "B. Ball" }))).toBe("won");
    expect(graded("moneyline home", facts, listing({ away: "A. Arm" }))).toBe("pitcher_changed");
    expect(graded("moneyline home", facts, listing({ home: "A. Arm", away: "C. Curve" }))).toBe(
      "pitcher_changed",
    );
  });

  test("is for a person to judge under rules that are silent on it", () => {
    const rules1 = houseRulesOf(1) ?? rules2();
    const bet = leg("moneyline home", listing({ home: "C. Curve" }));

    expect(reasonOf(gradeLeg(bet, facts, rules1))).toBe("rule_missing: listed_pitchers");
    expect(short(gradeLeg(leg("moneyline home", listing({})), facts, rules1))).toBe("won");
  });
});
