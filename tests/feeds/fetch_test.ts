import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { FeedUnreachableError, FeedUnreadableError, fetchJson, goalserveFeed } from "../../src/feeds/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { board, match, WINNER } from "./_board.ts";

const KEY = "k-very-secret";
const MEGABYTE = 1024 * 1024;
const asked: string[] = [];
let followed = 0;
let server: ReturnType<typeof Bun.serve>;

beforeAll(() => {
  server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 5,
    fetch(request) {
      const { pathname, search } = new URL(request.url);
      asked.push(pathname + search);
      return answer(pathname);
    },
  });
});
afterAll(() => server.stop(true));

function answer(path: string): Response | Promise<Response> {
  if (path === "/ok") return Response.json({ fine: true });
  if (path === "/text") return new Response("<html>busy</html>");
  if (path === "/error") return Response.json({ fine: true }, { status: 503 });
  if (path === "/moved") return new Response(null, { status: 302, headers: { location: "/secret" } });
  if (path === "/secret") followed += 1;
  if (path === "/silent") return new Promise(() => {});
  if (path === "/drip") return new Response(drip());
  if (path === "/large") return new Response(`"${"x".repeat(2 * MEGABYTE)}"`);
  if (path === "/bomb") {
    const bytes = Bun.gzipSync(new Uint8Array(32 * MEGABYTE).fill(0x20));
    return new Response(bytes, { headers: { "content-encoding": "gzip" } });
  }
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

function get(
  path: string,
  over: { deadlineMs?: number; bytesMax?: number; signal?: AbortSignal } = {},
): Promise<unknown> {
  const { deadlineMs = 2000, bytesMax = MEGABYTE, signal = new AbortController().signal } = over;
  const options = { source: "test", deadlineMs, bytesMax, signal };
  return fetchJson(`http://127.0.0.1:${server.port}${path}?key=${KEY}`, options, {
    fetch,
    clock: systemClock,
  });
}

async function failure(pending: Promise<unknown>): Promise<Error> {
  const error = await pending.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof Error)) throw new TypeError("it did not fail");
  return error;
}

describe("fetchJson", () => {
  test("gives the document", async () => {
    expect(await get("/ok")).toEqual({ fine: true });
  });

  test.each(["/error", "/moved", "/nothing"])("refuses what is not 200: %s", async (path) => {
    expect(await failure(get(path))).toBeInstanceOf(FeedUnreachableError);
    expect(followed).toBe(0);
  });

  test("refuses what is no JSON", async () => {
    expect(await failure(get("/text"))).toBeInstanceOf(FeedUnreadableError);
  });

  test.each(["/silent", "/drip"])("leaves %s at its deadline", async (path) => {
    const startedAt = performance.now();

    const error = await failure(get(path, { deadlineMs: 150 }));

    expect(error).toBeInstanceOf(FeedUnreachableError);
    expect(error.message).toContain("150 ms");
    expect(performance.now() - startedAt).toBeLessThan(1500);
  });

  test.each(["/large", "/bomb"])("stops at the cap on bytes after decompression: %s", async (path) => {
    const error = await failure(get(path));

    expect(error).toBeInstanceOf(FeedUnreachableError);
    expect(error.message).toContain(`${MEGABYTE} bytes`);
  });

  test("ends with the caller's reason when the caller gives up", async () => {
    const stop = new AbortController();
    const pending = failure(get("/silent", { signal: stop.signal }));
    await Bun.sleep(20);
    stop.abort(new RangeError("stopping"));

    expect((await pending).message).toBe("stopping");
  });

  test("never shows the URL, which carries the key", async () => {
    for (const path of ["/error", "/text", "/moved"]) {
      expect(Bun.inspect(await failure(get(path)))).not.toContain(KEY);
    }
    const gone = fetchJson(`http://127.0.0.1:1/?key=${KEY}`, options(), { fetch, clock: systemClock });
    expect((await failure(gone)).message).not.toContain(KEY);

    function options() {
      return { source: "test", deadlineMs: 1000, bytesMax: 10, signal: new AbortController().signal };
    }
  });
});

describe("goalserveFeed", () => {
  test("asks for its sport with key and days, and reads the answer", async () => {
    const urlTemplate = `http://127.0.0.1:${server.port}/feed/{key}/getodds/{sport}?from={from}&to={to}`;
    const feed = goalserveFeed(
      { sport: "soccer", urlTemplate, key: () => "a/b" },
      { fetch, clock: systemClock },
    );

    const snapshot = await feed.poll({
      at: new Date("2025-03-01T23:30:00Z"),
      unfinished: async () => [],
      signal: new AbortController().signal,
    });

    expect(asked.at(-1)).toBe("/feed/a%2Fb/getodds/soccer?from=28.02.2025&to=02.03.2025");
    expect(snapshot).toMatchObject({ source: "goalserve/soccer", counts: { events: 1, open: 3 } });
  });
});
