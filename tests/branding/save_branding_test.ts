import { expect, test } from "bun:test";
import { saveBranding } from "../../src/branding/mod.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

const at = new Date(Date.UTC(2025, 8, 19, 12));

async function openStage(scope: AsyncDisposableStack) {
  const database: TestDatabase = scope.use(await openDatabase());
  const tenantId = await arrangeTenant(database, { slug: "acme" });
  const pool = database.pool("linehold_web");
  const save = (document: unknown, expectedVersion?: bigint) =>
    saveBranding(
      { tenantId, document, ...(expectedVersion === undefined ? {} : { expectedVersion }) },
      { pool, at },
    );
  const stored = () =>
    database.owner<{ version: bigint; document: unknown; updated_at: Date }>(
      "select version, document, updated_at from branding where tenant_id = $1",
      [tenantId],
    );
  return { database, tenantId, save, stored };
}

test("saveBranding saves the first brand as version 1 and each after it as the next", async () => {
  await using scope = new AsyncDisposableStack();
  const { save, stored } = await openStage(scope);

  const versions = [await save({ name: "One" }), await save({ name: "Two" }), await save({})];

  expect(versions).toEqual([{ version: 1n }, { version: 2n }, { version: 3n }]);
  expect(await stored()).toEqual([{ version: 3n, document: {}, updated_at: at }]);
});

test("a document with faults is not saved, and all of them are told", async () => {
  await using scope = new AsyncDisposableStack();
  const { save, stored } = await openStage(scope);
  await save({ name: "One" });

  const saving = save({ name: "Two", colors: { primary: "red" }, layout: { radius: 99 } });

  await expect(saving).rejects.toMatchObject({
    code: "branding_invalid",
    message:
      'Cannot save the brand as 2 part(s) of it cannot be used:\n  colors.primary must be a text like "#0b5fff"\n  layout.radius must be a whole number from 0 to 48',
  });
  expect(await stored()).toMatchObject([{ version: 1n, document: { name: "One" } }]);
});

test("the tenant and the version inside a document are not kept", async () => {
  await using scope = new AsyncDisposableStack();
  const { save, stored } = await openStage(scope);

  await save({ tenant: "somebody else", version: 99, name: "Acme" });

  expect(await stored()).toMatchObject([{ document: { name: "Acme" } }]);
  expect(Object.keys((await stored())[0]?.document as object)).toEqual(["name"]);
});

test("a save over a version that is no longer there is refused and says which is", async () => {
  await using scope = new AsyncDisposableStack();
  const { save, stored } = await openStage(scope);
  await save({ name: "One" }, 0n);
  await save({ name: "Two" }, 1n);

  await expect(save({ name: "Late" }, 1n)).rejects.toMatchObject({
    code: "branding_version_conflict",
    expected: 1n,
    found: 2n,
  });
  await expect(save({ name: "First?" }, 0n)).rejects.toMatchObject({ expected: 0n, found: 2n });
  expect(await stored()).toMatchObject([{ version: 2n, document: { name: "Two" } }]);
});

test("of many saves at once each either has its version or is told of a conflict: none overwrites another unseen", async () => {
  await using scope = new AsyncDisposableStack();
  const { save, stored } = await openStage(scope);

  const outcomes = await Promise.allSettled(
    Array.from({ length: 24 }, (_, n) => save({ name: `Save ${n}` })),
  );

  const saved = outcomes.flatMap((outcome) =>
    outcome.status === "fulfilled" ? [outcome.value.version] : [],
  );
  const refused = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason.code] : []));
  expect(new Set(saved).size).toBe(saved.length);
  expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? ["branding_version_conflict"] : []));
  expect((await stored())[0]?.version).toBe(BigInt(saved.length));
  expect(saved.length + refused.length).toBe(24);
});
