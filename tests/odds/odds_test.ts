import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import type { EventList, Odds, ResultList } from "../../src/odds/contract.ts";
import { oddsSchemas } from "../../src/odds/mod.ts";
import { arrangeTenant } from "../app/tenants.ts";
import type { TestDatabase } from "../harness/mod.ts";
import { arrangeEvent, arrangeFeed, arrangePrices, arrangeResult } from "./catalogue.ts";
import { at, NOON, openOdds, PUBLIC } from "./stage.ts";

test("GET sports counts what is to come or under way, by sport and competition", async () => {
  await using stage = await openOdds(async (database) => {
    await arrangeEvent(database, { startsAt: at(1), competitionId: "a" });
    await arrangeEvent(database, { startsAt: at(-1), competitionId: "a", status: "live" });
    await arrangeEvent(database, { startsAt: at(2), competitionId: "b" });
    await arrangeEvent(database, { startsAt: at(2), sport: "tennis", competitionId: "c" });
    await arrangeEvent(database, { startsAt: at(-2), status: "ended" });
    await arrangeEvent(database, { startsAt: at(-24), status: "scheduled" });
  });

  const response = await stage.get(`${PUBLIC}/sports`);
  const body = await response.json();

  expect(response.status).toBe(200);
  expect(Value.Check(oddsSchemas.Sports, body)).toBe(true);
  expect(body).toEqual({
    items: [
      {
        sport: "soccer",
        events: 3,
        competitions: [
          { competitionId: "a", competition: "Competition a", events: 2 },
          { competitionId: "b", competition: "Competition b", events: 1 },
        ],
      },
      {
        sport: "tennis",
        events: 1,
        competitions: [{ competitionId: "c", competition: "Competition c", events: 1 }],
      },
    ],
  });
});

test("GET events pages through all events by start, each once, also those that start together", async () => {
  const ids: string[] = [];
  await using stage = await openOdds(async (database) => {
    for (let index = 0; index < 23; index += 1) {
      ids.push(await arrangeEvent(database, { startsAt: at(1 + Math.floor(index / 10)) }));
    }
    // One microsecond apart: a cursor in milliseconds would lose or repeat it.
    await database.owner(
      "update events set starts_at = starts_at + interval '1 microsecond' where event_id = $1",
      [ids[3]],
    );
  });

  const seen: string[] = [];
  let pages = 0;
  for (let cursor: string | null = ""; cursor !== null; pages += 1) {
    const query: string = cursor === "" ? "limit=5" : `limit=5&cursor=${cursor}`;
    const page = (await (await stage.get(`${PUBLIC}/events?${query}`)).json()) as EventList;
    expect(page.items.length).toBeLessThanOrEqual(5);
    seen.push(...page.items.map(({ eventId }) => eventId));
    cursor = page.next;
  }

  expect(pages).toBe(5);
  expect(new Set(seen)).toEqual(new Set(ids));
  expect(seen).toHaveLength(23);
});

test("GET events filters by sport, competition, from and to", async () => {
  await using stage = await openOdds(async (database) => {
    await arrangeEvent(database, { startsAt: at(1), home: "one", competitionId: "a" });
    await arrangeEvent(database, { startsAt: at(2), home: "two", competitionId: "b" });
    await arrangeEvent(database, { startsAt: at(3), home: "three", sport: "tennis", competitionId: "c" });
    await arrangeEvent(database, { startsAt: at(-13), home: "old", competitionId: "a" });
  });
  const homes = async (query: string) => {
    const body = (await (await stage.get(`${PUBLIC}/events?${query}`)).json()) as EventList;
    expect(Value.Check(oddsSchemas.EventList, body)).toBe(true);
    return body.items.map(({ home }) => home);
  };

  expect(await homes("")).toEqual(["one", "two", "three"]);
  expect(await homes("sport=tennis")).toEqual(["three"]);
  expect(await homes("competition=b")).toEqual(["two"]);
  expect(await homes(`from=${at(2).toISOString()}`)).toEqual(["two", "three"]);
  expect(await homes(`from=${at(-24).toISOString()}&to=${at(2).toISOString()}`)).toEqual(["old", "one"]);
  expect(await homes("sport=curling")).toEqual([]);
});

