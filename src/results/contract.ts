import { type Static, Type } from "@sinclair/typebox";
import type { ProblemTable } from "../http/mod.ts";
import { reasonSchema } from "../operators/mod.ts";
import { CLAIMED_FACTS } from "./claim_words.ts";
import { FactClaimInvalidError } from "./errors.ts";
import { FACT_KINDS } from "./fact_rows.ts";
import { CANCELLATION_REASONS } from "./facts/facts.ts";

export const problems = {
  cancellation_not_found: { status: 404, title: "No such cancellation" },
  fact_claim_invalid: {
    status: 422,
    title: "A claim cannot be told",
    members: (error: unknown) =>
      error instanceof FactClaimInvalidError ? { claim: error.claim, field: error.field } : {},
    example: { claim: 1, field: "value" },
  },
} as const satisfies ProblemTable;

const EVENT = "01994e0a-3c00-7000-8000-0d9c1c2f7a11";
const CANCELLATION = "01994e0a-3c00-7000-8000-00000000c001";
const time = (description: string, example: string) =>
  Type.String({ format: "date-time", description, examples: [example] });
const orNull = <S extends Parameters<typeof Type.Union>[0][number]>(
  schema: S,
  description: string,
  example: unknown = null,
) => Type.Union([schema, Type.Null()], { description, examples: [example] });
const oneOf = <T extends string>(values: readonly T[], description: string, example: T) =>
  Type.Union(
    values.map((value) => Type.Literal(value)),
    { description, examples: [example] },
  );
const word = (description: string, example: string, maxLength = 200) =>
  Type.Optional(Type.String({ minLength: 1, maxLength, description, examples: [example] }));
const sides = ["home", "away"] as const;

const claimSchema = Type.Object(
  {
    fact: oneOf(CLAIMED_FACTS, "What it is about", "count"),
    statistic: word("What is counted; of counts alone", "corners", 60),
    period: word("The stretch of play, of counts, winners and goals", "regulation", 60),
    side: Type.Optional(oneOf(sides, "The side, of counts, goals, players and pitchers", "home")),
    subject: word(
      "A goal's number from 1, or `all` for how many there are; the name of a player or a runner",
      "1",
    ),
    value: Type.Optional(
      Type.Union([Type.Integer({ minimum: 0, maximum: 999_999 }), Type.String({ maxLength: 200 })], {
        description:
          "What is claimed: a count; a status; `home`, `away` or `draw`; a time; a name; how far a bout went as `3:120`; how much was played as `5.5`; a price as `4.5`",
        examples: [7],
      }),
    ),
    ownGoal: Type.Optional(Type.Boolean({ description: "Of a goal", examples: [false] })),
    utcOffsetMinutes: Type.Optional(
      Type.Integer({ description: "Of the venue's local time, to the east; of a start", examples: [60] }),
    ),
    final: Type.Optional(
      Type.Boolean({
        description: "False while a count, or how many goals there are, can still grow",
        examples: [true],
      }),
    ),
    retract: Type.Optional(
      Type.Boolean({
        description: "It is claimed no longer: what is said for all holds again. Then without a value",
        examples: [false],
      }),
    ),
    trueAt: Type.Optional(time("When it was true; now, unless given", "2025-09-20T13:25:00.000Z")),
  },
  { additionalProperties: false },
);

export const factsToStateSchema = Type.Object(
  {
    claims: Type.Array(claimSchema, {
      minItems: 1,
      maxItems: 100,
      description: "What is claimed, each once",
      examples: [[{ fact: "count", statistic: "corners", period: "regulation", side: "home", value: 7 }]],
    }),
    certainty: Type.Optional(
      oneOf(["live", "confirmed"] as const, "As it was seen, or as it was looked at again", "confirmed"),
    ),
    reason: reasonSchema,
  },
  { additionalProperties: false, description: "What an operator says of an event" },
);
export type FactsToStateBody = Static<typeof factsToStateSchema>;

export const betsToCancelSchema = Type.Object(
  {
    placedFrom: Type.Optional(
      time("Bets placed from this moment on; ever, unless given", "2025-09-20T12:00:00.000Z"),
    ),
    placedBefore: Type.Optional(
      time("And before this one; until the end, unless given", "2025-09-20T12:05:00.000Z"),
    ),
    marketType: word("The market type; any, unless given", "total", 60),
    period: word("Of the market", "regulation", 60),
    label: word("The source's own name, of a market of type unknown", "Race to 3 corners", 500),
    lineQuarters: Type.Optional(
      Type.Integer({ description: "The line in quarters, of a market type", examples: [10] }),
    ),
    outcome: word("What was bet on", "over"),
    reason: oneOf(CANCELLATION_REASONS, "Why they do not count", "incorrect_odds"),
    rule: Type.String({
      minLength: 1,
      maxLength: 120,
      pattern: "\\S",
      description: "Under which rule, in words the player may read",
      examples: ["House rules 4.2: palpable errors"],
    }),
  },
  {
    additionalProperties: false,
    description: "Bets of an event that are void, by when and on what they were placed",
  },
);
export type BetsToCancelBody = Static<typeof betsToCancelSchema>;

export const rollbackSchema = Type.Object(
  { reason: reasonSchema },
  { additionalProperties: false, description: "Why a cancellation is taken back" },
);

