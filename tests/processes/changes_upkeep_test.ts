import { expect, test } from "bun:test";
import { createVitals } from "../../src/health/mod.ts";
import { createLog } from "../../src/log.ts";
import { openPool } from "../../src/pool/mod.ts";
import { startChangesUpkeep } from "../../src/processes/_changes_upkeep.ts";
import { poolObserver } from "../../src/processes/_pool_log.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { manualClock, openDatabase, seededRandom } from "../harness/mod.ts";

const HOUR_MS = 3_600_000;

test("changes older than an hour are forgotten, by the role of settlement, and the newest is always kept", async () => {
  await using database = await openDatabase();
  const ages = [200, 61, 60.5, 59, 1];
  const at = (minutes: number) => new Date(systemClock.epochMs() - minutes * 60_000);
  for (const [number, minutes] of ages.entries())
    await database.owner("insert into changes values ($1, 'branding', $2, $3)", [
      number + 1,
      `${minutes}`,
      at(minutes),
    ]);
  const lines: string[] = [];
  const log = createLog({ process: "test", clock: systemClock, write: (line) => lines.push(line) });
  const keys = async () =>
    (await database.owner<{ key: string }>("select key from changes order by number")).map(({ key }) => key);
  const run = async (epochMs: number) => {
    const pool = database.pool("linehold_settlement");
    const clock = { ...systemClock, epochMs: () => epochMs };
    await using loop = startChangesUpkeep({ pool, clock, random: seededRandom(1), log });
    while (loop.beat().steps === 0) await Bun.sleep(5);
    expect(loop.beat().failures).toBe(0);
  };

  await run(systemClock.epochMs());
  const afterOne = await keys();
  await run(systemClock.epochMs() + 10 * HOUR_MS);

  expect(afterOne).toEqual(["59", "1"]);
  expect(await keys()).toEqual(["1"]);
  expect(lines.map((line) => JSON.parse(line).message)).toEqual([
    "Forgot 3 old changes",
    "Forgot 1 old changes",
  ]);
});

test("a lease held too long is logged with the stack of its borrower, and counted", async () => {
  await using database = await openDatabase();
  const lines: string[] = [];
  const log = createLog({ process: "test", clock: manualClock(), write: (line) => lines.push(line) });
  const vitals = createVitals({ process: "web", isDraining: () => false }, { clock: systemClock });
  const observe = poolObserver("read", { log, vitals });

  await using pool = openPool(
    { url: database.url, role: "linehold_read", applicationName: "linehold tests", leakMs: 50, max: 1 },
    { clock: systemClock, random: seededRandom(1), observe },
  );

  {
    await using lease = await pool.lease();
    await lease.connection.query("select 1 as one");
    for (let waited = 0; lines.length === 0 && waited < 3000; waited += 20) await Bun.sleep(20);
  }

  const line = JSON.parse(lines[0] ?? "{}");
  expect(line).toMatchObject({ level: "warn", event: "pool.lease_overheld", pool: "read" });
  expect(line.borrower).toContain("changes_upkeep_test.ts");
  expect(line.borrower).not.toContain(new URL(database.url).password);
  expect((await vitals.metrics()).text).toContain('linehold_pool_leases_overheld_total{pool="read"} 1');
});
