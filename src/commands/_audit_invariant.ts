/** A promise about money, and the statement whose rows break it. */
export interface Invariant {
  readonly name: string;
  /** What is always true, in words. */
  readonly promise: string;
  /**
   * Rows of `subject` and `detail`, each a breach, of the tenant `$1`, written against the tables and not with the code under test. One
   * statement, so that it sees one moment: bets may go on beside it.
   */
  readonly breaches: string;
}
