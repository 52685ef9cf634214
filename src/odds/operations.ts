import { cachedResponses, content, edgeProblems, operation, problemResponses } from "../http/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { problems } from "./contract.ts";
import {
  exampleCompetitions,
  exampleEvent,
  exampleOdds,
  exampleOddsList,
  exampleResults,
  exampleSports,
} from "./examples.ts";

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

const PRICES =
  "Prices are the tenant's own: its margin is in them, what it switched off is left out, and they are written in its odds format; the exact fraction stands beside each, and a bet is placed at exactly that.";
const HOLDING =
  "Prices past their age limit, of a silent source or of an event that takes no bets are shown suspended with their age: they cannot be bet on. No cache may keep an answer longer than its prices hold.";

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
  listCompetitions: operation({
    ...common,
    operationId: "listCompetitions",
    degradation: "stale",
    summary: "Competitions",
    description: "What has events to come or under way, by sport and name, one by one.",
    responses: {
      ...cachedResponses("Competitions", json("Competitions", exampleCompetitions)),
      ...refusals("request_invalid"),
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
    description: `${PRICES} ${HOLDING}`,
    responses: {
      ...cachedResponses("The event's markets and prices", json("Odds", exampleOdds)),
      ...refusals("event_not_found", "request_invalid"),
    },
  }),
  listOdds: operation({
    ...common,
    operationId: "listOdds",
    degradation: "marked",
    summary: "Every price of a competition",
    description: `A competition's events to come or under way with all their prices, the earliest first, a page at a time. ${PRICES} ${HOLDING}`,
    responses: {
      ...cachedResponses("A page of events with their prices", json("OddsList", exampleOddsList)),
      ...refusals("cursor_invalid", "request_invalid"),
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
