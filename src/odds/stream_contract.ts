import { type Static, Type } from "@sinclair/typebox";
import { oddsSchema } from "./contract.ts";

const { event, confirmedAt, expired, ageSeconds, oddsFormat, markets } = oddsSchema.properties;
const { eventId } = event.properties;
const { book, marketType, period, label, lineQuarters } = markets.items.properties;

/** Most events that one stream follows. */
export const STREAM_EVENTS_MAX = 50;

const streamDeltaSchema = Type.Object(
  {
    eventId,
    event: Type.Optional(event),
    confirmedAt: Type.Optional(confirmedAt),
    expired: Type.Optional(expired),
    ageSeconds: Type.Optional(ageSeconds),
    oddsFormat: Type.Optional(oddsFormat),
    changed: Type.Array(markets.items, {
      description: "Markets with those outcomes alone that are new or have changed: each replaces its own",
    }),
    removed: Type.Array(
      Type.Object({ book, marketType, period, label, lineQuarters, outcomes: Type.Array(Type.String()) }),
      { description: "Outcomes no longer shown; a market is gone with the last of them" },
    ),
  },
  {
    description:
      "Data of a delta: what has changed of an event since the message before. Fields of the event's head stand here only when they have changed",
  },
);
export type StreamDelta = Static<typeof streamDeltaSchema>;

const streamRemovedSchema = Type.Object(
  { eventId },
  { description: "Data of a removed: there is nothing of the event to show, until a snapshot of it comes" },
);

export const DROP_REASONS = ["slow_reader", "stopping", "tenant_gone", "too_many"] as const;
/** Why a stream was ended from our side. */
export type DropReason = (typeof DROP_REASONS)[number];

const streamDroppedSchema = Type.Object(
  {
    reason: Type.Union(
      DROP_REASONS.map((reason) => Type.Literal(reason)),
      { description: "Why", examples: ["slow_reader"] },
    ),
  },
  { description: "Data of a dropped, the last of a stream: come back with Last-Event-ID" },
);

export const streamSchemas = {
  StreamDelta: streamDeltaSchema,
  StreamRemoved: streamRemovedSchema,
  StreamDropped: streamDroppedSchema,
};
