import { expect, test } from "bun:test";
import { createLevers, createVitals, type LeverEvent, servePrivate } from "../../src/health/mod.ts";
import { gatePool, type Pool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";

const TOKEN = "a-token-of-operators";
const clock = systemClock;

/** A pool that only writes down what it is told. */
function recorder() {
  const told: string[] = [];
  const pool: Pool = {
    lease: () => Promise.reject(new TypeError("Cannot lend here")),
    refusal: () => undefined,
    stats: () => {
      throw new TypeError("Cannot count here");
    },
    resize: ({ max, min }) => void told.push(`resize ${max} ${min}`),
    renew: () => void told.push("renew"),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  return { pool, told };
}

function openStage({ token = TOKEN }: { token?: string | null } = {}) {
  const events: LeverEvent[] = [];
  const [read, write] = [recorder(), recorder()];
  const gate = gatePool(read.pool);
  const levers = createLevers({
    pools: {
      read: { pool: read.pool, bounds: { max: 20, min: 4 } },
      write: { pool: write.pool, bounds: { max: 10, min: 1 } },
    },
    gate,
    clock,
    observe: (event) => events.push(event),
  });
  const vitals = createVitals(
    { process: "web", isDraining: () => levers.drain.isOn, isStopping: () => false },
    { clock },
  );
  vitals.watchPart("levers", levers.part);
  const secret = token === null ? undefined : { reveal: () => token };
  const server = servePrivate({ hostname: "127.0.0.1", port: 0, token: secret }, { vitals, clock, levers });
  const pull = (path: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(server.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${TOKEN}`, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
  const words = async () => (await fetch(`${server.url}/status.txt`)).text();
  return {
    events,
    gate,
    levers,
    read,
    write,
    server,
    pull,
    words,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

test("/drain turns /readyz and nothing else, says so on the status page, and ?off takes it back", async () => {
  await using stage = openStage();
  const ready = async () => (await fetch(`${stage.server.url}/readyz`)).status;
  const healthy = async () => (await fetch(`${stage.server.url}/healthz`)).status;

  const pulled = await stage.pull("/drain");
  const during = [await ready(), await healthy()];
  const words = await stage.words();
  const status = await (await fetch(`${stage.server.url}/status`)).json();
  const released = await stage.pull("/drain?off");

  expect([pulled.status, await pulled.json()]).toEqual([200, { draining: true }]);
  expect(during).toEqual([503, 200]);
  expect(words).toMatch(/^Draining since \d{4}-.*Z, as an operator asked: .* POST \/drain\?off ends it\.\n/);
  expect(words).not.toContain("is stopping");
  expect(status).toMatchObject({ draining: true, parts: { levers: { drainingSince: expect.any(String) } } });
  expect([await released.json(), await ready(), await stage.words()]).toEqual([
    { draining: false },
    200,
    "Nothing to report.\n",
  ]);
});

test("/stale-only shuts the gate before the read pool, says so, and ?off opens it", async () => {
  await using stage = openStage();

  const pulled = await (await stage.pull("/stale-only?on")).json();
  const shut = stage.gate.isShut;
  const words = await stage.words();
  const released = await (await stage.pull("/stale-only?off")).json();

  expect([pulled, shut, released, stage.gate.isShut]).toEqual([
    { staleOnly: true },
    true,
    { staleOnly: false },
    false,
  ]);
  expect(words).toMatch(/^Serving from memory alone since .* POST \/stale-only\?off ends it\./);
});

test("/resize changes a pool's bounds at once, says what they were, and tells until the restart", async () => {
  await using stage = openStage();

  const first = await (await stage.pull("/resize", { pool: "read", max: 40, min: 5 })).json();
  const second = await (await stage.pull("/resize", { pool: "read", max: 3 })).json();

  expect(first).toEqual({ pool: "read", max: 40, min: 5, before: { max: 20, min: 4 } });
  expect(second).toEqual({ pool: "read", max: 3, min: 3, before: { max: 40, min: 5 } });
  expect([stage.read.told, stage.write.told]).toEqual([["resize 40 5", "resize 3 3"], []]);
  expect(await stage.words()).toMatch(
    /The read pool was resized at .*Z to 3 connections at most, 3 kept open\. A restart goes back to DB_MAX_CONN/,
  );
});

test("/renew replaces the connections of one pool or of all", async () => {
  await using stage = openStage();

  const one = await (await stage.pull("/renew", { pool: "write" })).json();
  const all = await (await stage.pull("/renew")).json();

  expect([one, all]).toEqual([{ renewed: ["write"] }, { renewed: ["read", "write"] }]);
  expect([stage.read.told, stage.write.told]).toEqual([["renew"], ["renew", "renew"]]);
});

test("everything that is pulled is told once; pulling again what is pulled already is not", async () => {
  await using stage = openStage();

  for (const path of ["/drain", "/drain", "/drain?off", "/drain?off"]) await stage.pull(path);
  await stage.pull("/resize", { pool: "read", max: 8, min: 2 });

  expect(stage.events).toEqual([
    { kind: "lever_switched", lever: "drain", on: true },
    { kind: "lever_switched", lever: "drain", on: false },
    { kind: "lever_resized", pool: "read", max: 8, min: 2, before: { max: 20, min: 4 } },
  ]);
});

test.each([
  ["no token", undefined],
  ["another token", "Bearer not-the-token"],
  ["a token that begins as ours", `Bearer ${TOKEN}x`],
  ["the token without its scheme", TOKEN],
  ["an empty token", "Bearer "],
])("with %s every lever answers 401 and nothing moves", async (_what, authorization) => {
  await using stage = openStage();
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };

  for (const path of ["/drain", "/stale-only", "/renew", "/resize"]) {
    const response = await fetch(stage.server.url + path, {
      method: "POST",
      headers,
      body: '{"pool":"read","max":1}',
    });
    expect([path, response.status, response.headers.get("www-authenticate")]).toEqual([path, 401, "Bearer"]);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(await response.json()).toMatchObject({ code: "token_wrong" });
  }
  expect([stage.events, stage.read.told]).toEqual([[], []]);
});

test("without a configured token every lever answers 403 and says what to set, whatever is sent", async () => {
  await using stage = openStage({ token: null });

  for (const authorization of [`Bearer ${TOKEN}`, "Bearer ", "Bearer undefined"]) {
    const response = await stage.pull("/drain", undefined, { authorization });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({
      code: "levers_locked",
      detail: expect.stringContaining("OPS_TOKEN"),
    });
  }
  expect(stage.events).toEqual([]);
});

test.each([
  ["an unknown pool", { pool: "odds", max: 4 }, 'pool must be one of read, write: it is "odds"'],
  ["a pool named like a property of all objects", { pool: "constructor", max: 4 }, "pool must be one of"],
  ["no pool", { max: 4 }, "pool must be one of read, write"],
  ["no max", { pool: "read" }, "max must be a whole number"],
  ["max as text", { pool: "read", max: "40" }, "max must be a whole number"],
  ["max 0", { pool: "read", max: 0 }, "max must be a whole number from 1 to 1000: it is 0"],
  ["max beyond all use", { pool: "read", max: 5000 }, "from 1 to 1000"],
  ["a broken max", { pool: "read", max: 4.5 }, "max must be a whole number"],
  ["min above max", { pool: "read", max: 4, min: 5 }, "min must be a whole number from 0 to max, 4: it is 5"],
  ["a negative min", { pool: "read", max: 4, min: -1 }, "min must be a whole number from 0 to max"],
  ["a misspelt field", { pool: "read", max: 4, mni: 2 }, "Known are pool, max, min: the body has mni"],
])("/resize refuses %s with 422, says why, and moves nothing", async (_what, body, detail) => {
  await using stage = openStage();

  const response = await stage.pull("/resize", body);

  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    code: "lever_invalid",
    detail: expect.stringContaining(detail),
  });
  expect([stage.events, stage.read.told]).toEqual([[], []]);
});

test("bodies that are no JSON object, or too large, are refused as such", async () => {
  await using stage = openStage();
  const of = async (body: string) => {
    const response = await stage.pull("/resize", body);
    const { code } = (await response.json()) as { code: string };
    return [response.status, code];
  };

  expect(await of("{")).toEqual([400, "body_unreadable"]);
  expect(await of("[1]")).toEqual([400, "body_unreadable"]);
  expect(await of("null")).toEqual([400, "body_unreadable"]);
  expect(await of(JSON.stringify({ pool: "x".repeat(5000) }))).toEqual([413, "body_too_large"]);
  expect(stage.read.told).toEqual([]);
});

test("a lever asked for by GET answers 405, and a query that means nothing 422", async () => {
  await using stage = openStage();

  const got = await fetch(`${stage.server.url}/drain`);
  const odd = await stage.pull("/stale-only?maybe");

  expect([got.status, got.headers.get("allow")]).toEqual([405, "POST"]);
  expect([odd.status, stage.gate.isShut]).toEqual([422, false]);
});
