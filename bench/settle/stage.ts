import { recordResult } from "../../src/feeds/mod.ts";
import { openPool, type Session } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { arrangeCrowd, type Crowd } from "../../tests/bets/crowd.ts";
import { type IncidentDatabase, openIncidentDatabase } from "../../tests/incident/database.ts";
import { openOwner, seedBets, seedPlayers } from "./seed.ts";

/** One database of the stage. */
export interface House {
  readonly name: string;
  /** Of the application's login. */
  readonly url: string;
  readonly ownerUrl: string;
  readonly owner: Session;
}

/**
 * Three databases of one server, the same tenants and players in all of them. `alone` and `bare` hold nothing but the bets on the first
 * event, row for row alike; `crowded` holds those, as many on the second event, and the others, all of them mixed as they come in.
 */
export interface SettleStage extends AsyncDisposable {
  readonly database: IncidentDatabase;
  readonly crowd: Crowd;
  readonly alone: House;
  readonly bare: House;
  readonly crowded: House;
  /** Settled side by side. */
  readonly firstEventId: string;
  /** Settled beside placements, in `crowded` alone. */
  readonly secondEventId: string;
  /** Stay open: where placements go. */
  readonly otherEventIds: readonly string[];
}

export interface StageSize {
  /** Open bets on the event that is settled. */
  readonly bets: number;
  /** Other open bets for each of them: 10 in `crowded`, those on the second event among them. */
  readonly othersPerBet: number;
  readonly playersEach: number;
}

/** Several, as an event that a hundred thousand bet on is on offer at every brand: each batch is of one, in turn. */
export const TENANTS = 5;
/** Of each tenant, signed in: those who place bets meanwhile. */
const BETTORS_EACH = 20;
const OTHER_EVENTS = 50;

/** A server for a table of a million bets, not for a test: with its usual 64 MB of buffers the disk would be what is measured. */
const SERVER = {
  shared_buffers: "1GB",
  max_wal_size: "4GB",
  checkpoint_timeout: "15min",
  max_connections: "60",
};

/** Arranges everything; a million bets take about a minute. */
export async function openSettleStage(
  { bets, othersPerBet, playersEach }: StageSize,
  { progress }: { readonly progress: (line: string) => void },
): Promise<SettleStage> {
  await using opened = new AsyncDisposableStack();
  progress("starting a Postgres");
  const database = opened.use(await openIncidentDatabase(SERVER));
  const { ownerUrl, loginUrl } = database.postgres;
  // A server that is stopped writes down first what it holds, and has seconds for it: a gigabyte takes longer.
  opened.defer(() => writeDown(ownerUrl));
  await migrate(database.postgres);
  const crowd = await arrange(database);
  const [firstEventId = "", secondEventId = "", ...otherEventIds] = crowd.eventIds;
  {
    await using owner = await openOwner(ownerUrl);
    await seedPlayers(owner, playersEach);
  }
  progress(`seeding ${bets} bets`);
  await database.owner.query("create database alone template linehold");
  await seedBets(at(ownerUrl, "alone"), { targets: [firstEventId], bets, othersPerTurn: 0, otherEventIds });
  await copyDatabase(ownerUrl, { from: "alone", to: "bare" });
  progress(`seeding ${bets * (1 + othersPerBet)} bets`);
  const houseOf = async (name: string): Promise<House> => ({
    name,
    url: at(loginUrl, name),
    ownerUrl: at(ownerUrl, name),
    owner: opened.use(await openOwner(at(ownerUrl, name))),
  });
  await seedBets(ownerUrl, {
    targets: [firstEventId, secondEventId],
    bets,
    othersPerTurn: othersPerBet - 1,
    otherEventIds,
  });
  const crowded = await houseOf("linehold");
  const [alone, bare] = [await houseOf("alone"), await houseOf("bare")];
  await writeDown(ownerUrl);
  const owned = opened.move();
  return {
    database,
    crowd,
    alone,
    bare,
    crowded,
    firstEventId,
    secondEventId,
    otherEventIds,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** The home side of an event has won, as the feeds say it. */
export async function recordHomeWin({ url }: Pick<House, "url">, eventId: string): Promise<void> {
  await using pool = openPool(
    { url, role: "linehold_odds", applicationName: "linehold bench result", max: 1 },
    { clock: systemClock, random: Math.random },
  );
  await using lease = await pool.lease({ access: "write", deadlineMs: 20_000 });
  await recordResult(lease.connection, {
    eventId,
    facts: { state: "final", score: { home: 1, away: 0 } },
    source: "crowd",
    at: new Date(systemClock.epochMs()),
  });
  await lease.commit();
}

async function arrange({ owner, postgres }: IncidentDatabase): Promise<Crowd> {
  await using pool = openPool(
    {
      url: postgres.loginUrl,
      role: "linehold_web",
      applicationName: "linehold bench",
      max: 1,
      overdueMs: 20_000,
    },
    { clock: systemClock, random: Math.random },
  );
  return await arrangeCrowd(owner, pool, {
    tenants: TENANTS,
    playersEach: BETTORS_EACH,
    events: 2 + OTHER_EVENTS,
    eventMaxMinor: 1_000_000_000_000n,
    drawMaxMinor: 1_000_000_000_000n,
  });
}

async function writeDown(ownerUrl: string): Promise<void> {
  await using owner = await openOwner(ownerUrl);
  await owner.execute("checkpoint");
}

/** Copied file by file: through the log, the bets would be written twice more. */
async function copyDatabase(
  ownerUrl: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<void> {
  await using owner = await openOwner(at(ownerUrl, "postgres"));
  await owner.execute(`create database ${to} template ${from} strategy file_copy`);
}

function at(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
