import { expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openSuspensions, suspend, type TenantSuspensions } from "../../src/odds/mod.ts";
import { openPool, type Pool } from "../../src/pool/mod.ts";
import { createReads } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { findFreePort, openDatabase, seededRandom, temporaryFolder } from "../harness/mod.ts";
import { arrangeFeed } from "./catalogue.ts";
import { at } from "./stage.ts";

// Real databases on a machine that other work may share.
setDefaultTimeout(60_000);

const [ACME, OTHER] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];
const deps = { clock: systemClock, random: seededRandom(3) };

async function openMachine(scope: AsyncDisposableStack, pool: Pool) {
  const reads = scope.use(createReads({ pool, ...deps }));
  return { reads, suspensions: openSuspensions({ reads }) };
}

/** A pool whose database is not there. */
async function absentPool(scope: AsyncDisposableStack): Promise<Pool> {
  const url = `postgres://nobody@127.0.0.1:${await findFreePort()}/nothing`;
  const settings = { role: "linehold_read", applicationName: "linehold tests", max: 1, min: 0 };
  return scope.use(openPool({ url, connectTimeoutMs: 500, ...settings }, deps));
}

const reasonsOf = (known: TenantSuspensions | undefined) =>
  known?.suspensions.map(({ source, marketType }) => [source, marketType]);

test("a tenant's suspensions are what is for all and its own, and a change is read with the next look", async () => {
  await using scope = new AsyncDisposableStack();
  const database = scope.use(await openDatabase());
  await arrangeFeed(database, at(0));
  const { suspensions } = await openMachine(scope, database.pool("linehold_read"));
  const writing = { pool: database.pool("linehold_web"), at: at(0) };
  const stop = (tenantId: string | null, marketType: string) =>
    suspend({ tenantId, scope: { source: "test", marketType }, reason: "r", actor: "a" }, writing);
  const before = await suspensions.of(ACME);

  await stop(ACME, "1x2");
  const unheard = reasonsOf(await suspensions.of(ACME));
  suspensions.changed(ACME);
  await Bun.sleep(100);
  const own = reasonsOf(await suspensions.of(ACME));
  await stop(null, "total");
  suspensions.changed("*");
  await Bun.sleep(100);

  expect(before).toEqual({ tenantId: ACME, suspensions: [] });
  expect([unheard, own]).toEqual([[], [["test", "1x2"]]]);
  expect(reasonsOf(await suspensions.of(OTHER))).toEqual([["test", "total"]]);
  expect(reasonsOf(await suspensions.of(ACME))?.length).toBe(2);
});

test("a boot without the database knows what was suspended, and of a tenant never looked at that nobody knows", async () => {
  await using scope = new AsyncDisposableStack();
  const database = scope.use(await openDatabase());
  await arrangeFeed(database, at(0));
  const folder = temporaryFolder();
  scope.defer(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "snapshot");
  const wanted = { tenantId: ACME, scope: { source: "test" }, reason: "r", actor: "a" };
  const { suspension } = await suspend(wanted, { pool: database.pool("linehold_web"), at: at(0) });
  const before = await openMachine(scope, database.pool("linehold_read"));
  await before.suspensions.of(ACME);
  await before.reads.save(path);

  const after = await openMachine(scope, await absentPool(scope));
  await after.reads.restore(path);

  const known = await after.suspensions.of(ACME);
  expect(known?.suspensions.map(({ suspensionId }) => suspensionId)).toEqual([suspension.suspensionId]);
  expect(known?.tenantId).toBe(ACME);
  // What a trader wrote and who it was is nobody's business outside the database.
  expect(Object.keys(known?.suspensions[0] ?? {})).not.toContain("reason");
  expect(await after.suspensions.of(OTHER)).toBeUndefined();
});
