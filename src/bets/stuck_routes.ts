import { Elysia, t } from "elysia";
import { answerPrivate } from "../http/mod.ts";
import { readOperatorKey, requireOperator } from "../operators/mod.ts";
import { requireTenant, tenantSchema } from "../tenants/mod.ts";
import type { BetsAdminRoutesDeps } from "./admin_routes.ts";
import { readStuckBets } from "./read_stuck_bets.ts";
import { DEADLINE_MS } from "./routes.ts";
import { stuckDetails } from "./stuck_contract.ts";

/** What a trader is shown of bets that settlement cannot settle. */
export function stuckBetsRoutes({ directory, writes, clock }: BetsAdminRoutesDeps) {
  return new Elysia({ name: "bets/stuck_routes" }).get(
    "/:tenant/api/admin/settlement/waiting",
    async ({ request, params }) => {
      const { tenantId } = await requireTenant(directory, params.tenant);
      const key = readOperatorKey(request);
      const at = new Date(clock.epochMs());
      await using lease = await writes.lease({ criticality: "report", tenantId, deadlineMs: DEADLINE_MS });
      await requireOperator(lease.connection, { tenantId, key, at });
      return answerPrivate(await readStuckBets(lease.connection, { tenantId, at }));
    },
    { detail: stuckDetails.listStuckBets, params: t.Object({ tenant: tenantSchema }) },
  );
}
