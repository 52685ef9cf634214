import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { createServer, type Socket } from "node:net";
import {
  type FeedFailure,
  FeedUnreachableError,
  FeedUnreadableError,
  type FetchDeps,
  type FetchOptions,
  fetchAnswer,
  goalserveFeed,
} from "../../src/feeds/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { board, match, WINNER } from "./_board.ts";

const KEY = "k-very-secret";
const MEGABYTE = 1024 * 1024;
const asked: { readonly url: string; readonly headers: Record<string, string> }[] = [];
let server: ReturnType<typeof Bun.serve>;

beforeAll(() => {
  server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 30,
    fetch(request) {
      asked.push({ url: request.url, headers: Object.fromEntries(request.headers) });
      return answer(new URL(request.url).pathname, request);
    },
  });
});
afterAll(() => server.stop(true));

function gzipped(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(bytes, { headers: { "content-encoding": "gzip" } });
}

function answer(path: string, request: Request): Response | Promise<Response> {
  const to = (location: string) => new Response(null, { status: 302, headers: { location } });
  if (path === "/ok") return Response.json({ fine: true });
  if (path === "/packed") return gzipped(Bun.gzipSync(new TextEncoder().encode('{"fine":true}')));
  if (path === "/cut") return gzipped(Bun.gzipSync(new TextEncoder().encode('{"fine":true}')).slice(0, -6));
  if (path === "/brotli") return new Response("x", { headers: { "content-encoding": "br" } });
  if (path === "/error") return Response.json({ fine: true }, { status: 503 });
  if (path === "/busy") return new Response("no", { status: 429, headers: { "retry-after": "7" } });
  if (path === "/forbidden") return new Response("no", { status: 403 });
  if (path === "/tagged") {
    const isKnown = request.headers.get("if-none-match") === '"one"';
    return new Response(isKnown ? null : "{}", { status: isKnown ? 304 : 200, headers: { etag: '"one"' } });
  }
  if (path === "/unasked") return new Response(null, { status: 304 });
  if (path === "/moved") return to("/ok");
  if (path === "/moved/twice") return to("/moved");
  if (path === "/moved/thrice") return to("/moved/twice");
  if (path === "/moved/away") return to(`http://localhost:${server.port}/ok`);
  if (path === "/moved/metadata") return to("http://169.254.169.254/latest/meta-data/");
  if (path === "/moved/port") return to("http://127.0.0.1:1/ok");
  if (path === "/moved/nowhere") return to("http://[");
  if (path === "/silent") return new Promise(() => {});
  if (path === "/drip") return new Response(drip());
  if (path === "/large") return new Response(`"${"x".repeat(2 * MEGABYTE)}"`);
  if (path === "/bomb") return gzipped(Bun.gzipSync(new Uint8Array(32 * MEGABYTE).fill(0x20)));
  if (path.startsWith("/feed/")) return Response.json(board([match([WINNER])]));
  return new Response("no", { status: 404 });
}

/** A byte now and then, without end. */
function drip(): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      await Bun.sleep(20);
      controller.enqueue(new Uint8Array([0x20]));
    },
  });
}

const deps: FetchDeps = {
  fetch,
  clock: systemClock,
  resolve: async () => ["127.0.0.1"],
  privateHosts: new Set(["127.0.0.1", "feeds.example.org"]),
};

async function get(
  path: string,
  over: Partial<FetchOptions> & { host?: string; deps?: Partial<FetchDeps> } = {},
): Promise<string> {
  const { host = "127.0.0.1", deps: others, ...rest } = over;
  const options = { source: "test", deadlineMs: 2000, bytesMax: MEGABYTE, signal: never(), ...rest };
  const url = `http://${host}:${server.port}${path}?key=${KEY}`;
  await using found = await fetchAnswer(url, options, { ...deps, ...others });
  if (found.notModified) return "not modified";
  const chunks: Uint8Array[] = [];
  for await (const chunk of found.body) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const never = () => new AbortController().signal;

async function failure(pending: Promise<unknown>): Promise<FeedUnreachableError | FeedUnreadableError> {
  const error = await pending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof FeedUnreachableError || error instanceof FeedUnreadableError) return error;
  throw new TypeError("it did not fail as a feed does", { cause: error });
}

