import { expect, test } from "bun:test";
import { startWeb } from "../flows/web_process.ts";
import { openDatabase, takeTurns } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { arrangeCrowd, CROWD_ENV, countDeadlocks, findCrowdFaults } from "./crowd.ts";
import { loadCrowd } from "./crowd_load.ts";

takeTurns();

/** The long form is `bun run bench bets`. */
const FOR_MS = 4000;

test("two hundred clients of five tenants on one event meet no deadlock, hold no stake twice and pass no limit", async () => {
  await using database = await openDatabase();
  const owner = { query: database.owner };
  const pool = database.pool("linehold_web", { max: 1, overdueMs: 20_000 });
  const crowd = await arrangeCrowd(owner, pool, {
    tenants: 5,
    playersEach: 40,
    eventMaxMinor: 1_000_000_000n,
    drawMaxMinor: 150n,
  });
  const env = {
    ...CROWD_ENV,
    DATABASE_URL: database.url,
    DB_MAX_CONN: "12",
    DB_WRITE_CONN: "8",
    DB_MIN_CONN: "2",
  };
  await using one = await startWeb(env);
  await using other = await startWeb(env);
  await Promise.all([one.listening(), other.listening()]);
  const before = await countDeadlocks(owner);
  const ports = [one, other].map(({ url }) => Number(new URL(url).port));

  const told = await loadCrowd(crowd, { ports, forMs: FOR_MS });

  const [row] = await database.owner<{ bets: bigint }>("select count(*) as bets from bets");
  expect(told.counts).toMatchObject({
    "201": expect.any(Number),
    "422 above_max_bet_amount": expect.any(Number),
  });
  expect(
    Object.keys(told.counts).filter((name) => /^(0|500|409 (?!request_in_progress))/.test(name)),
  ).toEqual([]);
  expect(told.contradicted).toBe(0);
  // Whoever was answered 503 may have a bet of which it learns by asking again: never the other way round.
  expect(Number(row?.bets)).toBeGreaterThanOrEqual(told.accepted);
  expect(told.accepted).toBeGreaterThan(40);
  expect((await countDeadlocks(owner)) - before).toBe(0);
  expect(await findCrowdFaults(owner)).toEqual([]);
  expect(await audit(database)).toEqual([]);
}, 120_000);
