import type { Outcome } from "../reads/mod.ts";
import type { Clock, Random } from "../resilience/mod.ts";
import { type RawBoard, remainingLifeMs } from "./board.ts";
import type { Boards } from "./read_boards.ts";
import { see } from "./stream_messages.ts";
import { drawBoot, formatPosition, type Sight } from "./stream_position.ts";
import { createReloads, type Reloaded, type Reloads } from "./stream_reloads.ts";
import { advance, createTopic, createTransitions, type Followed, type Topic } from "./stream_topic.ts";

export interface StreamEventsOptions {
  readonly ageMaxMs: number;
  readonly ringBytesMax: number;
  readonly lingerMs: number;
  readonly coalesceMs: number;
}

export interface StreamEventsDeps {
  readonly boards: Pick<Boards, "read" | "warm" | "onChanged" | "look" | "show">;
  readonly clock: Clock;
  readonly random: Random;
}

/** The events that readers follow: loaded when they change, compared with what was told before, and told on. */
export interface StreamEvents extends Disposable {
  /** The event, kept for a while though nobody may follow it. */
  hold(eventId: string): Followed;
  /** Loads those that never were, and tells of each what came of it: the pool's `DatabaseUnavailableError` if it cannot be. */
  loaded(events: readonly Followed[]): Promise<PromiseSettledResult<void>[]>;
  topicOf(event: Followed, sight: Sight): Topic;
  /** The event changed, or with `*` any may have. */
  wake(eventId: string): void;
  /** Tells whose prices' time is over: of this event, or of all. */
  expire(event?: Followed): void;
  /** Looks again at what was not looked at for long, and forgets what nobody follows. */
  upkeep(): void;
  /** The position of a reader of this sight who has had everything up to now. */
  positionOf(tag: string): string;
  readonly boot: string;
  /** Takes a number that no message bears. */
  skip(): number;
  /** Of the last message. */
  readonly sequence: number;
  readonly size: number;
  readonly replayBytes: number;
  readonly counts: { readonly messages: number; readonly deliveries: number; readonly bytes: number };
  readonly reloads: Reloads["counts"];
}

/** An event of which nothing is known yet counts as this many prices. */
const UNKNOWN_PRICES = 200;
/** Events that are loaded together for the first time. */
const FIRST_MAX = 5;
/** A poll that only confirms prices is no change, and yet it prolongs their life: they are looked at again in time. */
const REFRESH_MS_MAX = 15_000;

