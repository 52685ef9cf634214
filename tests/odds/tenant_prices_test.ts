import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import { boardFor } from "../../src/odds/board.ts";
import type { Competitions, EventList, Odds, OddsList, Sports } from "../../src/odds/contract.ts";
import { createDerived } from "../../src/odds/derived.ts";
import { oddsSchemas, saveOffer } from "../../src/odds/mod.ts";
import { type ShownBoard, showBoard } from "../../src/odds/shown_board.ts";
import type { Stage } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import type { TestDatabase } from "../harness/mod.ts";
import { arrangeEvent, arrangeFeed, arrangeOffer, arrangePrices, arrangeResult } from "./catalogue.ts";
import { at, NOON, openOdds } from "./stage.ts";

const OFFERS: Readonly<Record<string, unknown>> = {
  plain: {},
  five: { marginBps: 500 },
  // The same margin and format as another: it shares that one's boards.
  also_five: { marginBps: 500 },
  american: { marginBps: 500, oddsFormat: "american" },
  fractional: {
    margins: [{ sport: "soccer", marketType: "1x2", marginBps: 1000 }],
    oddsFormat: "fractional",
  },
  cut: { marginBps: 500, off: { sports: ["tennis"], marketTypes: ["total"], competitions: ["closed"] } },
};
const SLUGS = Object.keys(OFFERS).map((name) => name.replaceAll("_", "-"));

interface Arranged {
  readonly ids: Map<string, string>;
  readonly soccer: string[];
  tennis: string;
  closed: string;
}

interface Shop extends Arranged {
  readonly stage: Stage;
}

async function openShop(): Promise<Shop> {
  const arranged: Arranged = { ids: new Map(), soccer: [], tennis: "", closed: "" };
  const stage = await openOdds(async (database) => {
    for (const slug of SLUGS) {
      const tenantId = await arrangeTenant(database, { slug });
      arranged.ids.set(slug, tenantId);
      await arrangeOffer(database, tenantId, OFFERS[slug.replaceAll("-", "_")]);
    }
    await arrangeFeed(database, new Date(NOON));
    for (let index = 0; index < 5; index += 1)
      arranged.soccer.push(await arrangePriced(database, { startsAt: at(1 + index), home: `Home ${index}` }));
    arranged.tennis = await arrangePriced(database, {
      startsAt: at(2),
      sport: "tennis",
      competitionId: "open",
    });
    arranged.closed = await arrangePriced(database, { startsAt: at(3), competitionId: "closed" });
  });
  return { stage, ...arranged };
}

async function arrangePriced(database: TestDatabase, event: Parameters<typeof arrangeEvent>[1]) {
  const eventId = await arrangeEvent(database, event);
  await arrangePrices(database, eventId, [
    { outcome: "home", price: [3, 1] },
    { outcome: "draw", price: [81, 50] },
    { outcome: "away", price: [101, 100] },
    { outcome: "over", price: [2, 1], marketType: "total", lineQuarters: 10 },
  ]);
  return eventId;
}

const pricesOf = ({ markets }: Odds) =>
  markets.map(({ marketType, outcomes }) => [
    marketType,
    ...outcomes.map(
      ({ fraction, outcome, price, suspended }) =>
        `${outcome} ${price} = ${fraction.numerator}/${fraction.denominator}${suspended ? " suspended" : ""}`,
    ),
  ]);

