/**
 * `bun run bench settle`: a hundred thousand bets on one event, settled beside bare SQL that writes the same, beside a million others,
 * and beside placements.
 */
import { existsSync } from "node:fs";
import { CROWD_ENV } from "../../tests/bets/crowd.ts";
import { findFreePort } from "../../tests/harness/ports.ts";
import { spawnLines } from "../../tests/incident/children.ts";
import { runBench } from "../measure/run.ts";
import { auditBreaches } from "./audit.ts";
import { prepareBare } from "./bare.ts";
import { type BesideRow, measureBeside } from "./beside.ts";
import { openBurner } from "./burner.ts";
import { watchLocks } from "./lock_waits.ts";
import { startPlacements } from "./placements.ts";
import { measureRates, type RateRow } from "./rates.ts";
import { openOwner } from "./seed.ts";
import { besideTable, judgeSettle, ratesTable, type SettleFindings } from "./settle.ts";
import { type Settling, startSettling } from "./settling.ts";
import { openSettleStage, recordHomeWin, type SettleStage } from "./stage.ts";
import { differencesOf, readWritten } from "./written.ts";

/** Of each round, so that 25 of them are a hundred thousand: with more rounds each is smaller. */
const BETS_A_ROUND = 4000;
const BETS_MAX = 100_000;
const OTHERS_PER_BET = 10;
const PLAYERS_EACH = 2000;
/** As the worker's. */
const BATCH_MAX = 250;
/** What two processors can take beside settlement without being full. */
const PLACEMENTS_PER_SECOND = 60;
const SETTLEMENT = "linehold bench settlement";
const WRITE_CONNECTIONS = 8;

await runBench("settle", async ({ rounds, seconds }, { progress }) => {
  await using opened = new AsyncDisposableStack();
  const bets = Math.min(BETS_MAX, rounds * BETS_A_ROUND);
  const size = { bets, othersPerBet: OTHERS_PER_BET, playersEach: PLAYERS_EACH };
  const stage = opened.use(await openSettleStage(size, { progress }));
  const crowded = opened.use(
    await startSettling({ url: stage.crowded.url, applicationName: SETTLEMENT, batchMax: BATCH_MAX }),
  );
  const rates = await compareRates({ stage, crowded }, { bets, rounds, progress });
  const beside = existsSync("/proc/self/stat")
    ? await compareBeside({ stage, crowded }, { seconds, progress })
    : undefined;
  progress("comparing what was written");
  const [ours, bare] = await Promise.all([readWritten(stage.alone.owner), readWritten(stage.bare.owner)]);
  progress("auditing the ledgers");
  const [inAlone, inCrowded] = await Promise.all([auditBreaches(stage.alone), auditBreaches(stage.crowded)]);
  const findings: SettleFindings = {
    bets,
    others: bets * OTHERS_PER_BET,
    rates,
    differences: differencesOf(ours, bare),
    beside,
    breaches: [...inAlone, ...inCrowded],
  };
  return {
    tables: [ratesTable(findings), ...(beside === undefined ? [] : [besideTable(beside)])],
    rows: {
      rounds: rates,
      beside: (beside ?? []).map(({ placed, locks, ...row }) => ({
        ...row,
        ...locks,
        placed: placed.length,
      })),
      differences: findings.differences.map((difference) => ({ difference })),
      breaches: findings.breaches.map((breach) => ({ breach })),
    },
    verdicts: judgeSettle(findings),
  };
});

interface Deps {
  readonly stage: SettleStage;
  readonly crowded: Settling;
}

async function compareRates(
  { stage, crowded }: Deps,
  { bets, rounds, progress }: { bets: number; rounds: number; progress: (line: string) => void },
): Promise<RateRow[]> {
  const { alone, bare: bareHouse, firstEventId: eventId } = stage;
  await using writer = await openOwner(bareHouse.ownerUrl);
  const bare = await prepareBare({ owner: bareHouse.owner, writer }, { eventId, batchMax: BATCH_MAX });
  await using ours = await startSettling({
    url: alone.url,
    applicationName: SETTLEMENT,
    batchMax: BATCH_MAX,
  });
  for (const house of [alone, bareHouse, stage.crowded]) await recordHomeWin(house, eventId);
  return await measureRates(
    { ours, bare, crowded },
    {
      bets,
      rounds: Math.min(rounds, BETS_MAX / BETS_A_ROUND),
      onRound: (round) => progress(`round ${round}`),
    },
  );
}

async function compareBeside(
  { stage, crowded }: Deps,
  { seconds, progress }: { seconds: number; progress: (line: string) => void },
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
  const { bettors } = crowd;
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
    { forMs: seconds * 1000, onPair: (pair) => progress(`placements, pair ${pair}`) },
  );
}
