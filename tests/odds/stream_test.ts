import { expect, test } from "bun:test";
import { Value } from "@sinclair/typebox/value";
import type { Odds } from "../../src/odds/contract.ts";
import { oddsSchemas, streamSchemas } from "../../src/odds/mod.ts";
import type { Stage, StageOptions } from "../app/stage.ts";
import { until } from "../flows/web_process.ts";
import { arrangeEvent, arrangeFeed, arrangePrices } from "./catalogue.ts";
import { at, NOON, openOdds, PUBLIC } from "./stage.ts";
import { inOrder, readStream, type ShownBoards, type StreamReading } from "./stream_reader.ts";

const STREAMS = { readersMax: 100, readersPerAddressMax: 100, lingerMs: 1000 };

interface Streaming extends AsyncDisposable {
  readonly stage: Stage;
  readonly events: readonly [string, string];
  open(query?: string, headers?: Record<string, string>, before?: ShownBoards): Promise<StreamReading>;
  /** Changes a price as a feed does, and lets the process hear of it. */
  price(
    eventId: string,
    outcome: string,
    price: readonly [number, number],
    suspended?: boolean,
  ): Promise<void>;
  get(eventId: string): Promise<Odds>;
}

/** Two events with prices, and an application whose changes are told by hand. */
async function openStreaming(options: StageOptions = {}): Promise<Streaming> {
  const ids: string[] = [];
  const stage = await openOdds(
    async (database) => {
      await arrangeFeed(database, new Date(NOON));
      for (const startsAt of [at(1), at(2)]) {
        const eventId = await arrangeEvent(database, { startsAt });
        await arrangePrices(database, eventId, [
          { outcome: "home", price: [81, 50] },
          { outcome: "draw", price: [21, 5] },
          { outcome: "over", price: [2, 1], marketType: "total", lineQuarters: 10 },
        ]);
        ids.push(eventId);
      }
    },
    { streams: STREAMS, ...options },
  );
  const [one = "", two = ""] = ids;
  return {
    stage,
    events: [one, two],
    open: (query = `events=${one},${two}`, headers = {}, before) =>
      readStream(`${stage.server.url}${PUBLIC}/odds/stream?${query}`, headers, before),
    async price(eventId, outcome, [numerator, denominator], suspended = false) {
      await stage.database.owner(
        "update prices set price_numerator = $3, price_denominator = $4, suspended = $5 where event_id = $1 and outcome = $2",
        [eventId, outcome, numerator, denominator, suspended],
      );
      tell(stage, eventId);
    },
    get: async (eventId) => (await stage.get(`${PUBLIC}/events/${eventId}/odds`)).json() as Promise<Odds>,
    [Symbol.asyncDispose]: () => stage[Symbol.asyncDispose](),
  };
}

function tell(stage: Stage, eventId: string): void {
  stage.app.catalogue.onOddsChanged(eventId);
  stage.app.streams.onOddsChanged(eventId);
}

const typesOf = (stream: StreamReading) => stream.events().map(({ type }) => type);
const outcomeOf = (odds: Odds | undefined, wanted: string) =>
  odds?.markets.flatMap(({ outcomes }) => outcomes).find(({ outcome }) => outcome === wanted);

test("GET odds/stream begins with a snapshot of each event, the very body of its GET", async () => {
  await using streaming = await openStreaming();
  const { events } = streaming;

  await using stream = await streaming.open();
  await until(() => stream.events().length === 2, 3000);

  expect(stream.response.status).toBe(200);
  expect(stream.response.headers.get("content-type")).toBe("text/event-stream");
  expect(stream.response.headers.get("cache-control")).toBe("no-store");
  expect(stream.response.headers.get("x-request-id")).not.toBeNull();
  expect(typesOf(stream)).toEqual(["snapshot", "snapshot"]);
  for (const [at, eventId] of events.entries()) {
    const body = await (await streaming.stage.get(`${PUBLIC}/events/${eventId}/odds`)).text();
    expect(stream.events()[at]?.data).toBe(body);
    expect(Value.Check(oddsSchemas.Odds, JSON.parse(body))).toBe(true);
  }
  expect(stream.told.find(({ kind }) => kind === "retry")).toMatchObject({ kind: "retry" });
});

