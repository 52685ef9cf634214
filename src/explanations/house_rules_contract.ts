import { type Static, Type } from "@sinclair/typebox";
import {
  cachedResponses,
  content,
  edgeProblems,
  operation,
  type ProblemTable,
  problemResponses,
} from "../http/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";

export const problems = {
  house_rules_not_found: { status: 404, title: "No such house rules" },
} as const satisfies ProblemTable;

export const houseRulesSchema = Type.Object(
  {
    rulesVersion: Type.Integer({
      minimum: 1,
      description: "Their number, which every bet placed under them carries as rulesVersion",
      examples: [2],
    }),
    publishedAt: Type.String({
      format: "date-time",
      description: "Since then they have not changed, and never will",
      examples: ["2026-11-27T00:00:00.000Z"],
    }),
    rules: Type.Array(
      Type.Object({
        section: Type.String({ description: "Of the document", examples: ["postponed"] }),
        for: Type.Union([Type.String(), Type.Null()], {
          description:
            "The sport or market type it is for; null for all that no other rule of the section is for",
          examples: ["soccer"],
        }),
        says: Type.Unknown({
          description: "As it was published",
          examples: [{ play_within_hours: 48 }],
        }),
        text: Type.String({
          description: "The same in plain words",
          examples: [
            "A match that is put off stands if it begins within 48 hours of its planned start; otherwise it returns the stake.",
          ],
        }),
      }),
      { description: "Rule by rule, from what every bet may meet to what few do" },
    ),
    document: Type.Record(Type.String(), Type.Unknown(), {
      description: "The whole, as it was published and as bets are settled by it",
      examples: [{ postponed: { default: { play_within_hours: 24 }, soccer: { play_within_hours: 48 } } }],
    }),
  },
  { description: "House rules: by what bets are settled" },
);
export type HouseRulesView = Static<typeof houseRulesSchema>;

export const exampleHouseRules: HouseRulesView = {
  rulesVersion: 2,
  publishedAt: "2026-11-27T00:00:00.000Z",
  rules: [
    {
      section: "postponed",
      for: "soccer",
      says: { play_within_hours: 48 },
      text: "A match that is put off stands if it begins within 48 hours of its planned start; otherwise it returns the stake.",
    },
  ],
  document: { postponed: { soccer: { play_within_hours: 48 } } },
};

/** Component schemas, by the names the contract gives them. */
export const houseRulesSchemas = { HouseRules: houseRulesSchema };

const table = { ...edgeProblems, ...tenantProblems, ...problems };
const refusals = (...more: string[]) =>
  problemResponses(table, [
    ...["host_invalid", "tenant_not_found", "tenant_suspended", "tenant_undetermined", "internal_error"],
    ...["database_unavailable", ...more],
  ]);
const answered = (description: string) =>
  cachedResponses(
    description,
    content("application/json", { schema: "HouseRules", example: exampleHouseRules }),
  );
// Shown to visitors: a bet itself is frozen with the number, and settled by nothing that is read here.
const common = { tag: "bets", degradation: "stale" } as const;

/** The operations, as the contract shows them. */
export const houseRulesDetails = {
  getHouseRules: operation({
    ...common,
    operationId: "getHouseRules",
    summary: "The house rules in force",
    description:
      "What bets that are placed now will be settled by, whole: as published and in plain words. A bet keeps the rules it was placed under: read those by its rulesVersion.",
    responses: { ...answered("The house rules"), ...refusals() },
  }),
  getHouseRulesVersion: operation({
    ...common,
    operationId: "getHouseRulesVersion",
    summary: "House rules by their number",
    description: "Any that were ever published. They never change: a change is another number.",
    responses: {
      ...answered("The house rules"),
      ...refusals("house_rules_not_found", "request_invalid"),
    },
  }),
};
