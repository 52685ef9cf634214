import { expect, test } from "bun:test";
import type { Socket } from "node:net";
import { createServer } from "node:net";
import { systemClock } from "../../../src/resilience/mod.ts";
import { type Arrival, brandMark } from "./arrivals.ts";
import { type LoadOptions, prepareLoad } from "./generator.ts";
import type { Outcome } from "./outcome.ts";

/** Answers each request by the slug in its path, as a service that fails in every way a client can see. */
async function openBadServer(): Promise<{ port: number } & Disposable> {
  const server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) =>
      answer(socket, /^GET \/([a-z0-9-]+)/.exec(data.toString("latin1"))?.[1] ?? ""),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new TypeError("Cannot learn the port: not a TCP server");
  return { port: address.port, [Symbol.dispose]: () => void server.close() };
}

function answer(socket: Socket, slug: string): void {
  const respond = (status: string, options: { mark?: string; cacheStatus?: string } = {}) => {
    const body = JSON.stringify({
      name: options.mark === undefined ? "Sportsbook" : brandMark(options.mark),
    });
    const header = options.cacheStatus === undefined ? "" : `Cache-Status: ${options.cacheStatus}\r\n`;
    socket.write(`HTTP/1.1 ${status}\r\n${header}Content-Length: ${body.length}\r\n\r\n${body}`);
  };
  const replies: Record<string, () => unknown> = {
    healthz: () => respond("200 OK"),
    resets: () => socket.resetAndDestroy(),
    empty: () => socket.end(),
    cut: () => socket.end("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf of"),
    nonsense: () => socket.end("no HTTP at all\r\n\r\n"),
    silent: () => undefined,
    slow: () =>
      setTimeout(() => respond("200 OK", { mark: "slow", cacheStatus: "linehold; hit; ttl=0" }), 150),
    fails: () => respond("500 Internal Server Error"),
    other: () => respond("200 OK", { mark: "held-0001", cacheStatus: "linehold; hit; ttl=1" }),
    unmarked: () => respond("200 OK", { cacheStatus: "linehold; hit; ttl=1" }),
    fresh: () => respond("200 OK", { mark: "fresh", cacheStatus: "linehold; fwd=miss; stored; ttl=0" }),
    stale: () => respond("200 OK", { mark: "stale", cacheStatus: "linehold; hit; ttl=-412" }),
    default: () => respond("200 OK", { cacheStatus: "linehold; fwd=uri-miss; detail=default" }),
  };
  replies[slug]?.();
}

const LOAD = {
  hostname: "127.0.0.1",
  durationMs: 100,
  healthEveryMs: 20,
  clientDeadlineMs: 400,
  connectionsMax: 50,
};

function at(slug: string, atMs = 0): Arrival {
  return { slug, atMs, audience: "held" };
}

async function runLoad(options: LoadOptions) {
  using load = await prepareLoad(options, { clock: systemClock });
  return await load.run();
}

async function outcomeOf(slug: string): Promise<Outcome> {
  using server = await openBadServer();
  const { outcomes } = await runLoad({ ...LOAD, port: server.port, arrivals: [at(slug)] });
  const [outcome] = outcomes.filter(({ audience }) => audience === "held");
  if (outcome === undefined) throw new RangeError("Cannot judge the request: it left no outcome");
  return outcome;
}

test.each([
  ["resets", "reset"],
  ["empty", "empty"],
  ["cut", "reset"],
  ["nonsense", "malformed"],
  ["silent", "timeout"],
] as const)("the generator counts a server that is %s as %s", async (slug, ending) => {
  expect((await outcomeOf(slug)).ending).toBe(ending);
});

test("the generator counts a port where nobody listens as refused", async () => {
  const server = await openBadServer();
  server[Symbol.dispose]();

  const { outcomes } = await runLoad({ ...LOAD, port: server.port, arrivals: [at("fresh")] });

  expect(new Set(outcomes.map(({ ending }) => ending))).toEqual(new Set(["refused"]));
});

test("the generator records a status that is not 200 as the answer it is", async () => {
  expect(await outcomeOf("fails")).toMatchObject({ ending: "answered", status: 500 });
});

test.each(["fresh", "stale", "default"] as const)(
  "the generator tells a %s answer by its Cache-Status",
  async (slug) => {
    const outcome = await outcomeOf(slug);

    expect(outcome).toMatchObject({ ending: "answered", status: 200, provenance: slug });
    expect(outcome.foreign).toBeUndefined();
  },
);

test("the generator sees another tenant's bytes behind a 200, and a brand without its own", async () => {
  expect((await outcomeOf("other")).foreign).toBe(true);
  expect((await outcomeOf("unmarked")).foreign).toBe(true);
});

test("the generator gives up at the deadline, counted from the schedule", async () => {
  const { tookMs } = await outcomeOf("silent");

  expect(tookMs).toBeGreaterThanOrEqual(399);
  expect(tookMs).toBeLessThan(1500);
});

test("the generator keeps to the schedule when the server does not answer, and counts the wait for a connection", async () => {
  using server = await openBadServer();
  const arrivals = [at("slow", 0), at("slow", 10), at("slow", 20)];

  const { outcomes } = await runLoad({
    ...LOAD,
    port: server.port,
    arrivals,
    connectionsMax: 1,
    clientDeadlineMs: 5000,
  });
  const took = outcomes.filter(({ audience }) => audience === "held").map(({ tookMs }) => tookMs);

  // One connection serves them one after another in 150 ms each: a closed loop would have seen 150 ms three times.
  expect(took[0]).toBeGreaterThanOrEqual(140);
  expect(took[1]).toBeGreaterThanOrEqual(280);
  expect(took[2]).toBeGreaterThanOrEqual(420);
});

test("the generator asks for health on its own connections while all others hang", async () => {
  using server = await openBadServer();
  const arrivals = Array.from({ length: 10 }, (_, index) => at("silent", index));

  const { connectionsMost, outcomes } = await runLoad({
    ...LOAD,
    port: server.port,
    arrivals,
    connectionsMax: 2,
  });
  const health = outcomes.filter(({ audience }) => audience === "health");

  expect(health).toHaveLength(5);
  expect(health.every(({ status }) => status === 200)).toBe(true);
  expect(connectionsMost).toBe(2);
});