describe("fetchAnswer", () => {
  test.each(["/ok", "/packed", "/moved", "/moved/twice"])("gives the body of %s", async (path) => {
    expect(await get(path)).toBe('{"fine":true}');
  });

  test.each<[string, FeedFailure]>([
    ["/error", "server_error"],
    ["/busy", "rate_limited"],
    ["/forbidden", "refused"],
    ["/nothing", "refused"],
    ["/unasked", "refused"],
    ["/brotli", "unreadable"],
    ["/cut", "unreadable"],
    ["/moved/thrice", "redirected"],
    ["/moved/away", "redirected"],
    ["/moved/metadata", "redirected"],
    ["/moved/port", "redirected"],
    ["/moved/nowhere", "redirected"],
    ["/large", "too_large"],
    ["/bomb", "too_large"],
  ])("refuses %s as %s", async (path, cause) => {
    expect((await failure(get(path))).failure).toBe(cause);
  });

  test.each<[string, FeedFailure, Partial<FetchOptions>]>([
    ["/silent", "timed_out", { deadlineMs: 150 }],
    ["/drip", "timed_out", { deadlineMs: 150 }],
    ["/drip", "stalled", { deadlineMs: 60_000, progressMs: 100, progressBytes: 1000 }],
  ])("leaves %s as %s", async (path, cause, over) => {
    const startedAt = performance.now();

    expect((await failure(get(path, over))).failure).toBe(cause);
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  test("does not hold its own reader's slowness against the source", async () => {
    const options = { source: "test", deadlineMs: 5000, bytesMax: MEGABYTE * 4, signal: never() };
    const pace = { progressMs: 50, progressBytes: 1000 };
    const url = `http://127.0.0.1:${server.port}/large`;
    await using found = await fetchAnswer(url, { ...options, ...pace }, deps);
    let bytes = 0;

    for await (const chunk of found.body) {
      bytes += chunk.byteLength;
      await Bun.sleep(60);
      if (bytes > MEGABYTE) break;
    }

    expect(bytes).toBeGreaterThan(MEGABYTE);
  });

  test("is told that nothing changed only when it asked for that", async () => {
    const validators = { etag: '"one"', lastModified: undefined };

    expect(await get("/tagged")).toBe("{}");
    expect(await get("/tagged", { validators })).toBe("not modified");
    expect(asked.at(-1)?.headers["if-none-match"]).toBe('"one"');
  });

  test("tells of a refusal's head, so that what it says of quotas is known", async () => {
    const heads: (string | undefined)[] = [];

    await failure(
      get("/busy", { answered: (head) => heads.push(`${head.status} ${head.header("retry-after")}`) }),
    );

    expect(heads).toEqual(["429 7"]);
  });

  test("ends with the caller's reason when the caller gives up", async () => {
    const stop = new AbortController();
    const pending = get("/silent", { signal: stop.signal });
    setTimeout(() => stop.abort(new RangeError("stopping")), 20);

    await expect(pending).rejects.toThrow("stopping");
  });

  test("connects to the address that was looked at, under the name that was asked for", async () => {
    let lookups = 0;
    const resolve = async () => {
      lookups += 1;
      return ["127.0.0.1"];
    };

    expect(await get("/ok", { host: "feeds.example.org", deps: { resolve } })).toBe('{"fine":true}');
    expect(asked.at(-1)?.headers["host"]).toBe(`feeds.example.org:${server.port}`);
    expect(lookups).toBe(1);
  });

  test.each([
    ["a name that leads to a private address", "vendor.example.org", ["10.0.0.8"]],
    ["a name of which one address is link-local", "vendor.example.org", ["93.184.216.34", "169.254.169.254"]],
    ["a loopback address", "127.0.0.1", []],
    ["a loopback address written as a number", "2130706433", []],
    ["an address within another", "[::ffff:127.0.0.1]", []],
  ])("asks nobody at %s", async (_what, host, addresses) => {
    const before = asked.length;
    const guarded = { resolve: async () => addresses, privateHosts: new Set<string>() };

    expect((await failure(get("/ok", { host, deps: guarded }))).failure).toBe("address_refused");
    expect(asked.length).toBe(before);
  });

  test("asks once, also when a kept connection would have been reset", async () => {
    const requests: string[] = [];
    const sockets = new Set<Socket>();
    const listener = createServer((socket) => {
      sockets.add(socket);
      let served = 0;
      socket.on("error", () => {});
      socket.on("data", (data) => {
        requests.push(data.toString().split(" ")[1] ?? "");
        served += 1;
        if (served === 1 && requests.length === 1)
          socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        else socket.resetAndDestroy();
      });
    });
    const port = await new Promise<number>((resolve) =>
      listener.listen(0, "127.0.0.1", () => {
        const address = listener.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      }),
    );
    const once = async (path: string) => {
      const options = { source: "test", deadlineMs: 2000, bytesMax: 100, signal: never() };
      await using found = await fetchAnswer(`http://127.0.0.1:${port}${path}`, options, deps);
      for await (const _ of found.body);
    };

    await once("/first");
    const error = await failure(once("/second"));

    expect(error.failure).toBe("unreachable");
    expect(requests).toEqual(["/first", "/second"]);
    for (const socket of sockets) socket.destroy();
    listener.close();
  });

  test("never shows the URL, which carries the key", async () => {
    for (const path of ["/error", "/cut", "/moved/away", "/large"]) {
      expect(Bun.inspect(await failure(get(path)))).not.toContain(KEY);
    }
    const options = { source: "test", deadlineMs: 1000, bytesMax: 10, signal: never() };
    const gone = fetchAnswer(`http://127.0.0.1:1/?key=${KEY}`, options, deps);
    expect(Bun.inspect(await failure(gone))).not.toContain(KEY);
  });
});

describe("goalserveFeed", () => {
  test("asks for its sport with key and days, and reads the answer", async () => {
    const urlTemplate = `http://127.0.0.1:${server.port}/feed/{key}/getodds/{sport}?from={from}&to={to}`;
    const feed = goalserveFeed({ sport: "soccer", urlTemplate, key: () => "a/b" }, deps);

    const snapshot = await feed.poll({
      at: new Date("2025-03-01T23:30:00Z"),
      unfinished: async () => [],
      signal: never(),
    });

    expect(new URL(asked.at(-1)?.url ?? "").href).toEndWith(
      "/feed/a%2Fb/getodds/soccer?from=28.02.2025&to=02.03.2025",
    );
    expect(snapshot).toMatchObject({ source: "goalserve/soccer", counts: { events: 1, open: 3 } });
  });
});