test("GET odds/stream tells only what has changed, and leaves every reader with what a GET shows", async () => {
  await using streaming = await openStreaming();
  const { events, stage } = streaming;
  const [one] = events;
  await using both = await streaming.open();
  await using single = await streaming.open(`events=${one.toUpperCase()}`);
  await until(() => both.events().length === 2 && single.events().length === 1, 3000);

  await streaming.price(one, "home", [17, 10]);
  await until(() => both.events().length === 3 && single.events().length === 2, 3000);
  await stage.database.owner("delete from prices where event_id = $1 and outcome = 'over'", [one]);
  await arrangePrices(stage.database, one, [{ outcome: "away", price: [5, 1] }]);
  await streaming.price(one, "draw", [4, 1], true);
  await until(() => both.events().length === 4 && single.events().length === 3, 3000);

  const delta = JSON.parse(both.events()[2]?.data ?? "{}");
  expect(typesOf(both)).toEqual(["snapshot", "snapshot", "delta", "delta"]);
  expect(Value.Check(streamSchemas.StreamDelta, delta)).toBe(true);
  expect(delta).toMatchObject({ eventId: one, removed: [] });
  expect(delta.changed).toEqual([
    expect.objectContaining({
      marketType: "1x2",
      outcomes: [
        {
          outcome: "home",
          price: "1.70",
          fraction: { numerator: "17", denominator: "10" },
          suspended: false,
        },
      ],
    }),
  ]);
  expect(delta.event).toBeUndefined();
  for (const stream of [both, single])
    expect(inOrder(stream.shown.boards.get(one) as Odds)).toEqual(inOrder(await streaming.get(one)));
});

test("a stream goes on where it was by Last-Event-ID, and begins with snapshots for an id that says nothing here", async () => {
  await using streaming = await openStreaming();
  const [one, two] = streaming.events;
  const first = await streaming.open();
  await until(() => first.events().length === 2, 3000);
  await streaming.price(one, "home", [17, 10]);
  await until(() => first.events().length === 3, 3000);
  const resumeAt = first.lastId();
  first.close();
  await first.ended;
  await streaming.price(two, "home", [18, 10]);
  await streaming.price(one, "home", [19, 10]);
  // Until the hub has seen both: a reader of its own says so.
  await using witness = await streaming.open();
  await until(
    () =>
      outcomeOf(witness.shown.boards.get(one), "home")?.price === "1.90" &&
      outcomeOf(witness.shown.boards.get(two), "home")?.price === "1.80",
    3000,
  );

  await using resumed = await streaming.open(undefined, { "last-event-id": resumeAt }, first.shown);
  await using foreign = await streaming.open(undefined, { "last-event-id": `zzzzzzzz${resumeAt.slice(8)}` });
  await using garbage = await streaming.open(undefined, { "last-event-id": "'; drop table prices" });
  await until(() => resumed.events().length === 2 && foreign.events().length === 2, 3000);
  await until(() => garbage.events().length === 2, 3000);

  expect(typesOf(resumed)).toEqual(["delta", "delta"]);
  for (const eventId of [one, two])
    expect(inOrder(resumed.shown.boards.get(eventId) as Odds)).toEqual(inOrder(await streaming.get(eventId)));
  expect(typesOf(foreign)).toEqual(["snapshot", "snapshot"]);
  expect(typesOf(garbage)).toEqual(["snapshot", "snapshot"]);
  expect(streaming.stage.app.streams.stats().resumed).toBe(1);
});

test("a reader cut between its first snapshots begins anew, as the id it has says of the others nothing", async () => {
  await using streaming = await openStreaming();
  await using stream = await streaming.open();
  await until(() => stream.events().length === 2, 3000);
  const [firstId = ""] = stream.events().map(({ id }) => id);

  await using again = await streaming.open(undefined, { "last-event-id": firstId });
  await until(() => again.events().length === 2, 3000);

  expect(typesOf(again)).toEqual(["snapshot", "snapshot"]);
});

