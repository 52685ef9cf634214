import { content, edgeProblems, operation, problemResponses } from "../http/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { problems } from "./contract.ts";
import { exampleOdds } from "./examples.ts";
import { STREAM_EVENTS_MAX, type StreamDelta } from "./stream_contract.ts";

const DESCRIPTION = `Server-sent events (WHATWG HTML, 9.2) of up to ${STREAM_EVENTS_MAX} events, or of a competition:

- \`snapshot\`: all of an event, as \`Odds\`, the very text of \`getOdds\`; first of each event, and again whenever what was missed is not known any more;
- \`delta\`: what has changed since, as \`StreamDelta\`; each outcome in \`changed\` replaces its own, those in \`removed\` are gone. The order of markets and of outcomes says nothing;
- \`removed\`: nothing of the event is shown any more, as \`StreamRemoved\`;
- \`dropped\`: the last of a stream that is ended from this side, as \`StreamDropped\`.

Prices past their age limit, of a silent source or of an event that takes no bets are told suspended as soon as their time is over, whether or not anything else changes, and also while the database does not answer: the stream stays. Comments keep the connection alive.

Every event has an id; asked again for the same with \`Last-Event-ID\`, as browsers do by themselves, the stream goes on where it was if that is less than a few seconds ago, on the same machine and at the same terms; otherwise it begins with snapshots. A reader that does not take what is sent is dropped. A stream that breaks off says nothing about prices: what was last shown must then be taken for suspended.`;

const exampleDelta: StreamDelta = {
  eventId: exampleOdds.event.eventId,
  changed: exampleOdds.markets.slice(0, 1).map((market) => ({
    ...market,
    outcomes: market.outcomes.slice(0, 1),
  })),
  removed: [],
};

const EXAMPLE = `retry: 2310

id: 8m1x0q2z.1k3v9d2c7ab.41
event: delta
data: ${JSON.stringify(exampleDelta)}

:

`;

const table = { ...edgeProblems, ...tenantProblems, ...problems };

/** The operation, as the contract shows it. */
export const streamOdds = operation({
  tag: "odds",
  operationId: "streamOdds",
  degradation: "marked",
  summary: "Prices as they change",
  description: DESCRIPTION,
  parameters: [
    {
      name: "Last-Event-ID",
      in: "header",
      required: false,
      description: "The id of the last event that was received, to go on from there",
      schema: { type: "string" },
      example: "8m1x0q2z.1k3v9d2c7ab.40",
    },
  ],
  responses: {
    200: {
      description: "The stream; it ends when either side ends it",
      headers: {
        "Cache-Control": { $ref: "#/components/headers/CacheControl" },
        "X-Request-Id": { $ref: "#/components/headers/RequestId" },
      },
      content: content("text/event-stream", {
        schema: {
          type: "string",
          "x-events": {
            snapshot: { $ref: "#/components/schemas/Odds" },
            delta: { $ref: "#/components/schemas/StreamDelta" },
            removed: { $ref: "#/components/schemas/StreamRemoved" },
            dropped: { $ref: "#/components/schemas/StreamDropped" },
          },
        },
        example: EXAMPLE,
      }),
    },
    ...problemResponses(table, [
      "host_invalid",
      "tenant_not_found",
      "tenant_suspended",
      "event_not_found",
      "request_invalid",
      "too_many_streams",
      "internal_error",
      "database_unavailable",
      "tenant_undetermined",
      "streams_exhausted",
    ]),
  },
});
