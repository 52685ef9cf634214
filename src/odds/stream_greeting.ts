import { nextTurn, type Random } from "../resilience/mod.ts";
import type { StreamEvents } from "./stream_events.ts";
import { idLine, retryLine } from "./stream_messages.ts";
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
/** As many take about 5 ms to encode. */
const TURN_PRICES = 1000;

type KnownEvents = Pick<StreamEvents, "boot" | "positionOf" | "topicOf">;

/** What of the events a reader is to be told whole, and of which what it has missed is still known. */
export function planGreeting({ events, lastEventId, sight, since }: Greeting, known: KnownEvents) {
  const position = parsePosition(lastEventId);
  const isOurs = position !== undefined && position.boot === known.boot && position.tag === sight.tag;
  const from = isOurs && position.sequence >= since ? position.sequence : -1;
  const topics = events.map((event) => ({ event, topic: known.topicOf(event, sight) }));
  const isCovered = ({ topic }: (typeof topics)[number]) => from >= 0 && topic.ring.covers(from);
  return {
    from,
    covered: topics.filter(isCovered),
    whole: topics.filter((each) => !isCovered(each) && each.event.raw !== undefined),
  };
}

/** Encodes what is to be told whole, letting others have their turn where that is much: all of it at once would hold up everybody. */
export async function encodeGreeting(greeting: Greeting, known: KnownEvents): Promise<void> {
  let sinceTurn = 0;
  for (const { event, topic } of planGreeting(greeting, known).whole) {
    if (topic.snapshot !== undefined) continue;
    snapshotOf(topic, event.eventId);
    sinceTurn += event.prices;
    if (sinceTurn < TURN_PRICES) continue;
    sinceTurn = 0;
    await nextTurn();
  }
}

/**
 * The first of a stream, in pieces: what a reader who comes back has missed, where that is still known, else each event whole.
 *
 * An id says of all events that are followed how far their reader is. So what is sent in one go bears the position from before, but for
 * the last, or, among messages in order, their own: whoever is cut off in between takes it up where it was, and misses nothing.
 */
export function greet(
  greeting: Greeting,
  known: KnownEvents,
  { random }: { readonly random: Random },
): { readonly pieces: readonly Uint8Array[]; readonly resumed: boolean } {
  const { events, sight } = greeting;
  const { covered, from, whole } = planGreeting(greeting, known);
  const missed = covered
    .flatMap(({ topic }) => topic.ring.after(from))
    .sort((one, other) => one.sequence - other.sequence);
  const before = idLine(formatPosition({ boot: known.boot, tag: sight.tag, sequence: Math.max(0, from) }));
  const after = idLine(known.positionOf(sight.tag));
  const snapshots = whole.flatMap(({ event, topic }, at) => {
    const isLast = at === whole.length - 1 && missed.length === 0;
    return [isLast ? after : before, snapshotOf(topic, event.eventId)];
  });
  const retryMs = Math.round(RETRY_MS.from + random() * (RETRY_MS.to - RETRY_MS.from));
  const pieces = [retryLine(retryMs), ...snapshots, ...missed.map(({ bytes }) => bytes)];
  return { pieces, resumed: events.length > 0 && covered.length === events.length };
}