test("prices past their limit are told suspended by the clock, and open again when the source has answered", async () => {
  await using streaming = await openStreaming({ priceAgeMaxMs: 10_000 });
  const { events, stage } = streaming;
  const [one] = events;
  await using stream = await streaming.open(`events=${one}`);
  await until(() => stream.events().length === 1, 3000);

  await stage.postgres.set("refuse");
  stage.skip(10_500);
  await until(() => stream.shown.boards.get(one)?.expired === true, 3000);
  const expired = stream.shown.boards.get(one) as Odds;
  const shownByGet = await streaming.get(one);
  await stage.postgres.set("pass");
  await arrangeFeed(stage.database, new Date(NOON + 10_500));
  await until(() => stream.shown.boards.get(one)?.expired === false, 10_000);

  expect(expired.markets.flatMap(({ outcomes }) => outcomes.map(({ suspended }) => suspended))).toEqual([
    true,
    true,
    true,
  ]);
  expect(expired.ageSeconds).toBe(10);
  expect(inOrder(expired)).toEqual(inOrder(shownByGet));
  expect(outcomeOf(stream.shown.boards.get(one), "home")?.suspended).toBe(false);
  expect(stream.shown.boards.get(one)?.confirmedAt).toBe(new Date(NOON + 10_500).toISOString());
}, 20_000);

test("a stream stays while the database is gone and goes on by itself when it is back", async () => {
  await using streaming = await openStreaming();
  const { events, stage } = streaming;
  const [one] = events;
  await using stream = await streaming.open(`events=${one}`);
  await until(() => stream.events().length === 1, 3000);

  await stage.postgres.set("refuse");
  tell(stage, one);
  await Bun.sleep(300);
  await stage.database.owner(
    "update prices set price_numerator = 3 * price_denominator where event_id = $1",
    [one],
  );
  tell(stage, one);
  await stage.postgres.set("pass");
  await until(() => outcomeOf(stream.shown.boards.get(one), "home")?.price === "3.00", 15_000);

  expect(typesOf(stream)).toEqual(["snapshot", "delta"]);
}, 20_000);

test("GET odds/stream refuses what it cannot follow, in the words of the contract", async () => {
  await using streaming = await openStreaming();
  const [one, two] = streaming.events;
  const nobody = Bun.randomUUIDv7();
  const status = async (query: string, tenant = "acme") => {
    const response = await streaming.stage.get(`/${tenant}/api/public/odds/stream${query}`);
    const { code } = (await response.json()) as { code: string };
    return `${response.status} ${code}`;
  };

  expect(await status(`?events=${nobody}`)).toBe("404 event_not_found");
  expect(await status("")).toBe("422 request_invalid");
  expect(await status(`?events=${one}&competition=test:1`)).toBe("422 request_invalid");
  expect(await status("?events=1,2")).toBe("422 request_invalid");
  expect(await status(`?events=${Array.from({ length: 51 }, () => one).join()}`)).toBe("422 request_invalid");
  expect(await status(`?events=${one}`, "nobody")).toBe("404 tenant_not_found");
  expect(await status(`?events=${one}`, "gone")).toBe("404 tenant_suspended");
  await using partly = await streaming.open(`events=${nobody},${two}`);
  await until(() => partly.events().length === 2, 3000);
  expect(typesOf(partly)).toEqual(["removed", "snapshot"]);
});

test("a HEAD of odds/stream gives its headers and opens none", async () => {
  await using streaming = await openStreaming();
  const [one] = streaming.events;

  const response = await fetch(`${streaming.stage.server.url}${PUBLIC}/odds/stream?events=${one}`, {
    method: "HEAD",
  });

  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("text/event-stream");
  expect(streaming.stage.app.streams.stats().opened).toBe(0);
});

