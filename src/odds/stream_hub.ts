import type { Clock } from "../resilience/mod.ts";
import { EventNotFoundError, type StreamRefusedError } from "./errors.ts";
import { createStreamClient, type StreamSink } from "./stream_client.ts";
import { createCompetitions } from "./stream_competitions.ts";
import type { DropReason } from "./stream_contract.ts";
import { createStreamEvents, type StreamEvents, type StreamEventsDeps } from "./stream_events.ts";
import { encodeGreeting, type Greeting, greet } from "./stream_greeting.ts";
import { idLine, joinBytes } from "./stream_messages.ts";
import type { Sight } from "./stream_position.ts";
import { createReaders, type Reader, unfollow } from "./stream_readers.ts";
import { createTransitions, snapshotOf } from "./stream_topic.ts";

export interface StreamHubOptions {
  /** Prices whose source had no good poll for this long are shown suspended. */
  readonly priceAgeMaxMs: number;
  /** Streams of this process at once, and of one client's address. */
  readonly readersMax: number;
  readonly readersPerAddressMax: number;
  /** Between two comments to a reader, whatever else it is told; 15 s by default. */
  readonly heartbeatMs?: number;
  /** What may wait for one reader behind what is left of its first messages; 1 MiB by default. */
  readonly queueBytesMax?: number;
  /** A reader that takes nothing for this long is dropped, however little waits for it; 10 s by default. */
  readonly stallMs?: number;
  /** What is kept of one topic for readers who come back; 64 KiB by default. */
  readonly ringBytesMax?: number;
  /** How long an event is kept without a reader; 15 s by default. */
  readonly lingerMs?: number;
  /** Between two loads of one event; 25 ms by default. */
  readonly coalesceMs?: number;
}

export interface StreamHubDeps extends StreamEventsDeps {
  /** @throws {DatabaseUnavailableError} If nobody knows what the tenant offers. */
  readonly readSight: (tenantId: string) => Promise<Sight>;
  /** A competition's events to come or under way. */
  readonly eventIdsOf: (competitionId: string) => Promise<readonly string[]>;
  /** Whether the tenant is still to be served. */
  readonly isServed: (tenantId: string) => boolean;
  /** Whether readers are to be sent elsewhere. */
  readonly isDraining: () => boolean;
}

/** What one stream is to follow. */
export interface StreamAsked {
  readonly tenantId: string;
  /** Whose it is, as far as limits go. */
  readonly address: string;
  readonly follow: { readonly eventIds: readonly string[] } | { readonly competitionId: string };
  readonly lastEventId: string | null;
}

/** A stream that may begin: what it shows at first is in memory. */
export interface StreamTicket {
  /** @returns What to call when the connection is gone. */
  begin(sink: StreamSink): () => void;
}

/** Follows events for any number of readers: each change is loaded, compared and encoded once. Disposing ends every stream. */
export interface StreamHub extends Disposable {
  /**
   * Loads what the stream shows at first.
   *
   * @throws {StreamRefusedError} If there are too many streams.
   * @throws {EventNotFoundError} If there is nothing to show of any of the events.
   * @throws {DatabaseUnavailableError} If nothing of them was ever loaded.
   */
  prepare(asked: StreamAsked): Promise<StreamTicket>;
  /** The event's prices or facts were changed, or with `*` those of any may have been. */
  onOddsChanged(eventId: string): void;
  /** What a tenant offers, or has suspended, may have changed. */
  onSightsChanged(): void;
  stats(): StreamStats;
}

export interface StreamStats {
  readonly readers: number;
  readonly events: number;
  /** What waits for readers, and what is kept for those who come back. */
  readonly queuedBytes: number;
  readonly replayBytes: number;
  readonly opened: number;
  readonly resumed: number;
  readonly told: StreamEvents["counts"];
  readonly reloads: StreamEvents["reloads"];
  readonly dropped: Readonly<Record<DropReason, number>>;
  readonly refused: Readonly<Record<StreamRefusedError["code"], number>>;
}

const TICK_MS = 250;
const UPKEEP_MS = 1000;
const COMPETITION_MS = 10_000;
/** Whoever changes an offer or a suspension is heard; this is for what was not. */
const SIGHTS_MS = 10_000;
/** A change that was heard of may take this long to be loaded. */
const SIGHTS_UNSETTLED_MS = 3000;

