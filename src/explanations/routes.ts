import { Elysia, t } from "elysia";
import { betIdSchema } from "../bets/mod.ts";
import { answerPrivate } from "../http/mod.ts";
import { readOperatorKey, requireOperator } from "../operators/mod.ts";
import { type Players, requireSession } from "../players/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { details } from "./operations.ts";
import { readExplanation } from "./read_explanation.ts";

export interface ExplanationRoutesDeps {
  readonly players: Pick<Players, "tokens" | "assertConfigured">;
  readonly directory: TenantDirectory;
  /** For what must be true or refused. */
  readonly writes: Pool;
  readonly clock: Pick<Clock, "epochMs">;
}

/** Refused rather than waited for: as long as a visitor waits for a page. */
const DEADLINE_MS = 1500;

const params = t.Object({ tenant: tenantSchema, betId: betIdSchema });

/** Why a bet was paid what it was, for its player and for the tenant's operators. */
export function explanationRoutes({ players, directory, writes, clock }: ExplanationRoutesDeps) {
  const explain = async (
    asked: { readonly tenantId: string; readonly betId: string; readonly playerId?: string },
    admit: (connection: Connection, at: Date) => Promise<unknown>,
  ): Promise<Response> => {
    const { tenantId } = asked;
    await using lease = await writes.lease({ criticality: "live", tenantId, deadlineMs: DEADLINE_MS });
    const at = new Date(clock.epochMs());
    await admit(lease.connection, at);
    return answerPrivate(await readExplanation(lease.connection, { ...asked, at }));
  };
  return new Elysia({ name: "explanations/routes" })
    .get(
      "/:tenant/api/bets/:betId/explanation",
      async ({ request, params: { tenant, betId } }) => {
        const { tenantId } = await requireTenant(directory, tenant);
        players.assertConfigured();
        const claims = await players.tokens.verify(request, tenantId);
        const { playerId } = claims;
        return await explain({ tenantId, betId, playerId }, (connection, at) =>
          requireSession(connection, claims, { at }),
        );
      },
      { detail: details.getBetExplanation, params },
    )
    .get(
      "/:tenant/api/admin/bets/:betId/explanation",
      async ({ request, params: { tenant, betId } }) => {
        const { tenantId } = await requireTenant(directory, tenant);
        const key = readOperatorKey(request);
        return await explain({ tenantId, betId }, (connection, at) =>
          requireOperator(connection, { tenantId, key, at }),
        );
      },
      { detail: details.getExplanationOfBet, params },
    );
}
