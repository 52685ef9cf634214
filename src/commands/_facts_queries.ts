import type { Connection } from "../pool/mod.ts";
import type { EventNamed } from "./_facts_csv.ts";

const SELECT_NAMED_EVENTS = `
  select named.place::integer as place, events.event_id as "eventId"
  from unnest($1::uuid[], $2::text[], $3::text[]) with ordinality as named (event_id, source, source_event_id, place)
  join events
    on events.event_id = named.event_id
    or (events.source = named.source and events.source_event_id = named.source_event_id)`;

/** The id of each of these events, in their order; `undefined` for one that is not stored. */
export async function selectNamedEvents(
  connection: Connection,
  named: readonly EventNamed[],
): Promise<(string | undefined)[]> {
  const rows = await connection.query<{ readonly place: number; readonly eventId: string }>(
    SELECT_NAMED_EVENTS,
    [
      named.map((event) => ("eventId" in event ? event.eventId : null)),
      named.map((event) => ("source" in event ? event.source : null)),
      named.map((event) => ("sourceEventId" in event ? event.sourceEventId : null)),
    ],
  );
  const byPlace = new Map(rows.map(({ place, eventId }) => [place, eventId]));
  return named.map((_, index) => byPlace.get(index + 1));
}
