import { type Snapshot, type SnapshotEvent, writeSnapshot } from "../feeds/mod.ts";
import type { Pool } from "../pool/mod.ts";
import { SETTLEMENT_LIMITS, type SettlementFailure, settlementStep } from "../settlement/mod.ts";
import type { Progress } from "./_progress.ts";
import { cashOf, openHouse, type Seat, seatPlayer, stake } from "./_replay_house.ts";
import type { ReplayedMarket, ReplayMarket } from "./_replay_markets.ts";
import { type MatchDay, pickOf, type SeasonCounts, seasonOf } from "./_replay_matches.ts";
import { selectEnded, selectEventIds, selectOthersWait, sumLedger } from "./_replay_queries.ts";

/** The database cannot be replayed on, or not all bets of the replay came to an end. */
export class ReplayFailedError extends Error {
  override readonly name = "ReplayFailedError";
  readonly code = "replay_failed";
}

export interface ReplayOptions {
  /** The whole season, as its adapter reads the file. */
  readonly snapshot: Snapshot;
  readonly markets: readonly ReplayedMarket[];
  /** Of each bet, in minor units. */
  readonly stakeMinor: bigint;
}

export interface ReplayDeps {
  /** Of the role `linehold_odds`. */
  readonly odds: Pool;
  /** Of the role `linehold_web`, with a connection for each market. */
  readonly web: Pool;
  /** Of the role `linehold_settlement`. */
  readonly settlement: Pool;
  readonly progress: Progress;
  /** The settlement worker's own step unless given. */
  readonly settlementOf?: typeof settlementStep;
}

/** How the bets of one market ended; amounts in minor units. */
export interface MarketReport {
  readonly bets: number;
  readonly won: number;
  readonly half_won: number;
  readonly void: number;
  readonly half_lost: number;
  readonly lost: number;
  readonly staked_minor: number;
  readonly returned_minor: number;
  /** Matches without a bet, by why. */
  readonly skipped: Readonly<Record<string, number>>;
}

export interface ReplayReport {
  readonly counts: SeasonCounts;
  readonly ledger_sum_minor: number;
  readonly markets: Readonly<Partial<Record<ReplayMarket, MarketReport>>>;
}

/** A day's prices are taken, and bet on, that long before its first match starts. */
const BEFORE_START_MS = 3_600_000;
/** A day's results are told that long after its last match has started: play, stoppage time and the break. */
const AFTER_START_MS = 2 * 3_600_000;

/**
 * Replays a season day by day, each in its own business time: its fixtures and prices are written before the first match starts, bets
 * are placed on them, then the results are written and settled until nothing is left to do. Every market is bet on by a player of its
 * own, so that what it returned is what the ledger says that player has.
 *
 * @throws {ReplayFailedError} If others' bets wait in the database, as their time would be the replay's; or if bets stay unsettled.
 * @throws {DatabaseUnavailableError | StatementError | CommitUnknownError}
 */
export async function replaySeason(options: ReplayOptions, deps: ReplayDeps): Promise<ReplayReport> {
  const { markets } = options;
  const { days, counts } = seasonOf(options.snapshot);
  await refuseOthers(deps.settlement);
  const tenantId = Bun.randomUUIDv7();
  const source = `${options.snapshot.source}/replay/${tenantId}`;
  const [firstDay] = days;
  const at = firstDay === undefined ? new Date(0) : opening(firstDay);
  await openHouse(deps.web, { tenantId, stakeMinor: options.stakeMinor, at });
  const purses: Purse[] = [];
  for (const market of markets) {
    const depositMinor = options.stakeMinor * BigInt(betsOf(days, market));
    const seat = await seatPlayer(deps.web, { tenantId, depositMinor, at });
    purses.push({ market, seat, depositMinor, skipped: new Map() });
  }
  const settling = openSettling(deps);
  const replay = { ...options, source, purses, settling };
  for (const [index, day] of days.entries()) {
    deps.progress.show(`Replaying day ${index + 1} of ${days.length}, ${day.matches.length} matches`);
    await replayDay(day, { ...replay, version: BigInt(index) }, deps);
  }
  await settling.finish(tenantId);
  const reports = await reportsOf(deps.web, { tenantId, purses });
  return { counts, ...reports };
}

