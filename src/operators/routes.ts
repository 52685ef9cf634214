import { Elysia, t } from "elysia";
import { answerPrivate, decodeTimeCursor, encodeTimeCursor } from "../http/mod.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { type ActRow, selectActs } from "./act_queries.ts";
import type { AuditList } from "./contract.ts";
import { readOperatorKey, requireOperator } from "./keys.ts";
import { details } from "./operations.ts";

export interface OperatorRoutesDeps {
  readonly directory: TenantDirectory;
  /** In the role `linehold_web`. */
  readonly writes: Pool;
  readonly clock: Pick<Clock, "epochMs">;
}

/** What was done for a tenant, for its operators. */
export function operatorRoutes({ directory, writes, clock }: OperatorRoutesDeps) {
  return new Elysia({ name: "operators/routes" }).get(
    "/:tenant/api/admin/audit",
    async ({ request, params, query }) => {
      const key = readOperatorKey(request);
      const { tenantId } = await requireTenant(directory, params.tenant);
      const { subjectId = null, action = null, cursor, limit = 50 } = query;
      const after = cursor === undefined ? null : decodeTimeCursor(cursor);
      await using lease = await writes.lease({ tenantId });
      await requireOperator(lease.connection, { tenantId, key, at: new Date(clock.epochMs()) });
      const filter = { tenantId, subjectId, action, after, limit: limit + 1 };
      return answerPrivate(pageOf(await selectActs(lease.connection, filter), limit));
    },
    {
      detail: details.listAuditActs,
      params: t.Object({ tenant: tenantSchema }),
      query: t.Object({
        subjectId: t.Optional(
          t.String({ minLength: 1, maxLength: 120, description: "Only what was done to it, as to a player" }),
        ),
        action: t.Optional(
          t.String({ minLength: 1, maxLength: 60, description: "Only this", examples: ["deposit"] }),
        ),
        limit: t.Optional(
          t.Integer({
            minimum: 1,
            maximum: 200,
            default: 50,
            description: "Items on a page",
            examples: [50],
          }),
        ),
        cursor: t.Optional(
          t.String({ minLength: 1, maxLength: 100, description: "next of the page before" }),
        ),
      }),
    },
  );
}

function pageOf(rows: readonly ActRow[], limit: number): AuditList {
  const items = rows.slice(0, limit);
  const last = rows.length > limit ? items.at(-1) : undefined;
  return {
    items: items.map((row) => ({
      actId: row.actId,
      at: row.actedAt.toISOString(),
      actor: { kind: row.actorKind, id: row.actorId, name: row.actorName },
      action: row.action,
      subject: { kind: row.subjectKind, id: row.subjectId },
      facts: row.facts,
    })),
    next: last === undefined ? null : encodeTimeCursor({ at: last.actedAt, id: last.actId }),
  };
}
