import { minorToJson } from "../http/mod.ts";
import type { ProfileRow } from "./account_queries.ts";
import type { LimitsView, PlayerView, SessionView } from "./contract.ts";
import type { Exclusion } from "./exclude_player.ts";
import type { PlayerLimit } from "./limits.ts";
import type { Player } from "./players.ts";
import type { SignedIn } from "./sign_in.ts";
import type { AccessToken } from "./tokens.ts";

/** A player as the player sees it. */
export function playerView(player: Player, profile: ProfileRow): PlayerView {
  const { playerId, state, currency, country, coolingOffUntil } = player;
  const { email, fullName, dateOfBirth, address, registeredAt, frozenSince } = profile;
  return {
    playerId,
    state,
    currency,
    country,
    email,
    fullName,
    dateOfBirth,
    address,
    coolingOffUntil: coolingOffUntil?.toISOString() ?? null,
    frozenSince: frozenSince?.toISOString() ?? null,
    registeredAt: registeredAt.toISOString(),
  };
}

/** A session as whoever signed in holds it. */
export function sessionView(
  { playerId, refreshToken, refreshUntil }: SignedIn,
  { accessToken, expiresAt }: AccessToken,
): SessionView {
  return {
    playerId,
    accessToken,
    accessTokenExpiresAt: expiresAt.toISOString(),
    refreshToken,
    refreshTokenExpiresAt: refreshUntil.toISOString(),
  };
}

/** Every limit of a player. */
export function limitsView(
  { currency }: Pick<Player, "currency">,
  limits: readonly PlayerLimit[],
): LimitsView {
  return {
    currency,
    items: limits.map(({ kind, period, amountMinor, next }) => ({
      kind,
      period,
      amountMinor: amountOf(amountMinor),
      next: next && { amountMinor: amountOf(next.amountMinor), from: next.from.toISOString() },
    })),
  };
}

/** An exclusion, its end included. */
export function exclusionView({ excludedAt, endsAt }: Exclusion) {
  return { excludedAt: excludedAt.toISOString(), endsAt: endsAt?.toISOString() ?? null };
}

function amountOf(amountMinor: bigint | null): number | null {
  return amountMinor === null ? null : minorToJson(amountMinor);
}
