import { joinBytes } from "./stream_messages.ts";

/** Where a stream's bytes go. */
export interface StreamSink {
  /** @returns What settles when there is room again; `undefined` while there is. */
  write(bytes: Uint8Array): Promise<unknown> | undefined;
  /** Ends in order, after what was written. */
  end(): void;
  /** Lets the connection go after this long, whether or not its reader has taken what was written. */
  cutAfter(ms: number): void;
}

/** One reader of a stream: what it has not taken waits here, within a bound. */
export interface StreamClient {
  /** Greets: pieces of messages, which may be as long as they are, as that is what was asked for. They are shared, never copied, where they are long. */
  begin(pieces: readonly Uint8Array[]): void;
  send(bytes: Uint8Array): void;
  /** Writes if nothing waits: of no use to a reader who is behind. */
  beat(bytes: Uint8Array): void;
  /** Ends the stream: what waits is dropped, and these bytes are its last if they can be delivered. */
  leave(last: Uint8Array): void;
  /** The connection is gone: nothing is kept. */
  gone(): void;
  readonly isOpen: boolean;
  readonly queuedBytes: number;
  /** Since when nothing could be written, by the clock; `undefined` while it can. */
  readonly blockedSince: number | undefined;
}

export interface StreamClientOptions {
  /** What may wait for a reader behind what is left of its greeting. */
  readonly queueBytesMax: number;
}

export interface StreamClientDeps {
  readonly clock: { now(): number };
  /** More waits than may: the caller is to drop it. */
  readonly onOverflow: () => void;
}

/** Bun keeps what the socket does not take of one write, whatever its size: this bounds what that can be. */
const SLICE_BYTES = 64 * 1024;
/** A reader that does not take the farewell either. */
const FAREWELL_MS = 5000;

/** A reader behind a sink. */
export function createStreamClient(
  sink: StreamSink,
  { queueBytesMax }: StreamClientOptions,
  { clock, onOverflow }: StreamClientDeps,
): StreamClient {
  const queue: Uint8Array[] = [];
  /** Of the first in the queue, how much is written: not all if it is cut in the middle. */
  let written = 0;
  let queuedBytes = 0;
  /** Of what waits, what belongs to the greeting. */
  let greetingBytes = 0;
  /** What was written last is the middle of a message: nothing else can be said there, as it would be taken for the rest of it. */
  let isMidway = false;
  let blockedSince: number | undefined;
  let state: "open" | "leaving" | "closed" = "open";

  const empty = () => {
    queue.length = 0;
    queuedBytes = 0;
    greetingBytes = 0;
    written = 0;
    blockedSince = undefined;
  };
  const finish = () => {
    if (state !== "leaving") return;
    state = "closed";
    sink.end();
  };
  const resume = () => {
    blockedSince = undefined;
    if (state === "open") pump();
  };
  /** Writes what waits, a slice at a time, until the socket is full or nothing is left. */
  const pump = () => {
    for (let bytes = queue[0]; bytes !== undefined; bytes = queue[0]) {
      const slice = bytes.subarray(written, written + SLICE_BYTES);
      written += slice.byteLength;
      queuedBytes -= slice.byteLength;
      greetingBytes = Math.max(0, greetingBytes - slice.byteLength);
      if (written >= bytes.byteLength) {
        queue.shift();
        written = 0;
      }
      if (write(slice)) return;
    }
  };
  /** @returns Whether the socket has had enough. */
  const write = (bytes: Uint8Array): boolean => {
    isMidway = !endsMessage(bytes);
    return isBlockedBy(sink.write(bytes));
  };
  const isBlockedBy = (room: Promise<unknown> | undefined): boolean => {
    if (room === undefined) return false;
    blockedSince = clock.now();
    room.then(resume, () => undefined);
    return true;
  };
  const add = (bytes: Uint8Array) => {
    queue.push(bytes);
    queuedBytes += bytes.byteLength;
    if (blockedSince === undefined) pump();
  };
  return {
    begin(pieces) {
      const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
      greetingBytes = bytes;
      // What is short goes out in one write.
      for (const piece of bytes <= SLICE_BYTES ? [joinBytes(pieces)] : pieces) add(piece);
    },
    send(bytes) {
      if (state !== "open") return;
      // The common way: nothing waits, and one write takes all.
      if (blockedSince === undefined && queue.length === 0 && bytes.byteLength <= SLICE_BYTES) {
        write(bytes);
      } else if (queuedBytes - greetingBytes + bytes.byteLength > queueBytesMax) onOverflow();
      else add(bytes);
    },
    beat(bytes) {
      if (state === "open" && blockedSince === undefined) write(bytes);
    },
    leave(last) {
      if (state !== "open") return;
      empty();
      state = "leaving";
      sink.cutAfter(FAREWELL_MS);
      if (isMidway) return;
      const room = sink.write(last);
      if (room === undefined) finish();
      else room.then(finish, () => undefined);
    },
    gone() {
      state = "closed";
      empty();
    },
    get isOpen() {
      return state === "open";
    },
    get queuedBytes() {
      return queuedBytes;
    },
    get blockedSince() {
      return blockedSince;
    },
  };
}

const LINE_FEED = 0x0a;

/** A blank line ends a message, and is nowhere else (WHATWG HTML, 9.2.6). */
function endsMessage(bytes: Uint8Array): boolean {
  return bytes.at(-1) === LINE_FEED && bytes.at(-2) === LINE_FEED;
}
