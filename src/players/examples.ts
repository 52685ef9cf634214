import type { LimitsView, PlayerView, SessionView } from "./contract.ts";
import { LIMIT_KINDS, LIMIT_PERIODS } from "./limits.ts";

export const exampleRegistration = {
  email: "ada@example.org",
  password: "correct horse battery",
  fullName: "Ada Lovelace",
  dateOfBirth: "1990-12-10",
  country: "MT",
};

export const exampleCredentials = { email: "ada@example.org", password: "correct horse battery" };

const refreshToken =
  "lhr.01994e0a-3c00-7000-8000-00000000000c.Zq0c1rXnJ7wYk3vW9mTtP5uB2sLhQeXf8aRiNoDgKyE.uV4bT6yH8mK0pS2wA5dF7gJ9lQ1eR3tYzXcVbNmQwEr";

export const exampleRefresh = { refreshToken };

export const exampleSession: SessionView = {
  playerId: "01994e0a-3c00-7000-8000-00000000000b",
  accessToken: "eyJhbGciOiJIUzI1NiIsInR5cCI6ImF0K2p3dCIsImtpZCI6ImsxIn0.e30.c2lnbmF0dXJl",
  accessTokenExpiresAt: "2025-09-19T12:05:00.000Z",
  refreshToken,
  refreshTokenExpiresAt: "2025-09-26T12:00:00.000Z",
};

export const examplePlayer: PlayerView = {
  playerId: "01994e0a-3c00-7000-8000-00000000000b",
  state: "verified",
  currency: "EUR",
  country: "MT",
  email: "ada@example.org",
  fullName: "Ada Lovelace",
  dateOfBirth: "1990-12-10",
  address: null,
  coolingOffUntil: null,
  frozenSince: null,
  registeredAt: "2025-09-19T12:00:00.000Z",
};

export const exampleLimitsChange = { items: [{ kind: "deposit", period: "day", amountMinor: 10_000 }] };

export const exampleLimits: LimitsView = {
  currency: "EUR",
  items: LIMIT_KINDS.flatMap((kind) =>
    LIMIT_PERIODS.map((period) => ({
      kind,
      period,
      amountMinor: kind === "deposit" && period === "day" ? 10_000 : null,
      next: null,
    })),
  ),
};

export const exampleCoolOff = { days: 7 };
export const exampleCoolingOff = { coolingOffUntil: "2025-09-26T12:00:00.000Z" };
export const exampleExclusionRequest = { term: "6_months" };
export const exampleExclusion = {
  excludedAt: "2025-09-19T12:00:00.000Z",
  endsAt: "2026-03-19T12:00:00.000Z",
};