/** A hub without a reader. */
export function createStreamHub(options: StreamHubOptions, deps: StreamHubDeps): StreamHub {
  const { clock, eventIdsOf, isDraining, isServed, random, readSight } = deps;
  const { priceAgeMaxMs: ageMaxMs, readersMax, readersPerAddressMax: perAddressMax } = options;
  const { heartbeatMs = 15_000, queueBytesMax = 2 ** 20, stallMs = 10_000 } = options;
  const { ringBytesMax = 64 * 1024, lingerMs = 15_000, coalesceMs = 25 } = options;
  const events = createStreamEvents({ ageMaxMs, ringBytesMax, lingerMs, coalesceMs }, deps);
  const slots = Math.round(heartbeatMs / TICK_MS);
  const readers = createReaders({ readersMax, perAddressMax, stallMs, slots }, deps);
  const { skip } = events;
  const competitions = createCompetitions({ lookMs: COMPETITION_MS, lingerMs }, { eventIdsOf, skip, clock });
  const counts = { opened: 0, resumed: 0 };
  const upkeep = everyMs(UPKEEP_MS, clock);
  const sighting = everyMs(SIGHTS_MS, clock);
  let unsettledUntil = Number.NEGATIVE_INFINITY;
  let wasDraining = false;
  let closed = false;
  /** Only while there is somebody to tick for. */
  let ticking: Disposable | undefined;

  const sinceOf = ({ follow }: StreamAsked) =>
    "eventIds" in follow ? 0 : (competitions.known(follow.competitionId)?.since ?? Infinity);
  const begin = (asked: StreamAsked, greeting: Omit<Greeting, "since">, sink: StreamSink): (() => void) => {
    const { address, tenantId } = asked;
    const onOverflow = () => readers.drop(reader, "slow_reader");
    const client = createStreamClient(sink, { queueBytesMax }, { clock, onOverflow });
    const competitionId = "competitionId" in asked.follow ? asked.follow.competitionId : undefined;
    const { sight } = greeting;
    const reader: Reader = { tenantId, address, client, topics: new Map(), competitionId, sight };
    const isOver = !readers.join(reader);
    const held = greeting.events.map(({ eventId }) => events.hold(eventId));
    for (const { eventId } of held) follow(events, reader, eventId);
    const whole = { ...greeting, events: held, since: sinceOf(asked) };
    const { pieces, resumed } = greet(whole, events, { random });
    counts.opened += 1;
    if (resumed) counts.resumed += 1;
    client.begin(pieces);
    if (closed) readers.drop(reader, "stopping");
    // Many were admitted at once before any of them had begun.
    else if (isOver) readers.drop(reader, "too_many");
    return () => {
      client.gone();
      readers.leave(reader);
    };
  };
  const refreshSights = async (): Promise<void> => {
    for (const [tenantId, kin] of [...readers.ofTenants()]) {
      // Unknown for now: what was known holds, and ends with the prices' life.
      const sight = await readSight(tenantId).catch(() => undefined);
      if (sight !== undefined) moveAll(events, kin, { sight, clock });
    }
  };
  const growCompetitions = async (): Promise<void> => {
    const followed = new Set<string>();
    for (const { competitionId } of readers.all())
      if (competitionId !== undefined) followed.add(competitionId);
    for (const competitionId of await competitions.lookAgain(followed)) {
      const ids = [...(competitions.known(competitionId)?.eventIds ?? [])];
      await events.loaded(ids.map(events.hold));
      for (const reader of readers.all())
        if (reader.competitionId === competitionId) addTo(events, reader, ids);
    }
  };
  const lookAround = alone(async () => {
    if (sighting.isDue() || clock.now() < unsettledUntil) await refreshSights();
    await growCompetitions();
  });
  const tick = (): void => {
    const draining = isDraining();
    if (draining && !wasDraining) readers.dropAll("stopping");
    wasDraining = draining;
    events.expire();
    readers.turn();
    if (clock.now() < unsettledUntil) lookAround();
    if (!upkeep.isDue()) return;
    readers.dropStalled();
    events.upkeep();
    for (const [tenantId, kin] of [...readers.ofTenants()])
      if (!isServed(tenantId)) for (const reader of [...kin]) readers.drop(reader, "tenant_gone");
    lookAround();
    if (readers.size > 0 || events.size > 0) return;
    ticking?.[Symbol.dispose]();
    ticking = undefined;
  };
  return {
    async prepare(asked) {
      readers.admit(asked.address);
      ticking ??= clock.every(TICK_MS, tick);
      const sight = await readSight(asked.tenantId);
      const ids =
        "eventIds" in asked.follow
          ? asked.follow.eventIds
          : [...(await competitions.look(asked.follow.competitionId)).eventIds];
      const held = ids.map((eventId) => events.hold(eventId));
      const loads = await events.loaded(held);
      const failed = loads.find((load) => load.status === "rejected");
      if (failed !== undefined && loads.every(({ status }) => status === "rejected")) throw failed.reason;
      const isNothing = held.every((event) => events.topicOf(event, sight).view.state === "absent");
      const [first] = ids;
      if (first !== undefined && isNothing && failed === undefined && "eventIds" in asked.follow)
        throw new EventNotFoundError(first);
      const { lastEventId } = asked;
      await encodeGreeting({ sight, events: held, lastEventId, since: sinceOf(asked) }, events);
      return { begin: (sink) => begin(asked, { sight, events: held, lastEventId }, sink) };
    },
    onOddsChanged: events.wake,
    onSightsChanged() {
      unsettledUntil = clock.now() + SIGHTS_UNSETTLED_MS;
      lookAround();
    },
    stats() {
      let queuedBytes = 0;
      for (const { client } of readers.all()) queuedBytes += client.queuedBytes;
      const { dropped, refused, size } = readers;
      const { counts: told, reloads, replayBytes } = events;
      return {
        readers: size,
        events: events.size,
        queuedBytes,
        replayBytes,
        ...counts,
        told,
        reloads,
        dropped,
        refused,
      };
    },
    [Symbol.dispose]() {
      closed = true;
      readers.close();
      ticking?.[Symbol.dispose]();
      readers.dropAll("stopping");
      events[Symbol.dispose]();
    },
  };
}

