import { type Static, type TSchema, Type } from "@sinclair/typebox";
import { TypeCompiler } from "@sinclair/typebox/compiler";
import { type Representation, represent, representJson } from "../http/mod.ts";
import { fraction } from "../markets/mod.ts";
import type { SnapshotCodec } from "../reads/mod.ts";
import { type RawBoard, rawBoardOf } from "./board.ts";
import { eventSchema } from "./contract.ts";
import { offerOf, type TenantOffer } from "./offer.ts";
import { offerSettingsSchema } from "./offer_contract.ts";
import type { CompetitionRow } from "./queries.ts";
import type { EventPage, ShownEvent } from "./view.ts";

const finished = Type.Object({ contentType: Type.String(), text: Type.String() });

/** A finished answer as the snapshot file keeps it. That there was nothing is not kept: there may be something by now. */
export function createRepresentationCodec(): SnapshotCodec<Representation> {
  const decoder = new TextDecoder();
  return codecOf("representation/1", finished, {
    encode: ({ bytes, contentType }) => ({ contentType, text: decoder.decode(bytes) }),
    decode: (_key, { contentType, text }) => represent(contentType, text),
  });
}

/** A fixture as the snapshot file keeps it. */
export function createEventCodec(): SnapshotCodec<ShownEvent> {
  return codecOf("event/1", eventSchema, {
    encode: ({ event }) => event,
    decode: (eventId, event) =>
      event.eventId === eventId ? { event, representation: representJson(event) } : undefined,
  });
}

const competition = Type.Object({
  sport: Type.String(),
  competitionId: Type.String(),
  competition: Type.String(),
  events: Type.Integer({ minimum: 0 }),
});

/** Competitions with something to show, as the snapshot file keeps them. */
export function createCompetitionsCodec(): SnapshotCodec<readonly CompetitionRow[]> {
  return codecOf("competitions/1", Type.Array(competition), {
    encode: (rows) =>
      rows.map(({ sport, competition_id: competitionId, competition, events }) => ({
        sport,
        competitionId,
        competition,
        events: Number(events),
      })),
    decode: (_key, rows) =>
      rows.map(({ sport, competitionId, competition, events }) => ({
        sport,
        competition_id: competitionId,
        competition,
        events: BigInt(events),
      })),
  });
}

const eventPage = Type.Object({
  eventIds: Type.Array(Type.String()),
  next: Type.Union([Type.String(), Type.Null()]),
});

/** Which events stand on a page, as the snapshot file keeps it. */
export function createEventPageCodec(): SnapshotCodec<EventPage> {
  return codecOf("event_page/1", eventPage, {
    encode: ({ eventIds, next }) => ({ eventIds: [...eventIds], next }),
    decode: (_key, page) => page,
  });
}

const digits = Type.String({ pattern: "^[0-9]{1,19}$" });
const board = Type.Object({
  event: eventSchema,
  source: Type.String(),
  confirmedAtMs: Type.Union([Type.Number(), Type.Null()]),
  silent: Type.Boolean(),
  markets: Type.Array(
    Type.Object({
      book: Type.String(),
      marketType: Type.String(),
      period: Type.String(),
      label: Type.String(),
      lineQuarters: Type.Union([Type.Integer(), Type.Null()]),
      outcomes: Type.Array(Type.Tuple([Type.String(), digits, digits, Type.Boolean()])),
    }),
  ),
});

/**
 * An event's stored prices as the snapshot file keeps them. What they were confirmed by goes with them: past it they are shown suspended.
 */
export function createBoardCodec(): SnapshotCodec<RawBoard> {
  return codecOf("odds/2", board, {
    encode: ({ event, source, confirmedAtMs, silent, markets }) => ({
      event,
      source,
      confirmedAtMs: confirmedAtMs ?? null,
      silent,
      markets: markets.map(({ outcomes, ...market }) => ({
        ...market,
        outcomes: outcomes.map(({ outcome, price, suspended }): [string, string, string, boolean] => [
          outcome,
          `${price.numerator}`,
          `${price.denominator}`,
          suspended,
        ]),
      })),
    }),
    decode(eventId, { event, source, confirmedAtMs, silent, markets }) {
      if (event.eventId !== eventId) return undefined;
      return rawBoardOf({
        event,
        source,
        confirmedAtMs: confirmedAtMs ?? undefined,
        silent,
        markets: markets.map(({ outcomes, ...market }) => ({
          ...market,
          outcomes: outcomes.map(([outcome, numerator, denominator, suspended]) => ({
            outcome,
            price: fraction(BigInt(numerator), BigInt(denominator)),
            suspended,
          })),
        })),
      });
    },
  });
}

const offer = Type.Object({
  tenantId: Type.String(),
  version: Type.Integer({ minimum: 0 }),
  settings: offerSettingsSchema,
});

/** A tenant's offer as the snapshot file keeps it: what it set, made ready again by today's code. Another tenant's is not taken. */
export function createOfferCodec(): SnapshotCodec<TenantOffer> {
  return codecOf("offer/1", offer, {
    encode: ({ tenantId, version, settings }) => ({ tenantId, version, settings }),
    decode: (tenantId, kept) =>
      kept.tenantId === tenantId ? offerOf(tenantId, kept.settings, kept.version) : undefined,
  });
}

/** The same for values that may be absent. */
export function whenPresent<T>(codec: SnapshotCodec<T>): SnapshotCodec<T | null> {
  return {
    shape: codec.shape,
    encode: (value) => (value === null ? null : codec.encode(value)),
    decode: codec.decode,
  };
}

/** A codec that takes nothing that is not of the schema. */
function codecOf<S extends TSchema, T>(
  shape: string,
  schema: S,
  {
    encode,
    decode,
  }: {
    readonly encode: (value: T) => Static<S>;
    readonly decode: (key: string, data: Static<S>) => T | undefined;
  },
): SnapshotCodec<T> {
  const isWhole = TypeCompiler.Compile(schema);
  return {
    shape,
    encode,
    decode: (key, data) => (isWhole.Check(data) ? decode(key, data) : undefined),
  };
}
