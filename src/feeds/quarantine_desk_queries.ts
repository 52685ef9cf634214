import type { EventStatus } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { QuarantineReason } from "./snapshot.ts";

/** Something that was set aside, with what became of it. */
export interface QuarantineRow {
  readonly quarantineId: string;
  readonly source: string;
  readonly sourceEventId: string;
  /** The stored event it is about, its sides and start, where there is one. */
  readonly eventId: string | null;
  readonly home: string | null;
  readonly away: string | null;
  readonly startsAt: Date | null;
  readonly reason: QuarantineReason;
  readonly item: string;
  /** What the source wrote, bounded. */
  readonly sample: Readonly<Record<string, unknown>>;
  /** What a release lets through, as JSON; `null` where nothing can be. */
  readonly held: unknown;
  readonly state: "open" | "released" | "discarded";
  readonly actor: string | null;
  readonly decidedAt: Date | null;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** Answers in which it was met. */
  readonly seen: number;
}

const COLUMNS = `
  quarantine.quarantine_id as "quarantineId",
  quarantine.source,
  quarantine.source_event_id as "sourceEventId",
  events.event_id as "eventId",
  events.home,
  events.away,
  events.starts_at as "startsAt",
  quarantine.reason,
  quarantine.item,
  quarantine.sample,
  quarantine.held,
  quarantine.state,
  quarantine.actor,
  quarantine.decided_at as "decidedAt",
  quarantine.first_seen_at as "firstSeenAt",
  quarantine.last_seen_at as "lastSeenAt",
  quarantine.seen`;

const FROM = `
  from quarantine
  left join events
    on events.source = quarantine.source
    and events.source_event_id = quarantine.source_event_id`;

const LIST_QUARANTINE = `
  select ${COLUMNS}
  ${FROM}
  where ($1::text is null or quarantine.source = $1)
    and ($2::text is null or quarantine.reason = $2)
    and ($3::text is null or quarantine.state = $3)
    and ($4::text is null or quarantine.source_event_id = $4)
    and ($5::uuid is null or quarantine.quarantine_id < $5)
  order by quarantine.quarantine_id desc
  limit $6`;

export interface QuarantineFilter {
  readonly source?: string;
  readonly reason?: QuarantineReason;
  readonly state?: QuarantineRow["state"];
  readonly sourceEventId?: string;
  /** The last one of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** What was set aside, the newest first. */
export function listQuarantine(connection: Connection, filter: QuarantineFilter): Promise<QuarantineRow[]> {
  const { source, reason, state, sourceEventId, after, limit } = filter;
  const values = [source ?? null, reason ?? null, state ?? null, sourceEventId ?? null, after ?? null, limit];
  return connection.query<QuarantineRow>(LIST_QUARANTINE, values);
}

const SELECT_QUARANTINED = `
  select ${COLUMNS}
  ${FROM}
  where quarantine.quarantine_id = $1`;

/** One of them, or `undefined`. */
export async function selectQuarantined(
  connection: Connection,
  quarantineId: string,
): Promise<QuarantineRow | undefined> {
  const [row] = await connection.query<QuarantineRow>(SELECT_QUARANTINED, [quarantineId]);
  return row;
}

export interface QuarantineCounter {
  readonly source: string;
  readonly reason: QuarantineReason;
  readonly seen: bigint;
  /** Of these, how many found no room. */
  readonly overflowed: bigint;
}

const SELECT_COUNTERS = `
  select source, reason, seen, overflowed
  from quarantine_counters
  order by source, reason`;

/** How often each source was met with each reason since the beginning. */
export function selectQuarantineCounters(connection: Connection): Promise<QuarantineCounter[]> {
  return connection.query<QuarantineCounter>(SELECT_COUNTERS);
}

// The log keeps what the decision was about, whatever the row says later.
const DECIDE = `
  with decided as (
    update quarantine
    set state = $2,
        actor = $3,
        decided_at = $4
    where quarantine_id = $1
    returning quarantine_id, source, source_event_id, reason, item, sample, state, actor, decided_at
  )
  insert into quarantine_decisions (
    decision_id, quarantine_id, source, source_event_id, reason, item, sample, decision, actor, decided_at)
  select $5, quarantine_id, source, source_event_id, reason, item, sample, state, actor, decided_at
  from decided`;

export interface DecisionToRecord {
  readonly quarantineId: string;
  readonly state: "released" | "discarded";
  readonly actor: string;
  readonly at: Date;
}

/** Puts an item into a decided state, and the decision into the log. */
export async function recordDecision(
  connection: Connection,
  { quarantineId, state, actor, at }: DecisionToRecord,
): Promise<void> {
  const decisionId = Bun.randomUUIDv7("hex", at.getTime());
  await connection.execute(DECIDE, [quarantineId, state, actor, at, decisionId]);
}

// Whoever polls at this moment read the decisions before this one: its claim ends, and the next answer is asked for whole.
const ASK_ANEW = `
  update feeds
  set validated_url = null,
      claim_token = claim_token + 1,
      claimed_by = null,
      claimed_until = null,
      due_at = least(due_at, now())
  where source = $1
    and kind is not null`;

/** Has a polled source asked again at once, and for all it has, though it has nothing new. */
export async function askAnew(connection: Connection, source: string): Promise<void> {
  await connection.execute(ASK_ANEW, [source]);
}

const SET_START = `
  update events
  set starts_at = $3,
      updated_at = $4
  where source = $1
    and source_event_id = $2
    and not exists (select from results where results.event_id = events.event_id)
  returning event_id as "eventId"`;

interface EventKey {
  readonly source: string;
  readonly sourceEventId: string;
  readonly at: Date;
}

interface EventIdRow {
  readonly eventId: string;
}

/** Gives an event that is not decided another start; its id, or `undefined` if there is none. */
export async function setEventStart(
  connection: Connection,
  { source, sourceEventId, at, startsAt }: EventKey & { readonly startsAt: Date },
): Promise<string | undefined> {
  const [row] = await connection.query<EventIdRow>(SET_START, [source, sourceEventId, startsAt, at]);
  return row?.eventId;
}

const SET_PROGRESS = `
  update events
  set status = $3,
      clock_minutes = $4,
      updated_at = $5
  where source = $1
    and source_event_id = $2
    and not exists (select from results where results.event_id = events.event_id)
  returning event_id as "eventId"`;

/** Sets how far an event that is not decided has come; its id, or `undefined` if there is none. */
export async function setEventProgress(
  connection: Connection,
  progress: EventKey & { readonly status: EventStatus; readonly clockMinutes: number | null },
): Promise<string | undefined> {
  const { source, sourceEventId, status, clockMinutes, at } = progress;
  const values = [source, sourceEventId, status, clockMinutes, at];
  const [row] = await connection.query<EventIdRow>(SET_PROGRESS, values);
  return row?.eventId;
}

const SET_VERSION_BACK = `
  update feeds
  set source_version = least(source_version, $2::bigint)
  where source = $1`;

/** Lets a source that counts from lower again be taken from this version on. */
export async function setVersionBack(
  connection: Connection,
  { feed, version }: { readonly feed: string; readonly version: bigint },
): Promise<void> {
  await connection.execute(SET_VERSION_BACK, [feed, version]);
}

const RECORD_CHANGE = "select record_change('odds', $1)";

/** Tells every machine that an event's facts are others. */
export async function recordEventChange(connection: Connection, eventId: string): Promise<void> {
  await connection.query(RECORD_CHANGE, [eventId]);
}
