import { afterAll, beforeAll, expect, test } from "bun:test";
import { Elysia } from "elysia";
import { createProbes } from "../../src/health/mod.ts";
import {
  createConnections,
  createDoor,
  createProblems,
  createRequestIds,
  createRouteTable,
  errorBoundary,
  type HttpServer,
  serve,
} from "../../src/http/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { seededRandom } from "../harness/mod.ts";
import { getWithHost, sendRaw } from "./raw_socket.ts";

interface Stage {
  readonly server: HttpServer;
  readonly failures: unknown[];
  readonly answered: { route: string; status: number }[];
  draining: boolean;
  /** Lets `/slow` answer. */
  release(): void;
}

function openStage({ drainMs = 1000 } = {}): Stage {
  const problems = createProblems([]);
  const requestIds = createRequestIds({ random: seededRandom(1) });
  const failures: unknown[] = [];
  const answered: { route: string; status: number }[] = [];
  const slow = Promise.withResolvers<void>();
  const app = new Elysia({ handler: { standardHostname: false } })
    .use(errorBoundary({ problems, requestIds, observe: ({ error }) => void failures.push(error) }))
    .get("/health", () => "never reached")
    .get("/slow", async () => {
      await slow.promise;
      return "late";
    })
    .get("/null", () => {
      throw null;
    })
    .get("/things/:id", ({ params, query }) => ({ id: params.id, query }))
    .post("/things", ({ body }) => ({ body }));
  const stage = { failures, answered, draining: false, release: slow.resolve };
  const door = createDoor({
    probes: createProbes({ isDraining: () => stage.draining }),
    locate: (_host, path) => (path.startsWith("/api/") ? `/things/${path.slice(5)}` : path),
    routes: createRouteTable(app.routes),
    inner: (request) => app.fetch(request),
    problems,
    requestIds,
    connections: createConnections({ addressHeader: undefined }),
    clock: systemClock,
    observe: (event) =>
      void (event.kind === "request_failed" ? failures.push(event.error) : answered.push(event)),
    bodyBytesMax: 1000,
  });
  const server = serve(door, { hostname: "127.0.0.1", port: 0, drainMs }, { clock: systemClock });
  return Object.assign(stage, { server });
}

let stage: Stage;
beforeAll(() => {
  stage = openStage();
});
afterAll(() => stage.server[Symbol.asyncDispose]());

const url = (path: string) => `${stage.server.url}${path}`;
const HOSTILE = ["a b", "user@acme", "acme/evil", "acme?x", "a, b", "büch", "acme:99999", "..", "a\\b", "/"];

test.each([...HOSTILE, "", "172.19.0.12:8000", "[fdaa::3]:8080"])(
  "/health, /healthz and /readyz answer for the Host %p",
  async (host) => {
    for (const path of ["/health", "/healthz"]) {
      const answer = await getWithHost(stage.server.port, path, host);

      expect(answer.status).toBe(200);
      expect(answer.body).toBe('{"ok":true,"status":"healthy"}');
    }
    expect((await getWithHost(stage.server.port, "/readyz", host)).status).toBe(200);
  },
);

test("the probes answer HTTP/1.0 without a Host, and HEAD without a body", async () => {
  const old = await sendRaw(stage.server.port, "GET /healthz HTTP/1.0\r\n\r\n");
  const head = await sendRaw(
    stage.server.port,
    "HEAD /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
  );

  expect(old.status).toBe(200);
  expect(head.status).toBe(200);
  expect(head.body).toBe("");
});

test("/readyz is 503 as soon as draining has begun, and the process is healthy all the same", async () => {
  stage.draining = true;
  const [ready, healthy] = await Promise.all([fetch(url("/readyz")), fetch(url("/healthz"))]);
  stage.draining = false;

  expect(ready.status).toBe(503);
  expect(await ready.json()).toEqual({ ok: false, status: "draining" });
  expect(healthy.status).toBe(200);
});

test.each(HOSTILE)("anything but a probe is 400 for the Host %p, in our envelope", async (host) => {
  const answer = await getWithHost(stage.server.port, "/things/1", host);

  expect(answer.status).toBe(400);
  expect(JSON.parse(answer.body)).toMatchObject({ code: "host_invalid" });
});

test("two Host headers are refused rather than one of them believed", async () => {
  const answer = await sendRaw(
    stage.server.port,
    "GET /things/1 HTTP/1.1\r\nHost: a.example\r\nHost: b.example\r\nConnection: close\r\n\r\n",
  );

  expect(answer.status).toBe(400);
});

test("a short host reaches the same route as a long one", async () => {
  const answer = await getWithHost(stage.server.port, "/things/7?x=1", "a");

  expect(JSON.parse(answer.body)).toEqual({ id: "7", query: { x: "1" } });
});

test("a path that is located elsewhere keeps query, body and request id", async () => {
  const response = await fetch(url("/api/7?x=1"), { headers: { "x-request-id": "mine" } });

  expect(await response.json()).toEqual({ id: "7", query: { x: "1" } });
  expect(response.headers.get("x-request-id")).toBe("mine");
});

