import { type Static, Type } from "@sinclair/typebox";
import type { ProblemEntry, ProblemTable } from "../http/mod.ts";
import { COOL_OFF_DAYS } from "./cool_off.ts";
import {
  PlayerCoolingOffError,
  PlayerExcludedError,
  PlayerFrozenError,
  PlayerLimitExceededError,
} from "./errors.ts";
import { EXCLUSION_TERMS } from "./exclude_player.ts";
import { LIMIT_KINDS, LIMIT_PERIODS } from "./limits.ts";
import { PLAYER_STATES } from "./players.ts";
import { RegistrationInvalidError, SignInThrottledError } from "./session_errors.ts";

const limitExceeded = (title: string): ProblemEntry => ({
  status: 403,
  title,
  members: (error) =>
    error instanceof PlayerLimitExceededError
      ? {
          period: error.period,
          limitMinor: Number(error.limitMinor),
          remainingMinor: Number(error.remainingMinor),
        }
      : {},
  example: { period: "day", limitMinor: 10_000, remainingMinor: 2500 },
});

export const problems = {
  token_invalid: { status: 401, title: "The access token is absent, expired or not of this tenant" },
  session_ended: { status: 401, title: "The session has ended" },
  credentials_invalid: { status: 401, title: "E-mail and password do not match an account" },
  player_not_verified: { status: 403, title: "The player is not verified" },
  player_cooling_off: {
    status: 403,
    title: "The player has paused",
    members: (error) => (error instanceof PlayerCoolingOffError ? { until: error.until } : {}),
    example: { until: "2025-09-26T12:00:00.000Z" },
  },
  player_excluded: {
    status: 403,
    title: "The player is excluded",
    members: (error) => (error instanceof PlayerExcludedError ? { until: error.until } : {}),
    example: { until: "2026-03-19T12:00:00.000Z" },
  },
  player_frozen: {
    status: 403,
    title: "The player is frozen",
    members: (error) => (error instanceof PlayerFrozenError ? { since: error.since } : {}),
    example: { since: "2025-09-22T08:00:00.000Z" },
  },
  blocked_client: { status: 403, title: "The account is closed" },
  deposit_limit_exceeded: limitExceeded("The player's own limit on deposits is reached"),
  responsible_betting_stake_limit_exceeded: limitExceeded("The player's own limit on stakes is reached"),
  responsible_betting_loss_limit_exceeded: limitExceeded("The player's own limit on losses is reached"),
  player_underage: { status: 403, title: "The person is under age" },
  player_not_found: { status: 404, title: "No such player" },
  player_state_final: { status: 409, title: "The player's state does not change that way" },
  email_taken: { status: 409, title: "Another player has this e-mail" },
  registration_invalid: {
    status: 422,
    title: "A field of the registration cannot be used",
    members: (error) => (error instanceof RegistrationInvalidError ? { field: error.field } : {}),
    example: { field: "password" },
  },
  sign_in_throttled: {
    status: 429,
    title: "Too many attempts",
    retryAfterSeconds: 900,
    retryAfterOf: (error) => (error instanceof SignInThrottledError ? error.retryAfterSeconds : undefined),
  },
  sign_in_busy: { status: 503, title: "Too many sign in right now", retryAfterSeconds: 2 },
  players_unconfigured: {
    status: 503,
    title: "This deployment is not set up to serve players",
    retryAfterSeconds: 60,
  },
} as const satisfies ProblemTable;

const closed = { additionalProperties: false } as const;
const id = (description: string, example: string) =>
  Type.String({ format: "uuid", description, examples: [example] });
const instant = (description: string, example: string) =>
  Type.String({ format: "date-time", description, examples: [example] });
const orNull = <T extends ReturnType<typeof Type.String>>(schema: T, description: string, example: string) =>
  Type.Union([schema, Type.Null()], { description, examples: [example] });
const choice = <const T extends string>(values: readonly T[], description: string, example: T) =>
  Type.Union(
    values.map((value) => Type.Literal(value)),
    { description, examples: [example] },
  );

const email = Type.String({ minLength: 3, maxLength: 254, examples: ["ada@example.org"] });
const password = (description: string) =>
  Type.String({
    minLength: 10,
    maxLength: 200,
    description,
    examples: ["correct horse battery"],
  });
const country = Type.String({ pattern: "^[A-Z]{2}$", description: "ISO 3166-1 alpha-2", examples: ["MT"] });
const currency = (description: string) =>
  Type.String({ pattern: "^[A-Z]{3}$", description, examples: ["EUR"] });

