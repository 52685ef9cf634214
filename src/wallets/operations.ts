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
import { playersProblems } from "../players/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { examples, problems } from "./contract.ts";

const table = { ...edgeProblems, ...tenantProblems, ...operatorProblems, ...playersProblems, ...problems };
const json = (schema: string, example: unknown) => content("application/json", { schema, example });
const ofOperator = (...more: string[]) =>
  problemResponses(table, [...OPERATOR_REFUSALS, "player_not_found", ...more]);
const ofPlayer = (...more: string[]) =>
  problemResponses(table, [
    ...["host_invalid", "token_invalid", "session_ended", "player_excluded", "blocked_client"],
    ...["tenant_not_found", "tenant_suspended", "tenant_undetermined", "request_invalid"],
    ...["internal_error", "database_unavailable", "players_unconfigured", ...more],
  ]);
const movingRefusals = [
  ...[...OPERATOR_REFUSALS, "player_not_found"],
  ...["body_unreadable", "length_required", "body_too_large", "idempotency_key_missing"],
  ...["idempotency_key_reused", "request_in_progress", "currency_mismatch"],
];
const moving = (...more: string[]) => problemResponses(table, [...movingRefusals, ...more]);

const own = { tag: "wallet", caller: "player", degradation: "truth" } as const;
const admin = { tag: "admin", caller: "operator", degradation: "truth" } as const;
const keyed = "The same key and body are answered by the same bytes, and the money moves once.";

/** The room's operations, as the contract shows them. */
export const details = {
  getWallet: operation({
    ...own,
    operationId: "getWallet",
    summary: "The player's wallet",
    description: "What the player has, now or at a moment of the past: the sums of the ledger's entries.",
    responses: { ...plainResponse("The wallet", json("Wallet", examples.wallet)), ...ofPlayer() },
  }),
  listWalletEntries: operation({
    ...own,
    operationId: "listWalletEntries",
    summary: "The player's entries",
    description:
      "What moved the player's money, the newest first, a page at a time, each with what was there after it.",
    responses: {
      ...plainResponse("A page", json("EntryList", examples.entries)),
      ...ofPlayer("cursor_invalid"),
    },
  }),
  getPlayerWallet: operation({
    ...admin,
    operationId: "getPlayerWallet",
    summary: "A player's wallet",
    description: "What a player has, now or at a moment of the past.",
    responses: { ...plainResponse("The wallet", json("Wallet", examples.wallet)), ...ofOperator() },
  }),
  listPlayerEntries: operation({
    ...admin,
    operationId: "listPlayerEntries",
    summary: "A player's entries",
    description: "What moved a player's money, the newest first, a page at a time.",
    responses: {
      ...plainResponse("A page", json("EntryList", examples.entries)),
      ...ofOperator("cursor_invalid"),
    },
  }),
  /** `gateProblems`: what a brand that may take no money is refused with. */
  createDeposit: (gateProblems: ProblemTable) =>
    operation({
      ...admin,
      operationId: "createDeposit",
      summary: "Pay money in",
      description: `A payment that reached the tenant becomes the player's cash, within the player's own limits on deposits. ${keyed}`,
      parameters: [idempotencyKeyParameter],
      body: json("Payment", examples.payment),
      responses: {
        ...plainResponse("The deposit", json("MoneyMoved", examples.moved("deposit", 5000)), 201),
        ...problemResponses({ ...table, ...gateProblems }, [
          ...movingRefusals,
          ...["player_not_verified", "player_cooling_off", "player_excluded", "blocked_client"],
          ...["deposit_limit_exceeded", ...Object.keys(gateProblems)],
        ]),
      },
    }),
  createWithdrawal: operation({
    ...admin,
    operationId: "createWithdrawal",
    summary: "Pay money out",
    description: `The player's cash is paid out, in every state of the player: whoever may not bet any more may still have what is theirs. A frozen player, who owes, is refused. ${keyed}`,
    parameters: [idempotencyKeyParameter],
    body: json("Payment", examples.payment),
    responses: {
      ...plainResponse("The withdrawal", json("MoneyMoved", examples.moved("withdrawal", -5000)), 201),
      ...moving("player_frozen", "insufficient_funds"),
    },
  }),
  createAdjustment: operation({
    ...admin,
    operationId: "createAdjustment",
    summary: "Correct a wallet",
    description: `Gives to or takes from a player's cash or bonus, with a reason, against the tenant's account of adjustments. ${keyed}`,
    parameters: [idempotencyKeyParameter],
    body: json("Adjustment", examples.adjustment),
    responses: {
      ...plainResponse("The adjustment", json("MoneyMoved", examples.moved("adjustment", -500)), 201),
      ...moving("insufficient_funds"),
    },
  }),
};
