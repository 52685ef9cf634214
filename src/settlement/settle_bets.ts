import {
  type GradedLeg,
  insertLegGrades,
  markBetsSettled,
  markLegsGraded,
  type OpenBet,
  releaseExposure,
  selectGradedLegs,
} from "../bets/mod.ts";
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
import { returnSoFar } from "./payout.ts";
import { insertSettlements, type Job, type Settled } from "./queries.ts";
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
 * Grades the legs that claimed bets of one tenant have on one event, and settles those bets that are decided by it: settlement rows,
 * ledger entries and states, each in one statement for all. A bet whose other legs must be awaited is left open, its grade noted.
 *
 * Needs a write lease of the tenant; nothing is true before its commit.
 *
 * @returns How many bets were settled.
 * @throws {UngradableLegError} If no rule covers a leg's market.
 * @throws {LegUndecidedError} If the result does not decide a leg: what it does not tell is never taken for lost.
 * @throws {AccountMissingError} If a player has no account to be paid to.
 * @throws {TransferRepeatedError} If the ledger has paid one of these settlements before.
 * @throws {SettlementFencedError} If a bet is no longer open.
 * @throws {StatementError} If the database refuses a row.
 */
export async function settleBets(
  connection: Connection,
  { tenantId, bets, result, at }: Settling,
): Promise<number> {
  if (bets.length === 0) return 0;
  const { eventId, resultVersion } = result;
  const job = { tenantId, eventId, resultVersion };
  const graded = bets.map((bet) => ({ ...bet, bet, grade: gradeOf(bet.selection, result) }));
  const earlierOf = await readEarlierLegs(connection, { tenantId, bets });
  const settled = graded.flatMap(({ bet, grade }) => settle(bet, { grade, earlier: earlierOf(bet) }) ?? []);
  await insertLegGrades(connection, { ...job, graded, at });
  const noted = await markLegsGraded(connection, { ...job, betIds: bets.map(({ betId }) => betId) });
  if (noted !== bets.length) throw new SettlementFencedError({ claimed: bets.length, open: noted });
  if (settled.length > 0) await paySettled(connection, { job, settled, at });
  return settled.length;
}

/** Pays what is decided, closes those bets, and gives back what the house could have lost by them. */
async function paySettled(
  connection: Connection,
  { job, settled, at }: { readonly job: Job; readonly settled: readonly Settled[]; readonly at: Date },
): Promise<void> {
  const { tenantId } = job;
  const bets = settled.map(({ bet }) => bet);
  const betIds = bets.map(({ betId }) => betId);
  const accountsOf = await readPlayerAccounts(connection, { tenantId, owners: bets });
  const payments = settled.map((one) => paymentOf(one, { accounts: accountsOf(one.bet), tenantId, at }));
  await insertSettlements(connection, { ...job, settled, at });
  await postTransfers(connection, tenantId, payments);
  const open = await markBetsSettled(connection, { tenantId, betIds });
  if (open !== bets.length) throw new SettlementFencedError({ claimed: bets.length, open });
  // Last: placements wait for these rows, where the bets have legs on events to come.
  await releaseExposure(connection, { tenantId, betIds });
}

/** The legs that were graded before, of bets that have others than the one that is graded now. */
async function readEarlierLegs(
  connection: Connection,
  { tenantId, bets }: Pick<Settling, "tenantId" | "bets">,
): Promise<(bet: OpenBet) => readonly GradedLeg[]> {
  const betIds = bets.filter(({ legCount }) => legCount > 1).map(({ betId }) => betId);
  const legs = betIds.length === 0 ? [] : await selectGradedLegs(connection, { tenantId, betIds });
  const byBet = Map.groupBy(legs, ({ betId }) => betId);
  return ({ betId }) => byBet.get(betId) ?? [];
}

export interface Settling {
  readonly tenantId: string;
  /** Claimed in this transaction, all on the result's event. */
  readonly bets: readonly OpenBet[];
  readonly result: Result;
  /** Business time. */
  readonly at: Date;
}

/** What a bet returns, if that is decided now. Pure. */
function settle(
  bet: OpenBet,
  { grade, earlier }: { readonly grade: Grade; readonly earlier: readonly GradedLeg[] },
): Settled | undefined {
  const { legCount, price, settlementVersion, stakeMinor } = bet;
  const come = returnSoFar(stakeMinor, { graded: [{ price, grade }, ...earlier], legCount });
  if (come === "open") return undefined;
  return { bet, settlementVersion: settlementVersion + 1, grade, ...come };
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
