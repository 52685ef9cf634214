import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { makeKey, parseKey } from "../../src/operators/key_text.ts";
import {
  createOperatorKey,
  listOperatorKeys,
  OperatorKeyInvalidError,
  OperatorKeyNameTakenError,
  OperatorKeyNotFoundError,
  readOperatorKey,
  requireOperator,
  revokeOperatorKey,
} from "../../src/operators/mod.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

setDefaultTimeout(60_000);

const AT = new Date("2025-09-19T12:00:00Z");
const randomBytes = (count: number) => crypto.getRandomValues(new Uint8Array(count));
const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const bearing = (text: string) =>
  new Request("http://linehold.test/", { headers: { authorization: `Bearer ${text}` } });

test("a key's text is read back to its id and the hash of its secret", () => {
  fc.assert(
    fc.property(bytes(8), bytes(32), (id, secret) => {
      const { keyId, secretHash, text } = makeKey(id, secret);

      expect(text).toMatch(/^lho_[0-9A-Za-z]{12}_[0-9A-Za-z]{49}$/);
      expect(parseKey(text)).toEqual({ keyId, secretHash });
    }),
  );
});

test("one mistyped character of a key is found out without a look at the database", () => {
  const { text } = makeKey(randomBytes(8), randomBytes(32));

  for (let at = 0; at < text.length; at++) {
    const other = text[at] === "a" ? "b" : "a";
    expect(() => parseKey(text.slice(0, at) + other + text.slice(at + 1))).toThrow(OperatorKeyInvalidError);
  }
});

test.each(["", "Basic abc", "Bearer", "Bearer lho_", `Bearer ${"x".repeat(5000)}`])(
  "readOperatorKey refuses the header %p",
  (authorization) => {
    const request = new Request("http://linehold.test/", { headers: { authorization } });

    expect(() => readOperatorKey(request)).toThrow(OperatorKeyInvalidError);
  },
);

function openDesk(database: TestDatabase) {
  const pool = database.pool("linehold_web");
  const tenantId = Bun.randomUUIDv7();
  const create = async (
    name: string,
    { expiresAt, of = tenantId }: { expiresAt?: Date; of?: string } = {},
  ) => {
    await using lease = await pool.lease({ access: "write", tenantId: of });
    const wanted = { tenantId: of, name, at: AT, by: "test", randomBytes, ...(expiresAt && { expiresAt }) };
    const made = await createOperatorKey(lease.connection, wanted);
    await lease.commit();
    return made.text;
  };
  const present = async (text: string, { at = AT, of = tenantId } = {}) => {
    await using lease = await pool.lease({ tenantId: of });
    const key = readOperatorKey(bearing(text));
    return await requireOperator(lease.connection, { tenantId: of, key, at });
  };
  return { pool, tenantId, create, present };
}

test("requireOperator knows the tenant's key, and no other tenant's, unknown, expired or revoked one", async () => {
  await using database = await openDatabase();
  const { pool, tenantId, create, present } = openDesk(database);
  const other = Bun.randomUUIDv7();
  const inADay = new Date(AT.getTime() + 86_400_000);
  const [good, expiring, revoked, foreign] = [
    await create("desk"),
    await create("short", { expiresAt: inADay }),
    await create("old"),
    await create("desk", { of: other }),
  ];
  await using lease = await pool.lease({ access: "write", tenantId });
  await revokeOperatorKey(lease.connection, { tenantId, which: { name: "old" }, at: AT, by: "test" });
  await lease.commit();

  expect(await present(good)).toMatchObject({ tenantId, name: "desk" });
  expect(await present(expiring)).toMatchObject({ name: "short" });
  expect(await present(foreign, { of: other })).toMatchObject({ tenantId: other });
  const { text: unknown } = makeKey(randomBytes(8), randomBytes(32));
  for (const act of [
    () => present(unknown),
    () => present(expiring, { at: inADay }),
    () => present(revoked),
    () => present(foreign),
    () => present(good, { of: other }),
  ]) {
    expect(await act().catch((error: unknown) => error)).toBeInstanceOf(OperatorKeyInvalidError);
  }
});

