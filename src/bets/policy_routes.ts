import { Elysia, t } from "elysia";
import { answerPrivate } from "../http/mod.ts";
import { readOperatorKey, requireOperator } from "../operators/mod.ts";
import { requireTenant, tenantSchema } from "../tenants/mod.ts";
import type { BetsAdminRoutesDeps } from "./admin_routes.ts";
import { policyDetails, settlementChoiceSchema } from "./policy_contract.ts";
import { DEADLINE_MS } from "./routes.ts";
import { readSettlementPolicy, saveSettlementPolicy } from "./settlement_policy.ts";

const params = t.Object({ tenant: tenantSchema });

/** What an operator decides about settlement. */
export function settlementPolicyRoutes({ directory, writes, clock }: BetsAdminRoutesDeps) {
  const askedBy = async (request: Request, { tenant }: { readonly tenant: string }) => {
    const { tenantId } = await requireTenant(directory, tenant);
    return { tenantId, key: readOperatorKey(request), at: new Date(clock.epochMs()) };
  };
  return new Elysia({ name: "bets/policy_routes" })
    .get(
      "/:tenant/api/admin/settlement",
      async ({ request, params }) => {
        const { tenantId, ...asked } = await askedBy(request, params);
        await using lease = await writes.lease({ criticality: "live", tenantId, deadlineMs: DEADLINE_MS });
        await requireOperator(lease.connection, { tenantId, ...asked });
        return answerPrivate(await readSettlementPolicy(lease.connection, tenantId));
      },
      { detail: policyDetails.getSettlementPolicy, params },
    )
    .put(
      "/:tenant/api/admin/settlement",
      async ({ request, params, body }) => {
        const { tenantId, at, key } = await askedBy(request, params);
        const { version, ...choice } = body;
        const saved = await saveSettlementPolicy(
          { tenantId, change: () => choice, expectedVersion: version },
          {
            pool: writes,
            actor: (connection) => requireOperator(connection, { tenantId, key, at, held: true }),
            at,
            deadlineMs: DEADLINE_MS,
          },
        );
        return answerPrivate(saved);
      },
      // JSON whatever the Content-Type says: a form would otherwise be read as one.
      { detail: policyDetails.setSettlementPolicy, params, body: settlementChoiceSchema, parse: "json" },
    );
}
