/** What a house has published about how bets are settled: versioned data. Pure. */
export { deductionOf } from "./deductions.ts";
export { type By, type HouseRules, type MinimumPlay, ruleOf, type Window } from "./house_rules.ts";
export { HouseRulesInvalidError, readHouseRules } from "./read_house_rules.ts";
export { HOUSE_RULES_1, HOUSE_RULES_2, houseRulesOf } from "./versions.ts";
