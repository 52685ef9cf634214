import { type BettingBounds, type MoneyGate, readBettingBounds } from "../branding/mod.ts";
import {
  type Suspension,
  selectSuspensionsOfEvents,
  selectTenantOffer,
  type TenantOffer,
} from "../odds/mod.ts";
import { assertMayBet, assertNotFrozen, type Player, readPlayer } from "../players/mod.ts";
import { CommitUnknownError, type Connection, type Lease, type Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import {
  CurrencyMismatchError,
  holdFunds,
  InsufficientFundsError,
  minorExponent,
  selectStakeAccounts,
} from "../wallets/mod.ts";
import { answerTextOf } from "./answer.ts";
import type { BetLeg, PlacedBet, Placement } from "./bet.ts";
import { commitBet } from "./commit_bet.ts";
import {
  BetNotPlacedError,
  BetRefusedError,
  IdempotencyKeyReusedError,
  RequestInProgressError,
} from "./errors.ts";
import { tryLockKey, waitForKey } from "./key_queries.ts";
import { selectLimits } from "./limit_queries.ts";
import { assertWithinBounds, type BetBounds, boundsOf, type TenantLimits } from "./limits.ts";
import { lockShared, type Offer, selectOffers } from "./offer_queries.ts";
import { offeredBy } from "./offered_by.ts";
import { combinedPrice } from "./potential.ts";
import { selectPlacement } from "./queries.ts";
import { judgeLegs, type PlacementLimits } from "./refusal.ts";
import { assertRequest, type PlaceBetRequest, requestHash, STRICT } from "./request.ts";
import { assertResponsible } from "./responsible_betting.ts";
import { readSettlementPolicy, type SettlementPolicy } from "./settlement_policy.ts";

export interface PlaceBetDeps {
  /** Of writes, in a role that may place bets. */
  readonly pool: Pool;
  /** Its `epochMs` is the business time that is held against starts and price ages. */
  readonly clock: Pick<Clock, "epochMs">;
  readonly limits: PlacementLimits;
  /** Whether the tenant may take money from the player's country; always, when left out. */
  readonly money?: Pick<MoneyGate, "assertOpen">;
  /**
   * Who bets, in the placement's own transaction and held until it ends; the request's player by default. A door that knows a session asks
   * for it here.
   */
  readonly identify?: (connection: Connection, asked: { readonly at: Date }) => Promise<Player>;
  /** For the whole placement, waiting for a connection included; the pool's own by default. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/**
 * Takes a bet: price, line, rules and terms are frozen, the stake is held and the exposure taken, all in one transaction.
 *
 * The same key and body are answered by the bet they placed, whatever has changed since. A refusal is not stored: nothing was done, what
 * it rests on may be gone the next moment, and the player must be free to try again.
 *
 * @throws {RangeError} If the request has no leg, a stake out of bounds or an unusable key.
 * @throws {BetRefusedError} With the reason as its code; nothing was changed.
 * @throws {InsufficientFundsError}
 * @throws {PlayerNotVerifiedError | PlayerClosedError | PlayerExcludedError | PlayerCoolingOffError | PlayerFrozenError}
 * @throws {InvalidCountryError | TenantNotLicensedError | MoneyUncheckedError} Where the money is real.
 * @throws {IdempotencyKeyReusedError} If the key was used with another body.
 * @throws {RequestInProgressError} If a request with the key is under way.
 * @throws {PlayerNotFoundError} If the tenant has no such player.
 * @throws {BetNotPlacedError} If the commit was lost and certainly did not happen.
 * @throws {CommitUnknownError} If that could not be found out: send the same request again.
 * @throws {DatabaseUnavailableError}
 */
export async function placeBet(request: PlaceBetRequest, deps: PlaceBetDeps): Promise<Placement> {
  assertRequest(request);
  try {
    return await placeOnce(request, deps);
  } catch (error) {
    if (!(error instanceof CommitUnknownError)) throw error;
    return await resolveCommit(request, deps, error);
  }
}

async function placeOnce(request: PlaceBetRequest, deps: PlaceBetDeps): Promise<Placement> {
  await using lease = await leaseOf(request, deps);
  const { connection } = lease;
  const found = await lookUp(connection, request, deps);
  if (found.stored !== undefined) return answerTo(request, found.stored);
  if (!found.isFree) throw new RequestInProgressError();
  // The moment that counts: after every wait for a result that is being recorded.
  const placedAt = new Date(deps.clock.epochMs());
  const { bet, bounds } = judge(request, { ...found, placedAt, limits: deps.limits });
  await deps.money?.assertOpen(connection, found.player);
  return await take(lease, { request, bet, bounds });
}

interface Found {
  /** Nobody else is answering this key. */
  readonly isFree: boolean;
  readonly stored: Awaited<ReturnType<typeof selectPlacement>>;
  readonly player: Player;
  readonly tenantOffer: TenantOffer;
  readonly offers: readonly (Offer | undefined)[];
  readonly suspensions: readonly Suspension[];
  readonly tenantLimits: TenantLimits;
  readonly advertised: BettingBounds | undefined;
  readonly policy: SettlementPolicy;
}

/**
 * Everything a placement is judged by, in one round trip: the statements leave together and the server runs them in this order. First
 * the key, then who it is, then the locks that keep results, stops and limits from changing, and only then what they guard.
 */
async function lookUp(
  connection: Connection,
  request: PlaceBetRequest,
  { clock, identify }: PlaceBetDeps,
): Promise<Found> {
  const { tenantId, playerId, legs } = request;
  const eventIds = legs.map(({ eventId }) => eventId);
  const who = identify ?? (() => readPlayer(connection, { tenantId, playerId, held: true }));
  const [isFree, stored, player, , tenantOffer, offers, suspensions, tenantLimits, advertised, policy] =
    await Promise.all([
      tryLockKey(connection, request),
      selectPlacement(connection, request),
      who(connection, { at: new Date(clock.epochMs()) }),
      lockShared(connection, { tenantId, eventIds }),
      selectTenantOffer(connection, tenantId),
      selectOffers(connection, legs),
      selectSuspensionsOfEvents(connection, { tenantId, eventIds }),
      selectLimits(connection, { tenantId, playerId, eventIds }),
      readBettingBounds(connection, tenantId),
      readSettlementPolicy(connection, tenantId),
    ]);
  return { isFree, stored, player, tenantOffer, offers, suspensions, tenantLimits, advertised, policy };
}

/** What the bet is and what bounds it, or why it is not taken. Pure. */
function judge(
  request: PlaceBetRequest,
  {
    player,
    tenantOffer,
    offers,
    suspensions,
    tenantLimits,
    advertised,
    policy: { rulesInForce: rulesVersion },
    placedAt: at,
    limits,
  }: Found & { readonly placedAt: Date; readonly limits: PlacementLimits },
): { readonly bet: PlacedBet; readonly bounds: BetBounds } {
  const { stakeMinor, playerId, terms = STRICT } = request;
  const { currency } = player;
  assertMayBet(player, { at });
  if (!tenantLimits.bettingOpen) throw new BetRefusedError("all_betting_closed");
  if (request.currency !== undefined && request.currency !== currency)
    throw new CurrencyMismatchError({ wallet: currency, asked: request.currency });
  const offered = offers.map((offer) => offeredBy(tenantOffer, offer));
  const legs = judgeLegs(request.legs, { offers: offered, suspensions, at, limits, terms, rulesVersion });
  const bounds = boundsOf(
    { legs, playerId, currency },
    { limits: tenantLimits.limits, advertised, exponent: minorExponent(currency) },
  );
  assertWithinBounds({ stakeMinor, price: priceOf(legs) }, bounds);
  const bet: PlacedBet = {
    betId: Bun.randomUUIDv7("hex", at.getTime()),
    playerId,
    currency,
    stakeMinor,
    rulesVersion,
    terms,
    limitsVersion: tenantLimits.version === 0 ? null : tenantLimits.version,
    placedAt: at,
    legs,
  };
  return { bet, bounds };
}

function priceOf(legs: readonly BetLeg[]) {
  return combinedPrice(legs.map(({ price }) => price));
}

/** Holds the player's money, asks under that lock whether the player is frozen and what limits they set, and writes everything. */
async function take(
  lease: Lease,
  { request, bet, bounds }: { request: PlaceBetRequest; bet: PlacedBet; bounds: BetBounds },
): Promise<Placement> {
  const { connection } = lease;
  const { tenantId, idempotencyKey } = request;
  const { playerId, currency, placedAt: at } = bet;
  const accounts = await selectStakeAccounts(connection, { tenantId, playerId, currency });
  // Accounts are opened by the first deposit.
  if (accounts === undefined)
    throw new InsufficientFundsError({ accountId: "", balanceMinor: 0n, neededMinor: bet.stakeMinor });
  const [funds] = await Promise.all([
    holdFunds(connection, { tenantId, accountId: accounts.cashAccountId }),
    assertNotFrozen(connection, { tenantId, playerId }),
    assertResponsible(connection, { tenantId, playerId, currency, stakeMinor: bet.stakeMinor, at }),
  ]);
  const answer = answerTextOf(bet);
  await commitBet(lease, {
    bet: { ...bet, answer, tenantId, idempotencyKey, requestHash: requestHash(request) },
    accounts,
    funds,
    bounds,
  });
  return { ...bet, answer };
}

/** What is stored under the request's key, as far as it is this very request. */
function answerTo(
  request: PlaceBetRequest,
  stored: { readonly requestHash: string; readonly bet: Placement },
): Placement {
  if (stored.requestHash !== requestHash(request)) throw new IdempotencyKeyReusedError(stored.bet.betId);
  return stored.bet;
}

/**
 * Reads the key back. The lost transaction held the key from its first statement on: once we hold it, that transaction is over, and
 * what is read is final.
 */
async function resolveCommit(
  request: PlaceBetRequest,
  deps: PlaceBetDeps,
  unknown: CommitUnknownError,
): Promise<Placement> {
  let stored: Found["stored"];
  try {
    await using lease = await leaseOf(request, deps);
    const { connection } = lease;
    await waitForKey(connection, request);
    stored = await selectPlacement(connection, request);
  } catch {
    throw unknown;
  }
  if (stored === undefined) throw new BetNotPlacedError({ cause: unknown });
  return answerTo(request, stored);
}

function leaseOf({ tenantId }: PlaceBetRequest, { pool, deadlineMs, signal }: PlaceBetDeps) {
  return pool.lease({
    access: "write",
    criticality: "placement",
    tenantId,
    ...(deadlineMs === undefined ? {} : { deadlineMs }),
    ...(signal === undefined ? {} : { signal }),
  });
}
