import { afterAll, beforeAll, expect, test } from "bun:test";
import { type HttpServer, serve } from "../../src/http/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { getWithHost, type RawAnswer, sendRaw } from "../http/raw_socket.ts";
import { openStage, type Stage } from "./stage.ts";
import { arrangeTenant } from "./tenants.ts";

let stage: Stage;
/** The same application without its hot routes: the ordinary way. */
let ordinary: HttpServer;

beforeAll(async () => {
  stage = await openStage({
    baseDomain: "books.example",
    arrange: async (database) => {
      await arrangeTenant(database, {
        slug: "acme",
        hosts: ["bets.acme.example"],
        document: { name: "Acme Bets" },
      });
      await arrangeTenant(database, { slug: "uber", document: { name: "Über Wetten €" } });
      await arrangeTenant(database, { slug: "gone", state: "suspended" });
    },
  });
  ordinary = serve(stage.app.fetch, { hostname: "127.0.0.1", port: 0, drainMs: 100 }, { clock: systemClock });
  await stage.directory.firstLoaded;
  for (const slug of ["acme", "uber"]) await stage.get(`/${slug}/api/public/load-theme`);
});

afterAll(async () => {
  await ordinary[Symbol.asyncDispose]();
  await stage[Symbol.asyncDispose]();
});

/** All but what differs from one answer to the next: the times, and the request id, which a problem's body carries too. */
function comparable({ body, headers, reset, status }: RawAnswer) {
  const {
    age: _age,
    date: _date,
    "cache-status": cacheStatus = "",
    "x-request-id": id = "",
    ...rest
  } = headers;
  const isProblem = headers["content-type"] === "application/problem+json";
  const { "content-length": length, ...others } = rest;
  return {
    status,
    reset,
    body: isProblem ? body.replaceAll(id, "") : body,
    headers: isProblem ? others : rest,
    length: isProblem ? Number(length) - id.length : length,
    cacheStatus: cacheStatus.replace(/\d+/, ""),
    hasId: id !== "",
  };
}

const PATHS = [
  "/acme/api/public/load-theme",
  "/acme/api/public/theme.css",
  "/acme/api/public/manifest.webmanifest",
  "/uber/api/public/load-theme",
  "/acme/api/public/load-theme?version=1",
  "/acme/api/public/load-theme/",
  "/%61cme/api/public/load-theme",
  "/ACME/api/public/load-theme",
  "/acme%2Fapi/api/public/load-theme",
  "/%zz/api/public/load-theme",
  "//api/public/load-theme",
  "/-/api/public/load-theme",
  "/docs/api/public/load-theme",
  "/api/api/public/load-theme",
  "/nobody/api/public/load-theme",
  "/gone/api/public/load-theme",
  "/api/public/load-theme",
];

const HOSTS = [
  "127.0.0.1:8080",
  "bets.acme.example",
  "acme.books.example",
  "gone.books.example",
  "nobody.books.example",
  "evil host",
  "a,b",
];

test.each(PATHS)(
  "%s is answered the same by the hot route as by the door, under every host",
  async (path) => {
    for (const host of HOSTS) {
      const hot = await getWithHost(stage.server.port, path, host);
      const plain = await getWithHost(ordinary.port, path, host);

      expect({ host, ...comparable(hot) }).toEqual({ host, ...comparable(plain) });
    }
  },
);

const LINE = "/acme/api/public/load-theme HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n";

test.each([
  ["a HEAD", `HEAD ${LINE}\r\n`],
  ["an OPTIONS", `OPTIONS ${LINE}\r\n`],
  ["a POST", `POST ${LINE}Content-Length: 2\r\n\r\n{}`],
  ["a DELETE", `DELETE ${LINE}\r\n`],
  ["a GET with a body", `GET ${LINE}Content-Length: 2\r\n\r\n{}`],
  ["a GET with too large a body", `GET ${LINE}Content-Length: 99999999\r\n\r\n`],
  ["a GET with chunks", `GET ${LINE}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`],
  ["a GET that holds other bytes", `GET ${LINE}If-None-Match: "other"\r\n\r\n`],
  ["a GET that holds any bytes", `GET ${LINE}If-None-Match: *\r\n\r\n`],
  ["a GET without a host, of HTTP/1.0", "GET /acme/api/public/load-theme HTTP/1.0\r\n\r\n"],
])("%s is answered the same by the hot route as by the door", async (_what, bytes) => {
  const hot = await sendRaw(stage.server.port, bytes);
  const plain = await sendRaw(ordinary.port, bytes);

  expect(comparable(hot)).toEqual(comparable(plain));
});

