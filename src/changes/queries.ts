import type { Connection } from "../pool/mod.ts";

/** One committed change: what kind of thing, and which. Numbers grow in the order of the commits. */
export interface ChangeRow {
  readonly number: bigint;
  readonly topic: string;
  readonly key: string;
}

const SELECT_CHANGES_AFTER = `
  select number, topic, key
  from changes
  where number > $1
  order by number
  limit $2`;

/** The next changes after a number, at most `limit`, in order. */
export async function selectChangesAfter(
  connection: Connection,
  { after, limit }: { after: bigint; limit: number },
): Promise<ChangeRow[]> {
  return connection.query<ChangeRow>(SELECT_CHANGES_AFTER, [after, limit]);
}

const SELECT_BOUNDS = `
  select
    coalesce(min(number), 0) as oldest,
    coalesce(max(number), 0) as newest
  from changes`;

/** The oldest and the newest number kept; both 0 when none is. */
export async function selectBounds(connection: Connection): Promise<{ oldest: bigint; newest: bigint }> {
  const [row] = await connection.query<{ oldest: bigint; newest: bigint }>(SELECT_BOUNDS);
  return row ?? { oldest: 0n, newest: 0n };
}

const DELETE_CHANGES_BEFORE = `
  delete from changes
  where changed_at < $1
    and number < (select max(number) from changes)`;

/** Forgets changes older than a moment, always keeping the newest; says how many. */
export async function deleteChangesBefore(connection: Connection, before: Date): Promise<number> {
  return connection.execute(DELETE_CHANGES_BEFORE, [before]);
}
