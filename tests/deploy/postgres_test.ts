import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EmbeddedPostgres, openEmbeddedPostgres } from "../../src/local/mod.ts";
import { createLog } from "../../src/log.ts";
import { openSession } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { parseServerSettings } from "./pgbouncer_ini.ts";
import { fileText } from "./repository.ts";

const log = createLog({ process: "tests", level: "error", clock: systemClock });
const statements = fileText("deploy/postgres.sql")
  .replaceAll(/^--.*$/gm, "")
  .split(";")
  .map((statement) => statement.trim())
  .filter((statement) => statement !== "");

/** Runs the statements one by one, as psql would, and gives back the rows of the last. */
async function run(
  server: EmbeddedPostgres,
  texts: readonly string[],
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  await using owner = await openSession({
    url: server.ownerUrl,
    applicationName: "linehold tests",
    connectTimeoutMs: 5000,
  });
  let rows: readonly Readonly<Record<string, unknown>>[] = [];
  for (const text of texts) rows = await owner.query(text);
  return rows;
}

const RESTART_ONLY = ["max_connections", "superuser_reserved_connections"];

test("deploy/postgres.sql names what still waits for a restart, and nothing once that has happened", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "linehold-postgres-sql-"));
  await using scope = new AsyncDisposableStack();
  scope.defer(() => rmSync(dataDir, { recursive: true, force: true }));
  const open = () => openEmbeddedPostgres({ dataDir }, { log });
  // What the embedded server is given on its command line counts as waiting for ever, as no file overrides it. For the
  // same reason the other setting of the kind stands in for max_connections here.
  const waiting = async (server: EmbeddedPostgres) =>
    (await run(server, statements)).filter(({ name }) => RESTART_ONLY.includes(String(name)));
  {
    await using server = await open();
    await run(server, ["alter system set superuser_reserved_connections = 5"]);
    // The two need a restart, and nothing else in the file does.
    expect(await run(server, [selectRestartOnly()])).toEqual(RESTART_ONLY.map((name) => ({ name })));
  }
  {
    await using server = await open();
    expect(await waiting(server)).toEqual([
      { name: "superuser_reserved_connections", in_force: "5", pending_restart: true },
    ]);
  }
  await using server = await open();
  expect(await waiting(server)).toEqual([]);
}, 60_000);

test("deploy/postgres.sql asks for the hundred connections that the budget counts with", () => {
  expect(parseServerSettings(fileText("deploy/postgres.sql")).get("max_connections")).toBe(100);
});

function selectRestartOnly(): string {
  const named = [...fileText("deploy/postgres.sql").matchAll(/^alter system set (\w+)/gm)].map(
    ([, name]) => name,
  );
  return `select name from pg_settings where context = 'postmaster' and name in ('${named.join("', '")}') order by name`;
}