test("GET odds shows each tenant's own prices, in its own odds format, with the exact fraction beside them", async () => {
  await using scope = new AsyncDisposableStack();
  const { stage, soccer } = await openShop();
  scope.use(stage);
  const shown = async (slug: string) => {
    const response = await stage.get(`/${slug}/api/public/events/${soccer[0]}/odds`);
    const odds = (await response.json()) as Odds;
    expect(Value.Check(oddsSchemas.Odds, odds)).toBe(true);
    return { format: odds.oddsFormat, prices: pricesOf(odds) };
  };

  expect(await shown("plain")).toEqual({
    format: "decimal",
    prices: [
      ["1x2", "away 1.01 = 101/100", "draw 1.62 = 81/50", "home 3.00 = 3/1"],
      ["total", "over 2.00 = 2/1"],
    ],
  });
  expect(await shown("five")).toEqual({
    format: "decimal",
    prices: [
      ["1x2", "away 1.01 = 101/100 suspended", "draw 1.58 = 79/50", "home 2.90 = 29/10"],
      ["total", "over 1.95 = 39/20"],
    ],
  });
  expect(await shown("american")).toEqual({
    format: "american",
    prices: [
      ["1x2", "away -10000 = 101/100 suspended", "draw -173 = 79/50", "home +190 = 29/10"],
      ["total", "over -106 = 39/20"],
    ],
  });
  expect(await shown("fractional")).toEqual({
    format: "fractional",
    prices: [
      ["1x2", "away 1/100 = 101/100 suspended", "draw 11/20 = 31/20", "home 9/5 = 14/5"],
      ["total", "over 1/1 = 2/1"],
    ],
  });
  expect(await shown("cut")).toEqual({
    format: "decimal",
    prices: [["1x2", "away 1.01 = 101/100 suspended", "draw 1.58 = 79/50", "home 2.90 = 29/10"]],
  });
});

test("one load of an event serves every tenant, and tenants with the same profile share the very same bytes", async () => {
  await using scope = new AsyncDisposableStack();
  const { stage, soccer } = await openShop();
  scope.use(stage);
  const { boards } = stage.app.catalogue;
  const ask = (slug: string) => stage.get(`/${slug}/api/public/events/${soccer[0]}/odds`);

  const first = await ask("plain");
  const others = [];
  for (const slug of ["five", "also-five", "american", "fractional"]) others.push(await ask(slug));
  const sizes = boards.shown.size;
  await ask("also-five");

  expect(first.headers.get("cache-status")).toContain("fwd=miss");
  for (const other of others) expect(other.headers.get("cache-status")).toMatch(/^linehold; hit; ttl=\d/);
  expect(others[0]?.headers.get("etag")).toBe(others[1]?.headers.get("etag") ?? "");
  // Plain, five, american and fractional: four profiles among five tenants.
  expect([sizes, boards.shown.size]).toEqual([4, 4]);
});

test("a tenant shows nothing of a sport or a competition it has switched off, on any route", async () => {
  await using scope = new AsyncDisposableStack();
  const { stage, tennis, closed } = await openShop();
  scope.use(stage);
  for (const eventId of [tennis, closed])
    await arrangeResult(stage.database, eventId, { recordedAt: at(-1) });
  const json = async <T>(path: string) => (await (await stage.get(path)).json()) as T;
  const all = async (slug: string) => {
    const base = `/${slug}/api/public`;
    const sports = await json<Sports>(`${base}/sports`);
    const competitions = await json<Competitions>(`${base}/competitions`);
    const events = await json<EventList>(`${base}/events?limit=200`);
    const results = await json<EventList>(`${base}/results`);
    const odds = await json<OddsList>(`${base}/odds?competition=closed`);
    expect(Value.Check(oddsSchemas.Competitions, competitions)).toBe(true);
    return {
      sports: sports.items.map(({ sport }) => sport),
      competitions: competitions.items.map(({ competitionId }) => competitionId),
      events: events.items.length,
      results: results.items.length,
      odds: odds.items.length,
      statuses: await Promise.all(
        [`/events/${tennis}`, `/events/${tennis}/odds`, `/events/${closed}`].map(
          async (path) => (await stage.get(base + path)).status,
        ),
      ),
    };
  };

  expect(await all("five")).toEqual({
    sports: ["soccer", "tennis"],
    competitions: ["closed", "test:1", "open"],
    events: 7,
    results: 2,
    odds: 1,
    statuses: [200, 200, 200],
  });
  expect(await all("cut")).toEqual({
    sports: ["soccer"],
    competitions: ["test:1"],
    events: 5,
    results: 0,
    odds: 0,
    statuses: [404, 404, 404],
  });
});

test("GET competitions can be asked for one sport", async () => {
  await using scope = new AsyncDisposableStack();
  const { stage } = await openShop();
  scope.use(stage);

  const body = await (await stage.get("/plain/api/public/competitions?sport=tennis")).json();

  expect(body).toEqual({
    items: [{ sport: "tennis", competitionId: "open", competition: "Competition open", events: 1 }],
  });
});