test("streams are limited by process and by address, each in its own words with Retry-After", async () => {
  await using streaming = await openStreaming({
    streams: { ...STREAMS, readersMax: 2, readersPerAddressMax: 2 },
  });
  await using few = await openStreaming({ streams: { ...STREAMS, readersPerAddressMax: 1 } });
  await using _one = await streaming.open();
  await using _two = await streaming.open();
  await using _only = await few.open();

  const full = await streaming.open();
  const many = await few.open();

  expect([full.response.status, full.response.headers.get("retry-after")]).toEqual([503, "3"]);
  expect(await full.response.json()).toMatchObject({ code: "streams_exhausted" });
  expect([many.response.status, many.response.headers.get("retry-after")]).toEqual([429, "10"]);
  expect(await many.response.json()).toMatchObject({ code: "too_many_streams" });
  expect(streaming.stage.app.streams.stats().refused).toMatchObject({ streams_exhausted: 1 });
  expect(few.stage.app.streams.stats().refused).toMatchObject({ too_many_streams: 1 });
});

test("a reader that leaves frees all it had: no reader, no byte, and after a while no event", async () => {
  await using streaming = await openStreaming({ streams: { ...STREAMS, lingerMs: 200 } });
  const { streams } = streaming.stage.app;
  const [one] = streaming.events;
  const stream = await streaming.open();
  await until(() => stream.events().length === 2, 3000);
  await streaming.price(one, "home", [17, 10]);
  await until(() => stream.events().length === 3, 3000);
  const open = streams.stats();

  stream.close();
  await stream.ended;
  await until(() => streams.stats().readers === 0, 3000);
  await until(() => streams.stats().events === 0, 5000);

  expect(open).toMatchObject({ readers: 1, events: 2 });
  expect(open.replayBytes).toBeGreaterThan(0);
  expect(streams.stats()).toMatchObject({ readers: 0, events: 0, queuedBytes: 0, replayBytes: 0 });
}, 15_000);

test("readers are sent away in order when the process drains, and the connection ends with the stream", async () => {
  let draining = false;
  await using streaming = await openStreaming({ isDraining: () => draining });
  await using stream = await streaming.open();
  await until(() => stream.events().length === 2, 3000);

  draining = true;
  await stream.ended;
  await using again = await streaming.open(undefined, { "last-event-id": stream.lastId() });
  await until(() => again.response.status === 200, 3000);
  streaming.stage.app.streams[Symbol.dispose]();
  await again.ended;
  const late = await streaming.open();

  expect(stream.events().at(-1)).toMatchObject({ type: "dropped", data: '{"reason":"stopping"}' });
  expect(Value.Check(streamSchemas.StreamDropped, JSON.parse(stream.events().at(-1)?.data ?? ""))).toBe(true);
  expect(again.events().at(-1)?.type).toBe("dropped");
  expect(late.response.status).toBe(503);
  expect(streaming.stage.app.streams.stats()).toMatchObject({ readers: 0, dropped: { stopping: 2 } });
}, 15_000);

test("every reader hears a heartbeat, whatever else it hears", async () => {
  await using streaming = await openStreaming({ streams: { ...STREAMS, heartbeatMs: 500 } });
  await using stream = await streaming.open();

  await until(() => stream.told.filter(({ kind }) => kind === "comment").length >= 3, 5000);

  expect(typesOf(stream)).toEqual(["snapshot", "snapshot"]);
});

test("a stream of a competition follows events that come later", async () => {
  await using streaming = await openStreaming();
  const { stage } = streaming;
  await using stream = await streaming.open("competition=test:1");
  await until(() => stream.events().length === 2, 3000);

  const later = await arrangeEvent(stage.database, { startsAt: at(3) });
  stage.skip(11_000);
  await until(() => stream.events().length === 3, 5000);

  expect(typesOf(stream)).toEqual(["snapshot", "snapshot", "snapshot"]);
  expect(JSON.parse(stream.events()[2]?.data ?? "{}").event.eventId).toBe(later);
}, 15_000);
