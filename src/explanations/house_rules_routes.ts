import { Elysia, t } from "elysia";
import { answerPublic, lastingCacheControl, type Representation } from "../http/mod.ts";
import type { Outcome } from "../reads/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { houseRulesDetails } from "./house_rules_contract.ts";
import { HOUSE_RULES_FRESH_MS, type HouseRulesReads } from "./read_house_rules.ts";

export interface HouseRulesRoutesDeps {
  readonly houseRules: HouseRulesReads;
  readonly directory: TenantDirectory;
}

const params = t.Object({ tenant: tenantSchema });
const versionParams = t.Object({
  tenant: tenantSchema,
  rulesVersion: t.Integer({
    minimum: 1,
    maximum: 1_000_000,
    description: "The number that a bet carries as rulesVersion",
    examples: [2],
  }),
});

/** By what bets are settled, for whoever wants to read it. */
export function houseRulesRoutes({ houseRules, directory }: HouseRulesRoutesDeps) {
  const cacheControl = lastingCacheControl(HOUSE_RULES_FRESH_MS);
  const answer = (request: Request, outcome: Outcome<Representation>) =>
    answerPublic(request, { representation: outcome.value, provenance: outcome, cacheControl });
  return new Elysia({ name: "explanations/house_rules_routes" })
    .get(
      "/:tenant/api/public/house-rules",
      async ({ request, params: { tenant } }) => {
        const { tenantId } = await requireTenant(directory, tenant);
        return answer(request, await houseRules.inForce(tenantId));
      },
      { detail: houseRulesDetails.getHouseRules, params },
    )
    .get(
      "/:tenant/api/public/house-rules/:rulesVersion",
      async ({ request, params: { tenant, rulesVersion } }) => {
        await requireTenant(directory, tenant);
        return answer(request, await houseRules.byVersion(rulesVersion));
      },
      { detail: houseRulesDetails.getHouseRulesVersion, params: versionParams },
    );
}
