import type { Connection } from "../pool/mod.ts";
import { type FactRow, judgeClaims, type KnownFact, selectStandingOfEvents } from "../results/mod.ts";
import type { EventPlan } from "./diff.ts";
import { claimsOfEvent } from "./event_claims.ts";
import { contradicts } from "./record_event_facts.ts";
import { selectLatestResults } from "./result_queries.ts";
import type { ResultFacts } from "./snapshot.ts";

/** An event of which a source says something that is not known just so. */
export interface EventNews {
  readonly eventId: string;
  readonly claims: readonly FactRow[];
  readonly result: ResultFacts | undefined;
}

/**
 * What is news in a source's answer, in the order of the events' ids, in which everybody locks events. Judged again under their locks: this
 * spares the locks of all the events of which nothing is new.
 */
export async function newsOf(
  connection: Connection,
  plans: readonly EventPlan[],
  { source, at }: { readonly source: string; readonly at: Date },
): Promise<EventNews[]> {
  const stored = plans.flatMap(({ isNew, values }) => (isNew ? [] : [values.event_id]));
  const standing = await standingOf(connection, stored);
  const news = plans.flatMap(({ values: { event_id: eventId }, event }) => {
    const known = standing.get(eventId) ?? [];
    const claims = claimsOfEvent(event, { at, isSpokenOf: known.length > 0 });
    return claims.length === 0 ? [] : [{ eventId, claims, result: event.result, known }];
  });
  const rows = await selectLatestResults(
    connection,
    news.flatMap(({ eventId, result }) => (result === undefined ? [] : [eventId])),
  );
  const results = new Map(rows.map((row) => [row.event_id, row]));
  return news
    .filter(({ eventId, claims, result, known }) => {
      const row = results.get(eventId);
      if (result !== undefined && (row === undefined || contradicts(row, result))) return true;
      const { news, contradictions } = judgeClaims(claims, { standing: known, source, at });
      return news.length > 0 || contradictions.length > 0;
    })
    .sort((one, other) => (one.eventId < other.eventId ? -1 : 1));
}

async function standingOf(
  connection: Connection,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, readonly KnownFact[]>> {
  if (eventIds.length === 0) return new Map();
  return Map.groupBy(await selectStandingOfEvents(connection, eventIds), ({ eventId }) => eventId);
}
