import { expect, test } from "bun:test";
import { connect } from "node:net";
import type { Stage, StageOptions } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { startWeb, until } from "../flows/web_process.ts";
import { openDatabase } from "../harness/mod.ts";
import { openOdds, PUBLIC } from "./stage.ts";
import { arrangeMarket, type Market, type Sql } from "./stream_market.ts";
import { readStream } from "./stream_reader.ts";

const MIB = 2 ** 20;
/** Their snapshots are more than the two ends of a connection take by themselves, and each tick changes a third of one of them. */
const LARGE = { events: 5, pricesPerEvent: 9000, eventsPerTick: 1, pricesPerTick: 3000, tickMs: 50 };
const STREAMS = { readersMax: 10, readersPerAddressMax: 10 };

/** Asks, and never reads. */
function openSilentReader(url: string): Disposable {
  const { hostname, pathname, port, search } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.on("error", () => undefined);
  socket.pause();
  socket.write(`GET ${pathname}${search} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
  return { [Symbol.dispose]: () => void socket.destroy() };
}

interface Stalled extends AsyncDisposable {
  readonly stage: Stage;
  readonly market: Market;
  /** Changes prices so often, and lets the process hear of each. */
  change(ticks: number): Promise<void>;
}

/** An application with one reader, which takes nothing. */
async function openStalled(streams: Partial<NonNullable<StageOptions["streams"]>>): Promise<Stalled> {
  const scope = new AsyncDisposableStack();
  let market: Market | undefined;
  const stage = scope.use(
    await openOdds(
      async (database) => {
        market = await arrangeMarket(LARGE, { sql: database.owner as Sql, now: Date.now });
      },
      { streams: { ...STREAMS, ...streams } },
    ),
  );
  if (market === undefined) throw new RangeError("Nothing was arranged");
  const { eventIds, run } = market;
  scope.use(openSilentReader(`${stage.server.url}${PUBLIC}/odds/stream?events=${eventIds.join()}`));
  await until(() => stage.app.streams.stats().queuedBytes > 0, 10_000);
  return {
    stage,
    market,
    async change(ticks) {
      for (let tick = 0; tick < ticks; tick += 1) {
        const { messages } = stage.app.streams.stats().told;
        await run(1);
        for (const eventId of eventIds) {
          stage.app.catalogue.onOddsChanged(eventId);
          stage.app.streams.onOddsChanged(eventId);
        }
        await until(() => stage.app.streams.stats().told.messages > messages, 10_000);
      }
    },
    [Symbol.asyncDispose]: () => scope.disposeAsync(),
  };
}

test("a reader for whom more waits than may, beyond its first messages, is dropped as a slow one and frees all it held", async () => {
  await using stalled = await openStalled({ queueBytesMax: MIB, stallMs: Number.POSITIVE_INFINITY });
  const { streams } = stalled.stage.app;
  const greeting = streams.stats().queuedBytes;

  await stalled.change(1);
  const after = structuredClone(streams.stats());
  await stalled.change(2);

  expect(after).toMatchObject({ readers: 1, dropped: { slow_reader: 0 } });
  expect(after.queuedBytes - greeting).toBeWithin(1, MIB + 1);
  expect(streams.stats()).toMatchObject({
    readers: 0,
    queuedBytes: 0,
    dropped: { slow_reader: 1, stopping: 0 },
  });
}, 30_000);

test("a reader that takes nothing for too long is dropped as a slow one, however little waits for it", async () => {
  await using stalled = await openStalled({ queueBytesMax: Number.POSITIVE_INFINITY });
  const { stage } = stalled;
  const { streams } = stage.app;

  stage.skip(6000);
  await Bun.sleep(1500);
  const before = structuredClone(streams.stats());
  stage.skip(4000);
  await until(() => streams.stats().readers === 0, 5000);

  expect(before).toMatchObject({ readers: 1, dropped: { slow_reader: 0 } });
  expect(streams.stats()).toMatchObject({ queuedBytes: 0, dropped: { slow_reader: 1 } });
}, 30_000);

test("without both limits such a reader stays, and what waits for it only grows", async () => {
  const never = Number.POSITIVE_INFINITY;
  await using stalled = await openStalled({ queueBytesMax: never, stallMs: never });
  const { stage } = stalled;
  const { streams } = stage.app;
  const greeting = streams.stats().queuedBytes;

  stage.skip(60_000);
  await stalled.change(4);

  expect(streams.stats()).toMatchObject({ readers: 1, dropped: { slow_reader: 0 } });
  expect(streams.stats().queuedBytes - greeting).toBeGreaterThan(600 * 1024);
}, 30_000);

test("a web process drops whoever never reads, says so in its metrics, and keeps telling the others", async () => {
  await using database = await openDatabase();
  await arrangeTenant(database, { slug: "acme" });
  const market = await arrangeMarket(LARGE, { sql: database.owner as Sql, now: Date.now });
  await using web = await startWeb({ DATABASE_URL: database.url, LISTEN_DATABASE_URL: database.url });
  await web.listening();
  const url = `${web.url}/acme/api/public/odds/stream?events=`;
  const [moving = ""] = market.eventIds;
  const metric = async (series: string) => {
    const text = await (await fetch(`${web.opsUrl}/metrics`)).text();
    const line = text.split("\n").find((each) => each.startsWith(`${series} `));
    return Number(line?.slice(series.length + 1) ?? Number.NaN);
  };
  await using reader = await readStream(url + moving, {});
  await until(() => reader.shown.boards.size === 1, 10_000);
  using _silent = openSilentReader(url + market.eventIds.join());
  await until(async () => (await metric("linehold_stream_queued_bytes")) > 0, 10_000);

  const slow = 'linehold_stream_dropped_total{reason="slow_reader"}';
  const before = await metric(slow);
  let most = 0;
  for (const end = performance.now() + 30_000; (await metric(slow)) === 0 && performance.now() < end; ) {
    await market.run(100);
    most = Math.max(most, await metric("linehold_stream_queued_bytes"));
  }
  await until(
    async () =>
      (await market.differences([{ eventId: moving, odds: reader.shown.boards.get(moving) }])) === 0,
    10_000,
  );

  expect([before, await metric(slow)]).toEqual([0, 1]);
  expect(await metric("linehold_streams")).toBe(1);
  expect(await metric("linehold_stream_queued_bytes")).toBe(0);
  // Its five snapshots, less what the connection took, and a mebibyte.
  expect(most).toBeLessThan(5 * 9000 * 160 + MIB);
  expect(reader.events().every(({ type }) => type !== "dropped")).toBeTrue();
}, 60_000);