/** One market's player and what was not bet on. */
interface Purse {
  readonly market: ReplayedMarket;
  readonly seat: Seat;
  readonly depositMinor: bigint;
  readonly skipped: Map<string, number>;
}

interface Replay extends ReplayOptions {
  readonly source: string;
  readonly purses: readonly Purse[];
  readonly settling: Settling;
  /** Of the day, from 0. */
  readonly version: bigint;
}

async function refuseOthers(settlement: Pool): Promise<void> {
  await using lease = await settlement.lease();
  if (await selectOthersWait(lease.connection))
    throw new ReplayFailedError(
      "Cannot replay on this database as bets in it wait for settlement, which would be paid in the replay's time",
    );
}

function betsOf(days: readonly MatchDay[], market: ReplayedMarket): number {
  const matches = days.flatMap((day) => day.matches);
  return matches.filter((match) => "price" in pickOf(match, market)).length;
}

function opening({ firstStart }: MatchDay): Date {
  return new Date(firstStart.getTime() - BEFORE_START_MS);
}

/** Two answers of the source a day, the fixtures with their prices and then the results, with everything between them. */
async function replayDay(day: MatchDay, replay: Replay, deps: ReplayDeps): Promise<void> {
  const { source, version, purses, settling } = replay;
  const openAt = opening(day);
  const closeAt = new Date(day.lastStart.getTime() + AFTER_START_MS);
  const write = (phase: "fixtures" | "results", at: Date) =>
    writeSnapshot(answerOf(day, replay, { phase, version: 2n * version + (phase === "results" ? 2n : 1n) }), {
      lease: (options) => deps.odds.lease(options),
      at,
    });
  await write("fixtures", openAt);
  const sourceEventIds = day.matches.map(({ event }) => event.facts.sourceEventId);
  const eventIds = await readEventIds(deps.odds, { source, sourceEventIds });
  await Promise.all(purses.map((purse) => betOnDay(day, { ...replay, purse, eventIds, at: openAt }, deps)));
  await write("results", closeAt);
  await settling.drain(closeAt);
}

async function readEventIds(
  pool: Pool,
  asked: Parameters<typeof selectEventIds>[1],
): Promise<ReadonlyMap<string, string>> {
  await using lease = await pool.lease();
  return await selectEventIds(lease.connection, asked);
}

/** What the source would have said on that day: before the matches that none has begun, afterwards how each ended. */
function answerOf(
  { matches }: MatchDay,
  { snapshot, source }: Replay,
  { phase, version }: { readonly phase: "fixtures" | "results"; readonly version: bigint },
): Snapshot {
  const events = matches.map(({ event }): SnapshotEvent => {
    const facts = { ...event.facts, sourceVersion: version };
    if (phase === "results") return { ...event, facts, prices: undefined };
    return { facts: { ...facts, status: "scheduled" }, prices: event.prices };
  });
  // A contradicted result is set aside when it is told, everything else with the prices.
  const quarantined = matches
    .flatMap((match) => match.quarantined)
    .filter(({ reason }) => (reason === "result_contradicted") === (phase === "results"));
  return { ...snapshot, source, version, scope: "named", events, quarantined };
}

interface BettingDay extends Replay {
  readonly purse: Purse;
  readonly eventIds: ReadonlyMap<string, string>;
  readonly at: Date;
}