test("a hot answer keeps the caller's request id, or is given one of its own each time", async () => {
  const get = async (headers: Record<string, string> = {}) =>
    (await stage.get("/acme/api/public/load-theme", headers)).headers.get("x-request-id");

  expect(await get({ "x-request-id": "trace-7" })).toBe("trace-7");
  const [first, second] = [await get({ "x-request-id": "bad id" }), await get()];
  expect(first).toMatch(/^[0-9a-f]{16}-[0-9a-z]+$/);
  expect(second).toMatch(/^[0-9a-f]{16}-[0-9a-z]+$/);
  expect(second).not.toBe(first);
});

/** A look is good for 10 ms, and what was answered from it is told within 100. */
const LATER_MS = 150;

test("hot answers of one moment are told together, and none is lost", async () => {
  await Bun.sleep(LATER_MS);
  stage.events.length = 0;
  const asked = 60;

  const answers = await Promise.all(
    Array.from({ length: asked }, () => stage.get("/acme/api/public/load-theme")),
  );
  await Bun.sleep(LATER_MS);

  expect(answers.every(({ status }) => status === 200)).toBeTrue();
  const counted = (kind: string) => stage.events.filter((event) => event.kind === kind);
  for (const kind of ["request_answered", "answer_served"]) {
    const told = counted(kind);
    const times = told.map((event) => ("times" in event ? (event.times ?? 1) : 1));
    expect({ kind, times: times.reduce((sum, one) => sum + one, 0) }).toEqual({ kind, times: asked });
    expect(told.length).toBeLessThan(asked);
  }
});

test("a look is good for one tenant under one host alone", async () => {
  const themes = await Promise.all(
    [
      ["/acme/api/public/load-theme", "127.0.0.1"],
      ["/uber/api/public/load-theme", "127.0.0.1"],
      ["/api/public/load-theme", "acme.books.example"],
      ["/api/public/load-theme", "uber.books.example"],
      ["/acme/api/public/load-theme", "127.0.0.1"],
      ["/uber/api/public/load-theme", "uber.books.example"],
    ].map(([path = "", host = ""]) => getWithHost(stage.server.port, path, host)),
  );

  const said = themes.map(({ body, status }) => (status === 200 ? JSON.parse(body).tenant : status));
  expect(said).toEqual(["acme", "uber", "acme", "uber", "acme", 404]);
});

test("a hot answer is told once as a request of its declared route, and once as a brand served", async () => {
  await Bun.sleep(LATER_MS);
  stage.events.length = 0;

  await stage.get("/acme/api/public/load-theme");
  await stage.get("/api/public/theme.css", { host: "acme.books.example" });

  const told = stage.events.filter(({ kind }) => kind === "request_answered" || kind === "answer_served");
  expect(told).toMatchObject([
    { kind: "answer_served", key: "acme", state: "fresh" },
    { kind: "request_answered", route: "/:tenant/api/public/load-theme", method: "GET", status: 200 },
    { kind: "answer_served", key: "acme", state: "fresh" },
    { kind: "request_answered", route: "/:tenant/api/public/theme.css", method: "GET", status: 200 },
  ]);
});

test("a refused request is told once, by the door", async () => {
  stage.events.length = 0;

  await stage.get("/nobody/api/public/load-theme");

  const told = stage.events.filter(({ kind }) => kind === "request_answered");
  expect(told).toMatchObject([{ route: "/:tenant/api/public/load-theme", status: 404 }]);
});
