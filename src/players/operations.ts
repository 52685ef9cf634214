import { content, edgeProblems, operation, plainResponse, problemResponses } from "../http/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { problems } from "./contract.ts";
import {
  exampleCoolingOff,
  exampleCoolOff,
  exampleCredentials,
  exampleExclusion,
  exampleExclusionRequest,
  exampleLimits,
  exampleLimitsChange,
  examplePlayer,
  exampleRefresh,
  exampleRegistration,
  exampleSession,
} from "./examples.ts";

const table = { ...edgeProblems, ...tenantProblems, ...problems };
const always = [
  "host_invalid",
  "tenant_not_found",
  "tenant_suspended",
  "tenant_undetermined",
  "internal_error",
  "database_unavailable",
  "players_unconfigured",
];
const ofBody = ["body_unreadable", "length_required", "body_too_large", "request_invalid"];
const ofSession = ["token_invalid", "session_ended", "player_excluded", "blocked_client"];
const refusals = (...more: string[]) => problemResponses(table, [...always, ...more]);
const json = (schema: string, example: unknown) => content("application/json", { schema, example });

const common = { tag: "players", degradation: "truth" } as const;
const own = { ...common, caller: "player" } as const;

/** The room's operations, as the contract shows them. */
export const details = {
  registerPlayer: operation({
    ...common,
    operationId: "registerPlayer",
    summary: "Register",
    description:
      "A new player, unverified until an operator or an adapter has vouched for them: only then may they deposit and bet. Whoever is excluded, at whichever brand of the deployment, is refused.",
    body: json("Registration", exampleRegistration),
    responses: {
      ...plainResponse("The player", json("Player", { ...examplePlayer, state: "unverified" }), 201),
      ...refusals(
        ...ofBody,
        ...["player_underage", "player_excluded", "email_taken", "registration_invalid"],
        ...["sign_in_throttled", "sign_in_busy"],
      ),
    },
  }),
  signIn: operation({
    ...common,
    operationId: "signIn",
    summary: "Sign in",
    description:
      "Begins a session. The answer does not tell an unknown account from a wrong password. Attempts are bounded per account and per client address.",
    body: json("Credentials", exampleCredentials),
    responses: {
      ...plainResponse("The session", json("Session", exampleSession), 201),
      ...refusals(
        ...ofBody,
        ...["credentials_invalid", "player_excluded", "blocked_client", "sign_in_throttled", "sign_in_busy"],
      ),
    },
  }),
  refreshSession: operation({
    ...common,
    operationId: "refreshSession",
    summary: "Go on with a session",
    description:
      "Takes a refresh token and gives the next pair of tokens. A token serves once: one that comes back ends the session, since somebody has stolen it.",
    body: json("RefreshToken", exampleRefresh),
    responses: {
      ...plainResponse("The session, with new tokens", json("Session", exampleSession)),
      ...refusals(...ofBody, "session_ended", "player_excluded", "blocked_client"),
    },
  }),
  endSession: operation({
    ...own,
    operationId: "endSession",
    summary: "Sign out",
    description: "Ends the session of the access token: from then on neither of its tokens is taken.",
    responses: { 204: { description: "The session has ended" }, ...refusals(...ofSession) },
  }),
  getPlayer: operation({
    ...own,
    operationId: "getPlayer",
    summary: "Who I am",
    description: "The player of the access token.",
    responses: {
      ...plainResponse("The player", json("Player", examplePlayer)),
      ...refusals(...ofSession),
    },
  }),
  getPlayerLimits: operation({
    ...own,
    operationId: "getPlayerLimits",
    summary: "My limits",
    description: "Every limit, those that were never set among them.",
    responses: {
      ...plainResponse("The limits", json("PlayerLimits", exampleLimits)),
      ...refusals(...ofSession),
    },
  }),
  setPlayerLimits: operation({
    ...own,
    operationId: "setPlayerLimits",
    summary: "Set my limits",
    description:
      "A lower limit holds at once, a higher one or none after 24 hours; a newer decision takes the place of one that does not hold yet. Limits that are not named stay as they are.",
    body: json("PlayerLimitsChange", exampleLimitsChange),
    responses: {
      ...plainResponse("The limits", json("PlayerLimits", exampleLimits)),
      ...refusals(...ofBody, ...ofSession),
    },
  }),
  coolOff: operation({
    ...own,
    operationId: "coolOff",
    summary: "Pause",
    description: "Neither bets nor deposits for so many days. It is never shortened, and open bets stand.",
    body: json("CoolOff", exampleCoolOff),
    responses: {
      ...plainResponse("The pause", json("CoolingOff", exampleCoolingOff)),
      ...refusals(...ofBody, ...ofSession),
    },
  }),
  excludePlayer: operation({
    ...own,
    operationId: "excludePlayer",
    summary: "Exclude myself",
    description:
      "From every brand of the deployment, by name, date of birth and e-mail: sessions end, no bet, deposit or registration is taken any more, and nothing undoes it before its term is over. Open bets stand.",
    body: json("ExclusionRequest", exampleExclusionRequest),
    responses: {
      ...plainResponse("The exclusion", json("Exclusion", exampleExclusion), 201),
      ...refusals(...ofBody, ...ofSession),
    },
  }),
};
