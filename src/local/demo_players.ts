import { BetRefusedError, type PlaceBetRequest, placeBet } from "../bets/mod.ts";
import type { Log } from "../log.ts";
import { priceFor, selectTenantOffer } from "../odds/mod.ts";
import { changePlayerState, readPlayer, registerPlayer } from "../players/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { depositDemo, InsufficientFundsError, openAccounts } from "../wallets/mod.ts";
import { type Loop, type StepReport, startLoop } from "../worker/mod.ts";
import { DEMO_TENANTS } from "./demo_tenants.ts";
import { selectBettable, selectPlayerIds } from "./queries.ts";

/** Someone who bets in the demonstration. */
export interface DemoPlayer {
  readonly tenantId: string;
  readonly playerId: string;
  readonly currency: string;
  readonly minStakeMinor: number;
}

const PLAYERS_EACH = 3;
const STAKES_IN_PURSE = 1000;

/** Sees to it that every demo tenant has three verified players with demo money; those of an earlier run are taken again. */
export async function saveDemoPlayers(
  pool: Pool,
  { at, tenants }: { tenants: ReadonlyMap<string, string>; at: Date },
): Promise<DemoPlayer[]> {
  const players: DemoPlayer[] = [];
  for (const { document, slug } of DEMO_TENANTS) {
    const tenantId = tenants.get(slug);
    if (tenantId === undefined) continue;
    const { currency, minStakeMinor } = document.betting;
    await using lease = await pool.lease({ access: "write", tenantId });
    const known = await selectPlayerIds(lease.connection, { tenantId, currency, limit: PLAYERS_EACH });
    const ids = known.map(({ player_id }) => player_id);
    while (ids.length < PLAYERS_EACH) ids.push(await admit(lease.connection, { tenantId, currency, at }));
    for (const playerId of ids) {
      const player = { tenantId, playerId, currency, minStakeMinor };
      await fill(lease.connection, player, { at, key: "welcome" });
      players.push(player);
    }
    await lease.commit();
  }
  return players;
}

async function admit(
  connection: Connection,
  player: { tenantId: string; currency: string; at: Date },
): Promise<string> {
  const { playerId } = await registerPlayer(connection, player);
  await changePlayerState(connection, { ...player, playerId, to: "verified" });
  await openAccounts(connection, { ...player, playerId });
  return playerId;
}

async function fill(
  connection: Connection,
  player: DemoPlayer,
  { at, key }: { at: Date; key: string },
): Promise<void> {
  const { minStakeMinor, playerId, tenantId } = player;
  const known = await readPlayer(connection, { tenantId, playerId, held: true });
  if (known.state !== "verified") return; // an operator has closed the player since
  const amountMinor = BigInt(minStakeMinor * STAKES_IN_PURSE);
  await depositDemo(connection, { tenantId, player: known, amountMinor, idempotencyKey: key, at });
}

export interface DemoBettingOptions {
  readonly players: readonly DemoPlayer[];
  readonly restMs: number;
  /** As the service itself refuses prices older than this. */
  readonly priceAgeMaxMs: number;
}

export interface DemoBettingDeps {
  /** Of the role `linehold_web`, which may place bets. */
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
}

const SUMMARY_MS = 30_000;
const DEADLINE_MS = 1500;
/** Outcomes of the next four matches: what is bet is settled while one still looks. */
const SOONEST = 12;

/**
 * The players bet, one at a time, on football matches that have not begun, at the price they read a moment before. A refusal is an
 * answer like any other; what they did is summed up every 30 s.
 */
export function startDemoBetting(
  options: DemoBettingOptions,
  { clock, log, pool, random }: DemoBettingDeps,
): Loop {
  const counts = new Map<string, number>();
  let saidAt = clock.now();
  const count = (what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);

  const loop = startLoop(
    { name: "demo_players", restMs: options.restMs, step: bet },
    {
      pool,
      clock,
      random,
      observe(event) {
        if (event.type === "step_failed") count("failed");
        sumUp();
      },
    },
  );
  loop.finished.catch((error: unknown) =>
    log.error("start.demo_players_ended", "Demo players bet no more", { error }),
  );
  return loop;

  /** One bet a step, or none while there is nothing to bet on: never more at once. */
  async function bet(): Promise<StepReport> {
    const player = pick(options.players);
    const request = player && (await draft(player));
    if (player === undefined || request === undefined) return { worked: false };
    try {
      await placeBet(request, { pool, clock, limits: options, deadlineMs: DEADLINE_MS });
      count("placed");
    } catch (error) {
      const isBroke = error instanceof InsufficientFundsError;
      if (!isBroke && !(error instanceof BetRefusedError)) throw error;
      count(`refused_${error.code}`);
      if (isBroke) await topUp(player);
    }
    return { worked: false };
  }

  async function draft({
    minStakeMinor,
    playerId,
    tenantId,
  }: DemoPlayer): Promise<PlaceBetRequest | undefined> {
    await using lease = await pool.lease({ tenantId, deadlineMs: DEADLINE_MS });
    const { profile } = await selectTenantOffer(lease.connection, tenantId);
    const stored = pick(
      await selectBettable(lease.connection, { at: new Date(clock.epochMs()), limit: SOONEST }),
    );
    const market = stored && { sport: "soccer", marketType: stored.marketType };
    const price = stored && market && priceFor(profile, market, stored.price);
    if (stored === undefined || price === undefined) return undefined;
    const leg = { ...stored, price };
    const stakeMinor = BigInt(minStakeMinor * (1 + Math.floor(random() * 10)));
    return { tenantId, playerId, idempotencyKey: Bun.randomUUIDv7(), stakeMinor, legs: [leg] };
  }

  async function topUp(player: DemoPlayer): Promise<void> {
    await using lease = await pool.lease({
      access: "write",
      tenantId: player.tenantId,
      deadlineMs: DEADLINE_MS,
    });
    await fill(lease.connection, player, { at: new Date(clock.epochMs()), key: Bun.randomUUIDv7() });
    await lease.commit();
  }

  function pick<T>(from: readonly T[]): T | undefined {
    return from[Math.floor(random() * from.length)];
  }

  function sumUp(): void {
    if (clock.now() - saidAt < SUMMARY_MS || counts.size === 0) return;
    log.info(
      "start.demo_players_bet",
      `Demo players placed ${counts.get("placed") ?? 0} bets`,
      Object.fromEntries(counts),
    );
    counts.clear();
    saidAt = clock.now();
  }
}
