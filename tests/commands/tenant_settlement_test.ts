import { expect, setDefaultTimeout, test } from "bun:test";
import { openDatabase } from "../harness/mod.ts";
import { runCommandFile } from "./run_command.ts";

setDefaultTimeout(60_000);

test("tenant settlement prints how bets are settled, changes what is named of it, and refuses what cannot be", async () => {
  await using database = await openDatabase();
  const tenant = (...words: string[]) => runCommandFile("tenant.ts", words, { DATABASE_URL: database.url });
  await tenant("create", "--slug", "acme", "--name", "Acme");

  const unsaid = await tenant("settlement", "acme", "--json");
  const frozen = await tenant("settlement", "acme", "--negative-balance", "freeze", "--json");
  const ruled = await tenant("settlement", "acme", "--rules", "1", "--expect-version", "1");
  const newest = await tenant("settlement", "acme", "--rules", "newest", "--json");
  const stale = await tenant("settlement", "acme", "--rules", "1", "--expect-version", "1");
  const unpublished = await tenant("settlement", "acme", "--rules", "9");
  const unknown = await tenant("settlement", "acme", "--negative-balance", "forgive");

  const before = { version: 0, rulesVersion: null, rulesInForce: 2, negativeBalance: "debt" };
  expect(JSON.parse(unsaid.out)).toEqual(before);
  expect(JSON.parse(frozen.out)).toEqual({ ...before, version: 1, negativeBalance: "freeze" });
  expect(ruled.out).toBe(
    "Bets of acme are taken under house rules 1; a negative balance: freeze (version 2)\n",
  );
  expect(JSON.parse(newest.out)).toEqual({ ...before, version: 3, negativeBalance: "freeze" });
  expect([stale.code, unpublished.code, unknown.code]).toEqual([1, 1, 64]);
  expect(unpublished.err).toContain("there are 1, 2");
  const acts = await database.owner<{ actor: string }>(
    "select actor_id as actor from audit_acts where action = 'settlement_policy.changed'",
  );
  expect(acts.map(({ actor }) => actor)).toEqual(Array(3).fill("bun run tenant settlement"));
});
