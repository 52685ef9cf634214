import { betsProblems } from "../bets/mod.ts";
import { content, edgeProblems, operation, plainResponse, problemResponses } from "../http/mod.ts";
import { operatorProblems } from "../operators/mod.ts";
import { playersProblems } from "../players/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { exampleExplanation } from "./examples.ts";

const table = {
  ...edgeProblems,
  ...tenantProblems,
  ...operatorProblems,
  ...playersProblems,
  ...betsProblems,
};
const always = [
  "host_invalid",
  "tenant_not_found",
  "tenant_suspended",
  "tenant_undetermined",
  "internal_error",
  "database_unavailable",
  "request_invalid",
  "bet_not_found",
];
const ofPlayer = [
  "players_unconfigured",
  "token_invalid",
  "session_ended",
  "player_excluded",
  "blocked_client",
];
const answer = plainResponse(
  "The explanation",
  content("application/json", { schema: "BetExplanation", example: exampleExplanation }),
);

/** The room's operations, as the contract shows them. */
export const details = {
  getBetExplanation: operation({
    tag: "bets",
    degradation: "truth",
    caller: "player",
    operationId: "getBetExplanation",
    summary: "Why one of my bets was paid what it was",
    description:
      "The facts by which each leg was graded with their times and sources, the rules that had a part in it, the grade, the exact return before its one rounding, the ledger entries, and every earlier version with why it was taken back. Everything that was paid can be worked out from this document alone. Another player's bet is as unknown as none.",
    responses: { ...answer, ...problemResponses(table, [...always, ...ofPlayer]) },
  }),
  getExplanationOfBet: operation({
    tag: "admin",
    degradation: "truth",
    caller: "operator",
    operationId: "getExplanationOfBet",
    summary: "Why a bet was paid what it was",
    description: "What its player can read, of any bet of the tenant.",
    responses: { ...answer, ...problemResponses(table, [...always, "operator_key_invalid"]) },
  }),
};
