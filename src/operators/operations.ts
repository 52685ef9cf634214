import { content, edgeProblems, operation, plainResponse, problemResponses } from "../http/mod.ts";
import { tenantProblems } from "../tenants/mod.ts";
import { exampleAuditList, problems } from "./contract.ts";

const table = { ...edgeProblems, ...tenantProblems, ...problems };

/** What any operator's operation may be refused with. */
export const OPERATOR_REFUSALS = [
  "host_invalid",
  "operator_key_invalid",
  "tenant_not_found",
  "tenant_suspended",
  "tenant_undetermined",
  "request_invalid",
  "internal_error",
  "database_unavailable",
] as const;

/** The room's operations, as the contract shows them. */
export const details = {
  listAuditActs: operation({
    tag: "admin",
    caller: "operator",
    degradation: "truth",
    operationId: "listAuditActs",
    summary: "What was done",
    description:
      "Every change by operators, by players for themselves and by the service, the newest first, a page at a time. Rows are written with what they tell of and never change.",
    responses: {
      ...plainResponse(
        "A page",
        content("application/json", { schema: "AuditList", example: exampleAuditList }),
      ),
      ...problemResponses(table, [...OPERATOR_REFUSALS, "cursor_invalid"]),
    },
  }),
};