test("a key whose id is another's and whose secret is its own is refused", async () => {
  await using database = await openDatabase();
  const { create, present } = openDesk(database);
  const [, id = ""] = (await create("desk")).split("_");
  const forgedId = Uint8Array.from([...randomBytes(8)]);
  const forged = makeKey(forgedId, randomBytes(32));
  const body = `lho_${id}_${forged.text.split("_")[2]?.slice(0, 43)}`;
  const crc = BigInt(Bun.hash.crc32(body));
  const digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  let checksum = "";
  for (let rest = crc; checksum.length < 6; rest /= 62n) checksum = digits[Number(rest % 62n)] + checksum;

  expect(await present(body + checksum).catch((error: unknown) => error)).toBeInstanceOf(
    OperatorKeyInvalidError,
  );
});

test("a revocation waits for what is being done with the key", async () => {
  await using database = await openDatabase();
  const { pool, tenantId, create } = openDesk(database);
  const key = readOperatorKey(bearing(await create("desk")));
  await using act = await pool.lease({ access: "write", tenantId });
  await requireOperator(act.connection, { tenantId, key, at: AT, held: true });

  await using ending = await pool.lease({ access: "write", tenantId });
  const revoking = revokeOperatorKey(ending.connection, {
    tenantId,
    which: { name: "desk" },
    at: AT,
    by: "test",
  });
  const early = await Promise.race([revoking, Bun.sleep(100)]);
  await act.commit();

  expect(early).toBeUndefined();
  expect(await revoking).toMatchObject({ name: "desk", revokedAt: AT });
});

test("a name serves one key at a time, and is free again once its key is revoked", async () => {
  await using database = await openDatabase();
  const { pool, tenantId, create } = openDesk(database);
  await create("desk");

  expect(await create("desk").catch((error: unknown) => error)).toBeInstanceOf(OperatorKeyNameTakenError);
  await using lease = await pool.lease({ access: "write", tenantId });
  const which = { name: "desk" };
  await revokeOperatorKey(lease.connection, { tenantId, which, at: AT, by: "test" });
  const again = revokeOperatorKey(lease.connection, { tenantId, which, at: AT, by: "test" });
  expect(await again.catch((error: unknown) => error)).toBeInstanceOf(OperatorKeyNotFoundError);
  await lease.commit();
  await create("desk");

  await using reading = await pool.lease({ tenantId });
  const keys = await listOperatorKeys(reading.connection, tenantId);
  expect(keys.map(({ name, revokedAt }) => [name, revokedAt !== null]).sort()).toEqual([
    ["desk", false],
    ["desk", true],
  ]);
});

test("making and revoking a key leaves audit rows, and neither secret nor hash in them", async () => {
  await using database = await openDatabase();
  const { create } = openDesk(database);
  const text = await create("desk");

  const rows = await database.owner<{ action: string; whole: string }>(
    "select action, audit_acts::text as whole from audit_acts",
  );

  expect(rows.map(({ action }) => action)).toEqual(["operator_key.created"]);
  expect(rows[0]?.whole).not.toContain(text.slice(17, 60));
  const [kept] = await database.owner<{ whole: string }>(
    "select operator_keys::text as whole from operator_keys",
  );
  expect(kept?.whole).not.toContain(text.slice(17, 60));
});

test("audit rows are never changed or removed, by the application's roles or by the owner", async () => {
  await using database = await openDatabase();
  const { tenantId, create } = openDesk(database);
  await create("desk");

  for (const role of ["linehold_web", "linehold_settlement"]) {
    const pool = database.pool(role);
    for (const statement of [
      "update audit_acts set action = 'x'",
      "delete from audit_acts",
      "truncate audit_acts",
      "alter table audit_acts disable trigger all",
    ]) {
      await using lease = await pool.lease({ access: "write", tenantId });
      const refused = await lease.connection.execute(statement).catch((error: unknown) => error);
      expect([statement, (refused as { cause?: { code?: string } }).cause?.code]).toEqual([
        statement,
        "42501",
      ]);
    }
  }
  const asOwner = await database.owner("delete from audit_acts").catch((error: unknown) => error);
  expect(asOwner).toMatchObject({ sqlState: "23001" });
});
