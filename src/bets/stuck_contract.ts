import { type Static, Type } from "@sinclair/typebox";
import { content, edgeProblems, operation, plainResponse, problemResponses } from "../http/mod.ts";
import { OPERATOR_REFUSALS, operatorProblems } from "../operators/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { problems } from "./problems.ts";

const uuid = (description: string, example: string) =>
  Type.String({ format: "uuid", description, examples: [example] });

const namedOutcome = {
  eventId: uuid("The event", "01994e0a-3c00-7000-8000-0d9c1c2f7a11"),
  competition: Type.String({ description: "Its competition", examples: ["Premier League"] }),
  home: Type.String({ description: "The home side", examples: ["Arsenal"] }),
  away: Type.String({ description: "The away side", examples: ["Chelsea"] }),
  startsAt: Type.String({
    format: "date-time",
    description: "The planned start, as it was when the bet was placed",
    examples: ["2025-09-20T11:30:00.000Z"],
  }),
  marketType: Type.String({ description: "The market", examples: ["corners_total"] }),
  period: Type.String({ description: "What of the event decides it", examples: ["regulation"] }),
  label: Type.String({
    description: "The source's own name of a market of no known type, else empty",
    examples: [""],
  }),
  lineQuarters: Type.Union([Type.Integer(), Type.Null()], {
    description: "The line in quarters, null where there is none",
    examples: [38],
  }),
  outcome: Type.String({ description: "What was bet on", examples: ["over"] }),
};

const reason = Type.String({
  description: "Why, for people to read",
  examples: ["It is not known: corners of regulation"],
});

export const stuckBetsSchema = Type.Object(
  {
    bets: Type.Array(
      Type.Object({
        betId: uuid("The bet", "01994e0a-3c00-7000-8000-0d9c1c2f7b01"),
        playerId: uuid("Its player", "01994e0a-3c00-7000-8000-0d9c1c2f7c01"),
        state: Type.Union([Type.Literal("quarantined"), Type.Literal("open"), Type.Literal("settled")], {
          description:
            "`quarantined`: it is not tried any more. `open`: it is tried again at `retryAt`. `settled`: by facts that have gone by, as its correction has failed",
          examples: ["quarantined"],
        }),
        currency: Type.String({ description: "Of its stake", examples: ["EUR"] }),
        stakeMinor: Type.Integer({ description: "In minor units", examples: [500] }),
        placedAt: Type.String({
          format: "date-time",
          description: "When it was placed",
          examples: ["2025-09-19T12:00:00.000Z"],
        }),
        attempts: Type.Integer({ minimum: 1, description: "How often it was tried", examples: [3] }),
        retryAt: Type.Union([Type.String({ format: "date-time" }), Type.Null()], {
          description: "When it is tried again, null for one that is not",
          examples: [null],
        }),
        failure: Type.String({
          description: "A stable code: settlement's own, or an SQLSTATE with its constraint",
          examples: ["account_missing"],
        }),
        reason: Type.String({
          description: "Why, for people to read",
          examples: ["Its player has no account in its currency"],
        }),
        legs: Type.Array(
          Type.Object({
            legNumber: Type.Integer({ minimum: 1, description: "From 1", examples: [1] }),
            ...namedOutcome,
          }),
        ),
      }),
      { description: "Bets that settlement has failed on, the oldest first, at most 200" },
    ),
    outcomes: Type.Array(
      Type.Object({
        ...namedOutcome,
        eventStatus: Type.String({ description: "How the event stands by its source", examples: ["ended"] }),
        bets: Type.Integer({ minimum: 1, description: "Open bets that wait for it", examples: [12] }),
        why: Type.String({
          description:
            "`fact_missing`, `facts_contradict`, `rule_missing`, `no_grader`, `not_yet`, or `nothing_known` of the whole event",
          examples: ["fact_missing"],
        }),
        reason,
      }),
      {
        description:
          "Outcomes that open bets wait for though the event is over, should be, or nothing to come will decide them; the earliest event first, at most 200",
      },
    ),
    moreBets: Type.Boolean({ description: "There are more bets than are listed", examples: [false] }),
    moreOutcomes: Type.Boolean({ description: "There are more outcomes than are listed", examples: [false] }),
  },
  { description: "What is not settled and should be, and why" },
);
export type StuckBetsView = Static<typeof stuckBetsSchema>;

const exampleOutcome = {
  eventId: "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
  competition: "Premier League",
  home: "Arsenal",
  away: "Chelsea",
  startsAt: "2025-09-20T11:30:00.000Z",
  marketType: "corners_total",
  period: "regulation",
  label: "",
  lineQuarters: 38,
  outcome: "over",
};

const exampleStuckBets: StuckBetsView = {
  bets: [
    {
      betId: "01994e0a-3c00-7000-8000-0d9c1c2f7b01",
      playerId: "01994e0a-3c00-7000-8000-0d9c1c2f7c01",
      state: "quarantined",
      currency: "EUR",
      stakeMinor: 500,
      placedAt: "2025-09-19T12:00:00.000Z",
      attempts: 3,
      retryAt: null,
      failure: "account_missing",
      reason: "Its player has no account in its currency",
      legs: [{ legNumber: 1, ...exampleOutcome }],
    },
  ],
  outcomes: [
    {
      ...exampleOutcome,
      eventStatus: "ended",
      bets: 12,
      why: "fact_missing",
      reason: "It is not known: corners of regulation",
    },
  ],
  moreBets: false,
  moreOutcomes: false,
};

/** Component schemas, by the names the contract gives them. */
export const stuckSchemas = { StuckBets: stuckBetsSchema };

const table = { ...edgeProblems, ...tenantProblems, ...operatorProblems, ...problems };

/** The operation, as the contract shows it. */
export const stuckDetails = {
  listStuckBets: operation({
    tag: "admin",
    caller: "operator",
    degradation: "truth",
    operationId: "listStuckBets",
    summary: "Bets that wait for somebody",
    description:
      "Bets that settlement has failed on, and outcomes that open bets wait for though their event is over: which bet, which event, and why. Void such a bet, state the missing fact, or correct what contradicts.",
    responses: {
      ...plainResponse(
        "What is stuck",
        content("application/json", { schema: "StuckBets", example: exampleStuckBets }),
      ),
      ...problemResponses(table, [...OPERATOR_REFUSALS]),
    },
  }),
};
