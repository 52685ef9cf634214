import { Elysia, t } from "elysia";
import { answerPrivate, decodeTimeCursor, encodeTimeCursor } from "../http/mod.ts";
import { type Operator, readOperatorKey, recordAct, requireOperator } from "../operators/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import {
  type ListedPlayerView,
  operatorLimitsChangeSchema,
  type PlayerList,
  stateChangeSchema,
  stateSchema,
  unfreezeSchema,
} from "./admin_contract.ts";
import { adminDetails } from "./admin_operations.ts";
import { type ListedPlayer, type PlayerFilter, selectPlayers } from "./admin_queries.ts";
import { PlayerNotFoundError } from "./errors.ts";
import { liftFreeze } from "./freezes.ts";
import { readPlayerLimits, setPlayerLimit } from "./player_limits.ts";
import { changePlayerState, readPlayer } from "./players.ts";
import { limitsView } from "./view.ts";

export interface PlayersAdminRoutesDeps {
  readonly directory: TenantDirectory;
  /** In the role `linehold_web`. */
  readonly writes: Pool;
  readonly clock: Pick<Clock, "epochMs">;
}

const DEADLINE_MS = 3000;
const params = t.Object({ tenant: tenantSchema });
const playerParams = t.Object({
  tenant: tenantSchema,
  playerId: t.String({
    format: "uuid",
    description: "The player",
    examples: ["01994e0a-3c00-7000-8000-00000000000b"],
  }),
});
const listQuery = t.Object({
  email: t.Optional(t.String({ minLength: 3, maxLength: 254, description: "Only whose e-mail this is" })),
  state: t.Optional(stateSchema),
  limit: t.Optional(
    t.Integer({ minimum: 1, maximum: 200, default: 50, description: "Items on a page", examples: [50] }),
  ),
  cursor: t.Optional(t.String({ minLength: 1, maxLength: 100, description: "next of the page before" })),
});
// JSON whatever the Content-Type says: a form would otherwise be read as one.
const parse = "json" as const;

type Work = (
  connection: Connection,
  asked: { readonly operator: Operator; readonly tenantId: string; readonly at: Date },
) => Promise<object>;

