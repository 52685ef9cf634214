import { afterAll, beforeAll, expect, test } from "bun:test";
import { createLineholdClient, type LineholdClient } from "../../openapi/client/mod.ts";
import { openStage, type Stage } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { arrangeEvent, arrangeFeed, arrangePrices, arrangeResult } from "../odds/catalogue.ts";

const HOUR = 3_600_000;
let stage: Stage;
let client: LineholdClient;

beforeAll(async () => {
  stage = await openStage({
    async arrange(database) {
      const now = Date.now();
      await arrangeTenant(database, {
        slug: "acme",
        document: { name: "Acme Bets", features: { statistics: true } },
      });
      await arrangeFeed(database, new Date(now));
      for (let index = 1; index <= 12; index += 1) {
        const eventId = await arrangeEvent(database, {
          startsAt: new Date(now + index * HOUR),
          home: `home ${index}`,
        });
        await arrangePrices(database, eventId, [
          { outcome: "home", price: [5, 2] },
          { outcome: "draw", price: [16, 5] },
          { outcome: "away", price: [3, 1] },
        ]);
      }
      const over = await arrangeEvent(database, { startsAt: new Date(now - 3 * HOUR), status: "ended" });
      await arrangeResult(database, over, { recordedAt: new Date(now - HOUR) });
    },
  });
  await stage.directory.firstLoaded;
  client = createLineholdClient({ baseUrl: stage.server.url });
}, 30_000);
afterAll(() => stage[Symbol.asyncDispose]());

const path = { tenant: "acme" };

test("a front end paints a tenant: theme, provenance, and nothing again when it holds it", async () => {
  const { data, response } = await client.GET("/{tenant}/api/public/load-theme", { params: { path } });

  expect(data?.name).toBe("Acme Bets");
  expect(data?.features.statistics).toBe(true);
  expect(data?.compliance.ageMark).toBe("18+");
  expect(response.headers.get("cache-status")).toStartWith("linehold; ");
  const headers = { "if-none-match": response.headers.get("etag") ?? "" };
  const again = await client.GET("/{tenant}/api/public/load-theme", { params: { path }, headers });
  expect(again.response.status).toBe(304);
});

test("a visitor goes from the sports to an event's prices, and to yesterday's results", async () => {
  const sports = await client.GET("/{tenant}/api/public/sports", { params: { path } });
  const sport = sports.data?.items[0]?.sport ?? "";
  const seen: string[] = [];
  let cursor: string | undefined;
  do {
    const query = { sport, limit: 5, ...(cursor === undefined ? {} : { cursor }) };
    const page = await client.GET("/{tenant}/api/public/events", { params: { path, query } });
    seen.push(...(page.data?.items.map(({ eventId }) => eventId) ?? []));
    cursor = page.data?.next ?? undefined;
  } while (cursor !== undefined);
  const eventId = seen[1] ?? "";
  const event = await client.GET("/{tenant}/api/public/events/{eventId}", {
    params: { path: { ...path, eventId } },
  });
  const odds = await client.GET("/{tenant}/api/public/events/{eventId}/odds", {
    params: { path: { ...path, eventId } },
  });
  const results = await client.GET("/{tenant}/api/public/results", { params: { path } });

  expect(sports.data?.items).toMatchObject([{ sport: "soccer", events: 12 }]);
  expect(seen).toHaveLength(13);
  expect(new Set(seen).size).toBe(13);
  expect(event.data).toMatchObject({ eventId, home: "home 1", status: "scheduled" });
  expect(odds.data?.expired).toBe(false);
  expect(odds.data?.markets[0]?.outcomes.map(({ outcome, price }) => [outcome, price])).toEqual([
    ["away", "3.00"],
    ["draw", "3.20"],
    ["home", "2.50"],
  ]);
  expect(results.data?.items).toMatchObject([{ homeScore: 2, awayScore: 1, state: "final" }]);
});

test("a refusal comes as a typed problem", async () => {
  const { data, error, response } = await client.GET("/{tenant}/api/public/load-theme", {
    params: { path: { tenant: "nope" } },
  });

  expect(data).toBeUndefined();
  expect(response.status).toBe(404);
  expect(error?.code).toBe("tenant_not_found");
  expect(error?.requestId).toBe(response.headers.get("x-request-id") ?? "");
});

test("the compiler knows the contract", () => {
  const wrong = () =>
    // @ts-expect-error: there is no such path.
    client.GET("/{tenant}/api/public/nowhere", { params: { path } });
  const incomplete = () =>
    // @ts-expect-error: the tenant is missing.
    client.GET("/{tenant}/api/public/load-theme", { params: { path: {} } });

  expect([wrong, incomplete]).toHaveLength(2);
});
