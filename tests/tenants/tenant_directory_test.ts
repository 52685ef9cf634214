import { expect, test } from "bun:test";
import { createReads } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { type DirectoryEvent, openTenantDirectory, requireTenant } from "../../src/tenants/mod.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase, openFaultProxy, seededRandom, type TestDatabase } from "../harness/mod.ts";

const clock = systemClock;

async function openStage(
  scope: AsyncDisposableStack,
  arrange: (database: TestDatabase) => Promise<unknown>,
  broken = false,
) {
  const database = scope.use(await openDatabase());
  await arrange(database);
  const { hostname, port } = new URL(database.url);
  const postgres = scope.use(await openFaultProxy({ hostname, port: Number(port) }));
  if (broken) await postgres.set("refuse");
  const pool = database.pool("linehold_read", { url: postgres.through(database.url) });
  const random = seededRandom(2);
  const reads = scope.use(createReads({ pool, clock, random }));
  const events: DirectoryEvent[] = [];
  const observe = (event: DirectoryEvent) => void events.push(event);
  const directory = scope.use(
    openTenantDirectory({ refreshMs: 40, baseDomain: "books.example" }, { reads, clock, observe }),
  );
  scope.defer(() => postgres.set("pass"));
  return { database, postgres, directory, events };
}

async function until(what: () => boolean, ms = 5000): Promise<void> {
  const deadline = clock.now() + ms;
  while (!what()) {
    if (clock.now() > deadline) throw new RangeError(`Waited ${ms} ms in vain`);
    await Bun.sleep(5);
  }
}

test("lookUpSlug and lookUpHost find who exists, by slug, subdomain and custom domain", async () => {
  await using scope = new AsyncDisposableStack();
  const { directory } = await openStage(scope, async (database) => {
    await arrangeTenant(database, { slug: "acme", hosts: ["bets.acme.example"] });
    await arrangeTenant(database, { slug: "gone", state: "suspended" });
  });

  await directory.firstLoaded;

  expect(directory.lookUpSlug("acme")).toMatchObject({ state: "active", tenant: { slug: "acme" } });
  expect(directory.lookUpHost("bets.acme.example")).toMatchObject({ state: "active" });
  expect(directory.lookUpHost("acme.books.example")).toMatchObject({ state: "active" });
  expect(directory.lookUpSlug("gone").state).toBe("suspended");
  expect(directory.lookUpSlug("nope").state).toBe("unknown");
  expect(directory.lookUpHost("nope.books.example").state).toBe("unknown");
  expect(directory.lookUpHost("books.example").state).toBe("unknown");
  expect(directory.activeTenants().map(({ slug }) => slug)).toEqual(["acme"]);
});

test("a tenant that is created, suspended or given a host is noticed within a refresh", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, directory } = await openStage(scope, () => Promise.resolve());
  await directory.firstLoaded;

  const tenantId = await arrangeTenant(database, { slug: "late" });
  await until(() => directory.lookUpSlug("late").state === "active");
  await database.owner("insert into tenant_hosts (host, tenant_id) values ('late.example', $1)", [tenantId]);
  await until(() => directory.lookUpHost("late.example").state === "active");
  await database.owner("update tenants set state = 'suspended' where tenant_id = $1", [tenantId]);
  await until(() => directory.lookUpSlug("late").state === "suspended");
});

test("a directory that was never loaded says so, and knows everything once the database is back", async () => {
  await using scope = new AsyncDisposableStack();
  const arrange = (database: TestDatabase) => arrangeTenant(database, { slug: "acme" });
  const { directory, events, postgres } = await openStage(scope, arrange, true);

  await directory.firstTried;

  expect(directory.lookUpSlug("acme")).toEqual({
    state: "undetermined",
    slug: "acme",
    cause: "database_unreachable",
  });
  expect(directory.lookUpSlug("health").state).toBe("unknown");
  expect(directory.lookUpHost("anything.example").state).toBe("undetermined");
  await expect(requireTenant(directory, "acme")).rejects.toMatchObject({ code: "tenant_undetermined" });

  await postgres.set("pass");
  await directory.firstLoaded;

  expect(directory.lookUpSlug("acme").state).toBe("active");
  expect(events.map(({ kind }) => kind)).toEqual(["directory_unavailable", "directory_loaded"]);
});

test("a directory that was loaded stays known while the database is away, and says once that it ages", async () => {
  await using scope = new AsyncDisposableStack();
  const { directory, events, postgres } = await openStage(scope, (database) =>
    arrangeTenant(database, { slug: "acme" }),
  );
  await directory.firstLoaded;

  await postgres.set("refuse");
  await until(() => events.some(({ kind }) => kind === "directory_unavailable"));
  await Bun.sleep(300);

  expect(directory.lookUpSlug("acme").state).toBe("active");
  expect(directory.lookUpSlug("nope").state).toBe("unknown");
  expect(directory.ageMs()).toBeGreaterThan(250);
  expect(events.filter(({ kind }) => kind === "directory_unavailable")).toHaveLength(1);
});

test("a tenant in the table whose name a path needs cannot be reached, and is named to operators", async () => {
  await using scope = new AsyncDisposableStack();
  const { directory, events } = await openStage(scope, (database) =>
    arrangeTenant(database, { slug: "docs" }),
  );

  await directory.firstLoaded;

  expect(directory.lookUpSlug("docs").state).toBe("unknown");
  expect(directory.lookUpHost("docs.books.example").state).toBe("unknown");
  expect(events).toEqual([{ kind: "directory_loaded", tenants: 0, refused: ["docs"] }]);
});

test("closing ends the refreshing", async () => {
  await using scope = new AsyncDisposableStack();
  const { directory } = await openStage(scope, () => Promise.resolve());
  await directory.firstLoaded;

  directory[Symbol.dispose]();
  await Bun.sleep(200);

  expect(directory.ageMs()).toBeGreaterThan(150);
});
