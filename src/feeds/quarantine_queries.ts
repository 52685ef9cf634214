import type { Connection } from "../pool/mod.ts";
import { encodeHeld } from "./held_back.ts";
import { boundItem, boundName, type DecisionRow, nameOf } from "./quarantine_decisions.ts";
import type { QuarantineItem, QuarantineReason } from "./snapshot.ts";

/** Rows that one source may have in the quarantine; what finds no room is counted. */
export const QUARANTINE_MAX = 10_000;
/** A source that is out of room loses what nobody decided about and it has not said for this long. */
const UNSEEN_MS = 24 * 3_600_000;
/** A decision that is seen again is noted at most this often: it is what keeps it from being forgotten. */
const SEEN_AGAIN_MS = 3_600_000;
/** Larger statements block the event loop and gain nothing. */
const ROWS_PER_STATEMENT = 5000;

const SELECT_DECISIONS = `
  select source_event_id, reason, item, state, sample, held, last_seen_at
  from quarantine
  where source = $1
    and state <> 'open'`;

/** What traders have decided about a source and stands, with when the source last said it. */
export function selectDecisions(connection: Connection, source: string): Promise<SeenDecisionRow[]> {
  return connection.query<SeenDecisionRow>(SELECT_DECISIONS, [source]);
}

export interface SeenDecisionRow extends DecisionRow {
  readonly last_seen_at: Date;
}

const NOTE_SEEN_AGAIN = `
  update quarantine
  set last_seen_at = $2
  from unnest($3::text[], $4::text[], $5::text[]) as seen (source_event_id, reason, item)
  where quarantine.source = $1
    and quarantine.source_event_id = seen.source_event_id
    and quarantine.reason = seen.reason
    and quarantine.item = seen.item`;

/** Notes which decided items the source still says, where that was last noted an hour ago or more. Nothing is raised by it. */
export async function noteSeenAgain(
  connection: Connection,
  items: readonly QuarantineItem[],
  {
    source,
    at,
    rows,
  }: { readonly source: string; readonly at: Date; readonly rows: readonly SeenDecisionRow[] },
): Promise<void> {
  const old = new Set(
    rows
      .filter((row) => row.last_seen_at.getTime() < at.getTime() - SEEN_AGAIN_MS)
      .map((row) => nameOf(row.source_event_id, row.reason, row.item)),
  );
  if (old.size === 0) return;
  const seen = items
    .map(boundItem)
    .filter(({ sourceEventId, reason, item }) => old.has(nameOf(sourceEventId, reason, item)));
  if (seen.length === 0) return;
  await connection.execute(NOTE_SEEN_AGAIN, [source, at, ...keysOf(seen)]);
}

// Whatever is said anew under a decided name is open again: the decision was about something else.
const SET_ASIDE = `
  with incoming as (
    select quarantine_id, source_event_id, reason, item, sample, held, place
    from unnest($3::text[], $4::text[], $5::text[], $6::uuid[], $7::jsonb[], $8::jsonb[]) with ordinality
      as incoming (source_event_id, reason, item, quarantine_id, sample, held, place)
  ), fresh as (
    select incoming.*
    from incoming
    where not exists (
      select
      from quarantine
      where quarantine.source = $1
        and quarantine.source_event_id = incoming.source_event_id
        and quarantine.reason = incoming.reason
        and quarantine.item = incoming.item)
    order by place
  ), added as (
    insert into quarantine (
      quarantine_id, source, source_event_id, reason, item, sample, held, first_seen_at, last_seen_at)
    select quarantine_id, $1, source_event_id, reason, item, sample, held, $2, $2
    from fresh
    limit greatest(0, $9 - (select count(*) from quarantine where source = $1))
    on conflict do nothing
    returning reason
  ), known as (
    update quarantine
    set sample = incoming.sample,
        held = incoming.held,
        state = 'open',
        actor = null,
        decided_at = null,
        last_seen_at = greatest(quarantine.last_seen_at, $2),
        seen = quarantine.seen + 1
    from incoming
    where $10
      and quarantine.source = $1
      and quarantine.source_event_id = incoming.source_event_id
      and quarantine.reason = incoming.reason
      and quarantine.item = incoming.item
    returning quarantine.reason
  )
  select
    reason,
    (select count(*) from incoming where incoming.reason = reasons.reason) as items,
    (select count(*) from fresh where fresh.reason = reasons.reason) as fresh,
    (select count(*) from added where added.reason = reasons.reason) as added,
    (select count(*) from known where known.reason = reasons.reason) as known
  from (select distinct reason from incoming) as reasons`;

interface SetAsideRow {
  readonly reason: QuarantineReason;
  readonly items: bigint;
  readonly fresh: bigint;
  readonly added: bigint;
  readonly known: bigint;
}

