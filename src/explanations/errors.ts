/** A bet was placed under rules that are not there: nothing ever takes them away. */
export class RulesMissingError extends Error {
  override readonly name = "RulesMissingError";
  readonly rulesVersion: number;

  constructor(rulesVersion: number) {
    super(`Cannot explain the bet as its house rules are missing: version is ${rulesVersion}`);
    this.rulesVersion = rulesVersion;
  }
}
