import { describe, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import type { Odds } from "../../src/odds/contract.ts";
import {
  isSuspended,
  liftSuspension,
  listSuspensions,
  type SuspensionMade,
  type SuspensionScope,
  type SuspensionToMake,
  selectSuspensions,
  suspend,
} from "../../src/odds/mod.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { arrangeEvent, arrangeFeed, arrangePrices } from "./catalogue.ts";
import { at, NOON, openOdds } from "./stage.ts";

// Real databases on a machine that other work may share.
setDefaultTimeout(60_000);

const SAID = { reason: "Line-up leaked", actor: "ana@example" };
const [ACME, OTHER] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];

async function openDesk(scope: AsyncDisposableStack) {
  const database = scope.use(await openDatabase());
  const eventId = await arrangeEvent(database, { startsAt: at(3) });
  await arrangeFeed(database, at(0));
  await arrangePrices(database, eventId, [
    { outcome: "home", price: [2, 1] },
    { outcome: "over", price: [19, 10], marketType: "total", lineQuarters: 10 },
    { outcome: "under", price: [19, 10], marketType: "total", lineQuarters: 10 },
    { outcome: "over", price: [3, 1], marketType: "total", lineQuarters: 14 },
  ]);
  const pool = database.pool("linehold_web");
  const deps = { pool, at: at(0) };
  return {
    database,
    pool,
    eventId,
    deps,
    stop: (part: Partial<SuspensionScope>, more: Partial<SuspensionToMake> = {}, moment = at(0)) =>
      suspend({ tenantId: null, scope: part, ...SAID, ...more }, { pool, at: moment }),
    lift: ({ suspension: { tenantId, suspensionId } }: SuspensionMade) =>
      liftSuspension({ tenantId, suspensionId, actor: "bo@example" }, deps),
    async inForce(tenantId: string, role = "linehold_web") {
      await using lease = await database.pool(role).lease({ tenantId });
      const found = await selectSuspensions(lease.connection, { tenantId, eventId });
      return found.map(({ suspensionId }) => suspensionId).sort();
    },
  };
}

describe("suspend", () => {
  test("keeps who stopped what, when and why, counts what it covers, and tells every machine", async () => {
    await using scope = new AsyncDisposableStack();
    const { database, stop, eventId } = await openDesk(scope);

    const made = await stop({ eventId, marketType: "total", lineQuarters: 10 }, { tenantId: ACME });

    expect(made).toMatchObject({ changed: true, covered: 2, placementsOver: true });
    expect(made.suspension).toEqual({
      suspensionId: expect.any(String),
      tenantId: ACME,
      source: null,
      eventId,
      book: null,
      marketType: "total",
      period: null,
      label: null,
      lineQuarters: 10,
      outcome: null,
      ...SAID,
      createdAt: at(0),
      liftedAt: null,
      liftedBy: null,
    });
    expect(await database.owner("select topic, key from changes order by number")).toEqual([
      { topic: "suspensions", key: ACME },
      { topic: "odds", key: eventId },
    ]);
  });

  test("by a feed and for all tells of everything, and lifting tells again", async () => {
    await using scope = new AsyncDisposableStack();
    const { database, stop, lift } = await openDesk(scope);

    await lift(await stop({ source: "test" }));

    expect(await database.owner("select topic, key from changes order by number")).toEqual([
      { topic: "suspensions", key: "*" },
      { topic: "odds", key: "*" },
      { topic: "suspensions", key: "*" },
      { topic: "odds", key: "*" },
    ]);
  });

  test("asked again for the very same stop gives the one in force, and makes a new one once it was lifted", async () => {
    await using scope = new AsyncDisposableStack();
    const { stop, lift, eventId } = await openDesk(scope);

    const first = await stop({ eventId });
    const again = await stop({ eventId }, { reason: "Somebody else's reason" });
    const forAcme = await stop({ eventId }, { tenantId: ACME });
    await lift(first);
    const anew = await stop({ eventId });

    expect(again).toMatchObject({ changed: false, suspension: first.suspension });
    expect(new Set([first, forAcme, anew].map(({ suspension }) => suspension.suspensionId)).size).toBe(3);
  });

  test("many at once for the same stop make one", async () => {
    await using scope = new AsyncDisposableStack();
    const { stop, eventId } = await openDesk(scope);

    const made = await Promise.all(Array.from({ length: 8 }, () => stop({ eventId })));

    expect(made.filter(({ changed }) => changed)).toHaveLength(1);
    expect(new Set(made.map(({ suspension }) => suspension.suspensionId)).size).toBe(1);
  });

  test.each<[string, Partial<SuspensionScope>, Partial<SuspensionToMake>, string]>([
    ["nothing", {}, {}, "neither an event nor a source"],
    ["a line of no market", { source: "test", lineQuarters: 10 }, {}, "it names none"],
    ["an outcome of no market", { source: "test", outcome: "home" }, {}, "it names none"],
    ["a market that is none", { source: "test", marketType: "winner" }, {}, 'no market type "winner"'],
    ["a market named like a method", { source: "test", marketType: "constructor" }, {}, "no market type"],
    ["a period that is none", { source: "test", period: "90min" }, {}, 'no period "90min"'],
    ["an event nobody brought", { eventId: ACME }, {}, "no feed ever brought the event"],
    ["a feed nobody has", { source: "goalserv/soccer" }, {}, "no feed ever brought the source"],
    ["no reason", { source: "test" }, { reason: " " }, "its reason is not 1 to 200"],
    ["a novel", { source: "test" }, { reason: "x".repeat(201) }, "its reason is not 1 to 200"],
    ["nobody", { source: "test" }, { actor: "" }, "its actor is not 1 to 120"],
  ])("refuses to stop %s, and stops nothing", async (_, part, more, message) => {
    await using scope = new AsyncDisposableStack();
    const { database, stop } = await openDesk(scope);

    expect(stop(part, more)).rejects.toThrow(message);
    expect(await database.owner("select 1 from suspensions")).toEqual([]);
  });
});

