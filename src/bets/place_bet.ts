import { selectSuspensions, selectTenantOffer, type TenantOffer } from "../odds/mod.ts";
import { readPlayer } from "../players/mod.ts";
import { CommitUnknownError, type Connection, type Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { holdDebits, InsufficientFundsError, readPlayerAccount, transfer } from "../wallets/mod.ts";
import type { BetLeg, PlacedBet } from "./bet.ts";
import { BetNotPlacedError, BetRefusedError, IdempotencyKeyReusedError } from "./errors.ts";
import { lockEventShared, selectOffer } from "./offer_queries.ts";
import { offeredBy } from "./offered_by.ts";
import { insertBet, selectPlacedBet } from "./queries.ts";
import { type PlacementLimits, refusalOf } from "./refusal.ts";
import { assertRequest, type PlaceBetRequest, type RequestedLeg, requestHash } from "./request.ts";

export interface PlaceBetDeps {
  /** Of writes, in a role that may place bets. */
  readonly pool: Pool;
  /** Its `epochMs` is the business time that is held against starts and price ages. */
  readonly clock: Pick<Clock, "epochMs">;
  readonly limits: PlacementLimits;
  /** For the whole placement, waiting for a connection included; the pool's own by default. */
  readonly deadlineMs?: number;
  readonly signal?: AbortSignal;
}

/** Every tenant plays under the first published rules until it names others. */
const RULES_VERSION = 1;

/**
 * Takes a bet: price, line, rules and terms are frozen and the stake is held, all in one transaction.
 *
 * The same key and body are answered by the bet they placed, whatever has changed since. A refusal is not stored.
 *
 * @throws {RangeError} If the request has no leg, a stake out of bounds or an unusable key.
 * @throws {BetRefusedError} With the reason as its code; nothing was changed.
 * @throws {IdempotencyKeyReusedError} If the key was used with another body.
 * @throws {PlayerNotFoundError} If the tenant has no such player.
 * @throws {BetNotPlacedError} If the commit was lost and certainly did not happen.
 * @throws {CommitUnknownError} If that could not be found out: send the same request again.
 * @throws {DatabaseUnavailableError}
 */
export async function placeBet(request: PlaceBetRequest, deps: PlaceBetDeps): Promise<PlacedBet> {
  assertRequest(request);
  if (request.legs.length > 1) throw new BetRefusedError("too_many_legs", { facts: { legsMax: "1" } });
  try {
    return await placeOnce(request, deps);
  } catch (error) {
    if (!(error instanceof CommitUnknownError)) throw error;
    return await resolveCommit(request, deps, error);
  }
}

async function placeOnce(request: PlaceBetRequest, deps: PlaceBetDeps): Promise<PlacedBet> {
  const { tenantId, playerId } = request;
  await using lease = await leaseOf(request, deps);
  const { connection } = lease;
  const known = await answerOf(connection, request);
  if (known !== undefined) return known;

  const { currency, state } = await readPlayer(connection, { tenantId, playerId, held: true });
  if (state !== "verified") throw new BetRefusedError("player_not_verified");
  for (const leg of request.legs) await lockEventShared(connection, leg.eventId);
  // The moment that counts: after every wait for a result that is being recorded.
  const placedAt = new Date(deps.clock.epochMs());
  const tenantOffer = await selectTenantOffer(connection, tenantId);
  const legs: BetLeg[] = [];
  for (const leg of request.legs)
    legs.push(await freeze(connection, leg, { tenantOffer, at: placedAt, limits: deps.limits }));
  const placed: PlacedBet = {
    betId: Bun.randomUUIDv7("hex", placedAt.getTime()),
    playerId,
    currency,
    stakeMinor: request.stakeMinor,
    rulesVersion: RULES_VERSION,
    terms: { priceChange: "none" },
    placedAt,
    legs,
  };
  const added = await insertBet(connection, { ...placed, ...keyOf(request) });
  if (!added) return await earlierAnswer(connection, request);
  await holdStake(connection, tenantId, placed);
  await lease.commit();
  return placed;
}

/** The leg as the tenant offers it now and no trader stops it, under the locks of the event and its source. */
async function freeze(
  connection: Connection,
  leg: RequestedLeg,
  {
    tenantOffer,
    at,
    limits,
  }: { readonly tenantOffer: TenantOffer; readonly at: Date; readonly limits: PlacementLimits },
): Promise<BetLeg> {
  const { tenantId } = tenantOffer;
  const offer = offeredBy(tenantOffer, await selectOffer(connection, leg));
  const suspensions = await selectSuspensions(connection, { tenantId, eventId: leg.eventId });
  const refusal = refusalOf(leg, { offer, suspensions, at, limits });
  if (refusal !== undefined || offer === undefined) throw refusal ?? new BetRefusedError("selection_unknown");
  return offer.leg;
}

/** The last step before the commit, so that the player's account is locked as shortly as can be. */
async function holdStake(connection: Connection, tenantId: string, bet: PlacedBet): Promise<void> {
  const { betId, playerId, currency, stakeMinor, placedAt } = bet;
  const accounts = await readPlayerAccount(connection, { tenantId, playerId, currency });
  try {
    await transfer(connection, {
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
  } catch (cause) {
    if (!(cause instanceof InsufficientFundsError)) throw cause;
    const facts = { balanceMinor: `${cause.balanceMinor}` };
    throw new BetRefusedError("insufficient_funds", { facts, cause });
  }
}

/** What is stored under the request's key, if anything. */
async function answerOf(connection: Connection, request: PlaceBetRequest): Promise<PlacedBet | undefined> {
  const stored = await selectPlacedBet(connection, request);
  if (stored === undefined) return undefined;
  if (stored.requestHash !== requestHash(request)) throw new IdempotencyKeyReusedError(stored.bet.betId);
  return stored.bet;
}

/** Someone used the key a moment ago: the insert waited for their commit, so that it can be read now. */
async function earlierAnswer(connection: Connection, request: PlaceBetRequest): Promise<PlacedBet> {
  const stored = await answerOf(connection, request);
  if (stored === undefined) throw new BetNotPlacedError();
  return stored;
}

/**
 * Reads the key back. The lost transaction held the player's cash account: once we hold it, that transaction is over,
 * and what is read is final.
 */
async function resolveCommit(
  request: PlaceBetRequest,
  deps: PlaceBetDeps,
  unknown: CommitUnknownError,
): Promise<PlacedBet> {
  const { tenantId, playerId } = request;
  let stored: PlacedBet | undefined;
  try {
    await using lease = await leaseOf(request, deps);
    const { connection } = lease;
    const { currency } = await readPlayer(connection, { tenantId, playerId });
    const { cashAccountId } = await readPlayerAccount(connection, { tenantId, playerId, currency });
    await holdDebits(connection, [cashAccountId]);
    stored = await answerOf(connection, request);
  } catch {
    throw unknown;
  }
  if (stored === undefined) throw new BetNotPlacedError({ cause: unknown });
  return stored;
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

function keyOf(request: PlaceBetRequest) {
  const { tenantId, idempotencyKey } = request;
  return { tenantId, idempotencyKey, requestHash: requestHash(request) };
}
