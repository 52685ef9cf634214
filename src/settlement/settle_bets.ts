import {
  type ClaimedBet,
  type EventVersion,
  type GradedLeg,
  insertLegGrades,
  type MarkedBet,
  markBets,
  markLegsGraded,
  reverseSettlements,
  type StandingSettlement,
  selectGradedLegs,
  selectStandingSettlements,
  type TakenBack,
} from "../bets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import {
  type Entry,
  type PlayerAccounts,
  postTransfers,
  readPlayerAccounts,
  type Transfer,
} from "../wallets/mod.ts";
import { SettlementFencedError } from "./errors.ts";
import { type Judgement, judgeBet, type OfBet, type Reversed, type Settled } from "./judge_bet.ts";
import { insertSettlements } from "./queries.ts";

export interface Settling {
  readonly job: EventVersion;
  /** Claimed in this transaction, all on the job's event. */
  readonly bets: readonly ClaimedBet[];
  /** Business time. */
  readonly at: Date;
}

/** A bet whose correction took more from its player's cash than it gave. */
export interface Debited {
  readonly betId: string;
  readonly playerId: string;
  readonly currency: string;
  /** Of the reversal. */
  readonly settlementVersion: number;
  readonly cashAccountId: string;
}

/** What was done, and what is left to do before the commit. */
export interface Done {
  /** Bets paid, for the first time or anew. */
  readonly settled: number;
  /** Settlements that did not hold. */
  readonly reversed: number;
  /** Bets that were paid, reversed or both. */
  readonly changed: number;
  /** Bets that are decided now and were not before: their exposure is to be given back. */
  readonly freed: readonly string[];
  /** Bets that are open again: their exposure is to be taken. */
  readonly taken: readonly string[];
  readonly debited: readonly Debited[];
}

/**
 * Notes what is made of the legs that claimed bets of one tenant have on one event, and does what follows: bets that are decided are
 * paid, those that were paid otherwise have that reversed first, and those that nothing decides any more are open again. Settlement rows,
 * ledger entries and states, each in one statement for all.
 *
 * Needs a write lease of the tenant; nothing is true before its commit.
 *
 * @throws {UngradableLegError} If no rule covers a leg's market.
 * @throws {AccountMissingError} If a player has no account to be paid to.
 * @throws {TransferRepeatedError} If the ledger has paid one of these settlements before.
 * @throws {SettlementMissingError} If the ledger has not paid what is to be reversed.
 * @throws {SettlementFencedError} If a bet is no longer as it was claimed.
 * @throws {StatementError} If the database refuses a row.
 */
export async function settleBets(connection: Connection, { job, bets, at }: Settling): Promise<Done> {
  const { tenantId, eventId, resultVersion } = job;
  const ofBet = await readOfBets(connection, { job, bets });
  const judged = bets.map((bet) => judgeBet(bet, ofBet(bet)));
  const graded = judged.flatMap(({ bet: { betId, legNumber }, grade }) =>
    grade === undefined ? [] : [{ betId, legNumber, grade }],
  );
  await insertLegGrades(connection, { tenantId, resultVersion, graded, at });
  const legs = judged.map(({ bet, grade }) => ({
    ...bet,
    resultVersion: grade === undefined ? null : resultVersion,
  }));
  assertUnchanged(bets, await markLegsGraded(connection, { tenantId, eventId, legs }));
  const reversed = judged.flatMap((judgement) => judgement.reversed ?? []);
  const settled = judged.flatMap((judgement) => judgement.settled ?? []);
  const takenBack = await reverse(connection, { job, reversed, at });
  await pay(connection, { job, settled, at });
  const marked = judged.flatMap(markedOf);
  if (marked.length > 0) assertUnchanged(marked, await markBets(connection, { tenantId, marked }));
  return {
    settled: settled.length,
    reversed: reversed.length,
    changed: marked.length,
    freed: marked
      .filter(({ bet, state }) => bet.state === "open" && state === "settled")
      .map(({ bet }) => bet.betId),
    taken: marked.filter(({ state }) => state === "open").map(({ bet }) => bet.betId),
    debited: judged.flatMap((judgement) => debitedBy(judgement, takenBack)),
  };
}

