import type { Connection } from "../pool/mod.ts";

export interface SilentRow {
  readonly source: string;
  readonly last_good_at: Date | null;
  readonly silence_ms: number;
}

// One that is being written at this moment is not silent, or is looked at again soon.
const MARK_SILENT = `
  with late as (
    select source
    from feeds
    where kind is not null
      and silent_since is null
      and coalesce(last_good_at, seeded_at) < $1::timestamptz - silence_ms * interval '1 millisecond'
    order by source
    for update skip locked
  )
  update feeds
  set silent_since = $1
  from late
  where feeds.source = late.source
  returning feeds.source, last_good_at, silence_ms`;

/** Marks the feeds that have had no good poll within their limits at a moment of business time; those it marked. */
export function markSilent(connection: Connection, at: Date): Promise<SilentRow[]> {
  return connection.query<SilentRow>(MARK_SILENT, [at]);
}

const SELECT_SILENT = `
  select source, silent_since
  from feeds
  where kind is not null
    and silent_since is not null
  order by source`;

/** The feeds that are silent, and since when. */
export function selectSilent(
  connection: Connection,
): Promise<{ readonly source: string; readonly silent_since: Date }[]> {
  return connection.query(SELECT_SILENT);
}

const RECORD_ALL_ODDS = "select record_change('odds', '*')";

/** Tells every machine that odds changed, whichever: the last statement of its transaction. */
export async function recordAllOdds(connection: Connection): Promise<void> {
  await connection.query(RECORD_ALL_ODDS);
}