describe("a suspension", () => {
  test("is seen by its tenant alone, or by all, whichever role asks", async () => {
    await using scope = new AsyncDisposableStack();
    const { stop, inForce, eventId } = await openDesk(scope);
    const forAll = (await stop({ eventId })).suspension.suspensionId;
    const forAcme = (await stop({ eventId }, { tenantId: ACME })).suspension.suspensionId;

    for (const role of ["linehold_web", "linehold_read"]) {
      expect(await inForce(ACME, role)).toEqual([forAll, forAcme].sort());
      expect(await inForce(OTHER, role)).toEqual([forAll]);
    }
  });

  test("is another tenant's neither to see nor to lift, and one for all no tenant's", async () => {
    await using scope = new AsyncDisposableStack();
    const { pool, stop, deps, eventId } = await openDesk(scope);
    const forAll = await stop({ eventId });
    const forAcme = await stop({ eventId }, { tenantId: ACME });
    const lift = (tenantId: string | null, { suspension: { suspensionId } }: SuspensionMade) =>
      liftSuspension({ tenantId, suspensionId, actor: "x" }, deps).then(
        () => "lifted",
        (error: { code: string }) => error.code,
      );
    /** Past the verb: what Postgres itself lets a frame write. */
    const write = async (frame: string | undefined, text: string) => {
      await using lease = await pool.lease({
        access: "write",
        ...(frame === undefined ? {} : { tenantId: frame }),
      });
      return await lease.connection
        .execute(text, [at(1)])
        .catch((error: Error) => (error.cause as { code?: string } | undefined)?.code);
    };
    const liftAll = "update suspensions set lifted_at = $1, lifted_by = 'x'";
    const insert = (tenant: string) =>
      `insert into suspensions (suspension_id, tenant_id, source, reason, actor, created_at)
       values (gen_random_uuid(), ${tenant}, 'test', 'r', 'a', $1)`;

    expect([await lift(OTHER, forAcme), await lift(null, forAcme), await lift(ACME, forAll)]).toEqual([
      "suspension_not_found",
      "suspension_not_found",
      "suspension_not_found",
    ]);
    expect([
      await write(OTHER, liftAll),
      await write(ACME, liftAll),
      await write(undefined, liftAll),
    ]).toEqual([0, 1, 1]);
    expect(await write(ACME, insert("null"))).toBe("42501");
    expect(await write(ACME, insert(`'${OTHER}'`))).toBe("42501");
    expect(await write(undefined, insert(`'${ACME}'`))).toBe("42501");
    expect(await write(ACME, "delete from suspensions where created_at < $1")).toBe("42501");
    expect(await write(ACME, "update suspensions set reason = 'r' where created_at < $1")).toBe("42501");
  });

  test("that is lifted says by whom and when, and lifting it again changes nothing", async () => {
    await using scope = new AsyncDisposableStack();
    const { stop, lift, inForce, eventId } = await openDesk(scope);
    const made = await stop({ eventId });

    const lifted = await lift(made);
    const again = await lift(made);

    expect(lifted).toMatchObject({
      changed: true,
      suspension: { ...SAID, liftedAt: at(0), liftedBy: "bo@example" },
    });
    expect(again).toEqual({ changed: false, suspension: lifted.suspension });
    expect(await inForce(ACME)).toEqual([]);
  });

  test("is listed newest first, a page at a time, the lifted ones on demand", async () => {
    await using scope = new AsyncDisposableStack();
    const { pool, stop, lift, eventId } = await openDesk(scope);
    const ids: string[] = [];
    for (const [hour, outcome] of ["home", "draw", "away"].entries()) {
      const made = await stop({ eventId, marketType: "1x2", outcome }, {}, at(hour));
      ids.unshift(made.suspension.suspensionId);
      if (outcome === "draw") await lift(made);
    }
    await stop({ source: "test" }, { tenantId: OTHER });
    const list = async (more: object) => {
      await using lease = await pool.lease({ tenantId: ACME });
      const found = await listSuspensions(lease.connection, { tenantId: ACME, limit: 10, ...more });
      return found.map(({ suspensionId }) => suspensionId);
    };
    const [away = "", draw = "", home = ""] = ids;

    expect(await list({})).toEqual([away, home]);
    expect(await list({ lifted: true })).toEqual([away, draw, home]);
    expect(await list({ lifted: true, limit: 2 })).toEqual([away, draw]);
    expect(await list({ lifted: true, limit: 2, after: draw })).toEqual([home]);
    expect(await list({ source: "test" })).toEqual([]);
  });

  test("covers in the database exactly what it covers in memory", async () => {
    await using scope = new AsyncDisposableStack();
    const { database, stop, eventId } = await openDesk(scope);
    const prices = await database.owner<Parameters<typeof isSuspended>[0]>(`
      select 'test' as source, event_id as "eventId", book, market_type as "marketType", period, label,
        line_quarters as "lineQuarters", outcome
      from prices`);
    const part = fc.record({
      eventId: fc.constant(eventId),
      source: fc.option(fc.constant("test")),
      book: fc.option(fc.constantFrom("bet365", "other")),
      marketType: fc.constantFrom("1x2", "total"),
      period: fc.option(fc.constantFrom("regulation", "first_half")),
      label: fc.option(fc.constantFrom("", "x")),
      lineQuarters: fc.option(fc.constantFrom(10, 14)),
      outcome: fc.option(fc.constantFrom("home", "over", "under")),
    });

    await fc.assert(
      fc.asyncProperty(part, async (wanted) => {
        const { covered, suspension } = await stop(wanted);

        expect(covered).toBe(prices.filter((price) => isSuspended(price, [suspension])).length);
      }),
      { numRuns: 40 },
    );
  });
});