/** No event yet. */
export function createStreamEvents(
  { ageMaxMs, coalesceMs, lingerMs, ringBytesMax }: StreamEventsOptions,
  { boards, clock, random }: StreamEventsDeps,
): StreamEvents {
  const boot = drawBoot(random);
  const followed = new Map<string, Followed>();
  const counts = { messages: 0, deliveries: 0, bytes: 0 };
  const refreshMs = Math.min(REFRESH_MS_MAX, ageMaxMs / 4);
  // 0 is the position of whoever has had nothing, and no topic begins there.
  let sequence = 1;

  const positionOf = (tag: string) => formatPosition({ boot, tag, sequence });
  const nextPosition = (tag: string) => {
    sequence += 1;
    return { sequence, id: positionOf(tag) };
  };
  const seeNow = (raw: RawBoard | null | undefined, sight: Sight) =>
    see(raw ?? null, sight, { boards, epochMs: clock.epochMs(), ageMaxMs });

  /** What every topic of the event shows now, told to its readers where that is something else than before. */
  const publish = (event: Followed): void => {
    const transition = createTransitions(event.eventId);
    for (const topic of event.topics.values()) {
      const view = seeNow(event.raw, topic.sight);
      const bytes = advance(topic, view, { message: transition(topic.view, view), nextPosition });
      if (bytes === 0) continue;
      counts.messages += 1;
      counts.deliveries += topic.readers.size;
      counts.bytes += bytes * topic.readers.size;
    }
  };
  const adopt = (event: Followed, { cause, state, value }: Outcome<RawBoard | null>): Reloaded => {
    // What is stale is still more than nothing, and never newer than what was told.
    if (state !== "fresh" && event.raw !== undefined) return cause === "refreshing" ? "stale" : "failed";
    event.readAt = clock.now();
    if (event.raw !== value) {
      event.raw = value;
      event.prices = value?.markets.reduce((sum, { outcomes }) => sum + outcomes.length, 1) ?? 1;
      publish(event);
    }
    return state === "fresh" ? "fresh" : "stale";
  };
  const readAgain = async (event: Followed): Promise<Reloaded> => {
    try {
      return adopt(event, await boards.read(event.eventId));
    } catch {
      // Nothing of it was ever loaded: whoever follows it is told as soon as there is something.
      return "failed";
    }
  };
  const load = async (eventIds: readonly string[]): Promise<ReadonlyMap<string, Reloaded>> => {
    // What was changed is forgotten already: a load that began since is as good as one of our own.
    await boards.warm(eventIds);
    const events = eventIds.flatMap((eventId) => followed.get(eventId) ?? []);
    return new Map(
      await Promise.all(events.map(async (event) => [event.eventId, await readAgain(event)] as const)),
    );
  };
  const loadFirst = async (event: Followed): Promise<void> => {
    if (event.raw !== undefined) return;
    const outcome = await boards.read(event.eventId);
    // Another may have been quicker, and have heard of more since.
    if (event.raw === undefined && adopt(event, outcome) !== "fresh") reloads.wake(event.eventId);
  };
  const weightOf = (eventId: string) => followed.get(eventId)?.prices ?? UNKNOWN_PRICES;
  const reloads = createReloads({ coalesceMs, load, weightOf }, { clock });
  const isOver = ({ raw }: Followed, { suspensions }: Sight, epochMs: number) =>
    raw === null ||
    raw === undefined ||
    suspensions === undefined ||
    remainingLifeMs(raw, { epochMs, ageMaxMs }) <= 0;
  const sweep = (event: Followed, now: number): void => {
    for (const [tag, { idleSince, readers }] of event.topics)
      if (readers.size === 0 && now - idleSince > lingerMs) event.topics.delete(tag);
    if (event.topics.size > 0 || now < event.heldUntil) return;
    followed.delete(event.eventId);
    reloads.forget(event.eventId);
  };
  return {
    hold(eventId) {
      const now = clock.now();
      const event = followed.get(eventId) ?? {
        eventId,
        raw: undefined,
        prices: UNKNOWN_PRICES,
        readAt: now,
        heldUntil: 0,
        topics: new Map(),
      };
      event.heldUntil = now + lingerMs;
      followed.set(eventId, event);
      return event;
    },
    async loaded(events) {
      const unknown = events.flatMap(({ eventId, raw }) => (raw === undefined ? [eventId] : []));
      // How large they are nobody knows yet: all of fifty in one statement might hold up everything else.
      for (let from = 0; from < unknown.length && unknown.length > 1; from += FIRST_MAX)
        await boards.warm(unknown.slice(from, from + FIRST_MAX));
      return await Promise.allSettled(events.map(loadFirst));
    },
    topicOf(event, sight) {
      const known = event.topics.get(sight.tag);
      if (known !== undefined) return known;
      const begun = { bytesMax: ringBytesMax, sequence, now: clock.now() };
      const topic = createTopic(sight, seeNow(event.raw, sight), begun);
      event.topics.set(sight.tag, topic);
      return topic;
    },
    wake(eventId) {
      if (eventId === "*") for (const each of followed.keys()) reloads.wake(each);
      else if (followed.has(eventId)) reloads.wake(eventId);
    },
    expire(only) {
      const epochMs = clock.epochMs();
      for (const event of only === undefined ? followed.values() : [only]) {
        const isDue = [...event.topics.values()].some(
          ({ sight, view }) => view.state === "shown" && view.expired !== isOver(event, sight, epochMs),
        );
        if (isDue) publish(event);
      }
    },
    upkeep() {
      const now = clock.now();
      for (const event of followed.values()) {
        sweep(event, now);
        if (now - event.readAt <= refreshMs || !followed.has(event.eventId)) continue;
        event.readAt = now;
        boards.onChanged(event.eventId);
        reloads.wake(event.eventId);
      }
    },
    positionOf,
    skip() {
      sequence += 1;
      return sequence;
    },
    boot,
    get sequence() {
      return sequence;
    },
    get size() {
      return followed.size;
    },
    get replayBytes() {
      const topics = [...followed.values()].flatMap((event) => [...event.topics.values()]);
      return topics.reduce((sum, { ring }) => sum + ring.bytes, 0);
    },
    counts,
    reloads: reloads.counts,
    [Symbol.dispose]: () => reloads[Symbol.dispose](),
  };
}
