import type { Connection } from "../pool/mod.ts";
import type { PlayerState } from "./players.ts";

/** A player as operators list them: no name, no address. */
export interface ListedPlayer {
  readonly playerId: string;
  readonly state: PlayerState;
  readonly currency: string;
  readonly country: string | null;
  readonly coolingOffUntil: Date | null;
  readonly registeredAt: Date;
  /** `null` while the player is not frozen. */
  readonly frozenSince: Date | null;
}

/** Which players: in a state, with an e-mail, by id; after a place in the list, or from its begin. */
export interface PlayerFilter {
  readonly tenantId: string;
  readonly playerId?: string | undefined;
  readonly state?: PlayerState | undefined;
  /** Exact, whatever its case. */
  readonly email?: string | undefined;
  readonly after: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

// A page goes by milliseconds, as registrations have them: the service makes them from its clock.
const SELECT_PLAYERS = `
  select
    players.player_id as "playerId",
    players.state,
    players.currency,
    players.country,
    players.cooling_off_until as "coolingOffUntil",
    players.created_at as "registeredAt",
    (
      select player_freezes.frozen_at
      from player_freezes
      where player_freezes.tenant_id = players.tenant_id
        and player_freezes.player_id = players.player_id
        and player_freezes.lifted_at is null
    ) as "frozenSince"
  from players
  where players.tenant_id = $1
    and ($2::uuid is null or players.player_id = $2)
    and ($3::text is null or players.state = $3)
    and ($4::text is null or players.player_id in (
      select player_identities.player_id
      from player_identities
      where player_identities.tenant_id = $1 and lower(player_identities.email) = lower($4)
    ))
    and ($5::timestamptz is null or (players.created_at, players.player_id) < ($5, $6::uuid))
  order by players.created_at desc, players.player_id desc
  limit $7`;

/** Players of a tenant, the newest first. */
export function selectPlayers(connection: Connection, filter: PlayerFilter): Promise<ListedPlayer[]> {
  const { tenantId, playerId = null, state = null, email = null, after, limit } = filter;
  const values = [tenantId, playerId, state, email, after?.at ?? null, after?.id ?? null, limit];
  return connection.query<ListedPlayer>(SELECT_PLAYERS, values);
}
