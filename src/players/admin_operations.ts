import { content, edgeProblems, operation, plainResponse, problemResponses } from "../http/mod.ts";
import { OPERATOR_REFUSALS, operatorProblems } from "../operators/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import {
  exampleListedPlayer,
  exampleOperatorLimitsChange,
  exampleStateChange,
  exampleUnfreeze,
} from "./admin_contract.ts";
import { problems } from "./contract.ts";
import { exampleLimits } from "./examples.ts";

const table = { ...edgeProblems, ...tenantProblems, ...operatorProblems, ...problems };
const json = (schema: string, example: unknown) => content("application/json", { schema, example });
const refusals = (...more: string[]) => problemResponses(table, [...OPERATOR_REFUSALS, ...more]);
const ofBody = ["body_unreadable", "length_required", "body_too_large"];
const admin = { tag: "admin", caller: "operator", degradation: "truth" } as const;

/** What operators do with players, as the contract shows it. */
export const adminDetails = {
  listPlayers: operation({
    ...admin,
    operationId: "listPlayers",
    summary: "Players",
    description:
      "The tenant's players, the newest first, a page at a time. By e-mail, exact whatever its case: that someone looked is written to the audit, and whom they found, but not the e-mail.",
    responses: {
      ...plainResponse("A page", json("PlayerList", { items: [exampleListedPlayer], next: null })),
      ...refusals("cursor_invalid"),
    },
  }),
  getListedPlayer: operation({
    ...admin,
    operationId: "getListedPlayer",
    summary: "One player",
    description: "A player by id.",
    responses: {
      ...plainResponse("The player", json("ListedPlayer", exampleListedPlayer)),
      ...refusals("player_not_found"),
    },
  }),
  setPlayerState: operation({
    ...admin,
    operationId: "setPlayerState",
    summary: "Verify, exclude or close a player",
    description:
      "Moves a player to another state, with a reason. The present one again is no change. An exclusion is not undone and a closed account stays closed: both end its sessions.",
    body: json("StateChange", exampleStateChange),
    responses: {
      ...plainResponse("The player", json("ListedPlayer", exampleListedPlayer)),
      ...refusals(...ofBody, "player_not_found", "player_state_final"),
    },
  }),
  unfreezePlayer: operation({
    ...admin,
    operationId: "unfreezePlayer",
    summary: "Let a frozen player go on",
    description:
      "Lifts the freeze of a player whom a corrected result left in debt (see the settlement policy), with a reason. The debt stays. A player who is not frozen stays as they are.",
    body: json("Unfreeze", exampleUnfreeze),
    responses: {
      ...plainResponse("The player", json("ListedPlayer", exampleListedPlayer)),
      ...refusals(...ofBody, "player_not_found"),
    },
  }),
  getLimitsOfPlayer: operation({
    ...admin,
    operationId: "getLimitsOfPlayer",
    summary: "A player's limits",
    description: "Every limit of a player as it holds now, and what was decided and does not hold yet.",
    responses: {
      ...plainResponse("The limits", json("PlayerLimits", exampleLimits)),
      ...refusals("player_not_found"),
    },
  }),
  setLimitsOfPlayer: operation({
    ...admin,
    operationId: "setLimitsOfPlayer",
    summary: "Set a player's limits",
    description:
      "As a player does it: what is stricter holds at once, what is looser a day later, and a newer decision replaces one that does not hold yet.",
    body: json("OperatorLimitsChange", exampleOperatorLimitsChange),
    responses: {
      ...plainResponse("The limits", json("PlayerLimits", exampleLimits)),
      ...refusals(...ofBody, "player_not_found"),
    },
  }),
};