export const registrationSchema = Type.Object(
  {
    email,
    password: password("10 to 200 characters, and not the e-mail"),
    fullName: Type.String({ minLength: 1, maxLength: 200, examples: ["Ada Lovelace"] }),
    dateOfBirth: Type.String({ pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", examples: ["1990-12-10"] }),
    country,
    currency: Type.Optional(
      currency("ISO 4217, of the player's wallet for good; the tenant's own when left out"),
    ),
    address: Type.Optional(Type.String({ minLength: 1, maxLength: 500, examples: ["12 St James's Square"] })),
  },
  { ...closed, description: "Who wants to bet" },
);

export const signInSchema = Type.Object(
  // Any length: what cannot be a password is simply a wrong one, and no shorter answer tells of it.
  {
    email: Type.String({ minLength: 1, maxLength: 254, examples: ["ada@example.org"] }),
    password: Type.String({
      minLength: 1,
      maxLength: 200,
      examples: ["correct horse battery"],
    }),
  },
  { ...closed, description: "Credentials" },
);

export const refreshSchema = Type.Object(
  {
    refreshToken: Type.String({
      minLength: 1,
      maxLength: 200,
      description: "The last one of the session: each serves once",
      examples: [
        "lhr.01994e0a-3c00-7000-8000-00000000000c.Zq0c1rXnJ7wYk3vW9mTtP5uB2sLhQeXf8aRiNoDgKyE.uV4bT6yH8mK0pS2wA5dF7gJ9lQ1eR3tYzXcVbNmQwEr",
      ],
    }),
  },
  { ...closed, description: "A refresh token" },
);

const playerId = id("The player", "01994e0a-3c00-7000-8000-00000000000b");

export const sessionSchema = Type.Object(
  {
    playerId,
    accessToken: Type.String({
      description: "A JWT for `Authorization: Bearer`, for five minutes and for this tenant alone",
      examples: ["eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsxIn0.e30.c2lnbmF0dXJl"],
    }),
    accessTokenExpiresAt: instant("When to refresh at the latest", "2025-09-19T12:05:00.000Z"),
    refreshToken: Type.String({
      description: "Serves once, for the next pair; shown again later it ends the session",
      examples: refreshSchema.properties.refreshToken.examples,
    }),
    refreshTokenExpiresAt: instant(
      "After which a password is needed; never past 30 days after the sign-in",
      "2025-09-26T12:00:00.000Z",
    ),
  },
  { description: "A session as whoever signed in holds it" },
);
export type SessionView = Static<typeof sessionSchema>;

const gone = "; null once the person was erased";
export const playerSchema = Type.Object(
  {
    playerId,
    state: choice(PLAYER_STATES, "Only a verified player may deposit or bet", "verified"),
    currency: currency("ISO 4217, of the player's wallet"),
    country: orNull(country, "ISO 3166-1 alpha-2; null while it is not known", "MT"),
    email: orNull(email, `E-mail${gone}`, "ada@example.org"),
    fullName: orNull(Type.String(), `Name${gone}`, "Ada Lovelace"),
    dateOfBirth: orNull(Type.String({ format: "date" }), `Date of birth${gone}`, "1990-12-10"),
    address: orNull(Type.String(), "Address; null while none is known", "12 St James's Square"),
    coolingOffUntil: orNull(
      Type.String({ format: "date-time" }),
      "Neither bets nor deposits before then; null without a pause",
      "2025-09-26T12:00:00.000Z",
    ),
    frozenSince: orNull(
      Type.String({ format: "date-time" }),
      "Neither bets nor withdrawals since then, as a corrected result left a debt; null while not so",
      "2025-09-22T08:00:00.000Z",
    ),
    registeredAt: instant("Since when", "2025-09-19T12:00:00.000Z"),
  },
  { description: "A player, as the player sees it" },
);
export type PlayerView = Static<typeof playerSchema>;

const amount = (description: string) =>
  Type.Union([Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER }), Type.Null()], {
    description,
    examples: [10_000],
  });
const kind = choice(
  LIMIT_KINDS,
  "Money paid in, money staked, or stakes less what came back of them",
  "deposit",
);
const period = choice(LIMIT_PERIODS, "The last 24 hours, 7 days or 30 days, rolling", "day");

export const limitsSchema = Type.Object(
  {
    currency: currency("ISO 4217, of all amounts"),
    items: Type.Array(
      Type.Object({
        kind,
        period,
        amountMinor: amount("What holds now, in minor units; null is no limit"),
        next: Type.Union(
          [
            Type.Object({
              amountMinor: amount("What holds from then on; null is no limit"),
              from: instant("From when", "2025-09-20T12:00:00.000Z"),
            }),
            Type.Null(),
          ],
          { description: "What was decided and does not hold yet; null when nothing was" },
        ),
      }),
    ),
  },
  { description: "A player's own limits, all of them" },
);
export type LimitsView = Static<typeof limitsSchema>;

export const limitsChangeSchema = Type.Object(
  {
    items: Type.Array(
      Type.Object({ kind, period, amountMinor: amount("In minor units; null takes the limit away") }, closed),
      { minItems: 1, maxItems: LIMIT_KINDS.length * LIMIT_PERIODS.length },
    ),
  },
  { ...closed, description: "Limits to set; those not named stay as they are" },
);

export const coolOffSchema = Type.Object(
  {
    days: Type.Integer({
      minimum: COOL_OFF_DAYS.from,
      maximum: COOL_OFF_DAYS.to,
      description: "For how long; a pause under way is never shortened",
      examples: [7],
    }),
  },
  { ...closed, description: "A pause" },
);

export const coolingOffSchema = Type.Object(
  { coolingOffUntil: instant("Neither bets nor deposits before then", "2025-09-26T12:00:00.000Z") },
  { description: "A pause under way" },
);

export const exclusionRequestSchema = Type.Object(
  { term: choice(EXCLUSION_TERMS, "For how long; there is no way back before", "6_months") },
  { ...closed, description: "A self-exclusion" },
);

export const exclusionSchema = Type.Object(
  {
    excludedAt: instant("Since when", "2025-09-19T12:00:00.000Z"),
    endsAt: orNull(
      Type.String({ format: "date-time" }),
      "Until when, at every brand; null for good",
      "2026-03-19T12:00:00.000Z",
    ),
  },
  { description: "An exclusion from every brand of the deployment" },
);

export const schemas = {
  Registration: registrationSchema,
  Credentials: signInSchema,
  RefreshToken: refreshSchema,
  Session: sessionSchema,
  Player: playerSchema,
  PlayerLimits: limitsSchema,
  PlayerLimitsChange: limitsChangeSchema,
  CoolOff: coolOffSchema,
  CoolingOff: coolingOffSchema,
  ExclusionRequest: exclusionRequestSchema,
  Exclusion: exclusionSchema,
};
