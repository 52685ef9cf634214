import { ageSecondsOf, headFor, marketsFor, type RawBoard, remainingLifeMs } from "./board.ts";
import type { Odds } from "./contract.ts";
import { isEventOff } from "./offer.ts";
import type { Boards } from "./read_boards.ts";
import type { Look, Shown } from "./shown_board.ts";
import type { StreamDelta } from "./stream_contract.ts";
import { differingMarkets, diffMarkets } from "./stream_diff.ts";
import type { Sight } from "./stream_position.ts";

/** An event as a sight has it at a moment; absent when there is nothing of it to show. */
export type StreamView =
  | { readonly state: "absent" }
  | {
      readonly state: "shown";
      readonly raw: RawBoard;
      readonly look: Look;
      /** The prices' time is over, or nobody knows what is suspended: none may be bet on. */
      readonly expired: boolean;
      readonly shown: () => Shown;
      readonly ageSeconds: number | null;
    };

const ABSENT: StreamView = { state: "absent" };

export interface SeeOptions {
  readonly boards: Pick<Boards, "look" | "show">;
  readonly epochMs: number;
  readonly ageMaxMs: number;
}

/** How this sight has the stored board now: the same decision as behind a GET. */
export function see(
  raw: RawBoard | null,
  sight: Sight,
  { boards, epochMs, ageMaxMs }: SeeOptions,
): StreamView {
  if (raw === null || isEventOff(sight.offer.switches, raw.event)) return ABSENT;
  const asked = { offer: sight.offer, suspensions: sight.suspensions ?? [] };
  const expired = sight.suspensions === undefined || remainingLifeMs(raw, { epochMs, ageMaxMs }) <= 0;
  const shown = () => {
    const board = boards.show(raw, asked);
    return expired ? board.expired(epochMs) : board.holding();
  };
  const ageSeconds = expired ? ageSecondsOf(raw, epochMs) : null;
  return { state: "shown", raw, look: boards.look(raw, asked), expired, shown, ageSeconds };
}

/** Names a transition: two of the same name between the same stored boards have the same message. */
export function transitionKey(before: StreamView, after: StreamView): string {
  const part = (view: StreamView) => (view.state === "absent" ? "-" : `${view.look.key}/${view.expired}`);
  return `${part(before)}>${part(after)}`;
}

/** The message that leads a reader from one view to the next; `undefined` if it sees the same. Without its id. */
export function messageOf(eventId: string, before: StreamView, after: StreamView): Uint8Array | undefined {
  if (after.state === "absent") return before.state === "absent" ? undefined : removedMessage(eventId);
  if (before.state === "absent") return snapshotMessage(eventId, after);
  const head = changedHead(headOf(before), headOf(after));
  const [earlier, later] = differing(before, after);
  const markets = diffMarkets(marketsOf(before, earlier), marketsOf(after, later));
  if (head === undefined && markets.changed.length === 0 && markets.removed.length === 0) return undefined;
  const delta: Readonly<StreamDelta> = { eventId, ...head, ...markets };
  return encode("delta", JSON.stringify(delta));
}

/** The whole event as a message: the very text of a GET. */
export function snapshotMessage(eventId: string, view: StreamView): Uint8Array {
  return view.state === "absent" ? removedMessage(eventId) : encode("snapshot", view.shown().text);
}

/** The last message of a stream that is ended from our side. */
export function droppedMessage(reason: string): Uint8Array {
  return encode("dropped", JSON.stringify({ reason }));
}

/** Messages as one piece; those with an id begin with it. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.byteLength;
  }
  return joined;
}

const encoder = new TextEncoder();

/** The id line of a message. */
export function idLine(position: string): Uint8Array {
  return encoder.encode(`id: ${position}\n`);
}

/** How long a reader is to wait before it comes back, in milliseconds (WHATWG HTML, 9.2). */
export function retryLine(ms: number): Uint8Array {
  return encoder.encode(`retry: ${ms}\n\n`);
}

/** A comment: keeps the connection from being taken for dead. */
export const HEARTBEAT = encoder.encode(":\n\n");

function encode(type: string, json: string): Uint8Array {
  return encoder.encode(`event: ${type}\ndata: ${json}\n\n`);
}

function removedMessage(eventId: string): Uint8Array {
  return encode("removed", JSON.stringify({ eventId }));
}

type ShownView = Extract<StreamView, { state: "shown" }>;

function headOf({ raw, look, expired, ageSeconds }: ShownView): Omit<Odds, "markets"> {
  return headFor(raw, look.profile, { expired, ageSeconds });
}

/** What of the head has changed. An age alone says nothing new: a reader has its own clock. */
function changedHead(
  before: Omit<Odds, "markets">,
  after: Omit<Odds, "markets">,
): Partial<Omit<Odds, "markets">> | undefined {
  const { event, confirmedAt, expired, ageSeconds, oddsFormat } = after;
  const changed = {
    ...(JSON.stringify(before.event) !== JSON.stringify(event) && { event }),
    ...(before.oddsFormat !== oddsFormat && { oddsFormat }),
    ...((before.confirmedAt !== confirmedAt || before.expired !== expired) && {
      confirmedAt,
      expired,
      ageSeconds,
    }),
  };
  return Object.keys(changed).length === 0 ? undefined : changed;
}

/** The stored markets that may be seen otherwise: where both look the same way, those that differ. */
function differing(before: ShownView, after: ShownView): [RawBoard["markets"], RawBoard["markets"]] {
  const isSameLook = before.look.key === after.look.key && before.expired === after.expired;
  if (!isSameLook) return [before.raw.markets, after.raw.markets];
  const markets = differingMarkets(before.raw, after.raw);
  return [markets.before, markets.after];
}

function marketsOf({ raw, look, expired }: ShownView, markets: RawBoard["markets"]) {
  return marketsFor({ ...raw, markets }, look.profile, { ...look.withheld, expired });
}
