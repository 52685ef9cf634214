import type { Connection } from "../pool/mod.ts";

/** One tenant's bets on one event. */
export interface EventOfTenant {
  readonly tenantId: string;
  readonly eventId: string;
}

/** A tenant's bets on an event, as far as a version of what is known tells. */
export interface EventVersion extends EventOfTenant {
  readonly resultVersion: number;
}

const SELECT_AWAITING = `
  select event_id as "eventId", tenant_id as "tenantId"
  from event_tenants
  where fact_version > result_version
  union
  select event_id, tenant_id
  from event_tenants
  where replan_at <= $1
  limit $2`;

/**
 * Whose bets something new is known of, or that time alone may have decided meanwhile. Across tenants, from a table that names no bet.
 */
export function selectAwaiting(
  connection: Connection,
  { at, limit }: { readonly at: Date; readonly limit: number },
): Promise<EventOfTenant[]> {
  return connection.query<EventOfTenant>(SELECT_AWAITING, [at, limit]);
}

const HOLD_AWAITING = `
  select event_tenants.event_id as "eventId", event_tenants.tenant_id as "tenantId"
  from event_tenants
  join unnest($1::uuid[], $2::uuid[]) as wanted (event_id, tenant_id)
    on wanted.event_id = event_tenants.event_id and wanted.tenant_id = event_tenants.tenant_id
  where event_tenants.fact_version > event_tenants.result_version or event_tenants.replan_at <= $3
  order by event_tenants.event_id, event_tenants.tenant_id
  for no key update of event_tenants skip locked`;

/** Those of the pairs that are still to be taken, each held for one caller, for as short as can be: whoever speaks of the event waits. */
export function holdAwaiting(
  connection: Connection,
  { pairs, at }: { readonly pairs: readonly EventOfTenant[]; readonly at: Date },
): Promise<EventOfTenant[]> {
  return connection.query<EventOfTenant>(HOLD_AWAITING, [...idsOf(pairs), at]);
}

const TAKE_AWAITING = `
  update event_tenants
  set result_version = greatest(fact_version, result_version), replan_at = null
  from unnest($1::uuid[], $2::uuid[]) as wanted (event_id, tenant_id)
  where wanted.event_id = event_tenants.event_id and wanted.tenant_id = event_tenants.tenant_id
  returning
    event_tenants.tenant_id as "tenantId",
    event_tenants.event_id as "eventId",
    event_tenants.result_version as "resultVersion"`;

/** Marks what is known of held pairs as taken and says up to which version. */
export function takeAwaiting(
  connection: Connection,
  pairs: readonly EventOfTenant[],
): Promise<EventVersion[]> {
  return connection.query<EventVersion>(TAKE_AWAITING, idsOf(pairs));
}

function idsOf(pairs: readonly EventOfTenant[]): [string[], string[]] {
  return [pairs.map(({ eventId }) => eventId), pairs.map(({ tenantId }) => tenantId)];
}

const POSTPONE_PLAN = `
  update event_tenants
  set replan_at = $3
  where event_id = $1 and tenant_id = $2`;

/** Has the outcomes of an event looked at again though nothing new is known of it. */
export async function postponePlan(
  connection: Connection,
  { tenantId, eventId, at }: EventOfTenant & { readonly at: Date },
): Promise<void> {
  await connection.execute(POSTPONE_PLAN, [eventId, tenantId, at]);
}
