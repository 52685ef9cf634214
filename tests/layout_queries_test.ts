import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Glob } from "bun";

const ROOT = join(import.meta.dir, "../src");

/** Where connections are made (the pool itself, migrations by the owner, the embedded server), and what only operators run. */
const EXEMPT = new Set(["pool", "schema", "local", "commands"]);
/** What visitors see is read through `reads`, which alone lends a connection to a plan's load. */
const PUBLIC = new Set(["tenants", "branding", "odds"]);
const QUERIES_FILE = /(^|\/)(queries|[a-z_]+_queries)\.ts$/;

test("every statement of the service runs on a lease, in a queries file, and every public read goes through reads", () => {
  const faults = files().flatMap((file) => queryFaults(file, readFileSync(join(ROOT, file), "utf8")));

  expect(faults).toEqual([]);
  expect(files().filter((file) => QUERIES_FILE.test(file)).length).toBeGreaterThan(8);
});

test.each<[string, string, string]>([
  ["a select beside the rules", "bets/place_bet.ts", "await connection.query('select 1');"],
  [
    "a statement on a lease outside a queries file",
    "odds/view.ts",
    "await lease.connection.execute(UPDATE);",
  ],
  ["a statement on the pool", "odds/queries.ts", "return pool.query(SELECT_EVENTS);"],
  [
    "a statement on a client of its own",
    "wallets/queries.ts",
    "const rows = await client.query<Row>(SELECT);",
  ],
  ["a statement through a name of its own", "feeds/queries.ts", "await db.execute(UPSERT);"],
  ["a statement by a computed name", "bets/queries.ts", 'await connection["query"](SELECT);'],
  [
    "a connection made up in a queries file",
    "bets/queries.ts",
    "const connection = await open();\nawait connection.query(A);",
  ],
  [
    "a queries file that takes its connection from elsewhere",
    "bets/queries.ts",
    "export function f() { return connection.query(A); }",
  ],
  ["a session of a room's own", "bets/place_bet.ts", 'import { openSession } from "../pool/mod.ts";'],
  ["a pool of a room's own", "feeds/loop.ts", 'import { type Pool, openPool } from "../pool/mod.ts";'],
  [
    "a public read past the pipeline",
    "odds/read_catalogue.ts",
    "await using lease = await pool.lease({ deadlineMs: 5 });",
  ],
  [
    "a public read past the pipeline, bare",
    "branding/read_branding.ts",
    "await using lease = await pool.lease();",
  ],
  ["a statement in a process", "processes/web.ts", "await lease.connection.query('select 1');"],
])("the rules refuse %s", (_what, file, code) => {
  expect(queryFaults(file, code)).not.toEqual([]);
});

test("the rules let a queries file, a write of a public room and a lease of a worker pass", () => {
  const queries =
    "export function selectX(connection: Connection) { return connection.query<Row>(SELECT_X); }";

  expect(queryFaults("odds/queries.ts", queries)).toEqual([]);
  expect(queryFaults("branding/save_branding.ts", 'pool.lease({ access: "write", tenantId });')).toEqual([]);
  expect(queryFaults("feeds/loop.ts", "await using lease = await scope.lease();")).toEqual([]);
});

/** Each place of the code that asks the database otherwise than by a lease's connection in a queries file. */
function queryFaults(file: string, code: string): string[] {
  const place = file.split("/")[0] ?? file;
  if (EXEMPT.has(place)) return [];
  return [
    ...strayStatements(file, code),
    ...madeConnections(file, place, code),
    ...(PUBLIC.has(place) ? readsPastThePipeline(file, code) : []),
  ];
}

function strayStatements(file: string, code: string): string[] {
  const calls = [...code.matchAll(/([\w.\])]+?)\s*(?:\?\.|\.)\s*(?:query|execute)\s*(?:<[^;()]*>)?\(/g)];
  const computed = /[\w)\]]\[\s*["'`](?:query|execute)["'`]\s*\]/.test(code)
    ? [`${file} names a statement by a string`]
    : [];
  const strays = calls.filter(([, on]) => on !== "connection" || !QUERIES_FILE.test(file));
  const untyped = calls.length > 0 && !/\bconnection: Connection\b/.test(code);
  return [
    ...computed,
    ...strays.map(
      ([call]) => `${file} runs ${call}…) outside a queries file, or not on the connection it was given`,
    ),
    ...(untyped ? [`${file} runs statements on a connection that nobody gave it`] : []),
  ];
}

/** A room has the connections it is lent, and opens none. The follower alone listens, outside every pool. */
function madeConnections(file: string, place: string, code: string): string[] {
  const faults: string[] = [];
  if (QUERIES_FILE.test(file) && /\b(?:const|let)\s+(?:\{[^}]*\bconnection\b|connection\b)/.test(code))
    faults.push(`${file} makes a connection up`);
  const opens = /\b(openPool|openSession|openListener|createClient)\b/.exec(code)?.[1];
  const mayOpen = place === "processes" || file === "changes/follow.ts";
  if (opens !== undefined && !mayOpen) faults.push(`${file} names ${opens}`);
  return faults;
}

function readsPastThePipeline(file: string, code: string): string[] {
  return [...code.matchAll(/\.lease\(([^)]*)\)/g)]
    .filter(([, options = ""]) => !/access:\s*"write"/.test(options))
    .map(([call]) => `${file} leases by ${call} to read, past the pipeline`);
}

function files(): string[] {
  return [...new Glob("**/*.ts").scanSync(ROOT)].sort();
}
