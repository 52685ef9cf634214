import { brandingProblems } from "../branding/mod.ts";
import {
  content,
  edgeProblems,
  idempotencyKeyParameter,
  operation,
  plainResponse,
  problemResponses,
} from "../http/mod.ts";
import { oddsProblems } from "../odds/mod.ts";
import { operatorProblems } from "../operators/mod.ts";
import { playersProblems } from "../players/mod.ts";
import { tenantParameter, tenantProblems } from "../tenants/mod.ts";
import { walletProblems } from "../wallets/mod.ts";
import { betIdSchema } from "./contract.ts";
import {
  exampleBet,
  exampleBetList,
  exampleBetToPlace,
  exampleLimits,
  exampleVoid,
  exampleVoidedBet,
} from "./examples.ts";
import { problems } from "./problems.ts";

const table = {
  ...edgeProblems,
  ...tenantProblems,
  ...brandingProblems,
  ...oddsProblems,
  ...operatorProblems,
  ...playersProblems,
  ...walletProblems,
  ...problems,
};
const always = [
  "host_invalid",
  "tenant_not_found",
  "tenant_suspended",
  "tenant_undetermined",
  "internal_error",
  "database_unavailable",
];
const ofBody = ["body_unreadable", "length_required", "body_too_large", "request_invalid"];
const ofPlayer = [
  "players_unconfigured",
  "token_invalid",
  "session_ended",
  "player_excluded",
  "blocked_client",
];
const ofLeg = [
  "selection_unknown",
  "market_not_bettable",
  "offline_event",
  "past_cutoff_time",
  "betting_suspended",
  "price_stale",
  "line_changed",
];
const ofPlacement = [
  "all_betting_closed",
  "player_not_verified",
  "player_cooling_off",
  "player_frozen",
  "invalid_country",
  "tenant_not_licensed",
  "money_unchecked",
  "currency_mismatch",
  ...ofLeg,
  "invalid_legs",
  "correlated",
  "too_many_legs",
  "below_min_bet_amount",
  "above_max_bet_amount",
  "responsible_betting_stake_limit_exceeded",
  "responsible_betting_loss_limit_exceeded",
  "insufficient_funds",
];
const ofKey = [
  "idempotency_key_missing",
  "idempotency_key_reused",
  "request_in_progress",
  "resubmit_request",
];
const ofOperatorKey = ["idempotency_key_missing", "idempotency_key_reused", "request_in_progress"];
const refusals = (...more: string[]) => problemResponses(table, [...always, ...more]);
const json = (schema: string, example: unknown) => content("application/json", { schema, example });

const betIdParameter = {
  name: "betId",
  in: "path",
  required: true,
  description: betIdSchema.description,
  schema: { type: "string", pattern: betIdSchema.pattern, examples: betIdSchema.examples },
  example: exampleBet.betId,
} as const;

const own = { tag: "bets", degradation: "truth", caller: "player" } as const;
const admin = { tag: "admin", degradation: "truth", caller: "operator" } as const;

/** The room's operations, as the contract shows them. */
export const details = {
  placeBet: operation({
    ...own,
    operationId: "placeBet",
    summary: "Place a bet",
    description:
      "One leg is a single, 2 to 20 legs of different events an accumulator. Prices are looked up on the server: those sent are what the player was shown, and say by `priceChange` what is to happen where they have moved. Under the same Idempotency-Key the same request is answered by the same bytes, whatever has happened since; a refusal is not kept, so that the key may be used again. After a 503 or no answer at all, send the same request with the same key until it is answered otherwise.",
    parameters: [tenantParameter, idempotencyKeyParameter],
    body: json("BetToPlace", exampleBetToPlace),
    responses: {
      ...plainResponse("The bet, its stake held", json("Bet", exampleBet), 201),
      ...refusals(...ofBody, ...ofPlayer, ...ofPlacement, ...ofKey),
    },
  }),
  listBets: operation({
    ...own,
    operationId: "listBets",
    summary: "My bets",
    description: "The player's bets, the latest first, a page at a time.",
    responses: {
      ...plainResponse("A page of bets", json("BetList", exampleBetList)),
      ...refusals("cursor_invalid", "request_invalid", ...ofPlayer),
    },
  }),
  getBet: operation({
    ...own,
    operationId: "getBet",
    summary: "One of my bets",
    description: "A bet with its legs and what became of each. Another player's is as unknown as none.",
    responses: {
      ...plainResponse("The bet", json("Bet", exampleBet)),
      ...refusals("bet_not_found", "request_invalid", ...ofPlayer),
    },
  }),
  voidBet: operation({
    ...admin,
    operationId: "voidBet",
    summary: "Void a bet",
    description:
      "Gives the stake of a bet back by new entries; the player reads why. What a settled bet was paid is taken back first, by entries that negate it; where that takes more than the player has, the settlement policy says what becomes of the debt. A bet that is void already is answered as it is.",
    parameters: [tenantParameter, betIdParameter, idempotencyKeyParameter],
    body: json("BetVoid", exampleVoid),
    responses: {
      ...plainResponse("The bet, void", json("Bet", exampleVoidedBet)),
      ...refusals(...ofBody, "operator_key_invalid", "bet_not_found", "bet_not_open", ...ofOperatorKey),
    },
  }),
  getBettingLimits: operation({
    ...admin,
    operationId: "getBettingLimits",
    summary: "The limits of bets",
    description: "What bets are bounded by, and whether any are taken.",
    responses: {
      ...plainResponse("The limits", json("BettingLimits", exampleLimits)),
      ...refusals("operator_key_invalid"),
    },
  }),
  setBettingLimits: operation({
    ...admin,
    operationId: "setBettingLimits",
    summary: "Set the limits of bets",
    description:
      "Whole, in place of those before, made from the version that is named. When it is answered, no bet is taken by the old ones any more.",
    body: json("BettingLimits", exampleLimits),
    responses: {
      ...plainResponse(
        "The limits as saved",
        json("BettingLimitsSaved", { ...exampleLimits, version: 1, placementsOver: true }),
      ),
      ...refusals(...ofBody, "operator_key_invalid", "limits_invalid", "limits_version_conflict"),
    },
  }),
};
