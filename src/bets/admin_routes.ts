import { Elysia, t } from "elysia";
import { answerPrivate, readIdempotencyKey } from "../http/mod.ts";
import { answerOnce, readOperatorKey, requireOperator } from "../operators/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { betIdSchema, bettingLimitsSchema, voidBetSchema } from "./contract.ts";
import { selectAllLimits } from "./limit_queries.ts";
import { limitOfBody } from "./limits_body.ts";
import { details } from "./operations.ts";
import { DEADLINE_MS } from "./routes.ts";
import { saveLimits } from "./save_limits.ts";
import { voidBet } from "./void_bet.ts";

export interface BetsAdminRoutesDeps {
  readonly directory: TenantDirectory;
  readonly writes: Pool;
  readonly clock: Pick<Clock, "epochMs">;
}

const params = t.Object({ tenant: tenantSchema });
const parse = "json" as const;

/** What an operator does about bets: voids them, and bounds them. */
export function betsAdminRoutes({ directory, writes, clock }: BetsAdminRoutesDeps) {
  /** Who asks: the key is read before the database is, and found in the transaction in which it acts. */
  const askedBy = async (request: Request, { tenant }: { readonly tenant: string }) => {
    const { tenantId } = await requireTenant(directory, tenant);
    const key = readOperatorKey(request);
    const at = new Date(clock.epochMs());
    const lease = (access: "read" | "write") =>
      writes.lease({ access, criticality: "live", tenantId, deadlineMs: DEADLINE_MS });
    const operator = (connection: Connection) =>
      requireOperator(connection, { tenantId, key, at, held: true });
    return { tenantId, key, at, lease, operator };
  };
  return new Elysia({ name: "bets/admin_routes" })
    .post(
      "/:tenant/api/admin/bets/:betId/void",
      async ({ request, params, body }) => {
        const { tenantId, key } = await askedBy(request, params);
        const input = { ...body, betId: params.betId };
        const idempotencyKey = readIdempotencyKey(request);
        const asked = { tenantId, key, idempotencyKey, operation: "voidBet", input };
        const text = await answerOnce(asked, { pool: writes, clock }, (connection, by) =>
          voidBet(connection, input, by),
        );
        return answerPrivate(text);
      },
      {
        detail: details.voidBet,
        params: t.Object({ tenant: tenantSchema, betId: betIdSchema }),
        body: voidBetSchema,
        parse,
      },
    )
    .get(
      "/:tenant/api/admin/limits",
      async ({ request, params }) => {
        const { tenantId, key, at, lease: leaseFor } = await askedBy(request, params);
        await using lease = await leaseFor("read");
        await requireOperator(lease.connection, { tenantId, key, at });
        return answerPrivate(await selectAllLimits(lease.connection, tenantId));
      },
      { detail: details.getBettingLimits, params },
    )
    .put(
      "/:tenant/api/admin/limits",
      async ({ request, params, body }) => {
        const { tenantId, at, operator } = await askedBy(request, params);
        const { version, bettingOpen } = body;
        const limits = body.limits.map(limitOfBody);
        const saved = await saveLimits(
          { tenantId, change: () => ({ bettingOpen, limits }), expectedVersion: version },
          { pool: writes, actor: operator, at, deadlineMs: DEADLINE_MS },
        );
        return answerPrivate(saved);
      },
      { detail: details.setBettingLimits, params, body: bettingLimitsSchema, parse },
    );
}
