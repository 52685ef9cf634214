import type { RawBoard } from "./board.ts";
import type { StreamClient } from "./stream_client.ts";
import {
  idLine,
  joinBytes,
  messageOf,
  type StreamView,
  snapshotMessage,
  transitionKey,
} from "./stream_messages.ts";
import type { Sight } from "./stream_position.ts";
import { createReplayRing, type ReplayRing } from "./stream_ring.ts";

/** One event as all who see alike follow it. */
export interface Topic {
  readonly sight: Sight;
  readonly readers: Set<Pick<StreamClient, "send">>;
  readonly ring: ReplayRing;
  view: StreamView;
  /** The whole event as it is in `view`, once somebody has asked for it. */
  snapshot: Uint8Array | undefined;
  /** Since when it has no reader, by the clock. */
  idleSince: number;
}

/** An event with readers, or that had some a moment ago. */
export interface Followed {
  readonly eventId: string;
  /** As it was last loaded; `null` if no feed ever brought it, `undefined` before the first load. */
  raw: RawBoard | null | undefined;
  /** How many prices it has, as far as is known. */
  prices: number;
  readAt: number;
  /** Until when it is kept without a topic, by the clock. */
  heldUntil: number;
  readonly topics: Map<string, Topic>;
}

/** A topic that begins after this number. */
export function createTopic(
  sight: Sight,
  view: StreamView,
  { now, ...ring }: { readonly now: number; readonly bytesMax: number; readonly sequence: number },
): Topic {
  return {
    sight,
    view,
    readers: new Set(),
    ring: createReplayRing(ring),
    snapshot: undefined,
    idleSince: now,
  };
}

/** The whole event as a message without an id, encoded once however many ask. */
export function snapshotOf(topic: Topic, eventId: string): Uint8Array {
  topic.snapshot ??= snapshotMessage(eventId, topic.view);
  return topic.snapshot;
}

/** Messages between the views before and after a load, each encoded once however many topics share it. */
export function createTransitions(
  eventId: string,
): (before: StreamView, after: StreamView) => Uint8Array | undefined {
  const made = new Map<string, { readonly raw: unknown; readonly message: Uint8Array | undefined }>();
  return (before, after) => {
    const key = transitionKey(before, after);
    const raw = before.state === "absent" ? null : before.raw;
    const known = made.get(key);
    if (known !== undefined && known.raw === raw) return known.message;
    const message = messageOf(eventId, before, after);
    made.set(key, { raw, message });
    return message;
  };
}

/** Gives a topic its next view, and its readers what leads there; says how many bytes each was sent. */
export function advance(
  topic: Topic,
  view: StreamView,
  {
    message,
    nextPosition,
  }: {
    readonly message: Uint8Array | undefined;
    readonly nextPosition: (tag: string) => { readonly sequence: number; readonly id: string };
  },
): number {
  topic.view = view;
  topic.snapshot = undefined;
  if (message === undefined) return 0;
  const { sequence, id } = nextPosition(topic.sight.tag);
  const bytes = joinBytes([idLine(id), message]);
  topic.ring.add({ sequence, bytes });
  for (const reader of topic.readers) reader.send(bytes);
  return bytes.byteLength;
}
