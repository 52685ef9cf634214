import {
  content,
  edgeProblems,
  idempotencyKeyParameter,
  operation,
  type ProblemTable,
  plainResponse,
  problemResponses,
} from "../http/mod.ts";
import { OPERATOR_REFUSALS, operatorProblems } from "../operators/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import {
  exampleBetsToCancel,
  exampleCancellation,
  exampleFacts,
  exampleFactsToState,
  exampleRollback,
  exampleStated,
  problems,
} from "./contract.ts";

// The room of what is shown lists it, with the same words.
const shared = { event_not_found: { status: 404, title: "No such event" } } as const satisfies ProblemTable;
const table = { ...edgeProblems, ...tenantProblems, ...operatorProblems, ...shared, ...problems };

const json = (schema: string, example: unknown) => content("application/json", { schema, example });
const refused = (...codes: (keyof typeof table)[]) =>
  problemResponses(table, [...OPERATOR_REFUSALS, "event_not_found", ...codes]);
const ofChange = [
  "idempotency_key_missing",
  "idempotency_key_reused",
  "request_in_progress",
  "body_unreadable",
  "length_required",
  "body_too_large",
] as const;

/** The room's operations, as the contract shows them. */
export const details = {
  getEventFacts: operation({
    tag: "admin",
    caller: "operator",
    degradation: "truth",
    operationId: "getEventFacts",
    summary: "What is known of an event",
    description:
      "The facts that the tenant's bets on the event are settled by, each with who said it, when it was true and when it became known, and every statement that was ever made: by the feeds for all tenants, and by this tenant's operators. As of now, of a version or of a moment.",
    responses: { ...plainResponse("The facts", json("EventFacts", exampleFacts)), ...refused() },
  }),
  stateEventFacts: operation({
    tag: "admin",
    caller: "operator",
    degradation: "truth",
    operationId: "stateEventFacts",
    summary: "Say something of an event",
    description:
      "Counts, the status, a winner, the order of goals, who retired: what the feeds do not say, or say wrongly. It counts for the bets of this tenant alone, and outranks what is said for all until it is retracted: results are global, so that no operator decides another tenant's bets. Bets that are settled by it are paid at once, and settled ones put right.",
    parameters: [idempotencyKeyParameter],
    body: json("FactsToState", exampleFactsToState),
    responses: {
      ...plainResponse("What became of it", json("FactsStated", exampleStated)),
      ...refused(...ofChange, "fact_claim_invalid"),
    },
  }),
  cancelBetsOfEvent: operation({
    tag: "admin",
    caller: "operator",
    degradation: "truth",
    operationId: "cancelBetsOfEvent",
    summary: "Void the bets of a window",
    description:
      "Bets of this tenant on the event that were placed inside the window, on what is named, do not count: their stakes are returned, of settled ones too. What is left out is any.",
    parameters: [idempotencyKeyParameter],
    body: json("BetsToCancel", exampleBetsToCancel),
    responses: {
      ...plainResponse("What became of it", json("CancellationStated", exampleCancellation)),
      ...refused(...ofChange, "fact_claim_invalid"),
    },
  }),
  rollBackCancellation: operation({
    tag: "admin",
    caller: "operator",
    degradation: "truth",
    operationId: "rollBackCancellation",
    summary: "Take a cancellation back",
    description: "The bets that are void by it alone are settled by the facts again.",
    parameters: [idempotencyKeyParameter],
    body: json("CancellationRollback", exampleRollback),
    responses: {
      ...plainResponse("What became of it", json("CancellationStated", exampleCancellation)),
      ...refused(...ofChange, "cancellation_not_found"),
    },
  }),
};
