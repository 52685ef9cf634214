// Shares no code with what it is held against: types of the actions alone are imported.
import type { Decision, LimitKind, LimitPeriod, Request, Whose } from "./actions.ts";

/** What must come of something: done, or refused for one of these reasons. */
export type Expected =
  | { readonly done: true }
  | { readonly done: false; readonly reasons: readonly string[] };

interface Limit {
  readonly now: number | null;
  readonly later: { readonly amount: number | null; readonly from: number } | null;
}

interface Account {
  cash: number;
  bonus: number;
  held: number;
  closed: boolean;
  pausedUntil: number;
  readonly deposits: { readonly at: number; readonly amount: number }[];
  readonly limits: Map<string, Limit>;
}

interface Bet {
  readonly whose: Whose;
  readonly stake: number;
  readonly at: number;
  void: boolean;
}

export interface Balances {
  readonly cash: number;
  readonly bonus: number;
  readonly held: number;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LENGTH: Readonly<Record<LimitPeriod, number>> = { day: DAY, week: 7 * DAY, month: 30 * DAY };
const PERIODS: readonly LimitPeriod[] = ["day", "week", "month"];

/** A person with an account at each of two brands, in plain numbers: what the service must come to. */
export class PlainModel {
  readonly #accounts: readonly [Account, Account] = [emptyAccount(), emptyAccount()];
  readonly #answered = new Map<string, string>();
  readonly #bets: Bet[] = [];
  readonly #past: { readonly at: number; readonly balances: readonly [Balances, Balances] }[] = [];
  #excluded = false;

  /** What comes of a request under a key; `null`: the key was answered before, and is again by the same. */
  request(key: string, request: Request, at: number): Expected | null {
    const words = JSON.stringify(request);
    const known = this.#answered.get(key);
    if (known !== undefined) return known === words ? null : refused("idempotency_key_reused");
    const reasons = this.#against(request, at);
    if (reasons.length > 0) return refused(...reasons);
    this.#answered.set(key, words);
    this.#carryOut(request, at);
    return { done: true };
  }

  decide(decision: Decision, at: number): void {
    if (decision.verb === "void") {
      const bet = this.#bets[decision.bet];
      if (bet === undefined || bet.void) return;
      bet.void = true;
      this.#accounts[bet.whose].held -= bet.stake;
      this.#accounts[bet.whose].cash += bet.stake;
      return;
    }
    const account = this.#accounts[decision.whose];
    if (decision.verb === "exclude") this.#excluded = true;
    else if (decision.verb === "close") account.closed = true;
    else if (decision.verb === "cool_off")
      account.pausedUntil = Math.max(account.pausedUntil, at + decision.days * DAY);
    else this.#limit(account, decision, at);
  }

  balances(whose: Whose): Balances {
    const { cash, bonus, held } = this.#accounts[whose];
    return { cash, bonus, held };
  }

  /** To be told after each step, so that the past can be asked for. */
  remember(at: number): void {
    this.#past.push({ at, balances: [this.balances(0), this.balances(1)] });
  }

  balancesAt(whose: Whose, at: number): Balances {
    const last = this.#past.findLast((moment) => moment.at <= at);
    return last?.balances[whose] ?? { cash: 0, bonus: 0, held: 0 };
  }

  get bets(): readonly { readonly whose: Whose; readonly stake: number; readonly void: boolean }[] {
    return this.#bets;
  }

  /** Every reason there is: the service tells one of them. */
  #against(request: Request, at: number): string[] {
    const account = this.#accounts[request.whose];
    const reasons: string[] = [];
    if (request.verb === "withdraw" && account.cash < request.amount) reasons.push("insufficient_funds");
    if (request.verb === "adjust" && account[request.part] + request.amount < 0)
      reasons.push("insufficient_funds");
    if (request.verb === "withdraw" || request.verb === "adjust") return reasons;
    if (this.#excluded) reasons.push("player_excluded");
    if (account.closed) reasons.push("blocked_client");
    if (at < account.pausedUntil) reasons.push("player_cooling_off");
    if (request.verb === "deposit") {
      if (this.#exceeds(request.whose, "deposit", request.amount, at)) reasons.push("deposit_limit_exceeded");
      return reasons;
    }
    if (account.cash < request.stake) reasons.push("insufficient_funds");
    for (const kind of ["stake", "loss"] as const)
      if (this.#exceeds(request.whose, kind, request.stake, at))
        reasons.push(`responsible_betting_${kind}_limit_exceeded`);
    return reasons;
  }

  #carryOut(request: Request, at: number): void {
    const account = this.#accounts[request.whose];
    if (request.verb === "deposit") {
      account.cash += request.amount;
      account.deposits.push({ at, amount: request.amount });
    } else if (request.verb === "withdraw") account.cash -= request.amount;
    else if (request.verb === "adjust") account[request.part] += request.amount;
    else {
      account.cash -= request.stake;
      account.held += request.stake;
      this.#bets.push({ whose: request.whose, stake: request.stake, at, void: false });
    }
  }

  #exceeds(whose: Whose, kind: LimitKind, amount: number, at: number): boolean {
    const account = this.#accounts[whose];
    return PERIODS.some((period) => {
      const limit = limitAt(account.limits.get(`${kind} ${period}`), at);
      if (limit === null) return false;
      const from = at - LENGTH[period];
      const used =
        kind === "deposit"
          ? sum(account.deposits.filter((one) => one.at > from).map((one) => one.amount))
          : sum(
              this.#bets
                .filter((bet) => bet.whose === whose && !bet.void && bet.at > from)
                .map((bet) => bet.stake),
            );
      return used + amount > limit;
    });
  }

  #limit(
    account: Account,
    {
      kind,
      period,
      amount,
    }: { readonly kind: LimitKind; readonly period: LimitPeriod; readonly amount: number | null },
    at: number,
  ): void {
    const name = `${kind} ${period}`;
    const now = limitAt(account.limits.get(name), at);
    const looser = amount === null ? now !== null : now !== null && amount > now;
    account.limits.set(
      name,
      looser ? { now, later: { amount, from: at + DAY } } : { now: amount, later: null },
    );
  }
}

function limitAt(limit: Limit | undefined, at: number): number | null {
  if (limit === undefined) return null;
  return limit.later !== null && at >= limit.later.from ? limit.later.amount : limit.now;
}

function emptyAccount(): Account {
  return { cash: 0, bonus: 0, held: 0, closed: false, pausedUntil: 0, deposits: [], limits: new Map() };
}

function refused(...reasons: string[]): Expected {
  return { done: false, reasons };
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}
