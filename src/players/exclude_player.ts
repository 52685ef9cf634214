import type { Connection } from "../pool/mod.ts";
import { PlayerNotFoundError } from "./errors.ts";
import { insertExclusions, lockExclusions } from "./exclusion_queries.ts";
import { endPlayerSessions } from "./session_queries.ts";

/** For how long somebody may exclude themselves: never for less than half a year. */
export const EXCLUSION_TERMS = ["6_months", "1_year", "2_years", "5_years", "permanent"] as const;
export type ExclusionTerm = (typeof EXCLUSION_TERMS)[number];

/** When it ends; `null` for good. */
export interface Exclusion {
  readonly excludedAt: Date;
  readonly endsAt: Date | null;
}

const MONTHS: Readonly<Record<ExclusionTerm, number | null>> = {
  "6_months": 6,
  "1_year": 12,
  "2_years": 24,
  "5_years": 60,
  permanent: null,
};

/**
 * Excludes the person behind a player from every brand of the deployment. Once this is committed no bet, deposit or registration of theirs
 * is taken anywhere, with whatever token; bets that are open stand. There is no way back before the term is over: a further exclusion adds to
 * it. Needs a write lease of the tenant.
 *
 * @throws {PlayerNotFoundError}
 */
export async function excludePlayer(
  connection: Connection,
  {
    tenantId,
    playerId,
    term,
    at,
  }: {
    readonly tenantId: string;
    readonly playerId: string;
    readonly term: ExclusionTerm;
    readonly at: Date;
  },
): Promise<Exclusion> {
  await lockExclusions(connection, tenantId, playerId);
  const endsAt = endOf(term, at);
  const exclusionId = Bun.randomUUIDv7("hex", at.getTime());
  const keys = await insertExclusions(connection, { tenantId, playerId, exclusionId, at, endsAt });
  if (keys === 0) throw new PlayerNotFoundError(playerId);
  await endPlayerSessions(connection, { tenantId, playerId, at });
  return { excludedAt: at, endsAt };
}

/** The same day so many months on; the last of the month where that has no such day. */
function endOf(term: ExclusionTerm, at: Date): Date | null {
  const months = MONTHS[term];
  if (months === null) return null;
  const end = new Date(at);
  end.setUTCDate(1);
  end.setUTCMonth(at.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(end.getUTCFullYear(), end.getUTCMonth() + 1, 0)).getUTCDate();
  end.setUTCDate(Math.min(at.getUTCDate(), lastDay));
  return end;
}
