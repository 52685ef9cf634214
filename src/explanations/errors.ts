/** A bet was placed under rules that are not there: nothing ever takes them away. */
export class RulesMissingError extends Error {
  override readonly name = "RulesMissingError";
  readonly rulesVersion: number;

  constructor(rulesVersion: number) {
    super(`Cannot explain the bet as its house rules are missing: version is ${rulesVersion}`);
    this.rulesVersion = rulesVersion;
  }
}

/** No house rules were published under that number. */
export class HouseRulesNotFoundError extends Error {
  override readonly name = "HouseRulesNotFoundError";
  readonly code = "house_rules_not_found";

  constructor(rulesVersion: number) {
    super(`Cannot find the house rules as none are published under the number: it is ${rulesVersion}`);
  }
}
