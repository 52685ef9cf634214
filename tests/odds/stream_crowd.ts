import type { Socket } from "bun";
import type { Odds } from "../../src/odds/contract.ts";
import { applyDelta, createEventParser } from "./stream_reader.ts";

/** Many readers over raw sockets, each following one event. */
export interface Crowd extends Disposable {
  /** How many have had their first snapshot. */
  readonly begun: number;
  /** How many have lost their connection. */
  readonly lost: number;
  /** Each message that brought a price of a tick: which, and when it was here, in milliseconds since 1970. */
  readonly heard: readonly { readonly tick: number; readonly at: number }[];
  /** What each reader shows, by the event it follows. */
  shown(): readonly { readonly eventId: string; readonly odds: Odds | undefined }[];
}

export interface CrowdOptions {
  readonly port: number;
  readonly path: (eventId: string) => string;
  /** Whom each reader follows. */
  readonly eventIds: readonly string[];
  /** Between two connections, in milliseconds. */
  readonly paceMs?: number;
}

const COME_AGAIN_MS = 500;

/** In which price a tick is written: 10.00 and so many hundredths. */
export const TICK_BASE = 1000n;

/**
 * Opens the readers, one after the other.
 *
 * Readers that show the same and are told the same share the result, so that a crowd costs the machine little beside what it measures.
 */
export async function openCrowd(
  { eventIds, paceMs = 1, path, port }: CrowdOptions,
  { now }: { readonly now: () => number },
): Promise<Crowd> {
  const heard: { tick: number; at: number }[] = [];
  const readers: { eventId: string; odds: Odds | undefined }[] = [];
  const sockets: Socket[] = [];
  const next = createSharedSteps();
  let begun = 0;
  let lost = 0;
  let closed = false;
  /** Follows the event until it is told of it: a server that has too much to do says when to come again. */
  const come = async (reader: (typeof readers)[number]): Promise<void> => {
    const parse = createEventParser((told) => {
      if (told.kind !== "event") return;
      const step = next(reader.odds, told);
      if (reader.odds === undefined && step.odds !== undefined) begun += 1;
      reader.odds = step.odds;
      if (step.tick !== undefined) heard.push({ tick: step.tick, at: now() });
    });
    let refused = false;
    const take = createDechunker(parse, (status) => {
      refused = status !== 200;
      if (refused) void Bun.sleep(COME_AGAIN_MS).then(() => (closed ? undefined : come(reader)));
    });
    const head = `GET ${path(reader.eventId)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    const socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        open: (opened) => void opened.write(head),
        data(from, bytes) {
          take(bytes.toString("latin1"));
          if (refused) from.terminate();
        },
        close: () => {
          if (!refused && !closed) lost += 1;
        },
        error: () => undefined,
      },
    });
    sockets.push(socket);
  };
  for (const eventId of eventIds) {
    const reader = { eventId, odds: undefined };
    readers.push(reader);
    await come(reader);
    if (paceMs > 0 && readers.length % 10 === 0) await Bun.sleep(paceMs * 10);
  }
  return {
    get begun() {
      return begun;
    },
    get lost() {
      return lost;
    },
    heard,
    shown: () => readers,
    [Symbol.dispose]() {
      closed = true;
      for (const socket of sockets) socket.terminate();
    },
  };
}

interface Step {
  readonly odds: Odds | undefined;
  readonly tick: number | undefined;
}

/** What follows from a board and a message, worked out once for all readers to whom both are the same. */
function createSharedSteps() {
  const nothing = {};
  const steps = new WeakMap<object, Map<string, Step>>();
  return (before: Odds | undefined, { data, type }: { type: string; data: string }): Step => {
    const known = steps.get(before ?? nothing) ?? new Map<string, Step>();
    steps.set(before ?? nothing, known);
    const key = type + data;
    const step = known.get(key) ?? stepOf(before, { type, data });
    // One message follows a board, seldom another.
    if (known.size > 4) known.clear();
    known.set(key, step);
    return step;
  };
}

function stepOf(before: Odds | undefined, { data, type }: { type: string; data: string }): Step {
  const parsed = JSON.parse(data);
  if (type === "snapshot")
    return { odds: parsed, tick: before === undefined ? undefined : tickOf(parsed.markets) };
  if (type === "delta" && before !== undefined)
    return { odds: applyDelta(before, parsed), tick: tickOf(parsed.changed) };
  return { odds: undefined, tick: undefined };
}

/** The newest tick among these prices. */
function tickOf(markets: Odds["markets"]): number | undefined {
  let newest = -1;
  for (const { outcomes } of markets)
    for (const { price } of outcomes)
      newest = Math.max(newest, Math.round(Number(price) * 100) - Number(TICK_BASE));
  return newest > 0 ? newest : undefined;
}

/** The body of a chunked answer (RFC 9112, 7.1), of bytes that are all ASCII. */
function createDechunker(
  give: (text: string) => void,
  begin: (status: number) => void,
): (text: string) => void {
  let rest = "";
  let left = 0;
  let state: "head" | "size" | "data" | "end" = "head";
  return (text) => {
    rest += text;
    for (;;) {
      if (state === "head") {
        const end = rest.indexOf("\r\n\r\n");
        if (end < 0) return;
        const status = Number(rest.slice(9, 12));
        begin(status);
        if (status !== 200) return;
        rest = rest.slice(end + 4);
        state = "size";
      } else if (state === "size") {
        const end = rest.indexOf("\r\n");
        if (end < 0) return;
        left = Number.parseInt(rest.slice(0, end), 16);
        rest = rest.slice(end + 2);
        state = left === 0 ? "end" : "data";
      } else if (state === "data") {
        if (rest.length === 0) return;
        const part = rest.slice(0, left);
        rest = rest.slice(part.length);
        left -= part.length;
        give(part);
        if (left > 0) return;
        state = "end";
      } else {
        if (rest.length < 2) return;
        rest = rest.slice(2);
        state = "size";
      }
    }
  };
}
