import type { EventStatus } from "../markets/mod.ts";
import { type Decisions, type SortedItems, withReleased } from "./quarantine_decisions.ts";
import type { HeldBack, QuarantineItem, SnapshotEvent } from "./snapshot.ts";

/** What is stored of an event as far as it bounds what may come next. */
export interface StoredFacts {
  readonly starts_at: Date;
  readonly status: EventStatus;
  readonly clock_minutes: number | null;
  /** A result is recorded: a feed changes nothing of it. */
  readonly closed: boolean;
}

export interface ChangeContext {
  /** `undefined` when the event is new: nothing it says can contradict anything. */
  readonly stored: StoredFacts | undefined;
  /** What traders have decided about this very item, if anything. */
  readonly decided: (item: QuarantineItem) => "released" | "discarded" | undefined;
  /** Business time. */
  readonly at: Date;
}

export interface JudgedChange {
  /** What is to be taken. */
  readonly event: SnapshotEvent;
  /** What was kept out of it and nobody has decided about. */
  readonly heldBack?: QuarantineItem;
}

/** A stored event, by its source's own id. */
export interface StoredEventFacts extends StoredFacts {
  readonly source_event_id: string;
}

export interface ChangesContext {
  readonly stored: readonly StoredEventFacts[];
  readonly decisions: Decisions;
  /** Prices that traders have released, by event. */
  readonly released: SortedItems["released"];
  /** Business time. */
  readonly at: Date;
}

/** Events as they are to be taken, with what traders released put back and what contradicts what is stored held back. */
export function judgeChanges(
  events: readonly SnapshotEvent[],
  { stored, decisions, released, at }: ChangesContext,
): { readonly events: SnapshotEvent[]; readonly heldBack: QuarantineItem[] } {
  const rows = new Map(stored.map((row) => [row.source_event_id, row]));
  const decided = (item: QuarantineItem) => decisions.of(item);
  const judged = events.map((event) =>
    judgeChange(withReleased(event, released), {
      stored: rows.get(event.facts.sourceEventId),
      decided,
      at,
    }),
  );
  return {
    events: judged.map(({ event }) => event),
    heldBack: judged.flatMap(({ heldBack }) => heldBack ?? []),
  };
}

const HOUR_MS = 3_600_000;
/**
 * How far a kick-off may move before it is another fixture to a bettor: as long as common house rules let a bet stand. Football is
 * played within two days or void; tennis and cricket wait for the weather, so that tournaments have three; elsewhere a day.
 */
const MOVE_MAX_HOURS: Readonly<Record<string, number>> = { soccer: 48, tennis: 72, cricket: 72 };
const MOVE_MAX_HOURS_ELSEWHERE = 24;

/** Two feeds speak of one event, and the board's knows later than the scores' that it has begun: that is no contradiction yet. */
const LAG_MS = 15 * 60_000;
/** The same in minutes of play, corrections by the timekeeper included. */
const CLOCK_SLACK_MINUTES = 15;

const NOT_BEGUN: ReadonlySet<EventStatus> = new Set(["scheduled", "delayed"]);
const BEGUN: ReadonlySet<EventStatus> = new Set(["live", "interrupted", "ended"]);
/** A new start is what such an event waits for, and nobody can bet on it meanwhile. */
const CALLED_OFF: ReadonlySet<EventStatus> = new Set(["postponed", "abandoned", "cancelled", "walkover"]);

/** The most a kick-off of this sport may move without a trader, in milliseconds. */
export function startMoveMaxMs(sport: string): number {
  const hours = Object.hasOwn(MOVE_MAX_HOURS, sport) ? MOVE_MAX_HOURS[sport] : undefined;
  return (hours ?? MOVE_MAX_HOURS_ELSEWHERE) * HOUR_MS;
}

/**
 * Holds what a source says of an event against what is stored of it. Pure.
 *
 * An event that runs backwards (begun, now said not to have; a match clock well behind) keeps its stored progress, and a kick-off that
 * moves by more than its sport's bound keeps its stored start; either way nothing of the event is offered until a trader decides or
 * the source comes to its senses. A discarded move leaves the event on offer under its stored start; a discarded step back does not,
 * as its prices are as old as its clock.
 */
export function judgeChange(event: SnapshotEvent, context: ChangeContext): JudgedChange {
  const { stored } = context;
  if (stored === undefined || stored.closed) return { event };
  if (runsBackwards(event.facts, stored)) return judgeStepBack(event, stored, context);
  if (movesTooFar(event.facts, stored) || restarts(event.facts, stored, context.at))
    return judgeMove(event, stored, context);
  return { event: keepClock(event, stored) };
}

