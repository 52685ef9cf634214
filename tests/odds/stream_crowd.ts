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
  const readers: { readonly eventId: string; state: State | undefined }[] = [];
  const sockets: Socket[] = [];
  const next = createSharedStates();
  const readings = new WeakMap<State, Reading>();
  let begun = 0;
  let lost = 0;
  let closed = false;
  /** Follows the event until it is told of it: a server that has too much to do says when to come again. */
  const come = async (reader: (typeof readers)[number]): Promise<void> => {
    const parse = createEventParser((told) => {
      if (told.kind !== "event") return;
      const state = next(reader.state, told);
      if (reader.state === undefined) begun += 1;
      reader.state = state;
      if (state.tick !== undefined) ticks.push(state.tick);
    });
    let refused = false;
    let ticks: number[] = [];
    const body = createDechunker(parse, (status) => {
      refused = status !== 200;
      if (refused) void Bun.sleep(COME_AGAIN_MS).then(() => (closed ? undefined : come(reader)));
    });
    /** What these bytes lead to, which another may have worked out who showed the same. */
    const take = (bytes: Buffer) => {
      const { state: before } = reader;
      const isShared = before !== undefined && body.isBetween();
      const known = isShared ? readings.get(before) : undefined;
      if (known?.bytes.equals(bytes)) return known;
      ticks = [];
      body.take(bytes.toString("latin1"));
      const reading = { bytes: Buffer.from(bytes), state: reader.state, ticks };
      if (isShared && body.isBetween()) readings.set(before, reading);
      return reading;
    };
    const head = `GET ${path(reader.eventId)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    const socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        open: (opened) => void opened.write(head),
        data(from, bytes) {
          const at = now();
          const reading = take(bytes);
          reader.state = reading.state;
          for (const tick of reading.ticks) heard.push({ tick, at });
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
    const reader = { eventId, state: undefined };
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
    shown: () => readers.map(({ eventId, state }) => ({ eventId, odds: oddsOf(state) })),
    [Symbol.dispose]() {
      closed = true;
      for (const socket of sockets) socket.terminate();
    },
  };
}

/** What a reader was told so far: the board is worked out when it is asked for, not while time is taken. */
interface State {
  before: State | undefined;
  readonly told: { readonly type: string; readonly data: string };
  /** The newest tick that the last message brought. */
  readonly tick: number | undefined;
  odds: Odds | undefined;
}

/** What follows from a state and the bytes that came next, if whole messages end with them. */
interface Reading {
  readonly bytes: Buffer;
  readonly state: State | undefined;
  readonly ticks: readonly number[];
}

/** What follows from a state and a message, made once for all readers to whom both are the same. */
function createSharedStates() {
  const nothing = {};
  const states = new WeakMap<object, Map<string, State>>();
  return (before: State | undefined, { data, type }: State["told"]): State => {
    const known = states.get(before ?? nothing) ?? new Map<string, State>();
    states.set(before ?? nothing, known);
    const key = type + data;
    const parsed = known.has(key) ? undefined : JSON.parse(data);
    const markets: Odds["markets"] = (type === "snapshot" ? parsed?.markets : parsed?.changed) ?? [];
    // The first snapshot brings what was before: nothing that it could be late with.
    const tick = before === undefined ? undefined : tickOf(markets);
    const state = known.get(key) ?? { before, told: { type, data }, tick, odds: undefined };
    // One message follows a state, seldom another.
    if (known.size > 4) known.clear();
    known.set(key, state);
    return state;
  };
}

/** The board after all messages up to this one. */
function oddsOf(last: State | undefined): Odds | undefined {
  const chain: State[] = [];
  for (let at = last; at !== undefined && at.odds === undefined; at = at.before) chain.push(at);
  for (const state of chain.reverse()) {
    const { type, data } = state.told;
    const before = state.before?.odds;
    if (type === "snapshot") state.odds = JSON.parse(data);
    else if (type === "delta" && before !== undefined) state.odds = applyDelta(before, JSON.parse(data));
    state.before = undefined;
  }
  return last?.odds;
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
): { take(text: string): void; isBetween(): boolean } {
  let rest = "";
  let left = 0;
  let state: "head" | "size" | "data" | "end" = "head";
  let isMessageOver = false;
  const take = (text: string): void => {
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
        isMessageOver = part.endsWith("\n\n");
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
  return { take, isBetween: () => state === "size" && rest === "" && isMessageOver };
}
