import type { MarketView, Odds } from "../../src/odds/contract.ts";
import type { StreamDelta } from "../../src/odds/stream_contract.ts";

/** One server-sent event, as a browser would dispatch it; or what a browser takes note of. */
export type Told =
  | { readonly kind: "event"; readonly type: string; readonly id: string; readonly data: string }
  | { readonly kind: "comment" }
  | { readonly kind: "retry"; readonly ms: number };

/** A parser of event streams (WHATWG HTML, 9.2.6), for text in whatever pieces it comes. */
export function createEventParser(tell: (told: Told) => void): (text: string) => void {
  let rest = "";
  let type = "";
  let data: string[] = [];
  let id = "";
  const field = (line: string) => {
    if (line.startsWith(":")) return tell({ kind: "comment" });
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(line[colon + 1] === " " ? colon + 2 : colon + 1);
    if (name === "event") type = value;
    else if (name === "data") data.push(value);
    else if (name === "id") id = value;
    else if (name === "retry") tell({ kind: "retry", ms: Number(value) });
  };
  const dispatch = () => {
    if (data.length > 0) tell({ kind: "event", type: type || "message", id, data: data.join("\n") });
    type = "";
    data = [];
  };
  return (text) => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") dispatch();
      else field(line);
    }
  };
}

/** What a reader of a stream shows: each event's board, kept up by what it was told. */
export interface ShownBoards {
  readonly boards: ReadonlyMap<string, Odds>;
  /** @throws {RangeError} For a delta of an event of which there was no snapshot. */
  apply(told: Pick<Extract<Told, { kind: "event" }>, "type" | "data">): void;
}

/** Nothing shown, or what was shown when an earlier stream broke off. */
export function createShownBoards(before?: ShownBoards): ShownBoards {
  const boards = new Map<string, Odds>(before?.boards);
  return {
    boards,
    apply({ data, type }) {
      const parsed = JSON.parse(data);
      if (type === "snapshot") boards.set(parsed.event.eventId, parsed);
      else if (type === "removed") boards.delete(parsed.eventId);
      else if (type === "delta") {
        const before = boards.get(parsed.eventId);
        if (before === undefined) throw new RangeError("Cannot apply the delta as there was no snapshot");
        boards.set(parsed.eventId, applyDelta(before, parsed));
      }
    },
  };
}

/** The board after a delta. */
export function applyDelta(board: Odds, { changed, eventId: _, removed, ...head }: StreamDelta): Odds {
  const markets = new Map(board.markets.map((market) => [keyOf(market), market]));
  for (const gone of removed) {
    const market = markets.get(keyOf(gone));
    const outcomes = market?.outcomes.filter(({ outcome }) => !gone.outcomes.includes(outcome)) ?? [];
    if (market !== undefined && outcomes.length > 0) markets.set(keyOf(gone), { ...market, outcomes });
    else markets.delete(keyOf(gone));
  }
  for (const market of changed) {
    const known = markets.get(keyOf(market))?.outcomes ?? [];
    const kept = known.filter(({ outcome }) => !market.outcomes.some((now) => now.outcome === outcome));
    markets.set(keyOf(market), { ...market, outcomes: [...kept, ...market.outcomes] });
  }
  return { ...board, ...head, markets: [...markets.values()] };
}

/** The same board with its markets and outcomes in an order of their own, so that two that show the same are equal. */
export function inOrder<B extends Pick<Odds, "markets">>(board: B): B {
  const byText =
    <T>(text: (value: T) => string) =>
    (one: T, other: T) =>
      text(one) < text(other) ? -1 : 1;
  const markets = board.markets.map((market) => ({
    ...market,
    outcomes: market.outcomes.toSorted(byText(({ outcome }) => outcome)),
  }));
  return { ...board, markets: markets.sort(byText(keyOf)) };
}

function keyOf({
  book,
  label,
  lineQuarters,
  marketType,
  period,
}: Pick<MarketView, "book" | "label" | "lineQuarters" | "marketType" | "period">): string {
  return JSON.stringify([book, marketType, period, label, lineQuarters]);
}

/** A stream as a test reads it. */
export interface StreamReading extends AsyncDisposable {
  readonly response: Response;
  readonly told: readonly Told[];
  /** The events among them. */
  events(): readonly Extract<Told, { kind: "event" }>[];
  readonly shown: ShownBoards;
  readonly lastId: () => string;
  /** Resolves when the stream has ended. */
  readonly ended: Promise<void>;
  close(): void;
}

/** Opens a stream and reads it until it ends or is closed. */
export async function readStream(
  url: string,
  headers: Readonly<Record<string, string>> = {},
  before?: ShownBoards,
): Promise<StreamReading> {
  const stop = new AbortController();
  const response = await fetch(url, { headers, signal: stop.signal });
  const told: Told[] = [];
  const shown = createShownBoards(before);
  let last = "";
  const parse = createEventParser((each) => {
    told.push(each);
    if (each.kind !== "event") return;
    last = each.id;
    shown.apply(each);
  });
  const isStream = response.headers.get("content-type") === "text/event-stream";
  const ended = isStream && response.body !== null ? readAll(response.body, parse) : Promise.resolve();
  return {
    response,
    told,
    events: () => told.filter((each) => each.kind === "event"),
    shown,
    lastId: () => last,
    ended,
    close: () => stop.abort(),
    async [Symbol.asyncDispose]() {
      stop.abort();
      await ended;
    },
  };
}

async function readAll(body: ReadableStream<Uint8Array>, parse: (text: string) => void): Promise<void> {
  const decoder = new TextDecoder();
  try {
    for await (const chunk of body) parse(decoder.decode(chunk, { stream: true }));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Cut, by either side.
    if (error instanceof RangeError) throw error;
  }
}
