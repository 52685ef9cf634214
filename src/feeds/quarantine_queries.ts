import type { Connection } from "../pool/mod.ts";
import type { QuarantineItem } from "./snapshot.ts";

const QUARANTINE_COLUMNS = `
  insert into quarantine (
    quarantine_id, source, source_event_id, reason, item, sample, first_seen_at, last_seen_at)
  select quarantine_id, $1, source_event_id, reason, item, sample, $2, $2
  from unnest($3::uuid[], $4::text[], $5::text[], $6::text[], $7::jsonb[])
    as incoming (quarantine_id, source_event_id, reason, item, sample)`;

const INSERT_QUARANTINE = `${QUARANTINE_COLUMNS}
  on conflict (source, source_event_id, reason, item) do nothing`;

const UPSERT_QUARANTINE = `${QUARANTINE_COLUMNS}
  on conflict (source, source_event_id, reason, item) do update
  set sample = excluded.sample,
      last_seen_at = greatest(quarantine.last_seen_at, excluded.last_seen_at),
      seen = quarantine.seen + 1`;

export interface Sighting {
  readonly source: string;
  readonly at: Date;
  /** The answer is a new one. The same answer read again is no new sighting. */
  readonly isNew: boolean;
}

/** Sets items aside, or counts another sighting of those that were. Returns the rows written. */
export async function putInQuarantine(
  connection: Connection,
  items: readonly QuarantineItem[],
  { source, at, isNew }: Sighting,
): Promise<number> {
  // One statement may touch a row once, and one answer may show the same item twice.
  const distinct = [
    ...new Map(
      items.map((entry) => [`${entry.sourceEventId}/${entry.reason}/${entry.item}`, entry]),
    ).values(),
  ];
  if (distinct.length === 0) return 0;
  return await connection.execute(isNew ? UPSERT_QUARANTINE : INSERT_QUARANTINE, [
    source,
    at,
    distinct.map(() => Bun.randomUUIDv7("hex", at.getTime())),
    distinct.map((entry) => entry.sourceEventId),
    distinct.map((entry) => entry.reason),
    distinct.map((entry) => entry.item),
    distinct.map((entry) => JSON.stringify(entry.sample)),
  ]);
}
