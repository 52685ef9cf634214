import type { Connection } from "../pool/mod.ts";
import { PlayerNotFoundError } from "./errors.ts";
import { updateCoolingOff } from "./queries.ts";

const DAY_MS = 86_400_000;

/** From a day to six weeks: whoever needs longer excludes themselves. */
export const COOL_OFF_DAYS = { from: 1, to: 42 } as const;

/**
 * Pauses a player: no bets and no deposits for so many days. A pause under way is never shortened. Once this is committed none is still
 * being taken. Needs a write lease of the tenant.
 *
 * @returns When it ends.
 * @throws {PlayerNotFoundError}
 * @throws {RangeError} If the days are not whole, from 1 to 42.
 */
export async function coolOff(
  connection: Connection,
  {
    tenantId,
    playerId,
    days,
    at,
  }: { readonly tenantId: string; readonly playerId: string; readonly days: number; readonly at: Date },
): Promise<Date> {
  if (!Number.isInteger(days) || days < COOL_OFF_DAYS.from || days > COOL_OFF_DAYS.to)
    throw new RangeError(`Cannot pause the player for so long: it is ${days} days`);
  const until = new Date(at.getTime() + days * DAY_MS);
  const ends = await updateCoolingOff(connection, { tenantId, playerId, until });
  if (ends === undefined) throw new PlayerNotFoundError(playerId);
  return ends;
}
