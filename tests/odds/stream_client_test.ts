import { expect, test } from "bun:test";
import { createStreamClient, type StreamSink } from "../../src/odds/stream_client.ts";

/** A socket that takes so many bytes and then no more until there is room again. */
function openSink(roomBytes: number) {
  let room = roomBytes;
  let waiting: { promise: Promise<unknown>; resolve: (value?: unknown) => void } | undefined;
  const state = { taken: [] as Uint8Array[], ended: false, cutAfterMs: undefined as number | undefined };
  const sink: StreamSink = {
    write(bytes) {
      state.taken.push(bytes);
      room -= bytes.byteLength;
      if (room > 0) return undefined;
      waiting = Promise.withResolvers();
      return waiting.promise;
    },
    end: () => {
      state.ended = true;
    },
    cutAfter: (ms) => {
      state.cutAfterMs = ms;
    },
  };
  const makeRoom = async (bytes: number) => {
    room = bytes;
    waiting?.resolve();
    await Promise.resolve();
    await Promise.resolve();
  };
  const text = () => Buffer.concat(state.taken).toString();
  return Object.assign(state, { sink, makeRoom, text });
}

const bytes = (length: number, fill = "a") => Buffer.from(fill.repeat(length));

function openClient(room: number, queueBytesMax: number) {
  const socket = openSink(room);
  let overflows = 0;
  let now = 0;
  const client = createStreamClient(
    socket.sink,
    { queueBytesMax },
    { clock: { now: () => now }, onOverflow: () => (overflows += 1) },
  );
  return { client, socket, overflows: () => overflows, at: (ms: number) => (now = ms) };
}

test("a client writes through while there is room, and keeps what there is none for, in order", async () => {
  const { client, socket } = openClient(10, 1000);

  client.send(bytes(4, "a"));
  client.send(bytes(6, "b"));
  client.send(bytes(3, "c"));
  client.send(bytes(3, "d"));
  const waiting = { text: socket.text(), queued: client.queuedBytes };
  await socket.makeRoom(100);

  expect(waiting).toEqual({ text: "aaaabbbbbb", queued: 6 });
  expect(socket.text()).toBe("aaaabbbbbbcccddd");
  expect(client.queuedBytes).toBe(0);
});

test("a client asks to be dropped when more would wait than may, and keeps nothing of it", () => {
  const { client, overflows } = openClient(1, 10);

  client.send(bytes(2));
  client.send(bytes(6));
  client.send(bytes(4));
  const full = { overflows: overflows(), queued: client.queuedBytes };
  client.send(bytes(1));

  expect(full).toEqual({ overflows: 0, queued: 10 });
  expect(overflows()).toBe(1);
  expect(client.queuedBytes).toBe(10);
});

test("the first batch may be longer than what may wait, and goes out in pieces", async () => {
  const { client, overflows, socket } = openClient(64 * 1024, 10);

  client.begin([bytes(150_000), bytes(50_000)]);
  const first = socket.taken.length;
  client.send(bytes(10));
  // Much of the greeting is gone, and that makes no room for anything else.
  client.send(bytes(1));
  await socket.makeRoom(1_000_000);

  expect(first).toBe(1);
  expect(Math.max(...socket.taken.map(({ byteLength }) => byteLength))).toBe(64 * 1024);
  expect(overflows()).toBe(1);
  expect(socket.text().length).toBe(200_010);
});

test("a client that leaves between messages says so and ends when that is taken", async () => {
  const { client, socket } = openClient(5, 100);

  client.send(Buffer.from("aaa\n\n"));
  client.send(Buffer.from("bbb\n\n"));
  client.leave(Buffer.from("bye"));
  client.send(bytes(3, "c"));
  const before = socket.ended;
  await socket.makeRoom(100);

  expect(socket.text()).toBe("aaa\n\nbye");
  expect(socket.cutAfterMs).toBe(5000);
  expect([before, socket.ended]).toEqual([false, true]);
  expect(client.queuedBytes).toBe(0);
});

test("a client that leaves in the middle of a message says nothing more", () => {
  const { client, socket } = openClient(64 * 1024, 100);

  client.begin([bytes(100_000)]);
  client.leave(Buffer.from("bye"));

  expect(socket.text()).not.toContain("bye");
  expect(socket.cutAfterMs).toBe(5000);
});

test("a client that leaves between the id of a message and the rest of it says nothing more", () => {
  const { client, socket } = openClient(64 * 1024 + 6, 100);

  client.begin([bytes(64 * 1024), Buffer.from("id: 7\n"), Buffer.from("data: 7\n\n")]);
  client.leave(Buffer.from("bye"));

  expect(socket.text()).toEndWith("aid: 7\n");
  expect(socket.ended).toBeFalse();
});

test("a short greeting is one write, and a long one is written as it is, without a copy", () => {
  const short = openClient(1000, 10);
  const long = openClient(1_000_000, 10);
  const pieces = [bytes(40_000), bytes(40_000)];

  short.client.begin([bytes(4, "a"), bytes(6, "b")]);
  long.client.begin(pieces);

  expect(short.socket.taken.map(({ byteLength }) => byteLength)).toEqual([10]);
  expect(long.socket.taken.map(({ buffer }) => buffer)).toEqual(pieces.map(({ buffer }) => buffer));
});

test("a client tells since when it is blocked, is sent no heartbeat then, and nothing once it is gone", async () => {
  const { at, client, socket } = openClient(5, 100);
  client.beat(bytes(1, "."));
  at(7);
  client.send(bytes(5, "a"));
  const since = client.blockedSince;

  client.beat(bytes(1, "."));
  await socket.makeRoom(100);
  const after = client.blockedSince;
  client.gone();
  client.send(bytes(1, "b"));

  expect(since).toBe(7);
  expect(after).toBeUndefined();
  expect(socket.text()).toBe(".aaaaa");
});
