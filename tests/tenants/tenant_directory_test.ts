import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createReads } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { type DirectoryEvent, openTenantDirectory, requireTenant } from "../../src/tenants/mod.ts";
import { arrangeTenant } from "../app/tenants.ts";
import {
  manualClock,
  openDatabase,
  openFaultProxy,
  seededRandom,
  type TestDatabase,
  temporaryFolder,
} from "../harness/mod.ts";

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
  return { database, postgres, directory, events, reads };
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

test("a directory remembered from before the boot knows its tenants and leaves other names undetermined", async () => {
  await using scope = new AsyncDisposableStack();
  const folder = temporaryFolder();
  scope.defer(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "reads.snapshot");
  const before = await openStage(scope, async (database) => {
    await arrangeTenant(database, { slug: "acme", hosts: ["acme.example"] });
    await arrangeTenant(database, { slug: "gone", state: "suspended" });
  });
  await before.directory.firstLoaded;
  await before.reads.save(path);

  const { directory, events, postgres, reads } = await openStage(scope, () => Promise.resolve(), true);
  await reads.restore(path);
  directory.refresh();
  await directory.firstTried;

  expect(events.find(({ kind }) => kind === "directory_remembered")).toMatchObject({ tenants: 2 });
  expect(directory.lookUpSlug("acme")).toMatchObject({
    state: "active",
    tenant: { hosts: ["acme.example"] },
  });
  expect(directory.lookUpHost("acme.example").state).toBe("active");
  expect(directory.lookUpHost("acme.books.example").state).toBe("active");
  expect(directory.lookUpSlug("gone").state).toBe("suspended");
  expect(directory.lookUpSlug("new").state).toBe("undetermined");
  expect(directory.lookUpHost("new.books.example").state).toBe("undetermined");
  expect(directory.lookUpSlug("health").state).toBe("unknown");

  await postgres.set("pass");
  await directory.firstLoaded;

  // The other database holds nobody: what it says replaces what was remembered.
  expect(directory.lookUpSlug("acme").state).toBe("unknown");
  expect(directory.lookUpSlug("new").state).toBe("unknown");
});

test("refresh loads anew at once, and what was asked before it counts for nothing, however late it comes", async () => {
  const lands: ((slugs: readonly string[]) => void)[] = [];
  const pool = {
    lease: () =>
      Promise.resolve({
        connection: {
          execute: () => Promise.resolve(0),
          copyIn: () => Promise.resolve(0),
          query: <R extends object>() =>
            new Promise<R[]>((resolve) => {
              lands.push((slugs) => resolve(slugs.map(rowOf) as unknown as R[]));
            }),
        },
        commit: () => Promise.resolve(),
        [Symbol.asyncDispose]: () => Promise.resolve(),
      }),
    refusal: () => undefined,
    stats: () => {
      throw new TypeError("Cannot count here");
    },
    resize: () => undefined,
    renew: () => undefined,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const rowOf = (slug: string) => ({ tenant_id: slug, slug, display_name: slug, state: "active", hosts: [] });
  const manual = manualClock();
  using reads = createReads({ pool, clock: manual, random: seededRandom(2) });
  const options = { refreshMs: 60_000, baseDomain: undefined };
  using directory = openTenantDirectory(options, { reads, clock: manual, observe: () => undefined });
  await manual.advance(1);
  lands[0]?.([]);
  await directory.firstLoaded;

  directory.refresh();
  await manual.advance(1);
  directory.refresh();
  await manual.advance(1);
  lands[2]?.(["late"]);
  await manual.advance(1);
  lands[1]?.([]);
  await manual.advance(1);

  expect(lands).toHaveLength(3);
  expect(directory.lookUpSlug("late").state).toBe("active");
});

test("closing ends the refreshing", async () => {
  await using scope = new AsyncDisposableStack();
  const { directory } = await openStage(scope, () => Promise.resolve());
  await directory.firstLoaded;

  directory[Symbol.dispose]();
  await Bun.sleep(200);

  expect(directory.ageMs()).toBeGreaterThan(150);
});
