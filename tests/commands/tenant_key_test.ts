import { expect, setDefaultTimeout, test } from "bun:test";
import { OperatorKeyInvalidError, readOperatorKey, requireOperator } from "../../src/operators/mod.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase } from "../harness/mod.ts";
import { runCommandFile } from "./run_command.ts";

setDefaultTimeout(60_000);

async function openStage(scope: AsyncDisposableStack) {
  const database = scope.use(await openDatabase());
  const tenantId = await arrangeTenant(database, { slug: "acme" });
  const pool = database.pool("linehold_web");
  const key = (...words: string[]) =>
    runCommandFile("tenant.ts", ["key", ...words], { DATABASE_URL: database.url });
  const use = async (text: string) => {
    const headers = { authorization: `Bearer ${text}` };
    const presented = readOperatorKey(new Request("http://linehold.test/", { headers }));
    await using lease = await pool.lease({ tenantId });
    return await requireOperator(lease.connection, { tenantId, key: presented, at: new Date() });
  };
  return { database, key, use };
}

test("tenant key creates a key that works, lists it without its secret, and revokes it", async () => {
  await using scope = new AsyncDisposableStack();
  const { key, use } = await openStage(scope);

  const none = await key("list", "--slug", "acme");
  const created = await key("create", "--slug", "acme", "--name", "cashier desk");
  const [text = ""] = created.out.split("\n");
  const used = await use(text);
  const taken = await key("create", "--slug", "acme", "--name", "cashier desk");
  const expiring = await key("create", "--slug", "acme", "--name", "audit", "--days", "30", "--json");
  const listed = await key("list", "--slug", "acme");
  const revoked = await key("revoke", "--slug", "acme", "--name", "cashier desk");
  const byId = await key("revoke", "--slug", "acme", "--id", JSON.parse(expiring.out).keyId);
  const again = await key("revoke", "--slug", "acme", "--name", "cashier desk");

  expect([none, created, listed, revoked, byId].map(({ code, err }) => [code, err])).toEqual(
    Array.from({ length: 5 }, () => [0, ""]),
  );
  expect(none.out).toContain("No key yet");
  expect(used).toMatchObject({ name: "cashier desk" });
  expect([taken.code, again.code]).toEqual([1, 1]);
  expect(Date.parse(JSON.parse(expiring.out).expiresAt) - Date.now()).toBeGreaterThan(29 * 86_400_000);
  expect(listed.out).toContain("in use  cashier desk");
  expect(listed.out).not.toContain(text.slice(17));
  expect(await use(text).catch((error: unknown) => error)).toBeInstanceOf(OperatorKeyInvalidError);
});

test.each([
  [[]],
  [["make"]],
  [["create", "--slug", "acme"]],
  [["create", "--name", "desk"]],
  [["create", "--slug", "acme", "--name", "desk", "--days", "0"]],
  [["create", "--slug", "acme", "--name", "desk", "--wrong"]],
  [["create", "--slug", "acme", "--name", "x".repeat(121)]],
  [["revoke", "--slug", "acme"]],
  [["revoke", "--slug", "acme", "--name", "a", "--id", "b"]],
])("tenant key %p ends with 64 before it looks for a database", async (words) => {
  const { code, err } = await runCommandFile("tenant.ts", ["key", ...words], {});

  expect(code).toBe(64);
  expect(err).toContain("--help");
});

test("tenant key names a tenant that is not there", async () => {
  await using scope = new AsyncDisposableStack();
  const { key } = await openStage(scope);

  const { code, err } = await key("create", "--slug", "nobody", "--name", "desk");

  expect(code).toBe(1);
  expect(err).toContain("nobody");
});
