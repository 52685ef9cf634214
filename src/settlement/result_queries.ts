import type { Connection } from "../pool/mod.ts";
import type { ResultFacts } from "./grade.ts";

const SELECT_NEWEST_RESULTS = `
  select event_id as "eventId", max(version) as "resultVersion"
  from results
  where event_id = any ($1::uuid[])
  group by event_id`;

/** The newest version of the result of each of these events that has one. */
export function selectNewestResults(
  connection: Connection,
  eventIds: readonly string[],
): Promise<{ readonly eventId: string; readonly resultVersion: number }[]> {
  return connection.query(SELECT_NEWEST_RESULTS, [eventIds]);
}

const SELECT_RESULT = `
  select state, home_score as "homeScore", away_score as "awayScore"
  from results
  where event_id = $1 and version = $2`;

type ResultRow =
  | { readonly state: "final"; readonly homeScore: number; readonly awayScore: number }
  | { readonly state: "void"; readonly homeScore: number | null; readonly awayScore: number | null };

/** The facts of one version of an event's result, or `undefined`. */
export async function selectResult(
  connection: Connection,
  { eventId, resultVersion }: { readonly eventId: string; readonly resultVersion: number },
): Promise<ResultFacts | undefined> {
  const [row] = await connection.query<ResultRow>(SELECT_RESULT, [eventId, resultVersion]);
  if (row === undefined) return undefined;
  return row.state === "void" ? { state: "void" } : row;
}
