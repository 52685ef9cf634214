import type { SettlementLimits } from "../../src/settlement/mod.ts";
import { CROWD_ENV, renewBearers } from "../../tests/bets/crowd.ts";
import { findFreePort } from "../../tests/harness/ports.ts";
import { spawnLines } from "../../tests/incident/children.ts";
import { prepareBare } from "./bare.ts";
import { type BesideRow, measureBeside, STRETCH_MS } from "./beside.ts";
import { openBurner } from "./burner.ts";
import { watchLocks } from "./lock_waits.ts";
import { startPlacements } from "./placements.ts";
import { measureRates, partOf, type RateRow } from "./rates.ts";
import { openOwner } from "./seed.ts";
import { type Settling, startSettling } from "./settling.ts";
import { recordHomeWin, type SettleStage } from "./stage.ts";

/** What two processors can take beside settlement without being full. */
const PLACEMENTS_PER_SECOND = 60;
/** What the settling processes call themselves in pg_stat_activity. */
const SETTLEMENT = "linehold bench settlement";
const WRITE_CONNECTIONS = 8;

export interface ComparisonDeps {
  readonly stage: SettleStage;
  /** Settles in the crowded database, in both comparisons. */
  readonly crowded: Settling;
  readonly progress: (line: string) => void;
}

/** Starts the process that settles in one of the databases. */
export function startSettlingOf(url: string, limits: SettlementLimits): Promise<Settling> {
  return startSettling({ url, applicationName: SETTLEMENT, limits });
}

/** Settles the first event in all three databases: by the worker's step, by bare SQL, and by the step among other bets. */
export async function compareRates(
  { stage, crowded, progress }: ComparisonDeps,
  { bets, betsARound, limits }: { bets: number; betsARound: number; limits: SettlementLimits },
): Promise<RateRow[]> {
  const { alone, bare: bareHouse, firstEventId: eventId } = stage;
  await using writer = await openOwner(bareHouse.ownerUrl);
  const bare = await prepareBare({ owner: bareHouse.owner, writer }, { eventId, batchMax: limits.batchMax });
  await using ours = await startSettlingOf(alone.url, limits);
  for (const house of [alone, bareHouse, stage.crowded]) await recordHomeWin(house, eventId);
  return await measureRates(
    { ours, bare, crowded },
    { bets, part: partOf(betsARound, limits), onRound: (round) => progress(`round ${round}`) },
  );
}

/** Settles the second event beside placements, and burns as much processor beside them, in turn, for so long each. */
export async function compareBeside(
  { stage, crowded, progress }: ComparisonDeps,
  { forMs, stretchMs = STRETCH_MS }: { forMs: number; stretchMs?: number },
): Promise<BesideRow[]> {
  progress("starting a web process");
  const { crowd, crowded: house, database, otherEventIds: eventIds, secondEventId } = stage;
  await using opened = new AsyncDisposableStack();
  const port = await findFreePort();
  const web = opened.use(
    spawnLines({
      name: "web",
      entry: new URL("../../src/processes/web.ts", import.meta.url).pathname,
      env: {
        ...CROWD_ENV,
        DATABASE_URL: house.url,
        HOST: "127.0.0.1",
        PORT: `${port}`,
        METRICS_PORT: `${await findFreePort()}`,
        DB_MAX_CONN: `${WRITE_CONNECTIONS + 2}`,
        DB_WRITE_CONN: `${WRITE_CONNECTIONS}`,
        DB_MIN_CONN: `${WRITE_CONNECTIONS}`,
      },
    }),
  );
  await web.line((line) => line.includes("Pre-warmed"));
  const burner = opened.use(await openBurner(database.postgres.ownerUrl.replace(/linehold$/, "postgres")));
  const watcher = opened.use(await openOwner(house.ownerUrl));
  const names = { placements: /^linehold web/, settlement: SETTLEMENT };
  const locks = opened.use(await watchLocks(watcher, names));
  // Seeding and the rates before this took longer than a token lasts.
  const bettors = await renewBearers(crowd.bettors);
  const placements = opened.use(
    startPlacements({ bettors, eventIds }, { port, perSecond: PLACEMENTS_PER_SECOND }),
  );
  await recordHomeWin(house, secondEventId);
  const settlementPids = async () => {
    const rows = await house.owner.query<{ pid: number }>(
      "select pid from pg_stat_activity where application_name = $1 and datname = current_database()",
      [SETTLEMENT],
    );
    return rows.map(({ pid }) => pid);
  };
  return await measureBeside(
    { settling: crowded, settlementPids, burner, placements, locks },
    { forMs, stretchMs, onPair: (pair) => progress(`placements, pair ${pair}`) },
  );
}