test("GET odds groups prices into markets, as decimal text and as exact fractions", async () => {
  let eventId = "";
  await using stage = await openOdds(async (database) => {
    eventId = await arrangeEvent(database, { startsAt: at(1) });
    await arrangeFeed(database, new Date(NOON - 1000));
    await arrangePrices(database, eventId, [
      { outcome: "home", price: [81, 50] },
      { outcome: "draw", price: [21, 5], suspended: true },
      { outcome: "away", price: [21, 11] },
      { outcome: "over", price: [2, 1], marketType: "total", lineQuarters: 10 },
      { outcome: "home", price: [19, 10], marketType: "asian_handicap", lineQuarters: -5 },
      { outcome: "First Throw-in/Home", price: [3, 1], marketType: "unknown", label: "First Throw-in" },
    ]);
  });

  const response = await stage.get(`${PUBLIC}/events/${eventId.toUpperCase()}/odds`);
  const odds = (await response.json()) as Odds;

  expect(response.status).toBe(200);
  expect(Value.Check(oddsSchemas.Odds, odds)).toBe(true);
  expect(odds).toMatchObject({
    expired: false,
    ageSeconds: null,
    confirmedAt: new Date(NOON - 1000).toISOString(),
  });
  const market = (type: string) => odds.markets.find(({ marketType }) => marketType === type);
  expect(market("1x2")?.outcomes).toEqual([
    {
      outcome: "away",
      price: "1.909091",
      fraction: { numerator: "21", denominator: "11" },
      suspended: false,
    },
    { outcome: "draw", price: "4.20", fraction: { numerator: "21", denominator: "5" }, suspended: true },
    { outcome: "home", price: "1.62", fraction: { numerator: "81", denominator: "50" }, suspended: false },
  ]);
  expect(market("total")).toMatchObject({ lineQuarters: 10, line: "2.5" });
  expect(market("asian_handicap")).toMatchObject({ lineQuarters: -5, line: "-1.25" });
  expect(market("unknown")).toMatchObject({ label: "First Throw-in", line: null });
});

test("odds may be kept no longer than their prices hold, and past that are shown suspended with their age", async () => {
  let eventId = "";
  let now = NOON;
  const arrange = async (database: TestDatabase) => {
    eventId = await arrangeEvent(database, { startsAt: at(1) });
    await arrangeFeed(database, new Date(NOON));
    await arrangePrices(database, eventId, [{ outcome: "home", price: [2, 1] }]);
  };
  await using stage = await openOdds(arrange, { epochMs: () => now, priceAgeMaxMs: 10_000 });
  const ask = async () => {
    const response = await stage.get(`${PUBLIC}/events/${eventId}/odds`);
    return {
      cacheControl: response.headers.get("cache-control") ?? "",
      odds: (await response.json()) as Odds,
      response,
    };
  };

  const young = await ask();
  now = NOON + 9100;
  const late = await ask();
  await stage.postgres.set("refuse");
  now = NOON + 12_500;
  const expired = await ask();

  expect(young.cacheControl).toBe("public, max-age=2, must-revalidate");
  expect(late.cacheControl).toBe("public, max-age=0, must-revalidate");
  expect(late.odds.markets[0]?.outcomes[0]?.suspended).toBe(false);
  expect(expired.response.status).toBe(200);
  expect(expired.cacheControl).toBe("public, max-age=0, must-revalidate");
  expect(expired.odds).toMatchObject({ expired: true, ageSeconds: 12 });
  expect(expired.odds.markets[0]?.outcomes[0]).toMatchObject({ price: "2.00", suspended: true });
  for (const { cacheControl } of [young, late, expired]) expect(cacheControl).not.toContain("stale-");
});

test("GET results shows each event's latest version, the latest first, in pages", async () => {
  await using stage = await openOdds(async (database) => {
    for (let index = 0; index < 7; index += 1) {
      const eventId = await arrangeEvent(database, {
        startsAt: at(-5),
        status: "ended",
        home: `home ${index}`,
      });
      await arrangeResult(database, eventId, { recordedAt: at(-3 + index / 10) });
      if (index === 0)
        await arrangeResult(database, eventId, { version: 2, score: [3, 3], recordedAt: at(-1) });
    }
  });

  const first = (await (await stage.get(`${PUBLIC}/results?limit=4`)).json()) as ResultList;
  const second = (await (
    await stage.get(`${PUBLIC}/results?limit=4&cursor=${first.next}`)
  ).json()) as ResultList;

  expect(Value.Check(oddsSchemas.ResultList, first)).toBe(true);
  expect(first.items[0]).toMatchObject({
    home: "home 0",
    version: 2,
    homeScore: 3,
    awayScore: 3,
    halfHomeScore: null,
  });
  expect([...first.items, ...second.items].map(({ home }) => home)).toEqual(
    [0, 6, 5, 4, 3, 2, 1].map((n) => `home ${n}`),
  );
  expect(second.next).toBeNull();
});

test("one load serves every tenant", async () => {
  await using stage = await openOdds(async (database) => {
    await arrangeTenant(database, { slug: "beta" });
    await arrangeEvent(database, { startsAt: at(1) });
  });

  const first = await stage.get("/acme/api/public/events");
  const second = await stage.get("/beta/api/public/events");

  expect(first.headers.get("cache-status")).toContain("fwd=miss");
  expect(second.headers.get("cache-status")).toMatch(/^linehold; hit; ttl=\d/);
});
