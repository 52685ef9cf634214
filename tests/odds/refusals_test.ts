import { expect, test } from "bun:test";
import { openOdds, PUBLIC } from "./stage.ts";

test("an unknown event is 404, also when asked for its odds", async () => {
  await using stage = await openOdds(() => Promise.resolve());
  const eventId = Bun.randomUUIDv7();

  for (const path of [`/events/${eventId}`, `/events/${eventId}/odds`]) {
    const response = await stage.get(PUBLIC + path);

    expect([response.status, await response.json()]).toMatchObject([404, { code: "event_not_found" }]);
  }
});

test.each([
  ["/events?cursor=nonsense", 400, "cursor_invalid"],
  ["/results?cursor=MQ.x", 400, "cursor_invalid"],
  ["/events?limit=0", 422, "request_invalid"],
  ["/events?limit=201", 422, "request_invalid"],
  ["/events?limit=1e3", 422, "request_invalid"],
  ["/events?from=yesterday", 422, "request_invalid"],
  ["/events?from=2025-13-45T00:00:00Z", 422, "request_invalid"],
  ["/events/not-a-uuid", 422, "request_invalid"],
  ["/events/not-a-uuid/odds", 422, "request_invalid"],
  [`/events?sport=${"x".repeat(41)}`, 422, "request_invalid"],
  ["/competitions?sport=", 422, "request_invalid"],
  ["/odds", 422, "request_invalid"],
  ["/odds?competition=", 422, "request_invalid"],
  ["/odds?competition=a&limit=21", 422, "request_invalid"],
  ["/odds?competition=a&cursor=nonsense", 400, "cursor_invalid"],
])("GET %s is %p %s", async (path, status, code) => {
  await using stage = await openOdds(() => Promise.resolve());

  const response = await stage.get(PUBLIC + path);

  expect([response.status, await response.json()]).toMatchObject([status, { code }]);
});

test.each(["/sports", "/competitions", "/events", "/results", "/odds?competition=a"])(
  "GET %s of an unknown or suspended tenant is 404",
  async (path) => {
    await using stage = await openOdds(() => Promise.resolve());

    const unknown = await stage.get(`/nope/api/public${path}`);
    const suspended = await stage.get(`/gone/api/public${path}`);

    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: "tenant_not_found" }]);
    expect([suspended.status, await suspended.json()]).toMatchObject([404, { code: "tenant_suspended" }]);
  },
);

test("with Postgres gone and nothing ever loaded lists are 503 with Retry-After, never empty", async () => {
  await using stage = await openOdds(() => Promise.resolve());
  await stage.postgres.set("refuse");

  const eventId = Bun.randomUUIDv7();
  for (const path of [
    "/sports",
    "/competitions",
    "/events",
    "/results",
    "/odds?competition=a",
    `/events/${eventId}`,
    `/events/${eventId}/odds`,
  ]) {
    const response = await stage.get(PUBLIC + path);

    expect(response.status).toBe(503);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await response.json()).toMatchObject({ code: "database_unavailable" });
  }
});

test("with the directory never loaded nobody can vouch for a tenant: 503 with Retry-After", async () => {
  await using stage = await openOdds(() => Promise.resolve(), { fault: "refuse" });
  await stage.directory.firstTried;

  const response = await stage.get(`${PUBLIC}/sports`);

  expect([response.status, await response.json()]).toMatchObject([503, { code: "tenant_undetermined" }]);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
});
