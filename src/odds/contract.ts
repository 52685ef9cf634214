import { type Static, Type } from "@sinclair/typebox";
import type { ProblemTable } from "../http/mod.ts";
import { EVENT_STATUSES } from "../markets/mod.ts";
import { oddsFormatSchema } from "./offer_contract.ts";

export const problems = {
  event_not_found: { status: 404, title: "No such event" },
  too_many_streams: { status: 429, title: "Too many streams from one address", retryAfterSeconds: 10 },
  streams_exhausted: { status: 503, title: "No stream can be opened right now", retryAfterSeconds: 3 },
} as const satisfies ProblemTable;

const instant = (description: string, example: string) =>
  Type.String({ format: "date-time", description, examples: [example] });
const name = (description: string, example: string) => Type.String({ description, examples: [example] });
const score = (description: string, example: number) =>
  Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
    description: `${description}; null when it is not known`,
    examples: [example],
  });

const eventFields = {
  eventId: Type.String({ format: "uuid", examples: ["01994e0a-3c00-7000-8000-0d9c1c2f7a11"] }),
  sport: name("Sport", "soccer"),
  competitionId: name("Stable id of the competition", "goalserve:1204"),
  competition: name("Name of the competition", "England: Premier League"),
  home: name("Home side", "Liverpool"),
  away: name("Away side", "Everton"),
  startsAt: instant("Planned start", "2025-09-20T11:30:00.000Z"),
};

export const eventSchema = Type.Object(
  {
    ...eventFields,
    status: Type.Union(
      EVENT_STATUSES.map((status) => Type.Literal(status)),
      { description: "Where the event is in its life", examples: ["scheduled"] },
    ),
  },
  { description: "A fixture" },
);
export type EventView = Static<typeof eventSchema>;

const next = Type.Union([Type.String(), Type.Null()], {
  description: "Pass as cursor for the next page; null on the last",
  examples: ["MTc1ODM2ODgwMDAwMDAwMA.01994e0a-3c00-7000-8000-0d9c1c2f7a11"],
});

export const eventListSchema = Type.Object(
  { items: Type.Array(eventSchema), next },
  { description: "A page of events, by start" },
);
export type EventList = Static<typeof eventListSchema>;

const competitionFields = {
  competitionId: name("Stable id", "goalserve:1204"),
  competition: name("Name", "England: Premier League"),
  events: Type.Integer({ minimum: 0, description: "Events to come or under way", examples: [10] }),
};

export const sportsSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        sport: name("Sport", "soccer"),
        events: Type.Integer({ minimum: 0, description: "Events to come or under way", examples: [10] }),
        competitions: Type.Array(Type.Object(competitionFields)),
      }),
    ),
  },
  { description: "Sports and competitions that have something to show" },
);
export type Sports = Static<typeof sportsSchema>;

export const competitionsSchema = Type.Object(
  { items: Type.Array(Type.Object({ sport: name("Sport", "soccer"), ...competitionFields })) },
  { description: "Competitions that have something to show, by sport and name" },
);
export type Competitions = Static<typeof competitionsSchema>;

const outcomeSchema = Type.Object({
  outcome: name("What happens, in the normal form", "home"),
  price: Type.String({
    pattern: "^([0-9]+\\.[0-9]{2,6}|[+-][0-9]+|[0-9]+/[0-9]+)$",
    description:
      "For showing, in the tenant's odds format: decimal with the stake (1.62), American (-162, never promising more than is paid) or fractional without the stake (31/50)",
    examples: ["1.62"],
  }),
  fraction: Type.Object(
    {
      numerator: Type.String({ pattern: "^[0-9]+$", examples: ["81"] }),
      denominator: Type.String({ pattern: "^[0-9]+$", examples: ["50"] }),
    },
    {
      description:
        "The exact price, stake included, whatever the odds format: the tenant's margin is in it, and a bet is placed at exactly this",
    },
  ),
  suspended: Type.Boolean({ description: "Shown, and not to be bet on" }),
});

const marketSchema = Type.Object({
  book: name("Whose prices", "bet365"),
  marketType: name("In the normal form; unknown for what the catalogue does not know", "1x2"),
  period: name("The stretch of play that decides", "regulation"),
  label: name("The source's own name of an unknown market, else empty", ""),
  lineQuarters: Type.Union([Type.Integer(), Type.Null()], {
    description: "The line in quarter units",
    examples: [-5],
  }),
  line: Type.Union([Type.String(), Type.Null()], {
    description: "The line for showing",
    examples: ["-1.25"],
  }),
  outcomes: Type.Array(outcomeSchema),
});
export type MarketView = Static<typeof marketSchema>;

export const oddsSchema = Type.Object(
  {
    event: eventSchema,
    confirmedAt: Type.Union([Type.String({ format: "date-time" }), Type.Null()], {
      description: "When the source of these prices last answered well; null if it never did",
      examples: ["2025-09-20T11:00:00.000Z"],
    }),
    expired: Type.Boolean({
      description:
        "The prices are older than is allowed, or the event no longer takes bets: all are suspended",
    }),
    ageSeconds: Type.Union([Type.Integer({ minimum: 0 }), Type.Null()], {
      description:
        "How old expired prices are; null while they are not expired, or when their age is not known",
      examples: [412],
    }),
    oddsFormat: oddsFormatSchema,
    markets: Type.Array(marketSchema),
  },
  { description: "Every price of an event, as this tenant offers it" },
);
export type Odds = Static<typeof oddsSchema>;

export const oddsListSchema = Type.Object(
  { items: Type.Array(oddsSchema), next },
  { description: "A page of events with all their prices, by start" },
);
export type OddsList = Static<typeof oddsListSchema>;

export const resultListSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object({
        ...eventFields,
        version: Type.Integer({ minimum: 1, description: "Grows when a result is corrected", examples: [1] }),
        state: Type.Union([Type.Literal("final"), Type.Literal("void")], { examples: ["final"] }),
        homeScore: score("Goals, points or sets of the home side", 2),
        awayScore: score("Of the away side", 1),
        halfHomeScore: score("Home side at half time", 2),
        halfAwayScore: score("Away side at half time", 0),
        recordedAt: instant("When this version was recorded", "2025-09-20T13:25:00.000Z"),
      }),
    ),
    next,
  },
  { description: "A page of results, the latest first, each in its latest version" },
);
export type ResultList = Static<typeof resultListSchema>;

export const schemas = {
  Event: eventSchema,
  EventList: eventListSchema,
  Sports: sportsSchema,
  Competitions: competitionsSchema,
  Odds: oddsSchema,
  OddsList: oddsListSchema,
  ResultList: resultListSchema,
};
