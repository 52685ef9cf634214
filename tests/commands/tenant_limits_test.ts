import { expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase, temporaryFolder } from "../harness/mod.ts";
import { runCommandFile } from "./run_command.ts";

setDefaultTimeout(60_000);

test("tenant limits prints what bounds bets, saves a file and the switch, and names what does not hold together", async () => {
  await using scope = new AsyncDisposableStack();
  const database = scope.use(await openDatabase());
  const folder = temporaryFolder();
  scope.defer(() => rmSync(folder, { recursive: true, force: true }));
  const tenant = (...words: string[]) => runCommandFile("tenant.ts", words, { DATABASE_URL: database.url });
  const file = async (content: unknown) => {
    const path = join(folder, `${Bun.randomUUIDv7()}.json`);
    await Bun.write(path, JSON.stringify(content));
    return path;
  };
  await tenant("create", "--slug", "acme", "--name", "Acme");
  const row = { currency: "EUR", scope: "tenant", stakeMaxMinor: 5000 };

  const none = await tenant("limits", "acme");
  const saved = await tenant("limits", "acme", "--file", await file({ bettingOpen: true, limits: [row] }));
  const closed = await tenant("limits", "acme", "--closed", "--expect-version", "1");
  const stale = await tenant("limits", "acme", "--open", "--expect-version", "1");
  const faulty = await tenant(
    "limits",
    "acme",
    "--file",
    await file({ bettingOpen: true, limits: [{ ...row, scope: "event" }] }),
  );
  const unread = await tenant("limits", "acme", "--file", await file({ limits: 5 }));
  const both = await tenant("limits", "acme", "--open", "--closed");

  expect(JSON.parse(none.out)).toEqual({ version: 0, bettingOpen: true, limits: [] });
  expect(JSON.parse(saved.out)).toMatchObject({
    version: 1,
    bettingOpen: true,
    limits: [row],
    placementsOver: true,
  });
  expect(JSON.parse(closed.out)).toMatchObject({ version: 2, bettingOpen: false, limits: [row] });
  expect([stale.code, faulty.code, unread.code, both.code]).toEqual([1, 1, 1, 64]);
  expect(faulty.err).toContain("limits.0.eventId is missing: the scope is event");
  const acts = await database.owner<{ actor: string }>(
    "select actor_id as actor from audit_acts where action = 'limits.changed'",
  );
  expect(acts).toEqual([{ actor: "bun run tenant limits" }, { actor: "bun run tenant limits" }]);
});