async function betOnDay(
  { matches }: MatchDay,
  { purse, eventIds, stakeMinor, at }: BettingDay,
  { web }: ReplayDeps,
): Promise<void> {
  const { market, seat, skipped } = purse;
  for (const match of matches) {
    const pick = pickOf(match, market);
    const eventId = eventIds.get(match.event.facts.sourceEventId) ?? "";
    const why =
      "skipped" in pick
        ? pick.skipped
        : await stake(web, seat, { eventId, price: pick.price, stakeMinor, at });
    if (why !== undefined) skipped.set(why, (skipped.get(why) ?? 0) + 1);
  }
}

interface Settling {
  /** Steps until one finds nothing to do. */
  drain(at: Date): Promise<void>;
  /** Gives what could not be settled the tries that it has, and says what is left. */
  finish(tenantId: string): Promise<void>;
}

/** The settlement step, in the time that the replay has reached. */
function openSettling({ settlement, web, settlementOf = settlementStep }: ReplayDeps): Settling {
  let now = 0;
  const failures: SettlementFailure[] = [];
  const step = settlementOf({
    clock: { epochMs: () => now },
    observe: (failure) => failures.push(failure),
  });
  const scope = {
    signal: new AbortController().signal,
    lease: (options = {}) => settlement.lease(options),
  };
  const settling: Settling = {
    async drain(at) {
      now = Math.max(now, at.getTime());
      while ((await step(scope)).worked);
    },
    async finish(tenantId) {
      for (let tries = SETTLEMENT_LIMITS.attemptsMax; (await openBets(web, tenantId)) > 0n; tries--) {
        if (tries > 0) await settling.drain(new Date(now + SETTLEMENT_LIMITS.retryMs));
        else throw unsettled(await openBets(web, tenantId), failures);
      }
    },
  };
  return settling;
}

async function openBets(web: Pool, tenantId: string): Promise<bigint> {
  await using lease = await web.lease({ tenantId });
  const ended = await selectEnded(lease.connection, tenantId);
  return ended.filter(({ result }) => result === null).reduce((sum, { bets }) => sum + bets, 0n);
}

function unsettled(bets: bigint, failures: readonly SettlementFailure[]): ReplayFailedError {
  const reasons = [...new Set(failures.map(({ failure }) => failure))].join(", ");
  const why = reasons === "" ? "no step takes them up" : `of ${reasons}`;
  return new ReplayFailedError(`Cannot finish the replay as ${why}: ${bets} bets are not settled`);
}

async function reportsOf(
  web: Pool,
  { tenantId, purses }: { readonly tenantId: string; readonly purses: readonly Purse[] },
): Promise<Pick<ReplayReport, "ledger_sum_minor" | "markets">> {
  const markets: Partial<Record<ReplayMarket, MarketReport>> = {};
  for (const purse of purses) markets[purse.market.name] = await reportOf(web, purse);
  await using lease = await web.lease({ tenantId });
  return { ledger_sum_minor: Number(await sumLedger(lease.connection, tenantId)), markets };
}

/** What was returned is told by the ledger, not by the settlements. */
async function reportOf(web: Pool, { seat, depositMinor, skipped }: Purse): Promise<MarketReport> {
  const cashMinor = await cashOf(web, seat);
  await using lease = await web.lease({ tenantId: seat.tenantId });
  const ended = (await selectEnded(lease.connection, seat.tenantId)).filter(
    ({ playerId }) => playerId === seat.playerId,
  );
  const betsBy = (result: number, voidHalves: number) =>
    Number(ended.find((one) => one.result === result && one.voidHalves === voidHalves)?.bets ?? 0n);
  const stakedMinor = ended.reduce((sum, one) => sum + one.stakedMinor, 0n);
  return {
    bets: Number(ended.reduce((sum, { bets }) => sum + bets, 0n)),
    won: betsBy(1, 0),
    half_won: betsBy(1, 1),
    void: betsBy(0, 2),
    half_lost: betsBy(0, 1),
    lost: betsBy(0, 0),
    staked_minor: Number(stakedMinor),
    returned_minor: Number(cashMinor - depositMinor + stakedMinor),
    skipped: Object.fromEntries([...skipped].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}
