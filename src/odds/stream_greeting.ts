import type { Random } from "../resilience/mod.ts";
import type { StreamEvents } from "./stream_events.ts";
import { idLine, joinBytes, retryLine } from "./stream_messages.ts";
import { formatPosition, parsePosition, type Sight } from "./stream_position.ts";
import { type Followed, snapshotOf } from "./stream_topic.ts";

/** Who is greeted, with what. */
export interface Greeting {
  readonly sight: Sight;
  readonly events: readonly Followed[];
  readonly lastEventId: string | null;
  /** Whoever is not as far did not follow all these events. */
  readonly since: number;
}

/** Readers who were sent away come back spread over this. */
const RETRY_MS = { from: 1000, to: 4000 } as const;

/**
 * The first of a stream: what a reader who comes back has missed, where that is still known, else each event whole.
 *
 * An id says of all events that are followed how far their reader is. So what is sent in one go bears the position from before, but for
 * the last, or, among messages in order, their own: whoever is cut off in between takes it up where it was, and misses nothing.
 */
export function greet(
  { events, lastEventId, sight, since }: Greeting,
  known: Pick<StreamEvents, "boot" | "positionOf" | "topicOf">,
  { random }: { readonly random: Random },
): { readonly bytes: Uint8Array; readonly resumed: boolean } {
  const position = parsePosition(lastEventId);
  const isOurs = position !== undefined && position.boot === known.boot && position.tag === sight.tag;
  const from = isOurs && position.sequence >= since ? position.sequence : -1;
  const topics = events.map((event) => ({ event, topic: known.topicOf(event, sight) }));
  const covered = topics.filter(({ topic }) => from >= 0 && topic.ring.covers(from));
  const missed = covered
    .flatMap(({ topic }) => topic.ring.after(from))
    .sort((one, other) => one.sequence - other.sequence);
  const whole = topics.filter(
    ({ event, topic }) => !(from >= 0 && topic.ring.covers(from)) && event.raw !== undefined,
  );
  const before = idLine(formatPosition({ boot: known.boot, tag: sight.tag, sequence: Math.max(0, from) }));
  const after = idLine(known.positionOf(sight.tag));
  const snapshots = whole.flatMap(({ event, topic }, at) => {
    const isLast = at === whole.length - 1 && missed.length === 0;
    return [isLast ? after : before, snapshotOf(topic, event.eventId)];
  });
  const retryMs = Math.round(RETRY_MS.from + random() * (RETRY_MS.to - RETRY_MS.from));
  const parts = [retryLine(retryMs), ...snapshots, ...missed.map(({ bytes }) => bytes)];
  return { bytes: joinBytes(parts), resumed: events.length > 0 && covered.length === events.length };
}