function follow(events: StreamEvents, reader: Reader, eventId: string) {
  const event = events.hold(eventId);
  // Told to those who follow it already: who comes now begins with what holds now.
  events.expire(event);
  const topic = events.topicOf(event, reader.sight);
  topic.readers.add(reader.client);
  reader.topics.set(eventId, topic);
  return topic;
}

/** Lets a reader follow more: a snapshot of each, under the position it is at. */
function addTo(events: StreamEvents, reader: Reader, eventIds: readonly string[]): void {
  const fresh = eventIds.filter((eventId) => !reader.topics.has(eventId));
  const id = idLine(events.positionOf(reader.sight.tag));
  for (const eventId of fresh)
    reader.client.send(joinBytes([id, snapshotOf(follow(events, reader, eventId), eventId)]));
}

/**
 * Lets a tenant's readers see what it offers by now: what differs, each message made once. Only the last of one reader's bears the
 * position that they lead to, so that whoever was cut off between them begins anew.
 */
function moveAll(
  events: StreamEvents,
  readers: ReadonlySet<Reader>,
  { clock, sight }: { readonly sight: Sight; readonly clock: Pick<Clock, "now"> },
): void {
  const transitions = new Map<string, ReturnType<typeof createTransitions>>();
  for (const reader of readers) {
    if (reader.sight.tag === sight.tag) continue;
    const before = idLine(events.positionOf(reader.sight.tag));
    reader.sight = sight;
    const messages = [...reader.topics].flatMap(([eventId, topic]) => {
      unfollow(topic, reader, clock.now());
      const next = follow(events, reader, eventId);
      const transition = transitions.get(eventId) ?? createTransitions(eventId);
      transitions.set(eventId, transition);
      return transition(topic.view, next.view) ?? [];
    });
    const after = idLine(events.positionOf(sight.tag));
    const parts = messages.flatMap((message, at) => [at === messages.length - 1 ? after : before, message]);
    if (parts.length > 0) reader.client.send(joinBytes(parts));
  }
}

/** Says once in so many milliseconds that it is time. */
function everyMs(ms: number, clock: Pick<Clock, "now">): { isDue(): boolean } {
  let last = clock.now();
  return {
    isDue() {
      const isDue = clock.now() - last >= ms;
      if (isDue) last = clock.now();
      return isDue;
    },
  };
}

/** Runs at most once at a time; what is asked for meanwhile is left to the next time. It must not reject. */
function alone(act: () => Promise<void>): () => void {
  let running = false;
  return () => {
    if (running) return;
    running = true;
    void act().finally(() => {
      running = false;
    });
  };
}
