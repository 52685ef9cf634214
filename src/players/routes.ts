import { Elysia, t } from "elysia";
import { answerDone, answerPrivate, type Connections } from "../http/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { selectProfile } from "./account_queries.ts";
import {
  coolOffSchema,
  exclusionRequestSchema,
  limitsChangeSchema,
  refreshSchema,
  registrationSchema,
  signInSchema,
} from "./contract.ts";
import { inSession, type Players, type SessionWork } from "./open_players.ts";
import { details } from "./operations.ts";
import { coolOffOneself, excludeOneself, setOwnLimits } from "./own_decisions.ts";
import { readPlayerLimits } from "./player_limits.ts";
import { registerAccount } from "./register_account.ts";
import { SessionEndedError } from "./session_errors.ts";
import { endSession, refreshSession } from "./sessions.ts";
import { signIn } from "./sign_in.ts";
import { exclusionView, limitsView, playerView, sessionView } from "./view.ts";

export interface PlayersRoutesDeps {
  readonly players: Players;
  readonly directory: TenantDirectory;
  readonly connections: Pick<Connections, "addressOf">;
}

const params = t.Object({ tenant: tenantSchema });
// JSON whatever the Content-Type says: a form would otherwise be read as one.
const parse = "json" as const;

/** Who is betting: registration, sessions, and what a player decides about themselves. */
export function playersRoutes({ players, directory, connections }: PlayersRoutesDeps) {
  const tenantOf = async ({ tenant }: { readonly tenant: string }) => {
    const { tenantId } = await requireTenant(directory, tenant);
    players.assertConfigured();
    return tenantId;
  };
  const asPlayer = async <T>(
    { request, params }: { readonly request: Request; readonly params: { readonly tenant: string } },
    work: SessionWork<T>,
  ): Promise<T> => {
    const claims = await players.tokens.verify(request, await tenantOf(params));
    return inSession(claims, players, work);
  };
  return new Elysia({ name: "players/routes" })
    .post(
      "/:tenant/api/players",
      async ({ request, params, body }) => {
        const tenantId = await tenantOf(params);
        players.addresses.take(connections.addressOf(request));
        const player = await registerAccount({ ...body, tenantId }, players);
        const registeredAt = new Date(players.clock.epochMs());
        const profile = { ...body, address: body.address ?? null, registeredAt, frozenSince: null };
        return answerPrivate(playerView(player, profile), { status: 201 });
      },
      { detail: details.registerPlayer, params, body: registrationSchema, parse },
    )
    .post(
      "/:tenant/api/sessions",
      async ({ request, params, body }) => {
        const tenantId = await tenantOf(params);
        players.addresses.take(connections.addressOf(request));
        const session = await signIn({ ...body, tenantId }, players);
        const token = await players.tokens.issue({ ...session, tenantId });
        return answerPrivate(sessionView(session, token), { status: 201 });
      },
      { detail: details.signIn, params, body: signInSchema, parse },
    )
    .post(
      "/:tenant/api/sessions/refresh",
      async ({ params, body }) => {
        const tenantId = await tenantOf(params);
        const session = await refresh(body.refreshToken, { tenantId, players });
        const token = await players.tokens.issue({ ...session, tenantId });
        return answerPrivate(sessionView(session, token));
      },
      { detail: details.refreshSession, params, body: refreshSchema, parse },
    )
    .delete(
      "/:tenant/api/sessions/current",
      async (asked) => {
        await asPlayer(asked, {
          run: (connection, { claims, at }) => endSession(connection, claims, { at }),
        });
        return answerDone();
      },
      { detail: details.endSession, params },
    )
    .get(
      "/:tenant/api/players/me",
      (asked) =>
        asPlayer(asked, {
          async run(connection, { player }) {
            const profile = await selectProfile(connection, player);
            if (profile === undefined) throw new SessionEndedError();
            return answerPrivate(playerView(player, profile));
          },
        }),
      { detail: details.getPlayer, params },
    )
    .get(
      "/:tenant/api/players/me/limits",
      (asked) =>
        asPlayer(asked, {
          run: async (connection, { player, at }) =>
            answerPrivate(limitsView(player, await readPlayerLimits(connection, { ...player, at }))),
        }),
      { detail: details.getPlayerLimits, params },
    )
    .put(
      "/:tenant/api/players/me/limits",
      (asked) =>
        asPlayer(asked, {
          async run(connection, { player, at }) {
            const limits = await setOwnLimits(connection, { player, at }, asked.body.items);
            return answerPrivate(limitsView(player, limits));
          },
        }),
      { detail: details.setPlayerLimits, params, body: limitsChangeSchema, parse },
    )
    .post(
      "/:tenant/api/players/me/cool-off",
      (asked) =>
        asPlayer(asked, {
          run: async (connection, { player, at }) => {
            const coolingOffUntil = await coolOffOneself(connection, { player, at }, asked.body);
            return answerPrivate({ coolingOffUntil: coolingOffUntil.toISOString() });
          },
        }),
      { detail: details.coolOff, params, body: coolOffSchema, parse },
    )
    .post(
      "/:tenant/api/players/me/exclusion",
      (asked) =>
        asPlayer(asked, {
          run: async (connection, { player, at }) => {
            const exclusion = await excludeOneself(connection, { player, at }, asked.body);
            return answerPrivate(exclusionView(exclusion), { status: 201 });
          },
        }),
      { detail: details.excludePlayer, params, body: exclusionRequestSchema, parse },
    );
}

/** Committed whatever comes of it: a spent token ends the session for good. */
async function refresh(
  refreshToken: string,
  { tenantId, players }: { readonly tenantId: string; readonly players: Players },
) {
  const { pool, clock, deadlineMs } = players;
  await using lease = await pool.lease({ access: "write", criticality: "live", tenantId, deadlineMs });
  const at = new Date(clock.epochMs());
  const session = await refreshSession(lease.connection, { tenantId, refreshToken, at });
  await lease.commit();
  if (session === undefined) throw new SessionEndedError();
  return session;
}
