import { type Act, recordAct } from "../operators/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { coolOff } from "./cool_off.ts";
import { type Exclusion, type ExclusionTerm, excludePlayer } from "./exclude_player.ts";
import type { LimitKind, LimitPeriod, PlayerLimit } from "./limits.ts";
import { readPlayerLimits, setPlayerLimit } from "./player_limits.ts";
import type { Player } from "./players.ts";

/** Who decides for themselves, and when. */
export interface Decision {
  readonly player: Player;
  readonly at: Date;
}

export interface WantedLimit {
  readonly kind: LimitKind;
  readonly period: LimitPeriod;
  /** Minor units; `null` for no limit. */
  readonly amountMinor: number | null;
}

/** Sets a player's limits as the player wants them, each with its audit row; the limits there are afterwards. */
export async function setOwnLimits(
  connection: Connection,
  { player, at }: Decision,
  wanted: readonly WantedLimit[],
): Promise<readonly PlayerLimit[]> {
  const { tenantId, playerId } = player;
  for (const { kind, period, amountMinor } of wanted) {
    const amount = amountMinor === null ? null : BigInt(amountMinor);
    await setPlayerLimit(connection, { tenantId, playerId, kind, period, amountMinor: amount, at });
    const act = { action: "player.limit_set", facts: { kind, period, amountMinor } };
    await record(connection, { player, at }, act);
  }
  return readPlayerLimits(connection, { tenantId, playerId, at });
}

/** Pauses a player who wants it, with its audit row; when the pause ends. */
export async function coolOffOneself(
  connection: Connection,
  { player, at }: Decision,
  { days }: { readonly days: number },
): Promise<Date> {
  const until = await coolOff(connection, { ...player, days, at });
  const act = { action: "player.cooled_off", facts: { until: until.toISOString() } };
  await record(connection, { player, at }, act);
  return until;
}

/** Excludes the person behind a player who wants it, with its audit row. */
export async function excludeOneself(
  connection: Connection,
  { player, at }: Decision,
  { term }: { readonly term: ExclusionTerm },
): Promise<Exclusion> {
  const exclusion = await excludePlayer(connection, { ...player, term, at });
  const endsAt = exclusion.endsAt?.toISOString() ?? null;
  await record(connection, { player, at }, { action: "player.excluded_themselves", facts: { term, endsAt } });
  return exclusion;
}

async function record(
  connection: Connection,
  { player: { tenantId, playerId }, at }: Decision,
  act: Pick<Act, "action" | "facts">,
): Promise<void> {
  const subject = { kind: "player", id: playerId };
  await recordAct(connection, { actor: { tenantId, playerId }, subject, ...act, at });
}
