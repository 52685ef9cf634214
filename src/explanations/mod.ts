/** What a bet was paid, and why: from the facts through the rules to the entries, now and at every version before. */
export { appliedRules } from "./applied_rules.ts";
export type { BetStory } from "./bet_story.ts";
export { type BetExplanation, schemas as explanationSchemas } from "./contract.ts";
export { HouseRulesNotFoundError, RulesMissingError } from "./errors.ts";
export { explanationOf } from "./explanation.ts";
export { houseRulesSchemas, problems as explanationProblems } from "./house_rules_contract.ts";
export { houseRulesRoutes } from "./house_rules_routes.ts";
export { houseRulesInWords, type RuleText } from "./house_rules_words.ts";
export { type ExplanationAsked, readExplanation } from "./read_explanation.ts";
export { type HouseRulesReads, openHouseRules } from "./read_house_rules.ts";
export { reasonInWords } from "./reason_words.ts";
export { relevantFacts } from "./relevant_facts.ts";
export { type ExplanationRoutesDeps, explanationRoutes } from "./routes.ts";
export { ruleInWords } from "./rule_words.ts";
