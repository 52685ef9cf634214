import { expect, test } from "bun:test";
import { gatePool, type PoolEvent } from "../../src/pool/mod.ts";
import { openPool } from "../../src/pool/pool.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { findFreePort, openDatabase, seededRandom } from "../harness/mod.ts";

test("a shut gate refuses every lease at once, lets those that are out finish, and opens again", async () => {
  await using database = await openDatabase();
  const pool = gatePool(database.pool("linehold_read"));
  await using before = await pool.lease();

  pool.shut();
  const refused = await pool.lease().catch((error: unknown) => error);
  const rows = await before.connection.query("select 1 as one");

  expect(refused).toMatchObject({ code: "stale_only", transient: false });
  expect(pool.refusal()).toMatchObject({ code: "stale_only" });
  expect(pool.isShut).toBe(true);
  expect(rows).toEqual([{ one: 1 }]);
  pool.open();
  expect(pool.refusal()).toBeUndefined();
  await using after = await pool.lease();
  expect(await after.connection.query("select 1 as one")).toEqual([{ one: 1 }]);
});

test("a refused lease is told with its class", async () => {
  const events: PoolEvent[] = [];
  const url = `postgres://nobody@127.0.0.1:${await findFreePort()}/none`;
  await using pool = openPool(
    { url, role: "linehold_read", applicationName: "linehold tests" },
    { clock: systemClock, random: seededRandom(1), observe: (event) => events.push(event) },
  );

  await pool.lease({ criticality: "placement" }).catch(() => undefined);
  await pool.lease().catch(() => undefined);

  expect(events.filter(({ type }) => type === "lease_refused")).toMatchObject([
    { code: "database_unreachable", criticality: "placement" },
    { code: "database_unreachable", criticality: "catalogue" },
  ]);
});
