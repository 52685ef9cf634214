import { markBetsSettled, type OpenBet } from "../bets/mod.ts";
import { type ResultRow, selectLatestResults } from "../feeds/mod.ts";
import type { Connection } from "../pool/mod.ts";
import {
  type Entry,
  type PlayerAccounts,
  postTransfers,
  readPlayerAccounts,
  type Transfer,
} from "../wallets/mod.ts";
import { ResultMissingError, SettlementFencedError } from "./errors.ts";
import { gradeLeg, type ResultFacts } from "./grade.ts";
import { exactReturn, roundReturn } from "./payout.ts";
import { insertSettlements, type Settled } from "./queries.ts";

/** How an event ended, by the newest version of its result. */
export interface Result {
  readonly eventId: string;
  readonly resultVersion: number;
  readonly facts: ResultFacts;
}

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
  if (row === undefined) throw new ResultMissingError(eventId);
  return { eventId, resultVersion: row.version, facts: factsOf(row) };
}

/**
 * Settles claimed bets of one tenant on one event: settlement rows, ledger entries and bet states, each in one statement for all.
 *
 * Needs a write lease of the tenant; nothing is true before its commit.
 *
 * @throws {UngradableLegError} If a bet's market has no rule.
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
  const { eventId, resultVersion, facts } = result;
  const job = { tenantId, eventId, resultVersion };
  const settled = bets.map((bet) => settle(bet, facts));
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

function factsOf({
  state,
  home_score: homeScore,
  away_score: awayScore,
  event_id: eventId,
}: ResultRow): ResultFacts {
  if (state === "void") return { state };
  // The table's own check refuses a final result without a score; a missing score must never become 0-0.
  if (homeScore === null || awayScore === null) throw new ResultMissingError(eventId);
  return { state, homeScore, awayScore };
}

/** What a bet returns by these facts. Pure. */
function settle(bet: OpenBet, facts: ResultFacts): Settled {
  const grade = gradeLeg(bet.selection, facts);
  const exact = exactReturn(bet.stakeMinor, bet.price, grade);
  return { bet, settlementVersion: bet.settlementVersion + 1, grade, exact, returnMinor: roundReturn(exact) };
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