function assertUnchanged(claimed: readonly unknown[], open: number): void {
  if (open !== claimed.length) throw new SettlementFencedError({ claimed: claimed.length, open });
}

/** What else is known of each bet: the other legs of those that have some, the settlements of those that are settled. */
async function readOfBets(
  connection: Connection,
  { job: { tenantId, resultVersion }, bets }: Pick<Settling, "job" | "bets">,
): Promise<(bet: ClaimedBet) => OfBet> {
  const idsOf = (chosen: readonly ClaimedBet[]) => chosen.map(({ betId }) => betId);
  const multiple = idsOf(bets.filter(({ legCount }) => legCount > 1));
  const closed = idsOf(bets.filter(({ state }) => state === "settled"));
  const legs: GradedLeg[] =
    multiple.length === 0 ? [] : await selectGradedLegs(connection, { tenantId, betIds: multiple });
  const settlements: StandingSettlement[] =
    closed.length === 0 ? [] : await selectStandingSettlements(connection, { tenantId, betIds: closed });
  const legsByBet = Map.groupBy(legs, ({ betId }) => betId);
  const standingByBet = new Map(settlements.map((standing) => [standing.betId, standing]));
  return ({ betId, legNumber }) => ({
    others: (legsByBet.get(betId) ?? []).filter((leg) => leg.legNumber !== legNumber),
    standing: standingByBet.get(betId),
    resultVersion,
  });
}

/** Takes back what did not hold; what that took from each bet's player. */
function reverse(
  connection: Connection,
  { job, reversed, at }: { readonly job: EventVersion; readonly reversed: readonly Reversed[]; at: Date },
): Promise<ReadonlyMap<string, TakenBack>> {
  const { tenantId, eventId, resultVersion } = job;
  return reverseSettlements(connection, {
    tenantId,
    reversed: reversed.map(({ bet, settlementVersion, reason }) => ({
      betId: bet.betId,
      currency: bet.currency,
      reversesVersion: bet.settlementVersion,
      settlementVersion,
      reason,
    })),
    cause: { eventId, resultVersion },
    at,
  });
}

/** Pays what is decided. */
async function pay(
  connection: Connection,
  { job, settled, at }: { readonly job: EventVersion; readonly settled: readonly Settled[]; at: Date },
): Promise<void> {
  if (settled.length === 0) return;
  const { tenantId } = job;
  const owners = settled.map(({ bet }) => bet);
  const accountsOf = await readPlayerAccounts(connection, { tenantId, owners });
  const payments = settled.map((one) => paymentOf(one, { accounts: accountsOf(one.bet), tenantId, at }));
  await insertSettlements(connection, { ...job, settled, at });
  await postTransfers(connection, tenantId, payments, { mayOverdraw: true });
}

function markedOf({ bet, reversed, settled }: Judgement): MarkedBet[] {
  if (settled !== undefined) return [{ bet, state: "settled", settlementVersion: settled.settlementVersion }];
  return reversed === undefined
    ? []
    : [{ bet, state: "open", settlementVersion: reversed.settlementVersion }];
}

function debitedBy(
  { bet: { betId, playerId, currency }, reversed, settled }: Judgement,
  takenBack: ReadonlyMap<string, TakenBack>,
): Debited[] {
  const taken = takenBack.get(betId);
  if (reversed === undefined || taken === undefined) return [];
  if ((settled?.returnMinor ?? 0n) >= taken.amountMinor) return [];
  const { cashAccountId } = taken;
  return [{ betId, playerId, currency, settlementVersion: reversed.settlementVersion, cashAccountId }];
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
