import { expect, test } from "bun:test";
import { openHouse } from "../bets/betting_house.ts";
import { openDatabase, seededRandom, type TestDatabase, takeTurns } from "../harness/mod.ts";
import { audit } from "./audit.ts";
import { startSettler } from "./killing.ts";
import { type ManyBets, openManyBets } from "./many_bets.ts";

takeTurns();

const REAL = "src/processes/worker_settlement.ts";
const NAIVE = "tests/settlement/naive_settler.ts";
/** About what a result sets off takes: most lives end amid work, and what they leave is added to the next one's. */
const LIFE_MS = 180;

test("worker_settlement killed 50 times while it settles 5,000 bets pays each once", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const many = await openManyBets({ database, house }, { tenants: 5, events: 50, betsPerEvent: 100 });
  const random = seededRandom(50);
  const before = await rollbacks(database);
  for (let event = 0; event < many.events; event++) {
    await lifeAndDeath(REAL, { database, many, event, afterMs: random() * LIFE_MS });
  }

  await using last = await startSettler(REAL, database);
  await settled(database, many.bets);
  const exitCode = await last.stop();

  expect(exitCode).toBe(0);
  // A kill that finds no transaction to interrupt proves little: at least every fifth must have found one.
  expect((await rollbacks(database)) - before).toBeGreaterThanOrEqual(10);
  expect(await counts(database)).toEqual({
    bets: 5000,
    settled: 5000,
    settlements: 5000,
    payments: 5000,
    jobs: 0,
  });
  for (const { seat, cashMinor } of many.expectedCash()) {
    expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor, heldMinor: 0n });
  }
  expect(await audit(database)).toEqual([]);
}, 180_000);

test("a settler that pays, then marks, pays twice when it is killed between the two: the control of the test above", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const many = await openManyBets({ database, house }, { tenants: 2, events: 50, betsPerEvent: 40 });
  const random = seededRandom(50);
  const paidTwice = async () =>
    (await audit(database)).some(({ fault }) => fault === "not true that a settled bet is paid once");

  let deaths = 0;
  while (deaths < many.events && !(await paidTwice())) {
    await lifeAndDeath(NAIVE, { database, many, event: deaths, afterMs: random() * LIFE_MS });
    deaths += 1;
    await using resumed = await startSettler(NAIVE, database);
    await settled(database, deaths * 40);
    await resumed.kill();
  }

  expect(deaths).toBeLessThan(many.events);
  expect(await paidTwice()).toBe(true);
}, 180_000);

/** Starts a settler, lets a result come in, and kills it a little later. */
async function lifeAndDeath(
  script: string,
  scene: {
    readonly database: TestDatabase;
    readonly many: ManyBets;
    readonly event: number;
    readonly afterMs: number;
  },
): Promise<void> {
  const { database, many, event, afterMs } = scene;
  await using settler = await startSettler(script, database);
  await many.recordResult(event);
  await Bun.sleep(afterMs);
  await settler.kill();
}

async function settled(database: TestDatabase, wanted: number): Promise<void> {
  while ((await counts(database)).settled < wanted) await Bun.sleep(20);
}

/** Transactions that ended without a commit; a killed worker's is counted when its connection is found dead. */
async function rollbacks(database: TestDatabase): Promise<number> {
  const [row] = await database.owner<{ readonly count: bigint }>(
    "select xact_rollback as count from pg_stat_database where datname = current_database()",
  );
  return Number(row?.count ?? 0);
}

async function counts(database: TestDatabase) {
  const [row] = await database.owner<
    Record<"bets" | "settled" | "settlements" | "payments" | "jobs", number>
  >(`
    select
      (select count(*)::integer from bets) as bets,
      (select count(*)::integer from bets where state = 'settled') as settled,
      (select count(*)::integer from settlements) as settlements,
      (select count(*)::integer from transfers where kind = 'settlement') as payments,
      (select count(*)::integer from settlement_jobs) as jobs`);
  if (row === undefined) throw new TypeError("Cannot count as the answer has no row");
  return row;
}
