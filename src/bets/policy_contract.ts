import { type Static, Type } from "@sinclair/typebox";
import { content, edgeProblems, operation, plainResponse, problemResponses } from "../http/mod.ts";
import { OPERATOR_REFUSALS, operatorProblems } from "../operators/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { problems } from "./problems.ts";
import { NEGATIVE_BALANCES } from "./settlement_policy.ts";

const chosen = {
  version: Type.Integer({
    minimum: 0,
    description: "Of the whole, 0 while none was saved. A change names the version it was made from",
    examples: [0],
  }),
  rulesVersion: Type.Union([Type.Integer({ minimum: 1, maximum: 2_147_483_647 }), Type.Null()], {
    description: "The published house rules that bets are taken under; null for the newest",
    examples: [null],
  }),
  negativeBalance: Type.Union(
    NEGATIVE_BALANCES.map((policy) => Type.Literal(policy)),
    {
      description:
        "What becomes of a balance that a corrected result took below zero: `debt` lets it stand, `write_off` pays it from the tenant's adjustments, `freeze` lets it stand and refuses bets and withdrawals until an operator lifts it",
      examples: ["debt"],
    },
  ),
};

export const settlementPolicySchema = Type.Object(
  {
    ...chosen,
    rulesInForce: Type.Integer({
      minimum: 1,
      description: "What a bet that is placed now is frozen with",
      examples: [2],
    }),
  },
  { description: "What a tenant has decided about settlement" },
);
export type SettlementPolicyView = Static<typeof settlementPolicySchema>;

export const settlementChoiceSchema = Type.Object(chosen, {
  additionalProperties: false,
  description: "What a tenant decides about settlement",
});

export const examplePolicy: SettlementPolicyView = {
  version: 0,
  rulesVersion: null,
  rulesInForce: 2,
  negativeBalance: "debt",
};
const { rulesInForce: _, ...exampleChoice } = examplePolicy;

/** Component schemas, by the names the contract gives them. */
export const policySchemas = {
  SettlementChoice: settlementChoiceSchema,
  SettlementPolicy: settlementPolicySchema,
};

const table = { ...edgeProblems, ...tenantProblems, ...operatorProblems, ...problems };
const refusals = (...more: string[]) => problemResponses(table, [...OPERATOR_REFUSALS, ...more]);
const json = (schema: string, example: unknown) => content("application/json", { schema, example });
const admin = { tag: "admin", caller: "operator", degradation: "truth" } as const;

/** The operations, as the contract shows them. */
export const policyDetails = {
  getSettlementPolicy: operation({
    ...admin,
    operationId: "getSettlementPolicy",
    summary: "How bets are settled",
    description:
      "Which house rules bets are taken under, and what becomes of a balance that a correction took below zero.",
    responses: {
      ...plainResponse("The policy", json("SettlementPolicy", examplePolicy)),
      ...refusals(),
    },
  }),
  setSettlementPolicy: operation({
    ...admin,
    operationId: "setSettlementPolicy",
    summary: "Set how bets are settled",
    description:
      "Whole, in place of what was decided before, made from the version that is named. Bets keep the house rules that they were placed under.",
    body: json("SettlementChoice", exampleChoice),
    responses: {
      ...plainResponse(
        "The policy as saved",
        json("SettlementPolicy", { ...examplePolicy, version: 1 } satisfies SettlementPolicyView),
      ),
      ...refusals(
        ...["body_unreadable", "length_required", "body_too_large"],
        ...["rules_unknown", "settlement_policy_conflict"],
      ),
    },
  }),
};
