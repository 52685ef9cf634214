import { expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase, openFaultProxy, temporaryFolder } from "../harness/mod.ts";
import { newPerson } from "../players/house.ts";
import { startWeb, until } from "./web_process.ts";

setDefaultTimeout(60_000);

const KEY = Buffer.alloc(32, 1).toString("base64");

test("a player's whole life leaves nothing of the person in log, snapshot, refusals, metrics or any table but their own", async () => {
  await using scope = new AsyncDisposableStack();
  const database = scope.use(await openDatabase());
  await arrangeTenant(database, { slug: "acme", document: { name: "Acme Bets" } });
  const folder = temporaryFolder();
  scope.defer(() => rmSync(folder, { recursive: true, force: true }));
  const { hostname, port } = new URL(database.url);
  const postgres = scope.use(await openFaultProxy({ hostname, port: Number(port) }));
  const web = scope.use(
    await startWeb(
      {
        DATABASE_URL: postgres.through(database.url),
        PLAYER_TOKEN_KEYS: `k1:${KEY}`,
        IDENTITY_KEY: KEY,
        LOG_LEVEL: "debug",
        SNAPSHOT_DIR: folder,
        SNAPSHOT_INTERVAL: "1",
      },
      { stderr: "pipe" },
    ),
  );
  await web.listening();
  await until(async () => (await web.get("/acme/api/public/load-theme")).headers.has("etag"), 5000);
  const person = {
    ...newPerson(),
    password: "Tr0ub4dor-and-3",
    dateOfBirth: "1987-03-04",
    country: "MT",
    address: "7 Privet Drive, Little Whinging",
  };
  const { email, password } = person;
  const refusals: string[] = [];
  const ask = async (method: string, path: string, body?: unknown, bearer?: string) => {
    const response = await fetch(`${web.url}/acme/api${path}`, {
      method,
      headers: {
        "content-type": "application/json",
        ...(bearer !== undefined && { authorization: `Bearer ${bearer}` }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) refusals.push(text);
    return { status: response.status, body: (text === "" ? {} : JSON.parse(text)) as Record<string, string> };
  };
  const statuses: number[] = [];
  const step = async (...asked: Parameters<typeof ask>) => {
    const answer = await ask(...asked);
    statuses.push(answer.status);
    return answer.body;
  };

  await step("POST", "/players", person);
  await step("POST", "/players", person);
  await step("POST", "/players", { ...person, email: "x", fullName: "7" });
  await step("POST", "/players", { ...person, nickname: person.fullName });
  await step("POST", "/sessions", { email, password: `${password}!` });
  const first = await step("POST", "/sessions", { email, password });
  const session = await step("POST", "/sessions/refresh", { refreshToken: first["refreshToken"] });
  const bearer = session["accessToken"];
  await step("GET", "/players/me", undefined, bearer);
  const limits = { items: [{ kind: "stake", period: "day", amountMinor: 5000 }] };
  await step("PUT", "/players/me/limits", limits, bearer);
  await step("POST", "/players/me/cool-off", { days: 7 }, bearer);
  await postgres.set("refuse");
  await step("POST", "/players", { ...person, email: `2${email}` });
  await step("POST", "/sessions", { email, password });
  await postgres.set("pass");
  await until(async () => (await ask("GET", "/players/me", undefined, bearer)).status === 200, 10_000);
  // What a broken schema makes the server say holds values of the row it refused.
  await database.owner(
    "alter table player_identities add constraint broken check (length(full_name) < 3) not valid",
  );
  await step("POST", "/players", { ...person, ...newPerson(), address: person.address });
  await database.owner("alter table player_identities drop constraint broken");
  await step("POST", "/players/me/exclusion", { term: "6_months" }, bearer);
  await step("GET", "/players/me", undefined, bearer);
  await step("POST", "/sessions", { email, password });

  expect(statuses).toEqual([
    ...[201, 409, 422, 422],
    ...[401, 201, 200, 200, 200, 200],
    ...[503, 503],
    ...[500, 201, 403, 403],
  ]);
  const metrics = await (await fetch(`${web.opsUrl}/metrics`)).text();
  const status = await (await fetch(`${web.opsUrl}/status`)).text();
  web.signal("SIGTERM");
  await web.exited;
  const snapshot = readdirSync(folder).map((name) => readFileSync(join(folder, name), "latin1"));
  const written = {
    log: web.lines.map((line) => JSON.stringify(line)).join("\n"),
    errors: await web.errorOutput(),
    refusals: refusals.join("\n"),
    metrics,
    status,
    snapshot: snapshot.join("\n"),
  };
  const marks = [
    ...Object.values(person).filter((value) => value !== "MT"),
    "Privet",
    ...[first, session].flatMap((tokens) => [tokens["accessToken"], tokens["refreshToken"]]),
  ].map(String);
  const found = Object.entries(written).flatMap(([place, text]) =>
    marks
      .filter((mark) => text.toLowerCase().includes(mark.toLowerCase()))
      .map((mark) => `${place}: ${mark}`),
  );
  expect(web.lines.length).toBeGreaterThan(5);
  expect(written.log).toContain("http.request_failed");
  expect(written.snapshot).toContain("Acme Bets");
  expect(found).toEqual([]);
  expect(await tablesWith(database, marks)).toEqual(["player_identities"]);
  const [acts] = await database.owner<{ count: bigint }>("select count(*) from audit_acts");
  expect(acts?.count).toBe(3n);
});

async function tablesWith(
  database: Awaited<ReturnType<typeof openDatabase>>,
  marks: readonly string[],
): Promise<string[]> {
  const tables = await database.owner<{ name: string }>(
    "select tablename as name from pg_tables where schemaname = 'public' order by 1",
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await database.owner(
      `select 1 from ${name} as t where exists (
         select from unnest($1::text[]) as mark where position(lower(mark) in lower(t::text)) > 0
       ) limit 1`,
      [marks],
    );
    if (rows.length > 0) found.push(name);
  }
  return found;
}
