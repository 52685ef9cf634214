import {
  BetRefusedError,
  type PlaceBetDeps,
  type PlaceBetRequest,
  placeBet,
  saveLimits,
} from "../bets/mod.ts";
import type { OfferedPrice } from "../markets/mod.ts";
import { changePlayerState, readPlayer, registerPlayer } from "../players/mod.ts";
import type { Pool } from "../pool/mod.ts";
import { depositDemo, openAccounts, readBalance } from "../wallets/mod.ts";

/** Of a tenant that no directory names: no visitor ever sees it. */
export interface Seat {
  readonly tenantId: string;
  readonly playerId: string;
}

export const CURRENCY = "EUR";

const NONE = {
  playerId: null,
  eventId: null,
  marketType: null,
  period: null,
  label: null,
  lineQuarters: null,
  outcome: null,
} as const;

/** Lets the tenant take every stake of the replay, whatever it may win: the limits of a tenant that has set none are small. */
export async function openHouse(
  pool: Pool,
  { tenantId, stakeMinor, at }: { readonly tenantId: string; readonly stakeMinor: bigint; readonly at: Date },
): Promise<void> {
  const limit = {
    ...NONE,
    currency: CURRENCY,
    scope: "tenant",
    stakeMinMinor: null,
    stakeMaxMinor: Number(stakeMinor),
    payoutMaxMinor: Number.MAX_SAFE_INTEGER,
    eventExposureMaxMinor: Number.MAX_SAFE_INTEGER,
    outcomeExposureMaxMinor: Number.MAX_SAFE_INTEGER,
  } as const;
  const change = () => ({ bettingOpen: true, limits: [limit] });
  const actor = () => Promise.resolve({ tenantId, system: "replay" });
  await saveLimits({ tenantId, change }, { pool, actor, at });
}

/** A verified player with money, by the verbs that admit any other. */
export async function seatPlayer(
  pool: Pool,
  {
    tenantId,
    depositMinor,
    at,
  }: { readonly tenantId: string; readonly depositMinor: bigint; readonly at: Date },
): Promise<Seat> {
  await using lease = await pool.lease({ access: "write", tenantId });
  const { connection } = lease;
  const { playerId } = await registerPlayer(connection, { tenantId, currency: CURRENCY, at });
  await changePlayerState(connection, { tenantId, playerId, to: "verified", at });
  await openAccounts(connection, { tenantId, playerId, currency: CURRENCY, at });
  if (depositMinor > 0n) {
    const player = await readPlayer(connection, { tenantId, playerId });
    await depositDemo(connection, {
      tenantId,
      player,
      amountMinor: depositMinor,
      idempotencyKey: "replay",
      at,
    });
  }
  await lease.commit();
  return { tenantId, playerId };
}

/** What the ledger says that a player has, in minor units. */
export async function cashOf(pool: Pool, seat: Seat): Promise<bigint> {
  await using lease = await pool.lease({ tenantId: seat.tenantId });
  const { cashMinor } = await readBalance(lease.connection, { ...seat, currency: CURRENCY });
  return cashMinor;
}

/** Prices are bet on at the very moment at which they were taken in. */
const LIMITS = { priceAgeMaxMs: 60_000 };

export interface Stake {
  readonly eventId: string;
  readonly price: OfferedPrice;
  readonly stakeMinor: bigint;
  /** Business time. */
  readonly at: Date;
}

/** Places one bet, as a door would. Why it was refused, or `undefined` if it stands. */
export async function stake(
  pool: Pool,
  seat: Seat,
  { eventId, price, stakeMinor, at }: Stake,
): Promise<string | undefined> {
  const { suspended: _, ...selection } = price;
  const request: PlaceBetRequest = {
    ...seat,
    idempotencyKey: `replay/${eventId}`,
    stakeMinor,
    legs: [{ ...selection, eventId }],
  };
  const deps: PlaceBetDeps = { pool, clock: { epochMs: () => at.getTime() }, limits: LIMITS };
  try {
    await placeBet(request, deps);
    return undefined;
  } catch (error) {
    if (error instanceof BetRefusedError) return error.code;
    throw error;
  }
}
