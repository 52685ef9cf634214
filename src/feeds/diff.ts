import type { EventFacts, OfferedPrice } from "../markets/mod.ts";
import { createPace, type Pace } from "./_pace.ts";
import {
  cleanName,
  digestOf,
  identityOfWords,
  isOpen,
  type PriceWords,
  withFlag,
  wordsByIdentity,
} from "./price_words.ts";
import type { EventValues, StoredEventRow } from "./queries.ts";
import type { SnapshotEvent } from "./snapshot.ts";

/** One event of a snapshot beside what is stored of it. */
export interface EventPlan {
  readonly values: EventValues;
  /** Nothing of it is stored: its prices need no comparison. */
  readonly isNew: boolean;
  readonly factsChanged: boolean;
  /** The prices to be compared or inserted; `undefined` when they are known to be as stored, or nothing was said about them. */
  readonly prices: readonly OfferedPrice[] | undefined;
  /** Of the prices as the source has them now; `undefined` as `prices`. */
  readonly digest: bigint | undefined;
  /** What is to be taken, as it was told. */
  readonly event: SnapshotEvent;
}

/**
 * Holds whole events of one source against what is stored of them, prices by their digest alone: of a board that says again what it
 * said before, no price is read. `newId` names an event that is new.
 */
export async function planEvents(
  events: readonly SnapshotEvent[],
  stored: readonly StoredEventRow[],
  newId: () => string,
): Promise<EventPlan[]> {
  const rows = new Map(stored.map((row) => [row.source_event_id, row]));
  const pace = createPace();
  const plans: EventPlan[] = [];
  for (const event of events) {
    const row = rows.get(event.facts.sourceEventId);
    // Nobody was offered it: how it goes concerns nobody.
    if (row === undefined && event.prices === undefined) continue;
    plans.push(row === undefined ? await planNew(event, newId(), pace) : await planStored(event, row, pace));
  }
  return plans;
}

/** A source that names an event twice means the later one. Names are as they are stored. */
export function distinctEvents(events: readonly SnapshotEvent[]): SnapshotEvent[] {
  return [...new Map(events.map((event) => [cleanName(event.facts.sourceEventId), cleaned(event)])).values()];
}

const NAMES = ["sourceEventId", "competitionId", "competition", "home", "away"] as const;

function cleaned(event: SnapshotEvent): SnapshotEvent {
  const { facts } = event;
  if (NAMES.every((name) => cleanName(facts[name]) === facts[name])) return event;
  const names = Object.fromEntries(NAMES.map((name) => [name, cleanName(facts[name])]));
  return { ...event, facts: { ...facts, ...names } };
}

async function planNew(event: SnapshotEvent, eventId: string, pace: Pace): Promise<EventPlan> {
  const { facts, prices } = event;
  const digest = digestOf((await wordsByIdentity(prices ?? [], pace)).values());
  return { values: valuesOf(facts, eventId), isNew: true, factsChanged: true, prices, digest, event };
}

async function planStored(event: SnapshotEvent, row: StoredEventRow, pace: Pace): Promise<EventPlan> {
  const { facts, prices } = event;
  const same = { isNew: false, factsChanged: false, prices: undefined, digest: undefined, event } as const;
  // A decided event is not reopened by a board that still shows it.
  if (row.closed) return { ...same, values: row };
  const values = prices === undefined ? progressOf(facts, row) : valuesOf(facts, row.event_id);
  const plan = { ...same, values, factsChanged: !sameValues(values, row) };
  if (prices === undefined) return plan;
  const digest = digestOf((await wordsByIdentity(prices, pace)).values());
  return digest === row.prices_digest ? plan : { ...plan, prices, digest };
}

function valuesOf(facts: EventFacts, eventId: string): EventValues {
  return {
    event_id: eventId,
    source_event_id: facts.sourceEventId,
    sport: facts.sport,
    competition_id: facts.competitionId,
    competition: facts.competition,
    home: facts.home,
    away: facts.away,
    starts_at: facts.startsAt,
    status: facts.status,
    clock_minutes: facts.clockMinutes ?? null,
  };
}

/** Who says nothing about prices says how an event goes, not what it is: two feeds would rename it to and fro. */
function progressOf({ status, clockMinutes }: EventFacts, row: StoredEventRow): EventValues {
  return { ...row, status, clock_minutes: clockMinutes ?? null };
}

function sameValues(one: EventValues, other: EventValues): boolean {
  return (
    one.sport === other.sport &&
    one.competition_id === other.competition_id &&
    one.competition === other.competition &&
    one.home === other.home &&
    one.away === other.away &&
    one.starts_at.getTime() === other.starts_at.getTime() &&
    one.status === other.status &&
    one.clock_minutes === other.clock_minutes
  );
}

/** What is new or different, and what is stored open but absent: that is not offered any more. */
export function diffPrices(
  wanted: ReadonlyMap<string, PriceWords>,
  stored: readonly PriceWords[],
): PriceWords[] {
  const left = new Map(wanted);
  const changes: PriceWords[] = [];
  for (const before of stored) {
    const identity = identityOfWords(before);
    const now = left.get(identity);
    left.delete(identity);
    if (now === undefined) {
      if (isOpen(before)) changes.push(withFlag(before, "t"));
    } else if (now !== before) changes.push(now);
  }
  changes.push(...left.values());
  return changes;
}