export interface Sighting {
  readonly source: string;
  /** Business time. */
  readonly at: Date;
  /** The answer is a new one. The same answer read again is no new sighting. */
  readonly isNew: boolean;
}

/** What became of the items of one answer. */
export interface SetAside {
  /** Rows written. */
  readonly written: number;
  /** Items by reason, if the answer was a new one. */
  readonly raised: Readonly<Partial<Record<QuarantineReason, number>>>;
  /** Those among them that found no room. */
  readonly overflowed: number;
}

/**
 * Sets items aside, or counts another sighting of those that were. Bounded in rows a source, and in the size of each: what finds no
 * room is counted with its reason, and room is made of what the source has not said for a day and nobody has decided about.
 */
export async function putInQuarantine(
  connection: Connection,
  items: readonly QuarantineItem[],
  { source, at, isNew }: Sighting,
): Promise<SetAside> {
  const named = distinct(items);
  const rows: SetAsideRow[] = overflowOf(named.slice(QUARANTINE_MAX));
  for (const slice of slicesOf(named.slice(0, QUARANTINE_MAX).map(boundItem))) {
    rows.push(
      ...(await connection.query<SetAsideRow>(SET_ASIDE, [
        source,
        at,
        ...keysOf(slice),
        slice.map(() => Bun.randomUUIDv7("hex", at.getTime())),
        slice.map(({ sample }) => JSON.stringify(sample)),
        slice.map(({ held }) => (held === undefined ? null : JSON.stringify(encodeHeld(held)))),
        QUARANTINE_MAX,
        isNew,
      ])),
    );
  }
  const written = sumOf(rows, ({ added, known }) => added + known);
  const overflowed = sumOf(rows, ({ fresh, added }) => fresh - added);
  if (overflowed > 0) await forgetUnseen(connection, source, at);
  if (!isNew || rows.length === 0) return { written, raised: {}, overflowed: 0 };
  await count(connection, source, rows);
  return { written, raised: raisedOf(rows), overflowed };
}

function raisedOf(rows: readonly SetAsideRow[]): SetAside["raised"] {
  const raised: Partial<Record<QuarantineReason, number>> = {};
  for (const { reason, items } of rows) raised[reason] = (raised[reason] ?? 0) + Number(items);
  return raised;
}

const FORGET_UNSEEN = `
  delete from quarantine
  where source = $1
    and state = 'open'
    and last_seen_at < $2`;

async function forgetUnseen(connection: Connection, source: string, at: Date): Promise<void> {
  await connection.execute(FORGET_UNSEEN, [source, new Date(at.getTime() - UNSEEN_MS)]);
}

const COUNT = `
  insert into quarantine_counters (source, reason, seen, overflowed)
  select $1, reason, sum(seen), sum(overflowed)
  from unnest($2::text[], $3::bigint[], $4::bigint[]) as counted (reason, seen, overflowed)
  group by reason
  on conflict (source, reason) do update
  set seen = quarantine_counters.seen + excluded.seen,
      overflowed = quarantine_counters.overflowed + excluded.overflowed`;

async function count(connection: Connection, source: string, rows: readonly SetAsideRow[]): Promise<void> {
  await connection.execute(COUNT, [
    source,
    rows.map(({ reason }) => reason),
    rows.map(({ items }) => items),
    rows.map(({ fresh, added }) => fresh - added),
  ]);
}

/** One statement may touch a row once, and one answer may show the same item twice: the later one stands. */
function distinct(items: readonly QuarantineItem[]): QuarantineItem[] {
  return [
    ...new Map(
      items.map((item) => [nameOf(boundName(item.sourceEventId), item.reason, boundName(item.item)), item]),
    ).values(),
  ];
}

/** More than a source may have at all is not even offered to the database. */
function overflowOf(items: readonly QuarantineItem[]): SetAsideRow[] {
  return [...Map.groupBy(items, ({ reason }) => reason)].map(([reason, { length }]) => {
    const items = BigInt(length);
    return { reason, items, fresh: items, added: 0n, known: 0n };
  });
}

function keysOf(items: readonly QuarantineItem[]): readonly [string[], string[], string[]] {
  return [
    items.map(({ sourceEventId }) => sourceEventId),
    items.map(({ reason }) => reason),
    items.map(({ item }) => item),
  ];
}

function* slicesOf<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    yield rows.slice(from, from + ROWS_PER_STATEMENT);
  }
}

function sumOf(rows: readonly SetAsideRow[], value: (row: SetAsideRow) => bigint): number {
  return Number(rows.reduce((sum, row) => sum + value(row), 0n));
}
