import { expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { saveBranding } from "../../src/branding/mod.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { runCommandFile } from "../commands/run_command.ts";
import { openDatabase, type TestDatabase, temporaryFolder } from "../harness/mod.ts";
import { startWeb, until, type WebProcess } from "./web_process.ts";

const THEME = "/acme/api/public/load-theme";
/** A brand is fresh for a minute by itself: whatever is served sooner was told of. */
const TTL = { BRANDING_CACHE_TTL: "60" };

async function openStage(scope: AsyncDisposableStack, { listen }: { listen: boolean }) {
  const database = scope.use(await openDatabase());
  const tenantId = await arrangeTenant(database, { slug: "acme", document: { name: "Version 1" } });
  const settings = {
    ...TTL,
    DATABASE_URL: database.url,
    ...(listen && { LISTEN_DATABASE_URL: database.url }),
  };
  const webs = await Promise.all([startWeb(settings), startWeb(settings)]);
  for (const web of webs) scope.use(web);
  for (const web of webs) await web.listening();
  await until(async () => (await versionsOf(webs)).every((version) => version === 1), 5000);
  const pool = database.pool("linehold_web");
  let saves = 0;
  const save = async () => {
    saves += 1;
    const document = { name: `Change ${saves}` };
    return Number((await saveBranding({ tenantId, document }, { pool, at: new Date() })).version);
  };
  return { database, webs, save };
}

const newest = new WeakMap<WebProcess, number>();

/** What each process serves now; that none goes back behind what it has served is asked at every look. */
const versionsOf = (webs: readonly WebProcess[]) =>
  Promise.all(
    webs.map(async (web) => {
      const { version } = (await (await web.get(THEME)).json()) as { version: number };
      expect(version).toBeGreaterThanOrEqual(newest.get(web) ?? 0);
      newest.set(web, version);
      return version;
    }),
  );

/** Milliseconds until every process serves the version; fails after a second. */
const served = (webs: readonly WebProcess[], version: number) =>
  until(async () => (await versionsOf(webs)).every((now) => now === version), 1000, 2);

/** Ends the connections that the processes listen on, as a failover would. */
const killListeners = (database: TestDatabase) =>
  database.owner<{ killed: boolean }>(
    "select pg_terminate_backend(pid) as killed from pg_stat_activity where application_name = 'linehold changes'",
  );

test("a brand that is changed is served by two running processes within a second, 100 times in a row, with listeners killed in between", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, webs, save } = await openStage(scope, { listen: true });
  const took: number[] = [];
  let killed = 0;

  for (let change = 1; change <= 100; change += 1) {
    if (change % 5 === 0) killed += (await killListeners(database)).length;
    took.push(await served(webs, await save()));
  }

  took.sort((one, other) => one - other);
  const [median, worst] = [took[50], took[99]];
  console.log(
    `100 changes on two processes: median ${median?.toFixed(0)} ms, worst ${worst?.toFixed(0)} ms; ${killed} listeners killed`,
  );
  expect(took).toHaveLength(100);
  expect(worst).toBeLessThan(1000);
  expect(killed).toBeGreaterThan(20);
  expect(await versionsOf(webs)).toEqual([101, 101]);
}, 120_000);

test("without a listener the changes are found by looking, within a second too", async () => {
  await using scope = new AsyncDisposableStack();
  const { webs, save } = await openStage(scope, { listen: false });

  for (let change = 1; change <= 8; change += 1) await served(webs, await save());

  expect(await versionsOf(webs)).toEqual([9, 9]);
}, 60_000);

test("bun run tenant brand and SQL are served by both processes within a second, and so are suspend, resume and create", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, webs } = await openStage(scope, { listen: true });
  const folder = temporaryFolder();
  scope.defer(() => rmSync(folder, { recursive: true, force: true }));
  const tenant = async (...words: string[]) => {
    const run = await runCommandFile("tenant.ts", words, { DATABASE_URL: database.url });
    expect([run.code, run.err]).toEqual([0, ""]);
  };
  const all = (path: string, holds: (response: Response) => boolean) =>
    until(async () => (await Promise.all(webs.map((web) => web.get(path)))).every(holds), 1000, 2);

  for (let version = 2; version <= 6; version += 1) {
    const file = join(folder, "brand.json");
    await Bun.write(file, JSON.stringify({ name: `By command ${version}` }));
    await tenant("brand", "--slug", "acme", "--file", file);
    await served(webs, version);
  }
  await database.owner("update branding set version = version + 1");
  await served(webs, 7);
  await tenant("suspend", "--slug", "acme");
  await all(THEME, ({ status }) => status === 404);
  await tenant("resume", "--slug", "acme");
  await all(THEME, ({ status }) => status === 200);
  await tenant("create", "--slug", "newcomer", "--name", "Newcomer");
  await all(
    "/newcomer/api/public/load-theme",
    ({ headers, status }) => status === 200 && headers.has("etag"),
  );
}, 60_000);

test("many brands changed in one statement are all served within a second", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, webs } = await openStage(scope, { listen: true });
  const slugs = Array.from({ length: 60 }, (_, n) => `brand-${n}`);
  for (const slug of slugs) await arrangeTenant(database, { slug, document: { name: slug } });
  const [web] = webs;
  const versions = () =>
    Promise.all(
      slugs.map(async (slug) => {
        const { version } = (await (await web.get(`/${slug}/api/public/load-theme`)).json()) as {
          version: number;
        };
        return version;
      }),
    );
  await until(async () => (await versions()).every((version) => version === 1), 5000);

  await database.owner("update branding set version = version + 1");

  await until(async () => (await versions()).every((version) => version === 2), 1000);
}, 60_000);

test("the status page and the metrics say whether changes are heard", async () => {
  await using scope = new AsyncDisposableStack();
  const { webs, save } = await openStage(scope, { listen: true });
  const [web] = webs;
  await served(webs, await save());

  const metrics = await (await fetch(`${web.opsUrl}/metrics`)).text();
  const status = (await (await fetch(`${web.opsUrl}/status`)).json()) as { parts: Record<string, unknown> };

  expect(metrics).toMatch(/^linehold_changes_listening 1$/m);
  expect(metrics).toMatch(/^linehold_changes_seen_total [1-9]/m);
  expect(Number(/^linehold_changes_age_seconds (\S+)$/m.exec(metrics)?.[1])).toBeLessThan(2);
  expect(status.parts["changes"]).toMatchObject({ listening: true, unreadableSince: null });
}, 60_000);