test("visitors of the tenant see what its trader has stopped as suspended, others do not, and lifting opens it again", async () => {
  let eventId = "";
  await using stage = await openOdds(async (database) => {
    eventId = await arrangeEvent(database, { startsAt: at(3) });
    await arrangeFeed(database, new Date(NOON));
    await arrangePrices(database, eventId, [
      { outcome: "home", price: [2, 1] },
      { outcome: "away", price: [3, 1] },
      { outcome: "over", price: [19, 10], marketType: "total", lineQuarters: 10 },
    ]);
  });
  const acme = await tenantIdOf(stage.database, "acme");
  const other = await stage.tenant({ slug: "other" });
  await stage.directoryRefreshed();
  const deps = { pool: stage.database.pool("linehold_web"), at: at(0) };
  const open = async (slug: string) => {
    // As the change that every machine hears of does.
    for (const tenantId of [acme, other]) stage.app.catalogue.suspensions.changed(tenantId);
    await Bun.sleep(50);
    const response = await stage.get(`/${slug}/api/public/events/${eventId}/odds`);
    const { markets } = (await response.json()) as Odds;
    return markets.flatMap(({ outcomes }) => outcomes.flatMap((one) => (one.suspended ? [] : one.outcome)));
  };
  const before = [await open("acme"), await open("other")];

  const scope = { eventId, marketType: "1x2", outcome: "home" };
  const made = await suspend({ tenantId: acme, scope, ...SAID }, deps);
  const outcomeStopped = [await open("acme"), await open("other")];
  const feed = await suspend({ tenantId: null, scope: { source: "test" }, ...SAID }, deps);
  const feedStopped = [await open("acme"), await open("other")];
  for (const { suspension } of [made, feed]) {
    const { tenantId, suspensionId } = suspension;
    await liftSuspension({ tenantId, suspensionId, actor: SAID.actor }, deps);
  }

  expect(before).toEqual([
    ["away", "home", "over"],
    ["away", "home", "over"],
  ]);
  expect(outcomeStopped).toEqual([
    ["away", "over"],
    ["away", "home", "over"],
  ]);
  expect(feedStopped).toEqual([[], []]);
  expect([await open("acme"), await open("other")]).toEqual(before);
});

test("a machine that never learned what is stopped shows nothing as bettable", async () => {
  let eventId = "";
  await using stage = await openOdds(async (database) => {
    eventId = await arrangeEvent(database, { startsAt: at(3) });
    await arrangeFeed(database, new Date(NOON));
    await arrangePrices(database, eventId, [{ outcome: "home", price: [2, 1] }]);
    await database.owner("revoke select on suspensions from linehold_read");
  });

  const response = await stage.get(`/acme/api/public/events/${eventId}/odds`);

  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ markets: [{ outcomes: [{ suspended: true }] }] });
});

async function tenantIdOf(database: TestDatabase, slug: string): Promise<string> {
  const [row] = await database.owner<{ tenant_id: string }>("select tenant_id from tenants where slug = $1", [
    slug,
  ]);
  return row?.tenant_id ?? "";
}
