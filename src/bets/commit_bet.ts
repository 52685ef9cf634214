import { type Lease, StatementError } from "../pool/mod.ts";
import type { HeldFunds, StakeAccounts } from "../wallets/mod.ts";
import type { Placement } from "./bet.ts";
import { RequestInProgressError } from "./errors.ts";
import { exposuresOf } from "./exposure.ts";
import { ExposureSpentError, takeExposure } from "./exposure_queries.ts";
import { aboveMaximum, type BetBounds } from "./limits.ts";
import { combinedPrice, potentialReturn, stakeForExposure } from "./potential.ts";
import { insertBet } from "./queries.ts";

export interface BetToCommit {
  readonly bet: Placement & {
    readonly tenantId: string;
    readonly idempotencyKey: string;
    readonly requestHash: string;
  };
  readonly accounts: StakeAccounts;
  /** The player's cash, held. */
  readonly funds: HeldFunds;
  readonly bounds: BetBounds;
}

/**
 * Writes a bet, its stake and its exposure and commits, all of it sent at once: the rows of a hot event are locked for as long as the
 * server takes to commit, not while we are on the way to it. Each statement fails the transaction if it cannot do all of its work,
 * so that the commit behind it makes all of it true or none.
 *
 * @throws {InsufficientFundsError} At once; nothing is sent.
 * @throws {BetRefusedError} `above_max_bet_amount`, if an event or an outcome has no room for it.
 * @throws {CommitUnknownError} If it cannot be told whether it was committed.
 */
export async function commitBet(lease: Lease, { bet, accounts, funds, bounds }: BetToCommit): Promise<void> {
  const { connection } = lease;
  const { tenantId, currency, stakeMinor, legs } = bet;
  const price = combinedPrice(legs.map((leg) => leg.price));
  const exposureMinor = potentialReturn(stakeMinor, price) - stakeMinor;
  const wanted = exposuresOf(legs, bounds);
  // What cannot be sent throws here, before there is a commit that could leave it out.
  const written = [
    holdStake({ bet, accounts, funds }),
    insertBet(connection, { ...bet, exposureMinor }),
    takeExposure(connection, { tenantId, currency, amountMinor: exposureMinor, wanted }),
  ];
  const [committed, ...statements] = await Promise.allSettled([lease.commit(), ...written]);
  const failure = statements.find((statement) => statement.status === "rejected")?.reason;
  if (committed.status === "fulfilled" && failure === undefined) return;
  // A commit that the server has answered with a refusal did certainly not happen, and then the first failure says why; any other
  // end leaves it open whether it did, whatever became of the statements.
  const refusal = committed.status === "rejected" ? committed.reason : undefined;
  if (!(refusal instanceof StatementError)) throw refusal ?? failure;
  if (failure instanceof ExposureSpentError) {
    const { scope, roomMinor } = failure;
    const maxMinor = stakeForExposure(roomMinor, price);
    throw aboveMaximum({ minMinor: bounds.stakeMinMinor, maxMinor, bound: `${scope}_exposure` });
  }
  // The release before this one takes no lock of the key: it may have used it a moment ago. What is asked again finds the answer.
  if (failure instanceof StatementError && failure.constraint === KEY_CONSTRAINT)
    throw new RequestInProgressError();
  throw failure ?? refusal;
}

const KEY_CONSTRAINT = "bets_tenant_id_player_id_idempotency_key_key";

function holdStake({ bet, accounts, funds }: Omit<BetToCommit, "bounds">): Promise<unknown> {
  const { tenantId, betId, currency, stakeMinor, placedAt } = bet;
  return funds.post({
    tenantId,
    idempotencyKey: `stake/${betId}`,
    kind: "stake",
    currency,
    entries: [
      { accountId: accounts.cashAccountId, amountMinor: -stakeMinor },
      { accountId: accounts.heldAccountId, amountMinor: stakeMinor },
    ],
    betId,
    occurredAt: placedAt,
  });
}