test("an unknown path is 404, a known path by another method 405 with Allow", async () => {
  const unknown = await fetch(url("/nowhere"));
  const wrong = await fetch(url("/things/1"), { method: "DELETE" });

  expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: "route_not_found" }]);
  expect([wrong.status, await wrong.json()]).toMatchObject([405, { code: "method_not_allowed" }]);
  expect(wrong.headers.get("allow")).toBe("GET, HEAD, OPTIONS");
});

test("TRACE and PURGE are 405 like any other method a path does not answer", async () => {
  for (const method of ["TRACE", "PURGE"]) {
    const answer = await sendRaw(
      stage.server.port,
      `${method} /things/1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    );

    expect(answer.status).toBe(405);
  }
});

test("HEAD answers with the headers of GET and no body", async () => {
  const response = await fetch(url("/things/1"), { method: "HEAD" });

  expect(response.status).toBe(200);
  expect(response.headers.get("content-length")).toBe(String('{"id":"1","query":{}}'.length));
  expect(await response.text()).toBe("");
});

test("a preflight is answered for a known path and says what a page may do", async () => {
  const headers = { origin: "https://shop.example", "access-control-request-method": "GET" };
  const response = await fetch(url("/things/1"), { method: "OPTIONS", headers });

  expect(response.status).toBe(204);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  expect(response.headers.get("access-control-allow-methods")).toBe("GET, HEAD, OPTIONS");
  expect(response.headers.get("access-control-allow-headers")).toContain("Authorization, ");
  expect(response.headers.has("access-control-allow-credentials")).toBe(false);
  expect((await fetch(url("/nowhere"), { method: "OPTIONS" })).status).toBe(404);
});

test("a body above the limit is 413 before it is read, one of undeclared length 411", async () => {
  const head = "POST /things HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  const large = await sendRaw(stage.server.port, `${head}Content-Length: 1001\r\n\r\n${"x".repeat(1001)}`);
  const chunked = await sendRaw(
    stage.server.port,
    `${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
  );

  expect([large.status, JSON.parse(large.body)]).toMatchObject([413, { code: "body_too_large" }]);
  expect([chunked.status, JSON.parse(chunked.body)]).toMatchObject([411, { code: "length_required" }]);
});

test("a handler that throws null is a 500 problem like any other bug, and is told to operators", async () => {
  const before = stage.failures.length;

  const response = await fetch(url("/null"));

  expect([response.status, await response.json()]).toMatchObject([500, { code: "internal_error" }]);
  expect(stage.failures.length).toBe(before + 1);
});

test("every answer carries a request id and refuses to be guessed at or framed", async () => {
  for (const path of ["/things/1", "/nowhere", "/null"]) {
    const { headers } = await fetch(url(path));

    expect(headers.get("x-request-id")).toMatch(/^[0-9a-f]{16}-[0-9a-z]+$/);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
  }
});

test("requests are counted by their declared route, whatever the path said", async () => {
  stage.answered.length = 0;
  await fetch(url("/things/visitor-chosen"));
  await fetch(url("/visitor/chosen"));

  expect(stage.answered.map(({ route, status }) => [route, status])).toEqual([
    ["/things/:id", 200],
    ["none", 404],
  ]);
});

test("stopping lets a request in flight finish and takes no new connection", async () => {
  const own = openStage();
  const inFlight = fetch(`${own.server.url}/slow`);
  await Bun.sleep(50);

  const stopping = own.server[Symbol.asyncDispose]();
  await Bun.sleep(50);
  const refused = await fetch(`${own.server.url}/healthz`).catch((error: unknown) => error);
  own.release();

  expect(await (await inFlight).text()).toBe("late");
  await stopping;
  expect(refused).toBeInstanceOf(Error);
});

test("stopping cuts what outlasts the deadline", async () => {
  const own = openStage({ drainMs: 100 });
  const inFlight = sendRaw(own.server.port, "GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
  await Bun.sleep(50);

  const startedAt = performance.now();
  await own.server[Symbol.asyncDispose]();

  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect((await inFlight).status).toBe(0);
});

test("stopping does not wait for a connection that idles", async () => {
  const own = openStage({ drainMs: 5000 });
  const idle = sendRaw(own.server.port, "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n", { waitMs: 4000 });
  await Bun.sleep(50);

  const startedAt = performance.now();
  await own.server[Symbol.asyncDispose]();

  expect(performance.now() - startedAt).toBeLessThan(1000);
  expect((await idle).status).toBe(200);
});

test("serve refuses a port that is taken, by the code of the system", () => {
  expect(() =>
    serve(
      () => new Response(),
      { hostname: "127.0.0.1", port: stage.server.port, drainMs: 0 },
      { clock: systemClock },
    ),
  ).toThrow(expect.objectContaining({ code: "EADDRINUSE" }));
});