function runsBackwards({ status, clockMinutes }: SnapshotEvent["facts"], stored: StoredFacts): boolean {
  if (BEGUN.has(stored.status) && NOT_BEGUN.has(status)) return true;
  if (stored.status === "ended" && (status === "live" || status === "interrupted")) return true;
  if (clockMinutes === undefined || stored.clock_minutes === null || status !== "live") return false;
  return clockMinutes < stored.clock_minutes - CLOCK_SLACK_MINUTES;
}

function judgeStepBack(event: SnapshotEvent, stored: StoredFacts, context: ChangeContext): JudgedChange {
  const { status, clockMinutes = null } = event.facts;
  const item = itemOf(event, {
    reason: "clock_backwards",
    item: "progress",
    from: wordsOf(stored.status, stored.clock_minutes),
    to: wordsOf(status, clockMinutes),
    held: { kind: "progress", status, clockMinutes },
  });
  const decided = context.decided(item);
  if (decided === "released") return { event };
  const lags = NOT_BEGUN.has(status) && context.at.getTime() < stored.starts_at.getTime() + LAG_MS;
  const { known: _, ...unscored } = event;
  // Its counts are as old as its clock.
  const kept = suspended(withFacts(unscored, { status: stored.status, clockMinutes: stored.clock_minutes }));
  return decided === undefined && !lags ? { event: kept, heldBack: item } : { event: kept };
}

function movesTooFar({ sport, startsAt, status }: SnapshotEvent["facts"], stored: StoredFacts): boolean {
  if (CALLED_OFF.has(stored.status) || CALLED_OFF.has(status)) return false;
  return Math.abs(startsAt.getTime() - stored.starts_at.getTime()) > startMoveMaxMs(sport);
}

/** Nobody knows whether an event of unknown status has begun: past its start, it does not get another one without a trader. */
function restarts({ startsAt, status }: SnapshotEvent["facts"], stored: StoredFacts, at: Date): boolean {
  const isDue = stored.status === "unknown" && at >= stored.starts_at;
  return isDue && NOT_BEGUN.has(status) && startsAt > stored.starts_at;
}

function judgeMove(event: SnapshotEvent, stored: StoredFacts, { decided }: ChangeContext): JudgedChange {
  const { startsAt } = event.facts;
  const item = itemOf(event, {
    reason: "time_moved",
    item: "start",
    from: stored.starts_at.toISOString(),
    to: startsAt.toISOString(),
    held: { kind: "start", startsAt },
  });
  const verdict = decided(item);
  if (verdict === "released") return { event };
  const kept = withFacts(keepClock(event, stored), { startsAt: stored.starts_at });
  return verdict === "discarded" ? { event: kept } : { event: suspended(kept), heldBack: item };
}

/** A minute that the slower of two feeds has not reached yet is not written back. */
function keepClock(event: SnapshotEvent, { clock_minutes }: StoredFacts): SnapshotEvent {
  const { status, clockMinutes } = event.facts;
  const isInPlay = status === "live" || status === "interrupted";
  if (!isInPlay || clock_minutes === null || (clockMinutes ?? 0) >= clock_minutes) return event;
  return withFacts(event, { clockMinutes: clock_minutes });
}

interface KeptFacts {
  readonly status?: EventStatus;
  readonly startsAt?: Date;
  readonly clockMinutes?: number | null;
}

function withFacts(event: SnapshotEvent, { clockMinutes, ...kept }: KeptFacts): SnapshotEvent {
  const { clockMinutes: said, ...facts } = event.facts;
  const clock = clockMinutes === undefined ? said : (clockMinutes ?? undefined);
  return { ...event, facts: { ...facts, ...kept, ...(clock === undefined ? {} : { clockMinutes: clock }) } };
}

function suspended(event: SnapshotEvent): SnapshotEvent {
  const prices = event.prices?.map((price) => (price.suspended ? price : { ...price, suspended: true }));
  return { ...event, prices };
}

function itemOf(
  { facts }: SnapshotEvent,
  {
    from,
    to,
    ...item
  }: Pick<QuarantineItem, "reason" | "item"> & {
    readonly from: string;
    readonly to: string;
    readonly held: HeldBack;
  },
): QuarantineItem {
  return { ...item, sourceEventId: facts.sourceEventId, sample: { from, to } };
}

function wordsOf(status: EventStatus, clockMinutes: number | null): string {
  return clockMinutes === null ? status : `${status} ${clockMinutes}'`;
}
