import { expect, setDefaultTimeout, test } from "bun:test";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase, openFaultProxy } from "../harness/mod.ts";
import { startWeb, until } from "./web_process.ts";

setDefaultTimeout(60_000);

const KEY = Buffer.alloc(32, 1).toString("base64");
const LIVE = { MONEY: "live", PLAYER_TOKEN_KEYS: `k1:${KEY}`, IDENTITY_KEY: KEY };
const LICENSED = {
  compliance: { licenceNumber: "MGA/B2C/000/2026", regulator: "Malta Gaming Authority", countries: ["MT"] },
};

test("with MONEY=live web refuses to boot, naming each active tenant and what it lacks, and boots once none lacks any", async () => {
  await using database = await openDatabase();
  await arrangeTenant(database, { slug: "licensed", document: LICENSED });
  await arrangeTenant(database, { slug: "bare" });
  await arrangeTenant(database, {
    slug: "half",
    document: { compliance: { ...LICENSED.compliance, regulator: "  ", countries: [] } },
  });
  await arrangeTenant(database, { slug: "asleep", state: "suspended" });
  const env = { ...LIVE, DATABASE_URL: database.url };

  await using refused = await startWeb(env, { stderr: "pipe" });
  const code = await refused.exited;
  const said = await refused.errorOutput();
  await database.owner("update tenants set state = 'suspended' where slug in ('bare', 'half')");
  await using web = await startWeb(env);
  await web.listening();

  expect(code).toBe(78);
  const lines = said.trim().split("\n").slice(1);
  expect(lines).toEqual([
    "  the brand of bare lacks compliance.licenceNumber, compliance.regulator, compliance.countries, which MONEY=live asks of it",
    "  the brand of half lacks compliance.regulator, compliance.countries, which MONEY=live asks of it",
  ]);
  expect(web.exitCode()).toBeUndefined();
});

test("with MONEY=live and Postgres away web boots, serves visitors, and takes money only once it has looked", async () => {
  await using database = await openDatabase();
  await arrangeTenant(database, { slug: "acme" });
  const { hostname, port } = new URL(database.url);
  await using postgres = await openFaultProxy({ hostname, port: Number(port) });
  await postgres.set("blackhole");
  await using web = await startWeb({ ...LIVE, DATABASE_URL: postgres.through(database.url) });

  const listeningMs = await web.listening();
  expect(listeningMs).toBeLessThan(5000);
  expect((await web.get("/acme/api/public/load-theme")).status).toBe(200);
  expect(web.lines.map(({ event }) => event)).toContain("money.unchecked");

  await postgres.set("pass");
  const said = (event: string) => web.lines.some((line) => line.event === event);
  await until(() => said("money.unlicensed"), 20_000);
  expect(said("money.checked")).toBe(false);
  expect(web.exitCode()).toBeUndefined();
  await database.owner(
    `insert into branding (tenant_id, version, document, updated_at)
     select tenant_id, 1, $1::jsonb, now() from tenants`,
    [JSON.stringify(LICENSED)],
  );
  await until(() => said("money.checked"), 20_000);

  expect(web.lines.find(({ event }) => event === "money.unlicensed")?.message).toBe(
    "Taking no money: the brand of acme lacks compliance.licenceNumber, compliance.regulator, compliance.countries, which MONEY=live asks of it",
  );
});

test("with MONEY=demo nothing of it is asked", async () => {
  await using database = await openDatabase();
  await arrangeTenant(database, { slug: "bare" });
  await using web = await startWeb({ DATABASE_URL: database.url });

  await web.listening();

  expect(web.exitCode()).toBeUndefined();
  expect(web.lines.filter(({ event }) => event.startsWith("money."))).toEqual([]);
});
