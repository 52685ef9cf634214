import { markBetsSettled, type OpenBet } from "../bets/mod.ts";
import { selectEventSport, selectLatestResults } from "../feeds/mod.ts";
import type { Selection } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import {
  type Entry,
  type PlayerAccounts,
  postTransfers,
  readPlayerAccounts,
  type Transfer,
} from "../wallets/mod.ts";
import {
  LegUndecidedError,
  ResultMissingError,
  SettlementFencedError,
  UngradableLegError,
} from "./errors.ts";
import { type Grade, type Graded, graderBy } from "./graders/mod.ts";
import { exactReturn, roundReturn } from "./payout.ts";
import { insertSettlements, type Settled } from "./queries.ts";
import { factsOfResult } from "./result_facts.ts";
import { houseRulesOf } from "./rules/mod.ts";

/** How an event ended, by the newest version of its result. */
export interface Result {
  readonly eventId: string;
  readonly resultVersion: number;
  /** What it makes of a selection on the event. */
  readonly grade: (selection: Selection) => Graded;
}

/** Every bet so far is placed under the first published rules. */
const RULES_VERSION = 1;

/**
 * The result that an event's bets are graded by: the newest, also when a correction came after the job.
 *
 * @throws {ResultMissingError}
 */
export async function readResult(
  connection: Connection,
  { eventId }: { readonly eventId: string },
): Promise<Result> {
  const [row] = await selectLatestResults(connection, [eventId]);
  const sport = await selectEventSport(connection, eventId);
  const rules = houseRulesOf(RULES_VERSION);
  if (row === undefined || sport === undefined || rules === undefined) throw new ResultMissingError(eventId);
  const facts = factsOfResult({
    sport,
    state: row.state,
    homeScore: row.home_score,
    awayScore: row.away_score,
    halfHomeScore: row.half_home_score,
    halfAwayScore: row.half_away_score,
    recordedAt: row.recorded_at,
    source: row.source,
  });
  const grade = graderBy(facts, rules);
  return { eventId, resultVersion: row.version, grade: (selection) => grade({ ...selection, sport }) };
}

/**
 * Settles claimed bets of one tenant on one event: settlement rows, ledger entries and bet states, each in one statement for all.
 *
 * Needs a write lease of the tenant; nothing is true before its commit.
 *
 * @throws {UngradableLegError} If no rule covers a bet's market.
 * @throws {LegUndecidedError} If the result does not decide a bet: what it does not tell is never taken for lost.
 * @throws {AccountMissingError} If a player has no account to be paid to.
 * @throws {TransferRepeatedError} If the ledger has paid one of these settlements before.
 * @throws {SettlementFencedError} If a bet is no longer open.
 * @throws {StatementError} If the database refuses a row.
 */
export async function settleBets(
  connection: Connection,
  { tenantId, bets, result, at }: Settling,
): Promise<void> {
  if (bets.length === 0) return;
  const { eventId, resultVersion } = result;
  const job = { tenantId, eventId, resultVersion };
  const settled = bets.map((bet) => settle(bet, result));
  const accountsOf = await readPlayerAccounts(connection, { tenantId, owners: bets });
  const payments = settled.map((one) => paymentOf(one, { accounts: accountsOf(one.bet), tenantId, at }));
  await insertSettlements(connection, { ...job, settled, at });
  await postTransfers(connection, tenantId, payments);
  const open = await markBetsSettled(connection, { ...job, betIds: bets.map(({ betId }) => betId) });
  if (open !== bets.length) throw new SettlementFencedError({ claimed: bets.length, open });
}

export interface Settling {
  readonly tenantId: string;
  /** Claimed in this transaction, all on the result's event. */
  readonly bets: readonly OpenBet[];
  readonly result: Result;
  /** Business time. */
  readonly at: Date;
}

/** What a bet returns by this result. Pure. */
function settle(bet: OpenBet, result: Result): Settled {
  const grade = gradeOf(bet.selection, result);
  const exact = exactReturn(bet.stakeMinor, bet.price, grade);
  return { bet, settlementVersion: bet.settlementVersion + 1, grade, exact, returnMinor: roundReturn(exact) };
}

function gradeOf(selection: Selection, { grade }: Result): Grade {
  const graded = grade(selection);
  if (graded.decided) return graded.grade;
  if (graded.why === "no_grader") throw new UngradableLegError(selection);
  throw new LegUndecidedError(selection, graded);
}

/** The stake leaves what is held; the return goes to the player; the book takes, or gives, the difference. */
function paymentOf(
  { bet, settlementVersion, returnMinor }: Settled,
  { accounts, tenantId, at }: { accounts: PlayerAccounts; tenantId: string; at: Date },
): Transfer {
  const { betId, currency, stakeMinor } = bet;
  const entries: readonly Entry[] = [
    { accountId: accounts.heldAccountId, amountMinor: -stakeMinor },
    { accountId: accounts.cashAccountId, amountMinor: returnMinor },
    { accountId: accounts.bookAccountId, amountMinor: stakeMinor - returnMinor },
  ];
  return {
    tenantId,
    idempotencyKey: `settlement/${betId}/${settlementVersion}`,
    kind: "settlement",
    currency,
    entries: entries.filter(({ amountMinor }) => amountMinor !== 0n),
    betId,
    settlementVersion,
    occurredAt: at,
  };
}
