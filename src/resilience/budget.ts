/**
 * Retries as a share of calls (Finagle's retry budget; the SRE book's 10 %): every call pays in a part of a retry, every
 * retry takes out a whole one. When everything fails, retries then add a tenth to the load instead of doubling it.
 */
export interface RetryBudget {
  /** Counts one first try. */
  deposit(): void;
  /** Takes one retry, if there is one to take. */
  withdraw(): boolean;
}

export interface RetryBudgetOptions {
  /** Retries per call in the long run, as in 0.1. */
  readonly ratio: number;
  /** Retries that can be saved up, and that a quiet service begins with. */
  readonly reserve: number;
}

export function createRetryBudget({ ratio, reserve }: RetryBudgetOptions): RetryBudget {
  let balance = reserve;
  return {
    deposit() {
      balance = Math.min(reserve, balance + ratio);
    },
    withdraw() {
      if (balance < 1) return false;
      balance -= 1;
      return true;
    },
  };
}
