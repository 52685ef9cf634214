import { Elysia, t } from "elysia";
import { answerPrivate, readIdempotencyKey } from "../http/mod.ts";
import { answerOnce, type OperatorAct, readOperatorKey, requireOperator } from "../operators/mod.ts";
import type { Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import type { ClaimWords } from "./claim_words.ts";
import { betsToCancelSchema, type FactsToStateBody, factsToStateSchema, rollbackSchema } from "./contract.ts";
import { EventNotFoundError } from "./errors.ts";
import { details } from "./operations.ts";
import { hasEvent, selectVersionKnownAt } from "./queries.ts";
import { readFacts, readFactVersions } from "./read_facts.ts";
import { cancelBets, rollBackCancellation, stateFacts } from "./state_facts.ts";
import { viewOfFacts } from "./view.ts";

export interface ResultsAdminRoutesDeps {
  readonly directory: TenantDirectory;
  /** In the role `linehold_web`. */
  readonly writes: Pool;
  readonly clock: Pick<Clock, "epochMs">;
}

const DEADLINE_MS = 3000;
const UUID = "^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$";
const eventId = t.String({
  pattern: UUID,
  description: "The event, as in lists of events",
  examples: ["01994e0a-3c00-7000-8000-0d9c1c2f7a11"],
});
const cancellationId = t.String({
  pattern: UUID,
  description: "The cancellation, as its making answered",
  examples: ["01994e0a-3c00-7000-8000-00000000c001"],
});
const ofEvent = t.Object({ tenant: tenantSchema, eventId });
const asOf = t.Object({
  version: t.Optional(
    t.String({ pattern: "^[1-9][0-9]{0,8}$", description: "As of this statement", examples: ["4"] }),
  ),
  at: t.Optional(
    t.String({
      format: "date-time",
      description: "As it was known at this moment",
      examples: ["2025-09-20T13:26:00.000Z"],
    }),
  ),
});
const parse = "json" as const;

/** What operators say of events, for their own tenant's bets alone. */
export function resultsAdminRoutes({ directory, writes, clock }: ResultsAdminRoutesDeps) {
  const once = async (
    request: Request,
    {
      tenant,
      operation,
      input,
    }: { readonly tenant: string; readonly operation: string; readonly input: object },
    act: OperatorAct,
  ) => {
    const { tenantId } = await requireTenant(directory, tenant);
    const key = readOperatorKey(request);
    const asked = { tenantId, key, idempotencyKey: readIdempotencyKey(request), operation, input };
    return answerPrivate(await answerOnce(asked, { pool: writes, clock }, act));
  };
  return new Elysia({ name: "results/routes" })
    .get(
      "/:tenant/api/admin/events/:eventId/facts",
      async ({ request, params, query }) => {
        const { tenantId } = await requireTenant(directory, params.tenant);
        const key = readOperatorKey(request);
        const at = new Date(clock.epochMs());
        await using lease = await writes.lease({ criticality: "report", tenantId, deadlineMs: DEADLINE_MS });
        const { connection } = lease;
        await requireOperator(connection, { tenantId, key, at });
        const of = { eventId: params.eventId.toLowerCase(), tenantId };
        if (!(await hasEvent(connection, of.eventId))) throw new EventNotFoundError(of.eventId);
        const moment = query.at === undefined ? undefined : new Date(query.at);
        const known = moment && (await selectVersionKnownAt(connection, { ...of, at: moment }));
        const told = query.version === undefined ? undefined : Number(query.version);
        const version = Math.min(told ?? Number.POSITIVE_INFINITY, known ?? Number.POSITIVE_INFINITY);
        const scope = { ...of, ...(Number.isFinite(version) ? { version } : {}) };
        const facts = await readFacts(connection, scope);
        return answerPrivate(viewOfFacts(of.eventId, facts, await readFactVersions(connection, scope)));
      },
      { detail: details.getEventFacts, params: ofEvent, query: asOf },
    )
    .post(
      "/:tenant/api/admin/events/:eventId/facts",
      ({ request, params, body }) => {
        const input = { ...body, eventId: params.eventId.toLowerCase() };
        const asked = { tenant: params.tenant, operation: "stateEventFacts", input };
        return once(request, asked, (connection, by) =>
          stateFacts(connection, { ...input, claims: body.claims.map(wordsOf) }, by),
        );
      },
      { detail: details.stateEventFacts, params: ofEvent, body: factsToStateSchema, parse },
    )
    .post(
      "/:tenant/api/admin/events/:eventId/cancellations",
      ({ request, params, body }) => {
        const input = { ...body, eventId: params.eventId.toLowerCase() };
        const { placedFrom, placedBefore, ...narrowing } = input;
        const asked = { tenant: params.tenant, operation: "cancelBetsOfEvent", input };
        const wanted = {
          ...narrowing,
          ...(placedFrom === undefined ? {} : { placedFrom: new Date(placedFrom) }),
          ...(placedBefore === undefined ? {} : { placedBefore: new Date(placedBefore) }),
        };
        return once(request, asked, (connection, by) => cancelBets(connection, wanted, by));
      },
      { detail: details.cancelBetsOfEvent, params: ofEvent, body: betsToCancelSchema, parse },
    )
    .post(
      "/:tenant/api/admin/events/:eventId/cancellations/:cancellationId/rollback",
      ({ request, params: { tenant, ...ids }, body }) => {
        const named = {
          eventId: ids.eventId.toLowerCase(),
          cancellationId: ids.cancellationId.toLowerCase(),
        };
        const input = { ...body, ...named };
        const asked = { tenant, operation: "rollBackCancellation", input };
        return once(request, asked, (connection, by) => rollBackCancellation(connection, input, by));
      },
      {
        detail: details.rollBackCancellation,
        params: t.Object({ tenant: tenantSchema, eventId, cancellationId }),
        body: rollbackSchema,
        parse,
      },
    );
}

function wordsOf({ value, trueAt, ...claim }: FactsToStateBody["claims"][number]): ClaimWords {
  return {
    ...claim,
    ...(value === undefined ? {} : { value: `${value}` }),
    ...(trueAt === undefined ? {} : { trueAt: new Date(trueAt) }),
  };
}
