import { expect, test } from "bun:test";
import {
  createTenant,
  findTenant,
  listTenants,
  resumeTenant,
  suspendTenant,
  type TenantToCreate,
} from "../../src/tenants/mod.ts";
import { openDatabase } from "../harness/mod.ts";

const at = new Date(Date.UTC(2025, 8, 19, 12));
const later = new Date(Date.UTC(2025, 8, 20, 12));

async function openStage(scope: AsyncDisposableStack) {
  const database = scope.use(await openDatabase());
  const pool = database.pool("linehold_web");
  const create = (wanted: Partial<TenantToCreate>) =>
    createTenant(
      { slug: "acme", displayName: "Acme", hosts: [], ...wanted },
      { pool, at, newId: () => Bun.randomUUIDv7(), baseDomain: "books.example" },
    );
  const list = async () => {
    await using lease = await pool.lease();
    return await listTenants(lease.connection);
  };
  return { database, pool, create, list };
}

test("createTenant saves an active tenant with its hosts as requests look them up", async () => {
  await using scope = new AsyncDisposableStack();
  const { create, list } = await openStage(scope);

  const tenant = await create({ hosts: ["Bets.Acme.example.", "acme.example", "acme.example"] });

  expect(tenant).toMatchObject({
    slug: "acme",
    displayName: "Acme",
    state: "active",
    hosts: ["acme.example", "bets.acme.example"],
  });
  expect(await list()).toEqual([tenant]);
});

test.each<[string, Partial<TenantToCreate>, string]>([
  ["a slug in capitals", { slug: "Acme" }, "tenant_slug_invalid"],
  ["a slug with a hyphen at its end", { slug: "acme-" }, "tenant_slug_invalid"],
  ["a slug of 64 characters", { slug: "a".repeat(64) }, "tenant_slug_invalid"],
  ["no slug", { slug: "" }, "tenant_slug_invalid"],
  ["a slug that paths need", { slug: "docs" }, "tenant_slug_reserved"],
  ["a slug that the load balancer needs", { slug: "healthz" }, "tenant_slug_reserved"],
  ["a blank name", { displayName: " " }, "tenant_name_invalid"],
  ["a name of 121 characters", { displayName: "ä".repeat(121) }, "tenant_name_invalid"],
  ["a name that Postgres cannot keep", { displayName: "Ac\u0000me" }, "tenant_name_invalid"],
  ["a host with a port", { hosts: ["acme.example:443"] }, "tenant_host_invalid"],
  ["a host with a scheme", { hosts: ["https://acme.example"] }, "tenant_host_invalid"],
  ["a host with a path", { hosts: ["acme.example/bets"] }, "tenant_host_invalid"],
  ["an empty host", { hosts: [""] }, "tenant_host_invalid"],
  ["the base domain", { hosts: ["books.example"] }, "tenant_host_reserved"],
  ["another tenant's subdomain", { hosts: ["other.books.example"] }, "tenant_host_reserved"],
])("createTenant refuses %s and saves nothing", async (_what, wanted, code) => {
  await using scope = new AsyncDisposableStack();
  const { create, list } = await openStage(scope);

  await expect(create(wanted)).rejects.toMatchObject({ code });

  expect(await list()).toEqual([]);
});

test("a slug or a host that another tenant has is refused, and nothing of the newcomer stays", async () => {
  await using scope = new AsyncDisposableStack();
  const { create, list } = await openStage(scope);
  const acme = await create({ hosts: ["acme.example"] });

  await expect(create({ hosts: ["new.example"] })).rejects.toMatchObject({ code: "tenant_slug_taken" });
  await expect(create({ slug: "beta", hosts: ["a.example", "acme.example"] })).rejects.toMatchObject({
    code: "tenant_host_taken",
    value: "acme.example",
    message: 'Cannot create the tenant as another tenant has the host: "acme.example"',
  });

  expect(await list()).toEqual([acme]);
});

test("suspendTenant and resumeTenant change the state once, and say whether they did", async () => {
  await using scope = new AsyncDisposableStack();
  const { create, database, pool } = await openStage(scope);
  const acme = await create({});
  const updated = async () =>
    (await database.owner<{ updated_at: Date }>("select updated_at from tenants"))[0]?.updated_at;

  const suspended = await suspendTenant("acme", { pool, at: later });
  const again = await suspendTenant("acme", { pool, at: new Date() });
  const updatedAt = await updated();
  const resumed = await resumeTenant("acme", { pool, at: later });

  expect(suspended).toEqual({ tenant: { ...acme, state: "suspended" }, changed: true });
  expect(again).toEqual({ tenant: { ...acme, state: "suspended" }, changed: false });
  expect(updatedAt).toEqual(later);
  expect(resumed).toEqual({ tenant: acme, changed: true });
});

test("a slug that nobody has is named", async () => {
  await using scope = new AsyncDisposableStack();
  const { pool } = await openStage(scope);
  const unknown = { code: "tenant_unknown", slug: "nobody" };

  await expect(suspendTenant("nobody", { pool, at })).rejects.toMatchObject(unknown);
  await expect(resumeTenant("nobody", { pool, at })).rejects.toMatchObject(unknown);
  await using lease = await pool.lease();
  await expect(findTenant(lease.connection, "nobody")).rejects.toMatchObject(unknown);
});

test("every write is a change that machines hear of, and one that changed nothing is none", async () => {
  await using scope = new AsyncDisposableStack();
  const { create, database, pool } = await openStage(scope);
  const changes = () => database.owner("select topic, key from changes order by number");

  const { tenantId } = await create({ hosts: ["acme.example"] });
  await suspendTenant("acme", { pool, at });
  const before = await changes();
  await suspendTenant("acme", { pool, at });

  expect(new Set(before.map((change) => JSON.stringify(change)))).toEqual(
    new Set([JSON.stringify({ topic: "tenants", key: tenantId })]),
  );
  expect(await changes()).toEqual(before);
});
