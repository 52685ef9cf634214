import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openDatabase } from "../harness/mod.ts";
import { fileText, ROOT } from "./repository.ts";

const readme = fileText("README.md");
const scripts: Readonly<Record<string, string>> = JSON.parse(fileText("package.json")).scripts;

test("the README links to nothing that is not there", () => {
  const targets = [...readme.matchAll(/\]\(([^)#]+)\)/g)].map(([, target = ""]) => target);
  const local = targets.filter((target) => !/^https?:/.test(target));

  expect(local.length).toBeGreaterThan(10);
  expect(local.filter((target) => !existsSync(join(ROOT, target)))).toEqual([]);
});

test("the README names only commands that there are, and every one that starts something", () => {
  const named = new Set(
    [...readme.matchAll(/\bbun (?:run )?([a-z]+(?::[a-z]+)?)\b/g)].map(([, name = ""]) => name),
  );
  const before = (name: string) => name.startsWith("pre") && Object.hasOwn(scripts, name.slice("pre".length));
  const own = Object.keys(scripts).filter((name) => !before(name) && name !== "format");

  expect(
    [...named].filter((name) => !Object.hasOwn(scripts, name) && !["src", "examples"].includes(name)),
  ).toEqual([]);
  expect(own.filter((name) => !named.has(name))).toEqual([]);
});

test("the README's statement adds a tenant that the service can read", async () => {
  const [, statement = ""] = /```sql\n(insert into tenants.*?);\n```/s.exec(readme) ?? [];
  await using database = await openDatabase();

  await database.owner(statement);

  await using lease = await database.pool("linehold_read").lease();
  expect(await lease.connection.query("select slug, state from tenants")).toEqual([
    { slug: "acme", state: "active" },
  ]);
});

test("the README's fly secrets are settings of the configuration, and each process has an alias of the pooler", () => {
  const [, command = ""] = /fly secrets set --stage \\\n(.*?)\nfly deploy/s.exec(readme) ?? [];
  const names = [...command.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name);

  const aliases = [...command.matchAll(/:6432\/(\w+)/g)].map(([, alias]) => alias);
  const pooled = [...fileText("deploy/pgbouncer.ini").matchAll(/^(linehold_\w+) = host=/gm)].map(
    ([, alias]) => alias,
  );

  expect(names).toEqual([
    "DATABASE_URL",
    "WORKER_ODDS_DATABASE_URL",
    "WORKER_SETTLEMENT_DATABASE_URL",
    "LISTEN_DATABASE_URL",
    "OPS_TOKEN",
    "PLAYER_TOKEN_KEYS",
    "IDENTITY_KEY",
    "DIRECT_DATABASE_URL",
  ]);
  expect(aliases).toEqual(pooled);
});
