import { expect, test } from "bun:test";
import { readdir, readFile } from "node:fs/promises";
import { openSession, type Session } from "../../src/pool/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { suiteServer } from "../harness/mod.ts";

const FOLDER = new URL("../../src/schema/migrations/", import.meta.url);

/** A database as the release before facts has left it. */
async function openBeforeFacts(scope: AsyncDisposableStack) {
  const server = await suiteServer();
  const name = server.newName();
  await server.admin.execute(`create database ${name}`);
  scope.defer(async () => void (await server.admin.execute(`drop database ${name} with (force)`)));
  const urls = { ownerUrl: server.ownerUrl(name), loginUrl: server.loginUrl(name) };
  const session = { url: urls.ownerUrl, applicationName: "test", connectTimeoutMs: 5000 };
  const owner = scope.use(await openSession(session));
  await owner.execute(
    "create table schema_migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())",
  );
  const files = (await readdir(FOLDER)).sort().filter((file) => file < "0021");
  for (const file of files) {
    const text = await readFile(new URL(file, FOLDER), "utf8");
    await owner.execute(text);
    const checksum = new Bun.CryptoHasher("sha256").update(text).digest("hex");
    const values = [file.replace(/\.sql$/, ""), checksum];
    await owner.execute("insert into schema_migrations (name, checksum) values ($1, $2)", values);
  }
  return { owner, urls };
}

const RECORDED = new Date("2025-09-20T16:00:00Z");

/** A result as that release writes it, of an event of its own; the event's id. */
async function tellResult(owner: Session, result: Result): Promise<string> {
  const { sport = "soccer", version = 1, state = "final", score, half } = result;
  const eventId = Bun.randomUUIDv7();
  await owner.execute(
    `insert into events (
       event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status, source_version,
       updated_at
     )
     values ($1::uuid, 'fixture', $1::uuid::text, $2, 'c', 'Competition', 'Home', 'Away', $3, 'ended', 1, $3)`,
    [eventId, sport, RECORDED],
  );
  await owner.execute(INSERT_RESULT, [
    eventId,
    version,
    state,
    ...(score ?? NOBODY),
    ...(half ?? NOBODY),
    RECORDED,
  ]);
  return eventId;
}

interface Result {
  readonly sport?: string;
  readonly version?: number;
  readonly state?: "final" | "void";
  readonly score?: readonly [number, number];
  readonly half?: readonly [number, number];
}

const NOBODY = [null, null] as const;
const INSERT_RESULT = `
  insert into results (
    event_id, version, state, home_score, away_score, half_home_score, half_away_score, source, recorded_at
  )
  values ($1, $2, $3, $4, $5, $6, $7, 'fixture', $8)`;

/** What is claimed of an event, in words. */
async function claimsOf(owner: Session, eventId: string): Promise<string[]> {
  const rows = await owner.query<{ words: string }>(
    `select concat_ws(' ',
       version, fact, statistic, period, side, value, detail ->> 'status', case when final then 'final' end,
       case when true_at = $2 then 'then' end, tenant_id) as words
     from facts
     where event_id = $1
     order by 1`,
    [eventId, RECORDED],
  );
  return rows.map(({ words }) => words);
}

test("the results that stand when facts come are facts afterwards: each score under its sport's period, and what is missing is none", async () => {
  await using scope = new AsyncDisposableStack();
  const { owner, urls } = await openBeforeFacts(scope);
  const football = await tellResult(owner, { score: [2, 1], half: [1, 0] });
  const halfless = await tellResult(owner, { score: [0, 0] });
  const basketball = await tellResult(owner, { sport: "basketball", score: [101, 99] });
  const tennis = await tellResult(owner, { sport: "tennis", score: [2, 0] });
  const gone = await tellResult(owner, { state: "void" });
  const corrected = await tellResult(owner, { score: [1, 0] });
  await owner.execute(INSERT_RESULT, [corrected, 2, "final", 1, 1, ...NOBODY, RECORDED]);

  const { applied } = await migrate(urls);

  expect(applied[0]).toBe("0021_facts");
  const ended = (version: number) => `${version} status ended final then`;
  const score = (version: number, period: string, [home, away]: readonly [number, number]) => [
    `${version} count score ${period} away ${away} final then`,
    `${version} count score ${period} home ${home} final then`,
  ];
  expect(await claimsOf(owner, football)).toEqual([
    ...score(1, "first_half", [1, 0]),
    ...score(1, "regulation", [2, 1]),
    ended(1),
  ]);
  expect(await claimsOf(owner, halfless)).toEqual([...score(1, "regulation", [0, 0]), ended(1)]);
  expect(await claimsOf(owner, basketball)).toEqual([...score(1, "match", [101, 99]), ended(1)]);
  expect(await claimsOf(owner, tennis)).toEqual([ended(1)]);
  expect(await claimsOf(owner, gone)).toEqual(["1 status void final then"]);
  expect(await claimsOf(owner, corrected)).toEqual([
    ...score(1, "regulation", [1, 0]),
    ended(1),
    ...score(2, "regulation", [1, 1]),
    ended(2),
  ]);
  const versions = await owner.query(
    `select version, tenant_id, source, actor, certainty, known_at from fact_versions where event_id = $1 order by version`,
    [corrected],
  );
  const said = {
    tenant_id: null,
    source: "fixture",
    actor: null,
    certainty: "confirmed",
    known_at: RECORDED,
  };
  expect(versions).toEqual([
    { version: 1, ...said },
    { version: 2, ...said },
  ]);
});

test("what is told after the migration, by the release before it too, has the next number of its event", async () => {
  await using scope = new AsyncDisposableStack();
  const { owner, urls } = await openBeforeFacts(scope);
  const eventId = await tellResult(owner, { score: [1, 0], version: 3 });
  await migrate(urls);

  const next = await owner.query("select next_fact_version($1) as version", [eventId]);
  // That release counts by itself, and takes the number that has just been given.
  await owner.execute(INSERT_RESULT, [eventId, 4, "final", 2, 0, ...NOBODY, RECORDED]);

  expect(next).toEqual([{ version: 4 }]);
  expect(await claimsOf(owner, eventId)).toEqual([
    "3 count score regulation away 0 final then",
    "3 count score regulation home 1 final then",
    "3 status ended final then",
    "5 count score regulation away 0 final then",
    "5 count score regulation home 2 final then",
    "5 status ended final then",
  ]);
});
