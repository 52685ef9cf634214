import { Type } from "@sinclair/typebox";
import type { ProblemTable } from "../http/mod.ts";

export const problems = {
  tenant_not_found: { status: 404, title: "No such tenant" },
  tenant_suspended: { status: 404, title: "This tenant is suspended" },
  tenant_undetermined: {
    status: 503,
    title: "Whether this tenant exists cannot be told right now",
    retryAfterSeconds: 2,
  },
} as const satisfies ProblemTable;

/** The path's first segment in the contract's path form. Under a tenant's own host it is left out. */
export const tenantSchema = Type.String({
  description:
    "The tenant's slug. Under a host of the tenant (a subdomain of BASE_DOMAIN, or its custom domain) this segment is left out of the path.",
  examples: ["supersports"],
});

/** The same for routes that check nothing of their path at run time. */
export const tenantParameter = {
  name: "tenant",
  in: "path",
  required: true,
  description: tenantSchema.description,
  schema: { type: "string", examples: ["supersports"] },
  example: "supersports",
} as const;