const statedFields = {
  eventId: Type.String({ format: "uuid", description: "The event", examples: [EVENT] }),
  outcome: oneOf(
    ["recorded", "unchanged"] as const,
    "`unchanged`: all of it stood just so already",
    "recorded",
  ),
  version: Type.Integer({
    minimum: 0,
    description:
      "Of the facts that the tenant's bets are settled by from now on; others may speak of the event too, so that there are gaps",
    examples: [4],
  }),
};
export const statedSchema = Type.Object(statedFields, { description: "What became of an operator's word" });
export const cancellationStatedSchema = Type.Object(
  {
    ...statedFields,
    cancellationId: Type.String({ format: "uuid", description: "For a rollback", examples: [CANCELLATION] }),
  },
  { description: "What became of a cancellation" },
);

const shownClaim = {
  fact: oneOf(FACT_KINDS, "What it is about", "count"),
  statistic: orNull(Type.String(), "What is counted", "corners"),
  period: orNull(Type.String(), "The stretch of play", "regulation"),
  side: orNull(oneOf(sides, "The side", "home"), "The side", "home"),
  subject: Type.String({
    description: "A goal's number or `all`, a name, the id of a cancellation, or empty",
    examples: [""],
  }),
  value: Type.Union([Type.Number(), Type.String(), Type.Null()], {
    description: "What is claimed, as operators write it; null of what is retracted",
    examples: [7],
  }),
  final: Type.Boolean({ description: "False while it can still grow", examples: [true] }),
  retracted: Type.Boolean({ description: "It is claimed no longer", examples: [false] }),
  trueAt: time("When it was true", "2025-09-20T13:25:00.000Z"),
  cancellation: Type.Optional(
    Type.Record(Type.String(), Type.Unknown(), {
      description: "Of a cancellation, as it was asked for",
      examples: [{ reason: "incorrect_odds", rule: "House rules 4.2: palpable errors" }],
    }),
  ),
};
const speaker = {
  version: Type.Integer({ minimum: 1, description: "Of the statement", examples: [4] }),
  scope: oneOf(
    ["all", "tenant"] as const,
    "Said for all, or by an operator for this tenant's bets alone",
    "tenant",
  ),
  source: Type.String({ description: "A feed, or `operator`", examples: ["operator"] }),
  actor: orNull(Type.String(), "The operator key that said it", "4fQz8LrT1cXa"),
  certainty: orNull(Type.String(), "`live` or `confirmed`, where it is told", "confirmed"),
  knownAt: time("When it became known here", "2025-09-20T13:26:00.000Z"),
};

export const factsSchema = Type.Object(
  {
    eventId: Type.String({ format: "uuid", description: "The event", examples: [EVENT] }),
    version: Type.Integer({
      minimum: 0,
      description: "The newest statement looked at, 0 for none",
      examples: [4],
    }),
    status: orNull(
      Type.String(),
      "How the event stands by these facts; null if nobody has said anything",
      "ended",
    ),
    facts: Type.Array(Type.Object({ ...shownClaim, ...speaker }), {
      description: "What holds, each name once: the tenant's own word before what is said for all",
    }),
    statements: Type.Array(
      Type.Object({
        ...speaker,
        note: orNull(Type.String(), "Why an operator said it", "the feed gave up at half time"),
        claims: Type.Array(Type.Object(shownClaim), { description: "What of it was news" }),
      }),
      { description: "Who said what and when, the newest first, at most 200" },
    ),
    moreStatements: Type.Boolean({ description: "There are older ones than are listed", examples: [false] }),
  },
  { description: "What is known of an event, as the tenant's bets are settled by it" },
);
export type FactsView = Static<typeof factsSchema>;

const claim = {
  fact: "count",
  statistic: "corners",
  period: "regulation",
  side: "home",
  subject: "",
  value: 7,
  final: true,
  retracted: false,
  trueAt: "2025-09-20T13:25:00.000Z",
} as const;
const operator = {
  version: 4,
  scope: "tenant",
  source: "operator",
  actor: "4fQz8LrT1cXa",
  certainty: "confirmed",
  knownAt: "2025-09-20T13:26:00.000Z",
} as const;

export const exampleFacts: FactsView = {
  eventId: EVENT,
  version: 4,
  status: "ended",
  facts: [{ ...claim, ...operator }],
  statements: [{ ...operator, note: "the feed gave up at half time", claims: [claim] }],
  moreStatements: false,
};
export const exampleFactsToState: FactsToStateBody = {
  claims: [
    { fact: "status", value: "ended" },
    { fact: "count", statistic: "corners", period: "regulation", side: "home", value: 7 },
    { fact: "count", statistic: "corners", period: "regulation", side: "away", value: 3 },
  ],
  certainty: "confirmed",
  reason: "the feed gave up at half time",
};
export const exampleBetsToCancel: BetsToCancelBody = {
  placedFrom: "2025-09-20T12:00:00.000Z",
  placedBefore: "2025-09-20T12:05:00.000Z",
  marketType: "total",
  reason: "incorrect_odds",
  rule: "House rules 4.2: palpable errors",
};
export const exampleRollback = { reason: "the price was right after all" };
export const exampleStated = { eventId: EVENT, outcome: "recorded", version: 4 } as const;
export const exampleCancellation = { ...exampleStated, cancellationId: CANCELLATION };

/** Component schemas, by the names the contract gives them. */
export const schemas = {
  EventFacts: factsSchema,
  FactsToState: factsToStateSchema,
  FactsStated: statedSchema,
  BetsToCancel: betsToCancelSchema,
  CancellationStated: cancellationStatedSchema,
  CancellationRollback: rollbackSchema,
};
