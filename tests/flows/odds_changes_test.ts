import { expect, test } from "bun:test";
import type { Odds } from "../../src/odds/contract.ts";
import { saveOffer, suspend } from "../../src/odds/mod.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { runCommandFile } from "../commands/run_command.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { arrangeEvent, arrangeFeed, arrangePrices } from "../odds/catalogue.ts";
import { startWeb, until, type WebProcess } from "./web_process.ts";

const HOUR = 3_600_000;

interface Shop {
  readonly database: TestDatabase;
  readonly web: WebProcess;
  readonly eventId: string;
  /** What the tenant shows of the event's first outcome. */
  home(slug: string): Promise<string>;
}

async function openShop(scope: AsyncDisposableStack, { listen }: { listen: boolean }): Promise<Shop> {
  const database = scope.use(await openDatabase());
  for (const slug of ["acme", "beta"]) await arrangeTenant(database, { slug });
  await arrangeFeed(database, new Date());
  const eventId = await arrangeEvent(database, { startsAt: new Date(Date.now() + HOUR) });
  await arrangePrices(database, eventId, [{ outcome: "home", price: [200, 100] }]);
  const DATABASE_URL = database.url;
  const web = scope.use(
    await startWeb({ DATABASE_URL, ...(listen && { LISTEN_DATABASE_URL: DATABASE_URL }) }),
  );
  await web.listening();
  const home = async (slug: string) => {
    const response = await web.get(`/${slug}/api/public/events/${eventId}/odds`);
    if (response.status !== 200) return `${response.status}`;
    const [outcome] = ((await response.json()) as Odds).markets.flatMap(({ outcomes }) => outcomes);
    return outcome === undefined ? "none" : `${outcome.price}${outcome.suspended ? " suspended" : ""}`;
  };
  await until(async () => (await home("acme")) === "2.00" && (await home("beta")) === "2.00", 5000);
  return { database, web, eventId, home };
}

/** As the worker writes: the price and its change in one transaction. */
async function setPrice({ database, eventId }: Shop, hundredths: number): Promise<void> {
  await database.owner(
    `with priced as (update prices set price_numerator = $2, price_denominator = 100 where event_id = $1::uuid)
     select record_change('odds', $1::text)`,
    [eventId, hundredths],
  );
}

test("a changed price is shown within a second, again and again", async () => {
  await using scope = new AsyncDisposableStack();
  const shop = await openShop(scope, { listen: true });
  const took: number[] = [];

  for (let change = 1; change <= 15; change += 1) {
    await setPrice(shop, 200 + change);
    const shown = ((200 + change) / 100).toFixed(2);
    took.push(await until(async () => (await shop.home("acme")) === shown, 1000, 2));
  }

  took.sort((one, other) => one - other);
  const [median, worst] = [took[7], took[14]];
  console.log(`15 price changes shown: median ${median?.toFixed(0)} ms, worst ${worst?.toFixed(0)} ms`);
  expect(took).toHaveLength(15);
}, 60_000);

test("without a listener a changed offer is found by looking, though the one before would be fresh for a minute", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, home } = await openShop(scope, { listen: false });
  const [tenant] = await database.owner<{ tenant_id: string }>(
    "select tenant_id from tenants where slug = 'acme'",
  );
  const pool = scope.use(database.pool("linehold_web"));
  const save = (marginBps: number) =>
    saveOffer({ tenantId: tenant?.tenant_id ?? "", change: () => ({ marginBps }) }, { pool, at: new Date() });

  await save(1000);
  await until(async () => (await home("acme")) === "1.90", 3000, 5);
  await save(2000);
  await until(async () => (await home("acme")) === "1.80", 3000, 5);

  expect(await home("beta")).toBe("2.00");
}, 60_000);

test("an offer set by command, a trader's suspension and a source that falls silent are shown within a second, each to whom it concerns", async () => {
  await using scope = new AsyncDisposableStack();
  const shop = await openShop(scope, { listen: true });
  const { database, eventId, home } = shop;
  const both = (acme: string, beta: string) =>
    until(async () => (await home("acme")) === acme && (await home("beta")) === beta, 1000, 2);
  const set = async (...words: string[]) => {
    const run = await runCommandFile("tenant.ts", ["set", ...words], { DATABASE_URL: database.url });
    expect([run.code, run.err]).toEqual([0, ""]);
  };
  const any = { book: null, period: null, label: null, lineQuarters: null, outcome: null };
  const market = { ...any, source: null, eventId, marketType: "1x2" };
  const pool = scope.use(database.pool("linehold_web"));
  const [beta] = await database.owner<{ tenant_id: string }>(
    "select tenant_id from tenants where slug = 'beta'",
  );

  await set("acme", "--margin-bps", "1000");
  await both("1.90", "2.00");
  await set("beta", "--odds-format", "american", "--margin-bps", "500");
  await both("1.90", "-106");
  await set("acme", "--off", "book:bet365");
  await both("none", "-106");
  await set("acme", "--on", "book:bet365", "--off", "sport:soccer");
  await both("404", "-106");
  await set("acme", "--on", "sport:soccer", "--margin-bps", "0");
  await both("2.00", "-106");
  await suspend(
    { tenantId: beta?.tenant_id ?? "", scope: market, reason: "a rumour", actor: "trader" },
    { pool, at: new Date() },
  );
  await both("2.00", "-106 suspended");
  await database.owner(
    "with silent as (update feeds set silent_since = now()) select record_change('odds', '*')",
  );
  await both("2.00 suspended", "-106 suspended");
}, 60_000);