test("GET odds of a competition pages through its boards, each the same as by itself", async () => {
  await using scope = new AsyncDisposableStack();
  const { stage, soccer } = await openShop();
  scope.use(stage);
  await arrangeEvent(stage.database, { startsAt: at(-2), status: "ended" });
  const boards: Odds[] = [];
  let pages = 0;

  for (let cursor: string | null = ""; cursor !== null; pages += 1) {
    const query: string = `competition=test:1&limit=2${cursor === "" ? "" : `&cursor=${cursor}`}`;
    const response = await stage.get(`/american/api/public/odds?${query}`);
    const page = (await response.json()) as OddsList;
    expect(Value.Check(oddsSchemas.OddsList, page)).toBe(true);
    expect(response.headers.get("cache-control")).toBe("public, max-age=2, must-revalidate");
    boards.push(...page.items);
    cursor = page.next;
  }

  expect(pages).toBe(3);
  expect(boards.map(({ event }) => event.eventId)).toEqual(soccer);
  for (const board of boards) {
    const path = `/american/api/public/events/${board.event.eventId}/odds`;
    expect((await (await stage.get(path)).json()) as Odds).toEqual(board);
  }
});

test("a page of boards may be kept only as long as the first of its prices holds, and an unchanged one is not sent again", async () => {
  let now = NOON;
  await using stage = await openOdds(
    async (database) => {
      await arrangeFeed(database, new Date(NOON));
      await arrangeFeed(database, new Date(NOON - 8500), "older");
      await arrangePriced(database, { startsAt: at(1) });
      await arrangePriced(database, { startsAt: at(2), source: "older" });
    },
    { epochMs: () => now, priceAgeMaxMs: 10_000 },
  );
  const ask = async (etag = "") => {
    const response = await stage.get("/acme/api/public/odds?competition=test:1", { "if-none-match": etag });
    const text = await response.text();
    return {
      status: response.status,
      cacheControl: response.headers.get("cache-control"),
      etag: response.headers.get("etag") ?? "",
      expired: text === "" ? [] : (JSON.parse(text) as OddsList).items.map(({ expired }) => expired),
    };
  };

  const young = await ask();
  const again = await ask(young.etag);
  await stage.postgres.set("refuse");
  now = NOON + 1600;
  const half = await ask(young.etag);

  expect(young).toMatchObject({
    status: 200,
    cacheControl: "public, max-age=1, must-revalidate",
    expired: [false, false],
  });
  expect(again.status).toBe(304);
  expect(half).toMatchObject({
    status: 200,
    cacheControl: "public, max-age=0, must-revalidate",
    expired: [false, true],
  });
});

