import { expect, test } from "bun:test";
import { appliedRules, reasonInWords, ruleInWords } from "../../src/explanations/mod.ts";
import { GRADE_REASONS, HOUSE_RULES_1, HOUSE_RULES_2 } from "../../src/settlement/mod.ts";

const played = {
  marketType: "1x2",
  period: "regulation",
  sport: "soccer",
  reason: "won",
  isDeducted: false,
  status: "ended",
} as const;
const sectionsOf = (leg: Parameters<typeof appliedRules>[0], rules: Parameters<typeof appliedRules>[1]) =>
  appliedRules(leg, rules).map(({ section }) => section);

test("every section that was ever published, and every reason of a grade, has plain words", () => {
  const by = new Set(["postponed", "abandoned", "retired", "overtime", "dead_heat", "round_seconds"]);
  const sections = Object.entries({ ...HOUSE_RULES_1, ...HOUSE_RULES_2 }).flatMap(([name, says]) => {
    if (by.has(name)) return Object.entries(says).map(([of, own]) => ruleInWords(name, own, of));
    return name === "minimum_play"
      ? HOUSE_RULES_2.minimum_play.map((own) => ruleInWords(name, own))
      : [ruleInWords(name, says)];
  });

  for (const words of [...sections, ...GRADE_REASONS.map(reasonInWords)]) {
    expect(words).toMatch(/^[A-Z][^{}[\]]+\.$/);
    expect(words).not.toContain("undefined");
  }
});

test("a section that has no words here is told as it was published", () => {
  expect(ruleInWords("palpable_error", { most: 3 })).toBe('palpable_error: {"most":3}');
});

test.each<[string, Partial<Parameters<typeof appliedRules>[0]>, string[]]>([
  ["a win", {}, ["1x2"]],
  ["a postponement of the leg's own sport", { reason: "postponed" }, ["postponed.soccer"]],
  [
    "one of a sport without a rule of its own",
    { reason: "postponed", sport: "darts" },
    ["postponed.default"],
  ],
  ["what was decided before a match was broken off", { status: "abandoned" }, ["1x2", "abandoned.soccer"]],
  ["what is paid while it goes on", { status: "live" }, ["1x2", "decided_markets"]],
  ["a tie for places", { marketType: "top_10", reason: "dead_heat" }, ["dead_heat.default"]],
  ["a winner among fewer runners", { marketType: "winner", isDeducted: true }, ["deductions"]],
  [
    "a level match with two ways",
    { marketType: "moneyline", period: "match", reason: "push" },
    ["overtime.soccer", "level_winner"],
  ],
  [
    "too few innings",
    { marketType: "moneyline", sport: "baseball", reason: "not_enough_play" },
    ["minimum_play.baseball"],
  ],
  ["a scorer who stayed away", { marketType: "first_scorer", reason: "did_not_take_part" }, ["scorers"]],
  ["cards", { marketType: "cards_total" }, ["card_points"]],
])("the sections that are told are those that had a part: %s", (_what, leg, sections) => {
  expect(sectionsOf({ ...played, ...leg }, HOUSE_RULES_2)).toEqual(sections);
});

test("a version that is silent on something is not made to speak of it", () => {
  expect(sectionsOf({ ...played, reason: "cancelled" }, HOUSE_RULES_1)).toEqual([]);
});
