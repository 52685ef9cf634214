import { cachedResponses, content, edgeProblems, operation, problemResponses } from "../http/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { problems } from "./contract.ts";
import { exampleEvent, exampleOdds, exampleResults, exampleSports } from "./examples.ts";

const table = { ...edgeProblems, ...tenantProblems, ...problems };
const always = [
  "host_invalid",
  "tenant_not_found",
  "tenant_suspended",
  "tenant_undetermined",
  "internal_error",
  "database_unavailable",
];
const refusals = (...more: string[]) => problemResponses(table, [...always, ...more]);
const common = { tag: "odds" };
const json = (schema: string, example: unknown) => content("application/json", { schema, example });

/** The room's operations, as the contract shows them. */
export const details = {
  listSports: operation({
    ...common,
    operationId: "listSports",
    degradation: "stale",
    summary: "Sports and competitions",
    description: "What has events to come or under way.",
    responses: {
      ...cachedResponses("Sports with their competitions", json("Sports", exampleSports)),
      ...refusals(),
    },
  }),
  listEvents: operation({
    ...common,
    operationId: "listEvents",
    degradation: "stale",
    summary: "Events by start",
    description: "Fixtures, the earliest first, a page at a time.",
    responses: {
      ...cachedResponses("A page of events", json("EventList", { items: [exampleEvent], next: null })),
      ...refusals("cursor_invalid", "request_invalid"),
    },
  }),
  getEvent: operation({
    ...common,
    operationId: "getEvent",
    degradation: "stale",
    summary: "One event",
    description: "A fixture by its id.",
    responses: {
      ...cachedResponses("The event", json("Event", exampleEvent)),
      ...refusals("event_not_found", "request_invalid"),
    },
  }),
  getOdds: operation({
    ...common,
    operationId: "getOdds",
    degradation: "marked",
    summary: "Every price of an event",
    description:
      "Prices past their age limit are shown suspended with their age: they cannot be bet on. No cache may keep an answer longer than its prices hold.",
    responses: {
      ...cachedResponses("The event's markets and prices", json("Odds", exampleOdds)),
      ...refusals("event_not_found", "request_invalid"),
    },
  }),
  listResults: operation({
    ...common,
    operationId: "listResults",
    degradation: "stale",
    summary: "Results, the latest first",
    description: "Each event's result in its latest version, a page at a time.",
    responses: {
      ...cachedResponses("A page of results", json("ResultList", exampleResults)),
      ...refusals("cursor_invalid", "request_invalid"),
    },
  }),
};