test("prices of a silent source are shown suspended, however young they are", async () => {
  let eventId = "";
  await using stage = await openOdds(async (database) => {
    eventId = await arrangePriced(database, { startsAt: at(1) });
    await arrangeFeed(database, new Date(NOON - 1000));
    await database.owner("update feeds set silent_since = $1", [new Date(NOON)]);
  });

  const response = await stage.get(`/acme/api/public/events/${eventId}/odds`);
  const odds = (await response.json()) as Odds;

  expect(odds).toMatchObject({ expired: true, ageSeconds: 1 });
  expect(odds.markets.flatMap(({ outcomes }) => outcomes).filter(({ suspended }) => !suspended)).toEqual([]);
  expect(response.headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
});

/** What each tenant must be shown, made of nothing but its own offer, by tenant and event. */
async function expectedMarkets({ stage, ids, soccer }: Shop): Promise<ReadonlyMap<string, string>> {
  const { boards, offers } = stage.app.catalogue;
  const expected = new Map<string, string>();
  for (const slug of SLUGS) {
    const { value: offer } = await offers.read(ids.get(slug) ?? "");
    for (const eventId of soccer) {
      const { value: raw } = await boards.read(eventId);
      if (raw === null) throw new RangeError("Cannot compare without a board");
      const { markets } = boardFor(raw, offer.profile, { switches: offer.switches });
      expected.set(`${slug}/${eventId}`, JSON.stringify(markets));
    }
  }
  return expected;
}

/** Asks for all tenants at once, again and again, while prices and offers change; says whose boards were not their own. */
async function askAll(shop: Shop): Promise<{ boards: number; wrong: string[] }> {
  const { stage, ids, soccer } = shop;
  const { catalogue } = stage.app;
  const expected = await expectedMarkets(shop);
  const wrong: string[] = [];
  let boards = 0;
  const ask = async (index: number, round: number) => {
    const slug = SLUGS[(index * 7 + round) % SLUGS.length] ?? "";
    const eventId = soccer[(index + round) % soccer.length] ?? "";
    if (index % 13 === 0) catalogue.onOddsChanged(eventId);
    if (index % 17 === 0) catalogue.onOfferChanged(ids.get(slug) ?? "");
    const isList = index % 4 === 0;
    const path = isList ? "odds?competition=test:1" : `events/${eventId}/odds`;
    const body = await (await stage.get(`/${slug}/api/public/${path}`)).json();
    for (const { event, markets } of isList ? (body as OddsList).items : [body as Odds]) {
      boards += 1;
      if (expected.get(`${slug}/${event.eventId}`) !== JSON.stringify(markets)) wrong.push(slug);
    }
  };
  for (let round = 0; round < 12; round += 1)
    await Promise.all(Array.from({ length: 60 }, (_, index) => ask(index, round)));
  return { boards, wrong };
}

test("a tenant's answer never holds another tenant's margin, format or switches, whoever asks at once and whatever changes meanwhile", async () => {
  await using scope = new AsyncDisposableStack();
  const shop = await openShop();
  scope.use(shop.stage);

  const { boards, wrong } = await askAll(shop);

  expect(new Set((await expectedMarkets(shop)).values()).size).toBe(5);
  expect(boards).toBeGreaterThan(1000);
  expect(wrong).toEqual([]);
}, 30_000);

test("the same questions find fault with boards that are kept by event alone", async () => {
  await using scope = new AsyncDisposableStack();
  const shop = await openShop();
  scope.use(shop.stage);
  const { boards } = shop.stage.app.catalogue;
  const kept = createDerived<ShownBoard>({ bytesMax: 2 ** 20, weigh: () => 1 });
  const show: typeof boards.show = (raw, sight) =>
    kept.of(raw.event.eventId, [raw], () => showBoard(raw, boards.look(raw, sight)));
  Object.assign(boards, { show });

  const { wrong } = await askAll(shop);

  expect(wrong.length).toBeGreaterThan(100);
}, 30_000);

test("an offer that changed is what is shown next, and its tenant's alone", async () => {
  await using scope = new AsyncDisposableStack();
  const { stage, ids, soccer } = await openShop();
  scope.use(stage);
  const home = async (slug: string) => {
    const response = await stage.get(`/${slug}/api/public/events/${soccer[0]}/odds`);
    return ((await response.json()) as Odds).markets[0]?.outcomes[2]?.price;
  };
  const before = [await home("five"), await home("also-five")];
  const tenantId = ids.get("five") ?? "";
  const pool = scope.use(stage.database.pool("linehold_web"));

  await saveOffer({ tenantId, change: () => ({ marginBps: 1000 }) }, { pool, at: new Date(NOON) });
  stage.app.catalogue.onOfferChanged(tenantId);
  await Bun.sleep(20);

  expect(before).toEqual(["2.90", "2.90"]);
  expect([await home("five"), await home("also-five")]).toEqual(["2.80", "2.90"]);
});

test("with a tenant's offer never loaded its prices are refused, never shown without its margin", async () => {
  await using scope = new AsyncDisposableStack();
  const { stage, soccer } = await openShop();
  scope.use(stage);
  await stage.get(`/plain/api/public/events/${soccer[0]}/odds`);

  await stage.postgres.set("refuse");
  const known = await stage.get(`/plain/api/public/events/${soccer[0]}/odds`);
  const unknown = await stage.get(`/five/api/public/events/${soccer[0]}/odds`);

  expect(known.status).toBe(200);
  expect([unknown.status, await unknown.json()]).toMatchObject([503, { code: "database_unavailable" }]);
});