/** What operators see of players, and decide about them. */
export function playersAdminRoutes({ directory, writes, clock }: PlayersAdminRoutesDeps) {
  const asOperator = async (
    {
      request,
      params: { tenant },
    }: { readonly request: Request; readonly params: { readonly tenant: string } },
    work: Work,
  ): Promise<Response> => {
    const key = readOperatorKey(request);
    const { tenantId } = await requireTenant(directory, tenant);
    await using lease = await writes.lease({ access: "write", tenantId, deadlineMs: DEADLINE_MS });
    const at = new Date(clock.epochMs());
    const operator = await requireOperator(lease.connection, { tenantId, key, at, held: true });
    const answer = await work(lease.connection, { operator, tenantId, at });
    await lease.commit();
    return answerPrivate(answer);
  };
  return new Elysia({ name: "players/admin_routes" })
    .get(
      "/:tenant/api/admin/players",
      (asked) => {
        const { cursor, limit = 50, ...filter } = asked.query;
        const after = cursor === undefined ? null : decodeTimeCursor(cursor);
        return asOperator(asked, async (connection, { operator, tenantId, at }) => {
          const rows = await selectPlayers(connection, { ...filter, tenantId, after, limit: limit + 1 });
          if (filter.email !== undefined) await noteSearch(connection, rows, { operator, at });
          return pageOf(rows, limit);
        });
      },
      { detail: adminDetails.listPlayers, params, query: listQuery },
    )
    .get(
      "/:tenant/api/admin/players/:playerId",
      (asked) =>
        asOperator(asked, (connection, { tenantId }) => readListed(connection, { tenantId, ...idOf(asked) })),
      { detail: adminDetails.getListedPlayer, params: playerParams },
    )
    .put(
      "/:tenant/api/admin/players/:playerId/state",
      (asked) =>
        asOperator(asked, async (connection, { operator, tenantId, at }) => {
          const { playerId } = idOf(asked);
          const { state: to, reason } = asked.body;
          const { state: from } = await readPlayer(connection, { tenantId, playerId });
          await changePlayerState(connection, { tenantId, playerId, to, at });
          const act = { actor: operator, action: "player.state_changed", at } as const;
          const subject = { kind: "player", id: playerId };
          if (from !== to) await recordAct(connection, { ...act, subject, facts: { from, to, reason } });
          return readListed(connection, { tenantId, playerId });
        }),
      { detail: adminDetails.setPlayerState, params: playerParams, body: stateChangeSchema, parse },
    )
    .post(
      "/:tenant/api/admin/players/:playerId/unfreeze",
      (asked) =>
        asOperator(asked, async (connection, { operator, tenantId, at }) => {
          const { playerId } = await readPlayer(connection, { tenantId, ...idOf(asked) });
          await liftFreeze(connection, { playerId, reason: asked.body.reason }, { operator, at });
          return readListed(connection, { tenantId, playerId });
        }),
      { detail: adminDetails.unfreezePlayer, params: playerParams, body: unfreezeSchema, parse },
    )
    .get(
      "/:tenant/api/admin/players/:playerId/limits",
      (asked) =>
        asOperator(asked, async (connection, { tenantId, at }) => {
          const player = await readPlayer(connection, { tenantId, ...idOf(asked) });
          return limitsView(player, await readPlayerLimits(connection, { ...player, at }));
        }),
      { detail: adminDetails.getLimitsOfPlayer, params: playerParams },
    )
    .put(
      "/:tenant/api/admin/players/:playerId/limits",
      (asked) =>
        asOperator(asked, async (connection, { operator, tenantId, at }) => {
          const { playerId } = idOf(asked);
          const { items, reason } = asked.body;
          for (const { kind, period, amountMinor } of items) {
            const wanted = amountMinor === null ? null : BigInt(amountMinor);
            await setPlayerLimit(connection, { tenantId, playerId, kind, period, amountMinor: wanted, at });
            const act = { actor: operator, action: "player.limit_set", at } as const;
            const facts = { kind, period, amountMinor, reason };
            await recordAct(connection, { ...act, subject: { kind: "player", id: playerId }, facts });
          }
          const player = await readPlayer(connection, { tenantId, playerId });
          return limitsView(player, await readPlayerLimits(connection, { ...player, at }));
        }),
      {
        detail: adminDetails.setLimitsOfPlayer,
        params: playerParams,
        body: operatorLimitsChangeSchema,
        parse,
      },
    );
}

function idOf({ params: { playerId } }: { readonly params: { readonly playerId: string } }) {
  return { playerId: playerId.toLowerCase() };
}

async function readListed(
  connection: Connection,
  { tenantId, playerId }: Required<Pick<PlayerFilter, "tenantId">> & { readonly playerId: string },
): Promise<ListedPlayerView> {
  const [row] = await selectPlayers(connection, { tenantId, playerId, after: null, limit: 1 });
  if (row === undefined) throw new PlayerNotFoundError(playerId);
  return viewOf(row);
}

/** Whoever looks for a person by e-mail leaves a trace, found or not; the e-mail itself does not stay. */
async function noteSearch(
  connection: Connection,
  found: readonly ListedPlayer[],
  { operator, at }: { readonly operator: Operator; readonly at: Date },
): Promise<void> {
  const playerId = found[0]?.playerId ?? null;
  await recordAct(connection, {
    actor: operator,
    action: "player.searched",
    subject: playerId === null ? { kind: "tenant", id: operator.tenantId } : { kind: "player", id: playerId },
    facts: { by: "email", found: playerId !== null },
    at,
  });
}

function pageOf(rows: readonly ListedPlayer[], limit: number): PlayerList {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map(viewOf),
    next: last === undefined ? null : encodeTimeCursor({ at: last.registeredAt, id: last.playerId }),
  };
}

function viewOf({ coolingOffUntil, registeredAt, frozenSince, ...player }: ListedPlayer): ListedPlayerView {
  return {
    ...player,
    frozenSince: frozenSince?.toISOString() ?? null,
    coolingOffUntil: coolingOffUntil?.toISOString() ?? null,
    registeredAt: registeredAt.toISOString(),
  };
}
