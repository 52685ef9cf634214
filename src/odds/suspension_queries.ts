import type { Connection } from "../pool/mod.ts";
import type { Suspension, SuspensionScope } from "./suspensions.ts";

/** A suspension with who made it and why. */
export interface SuspensionRecord extends Suspension {
  /** A trader's words, for traders. */
  readonly reason: string;
  readonly actor: string;
  readonly createdAt: Date;
  /** `null` while it is in force. */
  readonly liftedAt: Date | null;
  readonly liftedBy: string | null;
}

const SCOPE_COLUMNS = `
  suspension_id as "suspensionId",
  tenant_id as "tenantId",
  source,
  event_id as "eventId",
  book,
  market_type as "marketType",
  period,
  label,
  line_quarters as "lineQuarters",
  outcome`;

const RECORD_COLUMNS = `${SCOPE_COLUMNS},
  reason,
  actor,
  created_at as "createdAt",
  lifted_at as "liftedAt",
  lifted_by as "liftedBy"`;

const SELECT_SUSPENSIONS = `
  select ${SCOPE_COLUMNS}
  from suspensions
  where (tenant_id is null or tenant_id = $1)
    and (event_id is null or event_id = $2)
    and (source is null or source = (select source from events where event_id = $2))
    and lifted_at is null`;

/** What is in force for this tenant on this event, on its source or on both; to be asked inside the tenant's transaction. */
export function selectSuspensions(
  connection: Connection,
  { tenantId, eventId }: { readonly tenantId: string; readonly eventId: string },
): Promise<Suspension[]> {
  return connection.query<Suspension>(SELECT_SUSPENSIONS, [tenantId, eventId]);
}

const SELECT_SUSPENSIONS_OF_EVENTS = `
  select ${SCOPE_COLUMNS}
  from suspensions
  where (tenant_id is null or tenant_id = $1)
    and (event_id is null or event_id = any ($2::uuid[]))
    and (source is null or source in (select source from events where event_id = any ($2::uuid[])))
    and lifted_at is null`;

/** The same for several events: each row says which of them it is about. */
export function selectSuspensionsOfEvents(
  connection: Connection,
  { tenantId, eventIds }: { readonly tenantId: string; readonly eventIds: readonly string[] },
): Promise<Suspension[]> {
  return connection.query<Suspension>(SELECT_SUSPENSIONS_OF_EVENTS, [tenantId, eventIds]);
}

const SELECT_SUSPENSIONS_IN_FORCE = `
  select ${SCOPE_COLUMNS}
  from suspensions
  where (tenant_id is null or tenant_id = $1)
    and lifted_at is null
    and not exists (select from results where results.event_id = suspensions.event_id)
  order by suspension_id`;

/** Everything in force for this tenant, but for events that have a result: nothing of those is bettable anyhow. */
export function selectSuspensionsInForce(connection: Connection, tenantId: string): Promise<Suspension[]> {
  return connection.query<Suspension>(SELECT_SUSPENSIONS_IN_FORCE, [tenantId]);
}

const LIST_SUSPENSIONS = `
  select ${RECORD_COLUMNS}
  from suspensions
  where (tenant_id is null or tenant_id = $1)
    and ($2 or lifted_at is null)
    and ($3::uuid is null or event_id = $3)
    and ($4::text is null or source = $4)
    and ($5::uuid is null or suspension_id < $5)
  order by suspension_id desc
  limit $6`;

export interface SuspensionFilter {
  /** Whose, besides those for all; `null`: those for all alone. */
  readonly tenantId: string | null;
  /** Lifted ones too. */
  readonly lifted?: boolean;
  readonly eventId?: string;
  readonly source?: string;
  /** The last one of the page before. */
  readonly after?: string;
  readonly limit: number;
}

/** Suspensions, the newest first, to be asked inside the tenant's transaction. */
export function listSuspensions(
  connection: Connection,
  { tenantId, lifted = false, eventId, source, after, limit }: SuspensionFilter,
): Promise<SuspensionRecord[]> {
  const values = [tenantId, lifted, eventId ?? null, source ?? null, after ?? null, limit];
  return connection.query<SuspensionRecord>(LIST_SUSPENSIONS, values);
}

const INSERT_SUSPENSION = `
  insert into suspensions (
    suspension_id, tenant_id, source, event_id, book, market_type, period, label, line_quarters, outcome,
    reason, actor, created_at
  )
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
  on conflict do nothing
  returning ${RECORD_COLUMNS}`;

export interface SuspensionToInsert extends Suspension {
  readonly reason: string;
  readonly actor: string;
  readonly at: Date;
}

/** Adds a suspension; `undefined`, and nothing added, if one of the very same scope is in force. */
export async function insertSuspension(
  connection: Connection,
  { suspensionId, tenantId, reason, actor, at, ...scope }: SuspensionToInsert,
): Promise<SuspensionRecord | undefined> {
  const values = [suspensionId, tenantId, ...scopeValues(scope), reason, actor, at];
  const [row] = await connection.query<SuspensionRecord>(INSERT_SUSPENSION, values);
  return row;
}

const SELECT_SAME_SUSPENSION = `
  select ${RECORD_COLUMNS}
  from suspensions
  where tenant_id is not distinct from $1
    and source is not distinct from $2
    and event_id is not distinct from $3
    and book is not distinct from $4
    and market_type is not distinct from $5
    and period is not distinct from $6
    and label is not distinct from $7
    and line_quarters is not distinct from $8
    and outcome is not distinct from $9
    and lifted_at is null`;

/** The suspension of this very scope that is in force, if there is one. */
export async function selectSameSuspension(
  connection: Connection,
  { tenantId, ...scope }: Omit<Suspension, "suspensionId">,
): Promise<SuspensionRecord | undefined> {
  const values = [tenantId, ...scopeValues(scope)];
  const [row] = await connection.query<SuspensionRecord>(SELECT_SAME_SUSPENSION, values);
  return row;
}

function scopeValues(scope: SuspensionScope): unknown[] {
  const { source, eventId, book, marketType, period, label, lineQuarters, outcome } = scope;
  return [source, eventId, book, marketType, period, label, lineQuarters, outcome];
}

const LIFT_SUSPENSION = `
  update suspensions
  set lifted_at = $3,
      lifted_by = $4
  where tenant_id is not distinct from $1
    and suspension_id = $2
    and lifted_at is null`;

export interface SuspensionToLift {
  readonly tenantId: string | null;
  readonly suspensionId: string;
  readonly actor: string;
  readonly at: Date;
}

/** Ends a suspension of this tenant, or of all; 0 rows when it is none that is in force. */
export function updateLifted(
  connection: Connection,
  { tenantId, suspensionId, at, actor }: SuspensionToLift,
): Promise<number> {
  return connection.execute(LIFT_SUSPENSION, [tenantId, suspensionId, at, actor]);
}

const SELECT_SUSPENSION = `
  select ${RECORD_COLUMNS}
  from suspensions
  where tenant_id is not distinct from $1
    and suspension_id = $2`;

/** One suspension of this tenant, or of all, lifted or not. */
export async function selectSuspension(
  connection: Connection,
  { tenantId, suspensionId }: Pick<SuspensionToLift, "tenantId" | "suspensionId">,
): Promise<SuspensionRecord | undefined> {
  const [row] = await connection.query<SuspensionRecord>(SELECT_SUSPENSION, [tenantId, suspensionId]);
  return row;
}

const COUNT_COVERED = `
  select count(*) as prices
  from events
  join prices using (event_id)
  where ($1::text is null or events.source = $1)
    and ($2::uuid is null or events.event_id = $2)
    and ($3::text is null or prices.book = $3)
    and ($4::text is null or prices.market_type = $4)
    and ($5::text is null or prices.period = $5)
    and ($6::text is null or prices.label = $6)
    and ($7::integer is null or prices.line_quarters = $7)
    and ($8::text is null or prices.outcome = $8)`;

/** How many stored prices a scope covers: none is how a slip of the pen shows. */
export async function countCovered(connection: Connection, scope: SuspensionScope): Promise<number> {
  const [row] = await connection.query<{ readonly prices: bigint }>(COUNT_COVERED, scopeValues(scope));
  return Number(row?.prices ?? 0n);
}

const SELECT_KNOWN = `
  select
    $1::text is null
      or exists (select from feeds where source = $1)
      or exists (select from events where source = $1) as "sourceKnown",
    $2::uuid is null or exists (select from events where event_id = $2) as "eventKnown"`;

/** Whether there is such a source and such an event, where one is named. */
export async function selectKnown(
  connection: Connection,
  { source, eventId }: Pick<SuspensionScope, "source" | "eventId">,
): Promise<{ readonly sourceKnown: boolean; readonly eventKnown: boolean }> {
  const [row] = await connection.query<{ sourceKnown: boolean; eventKnown: boolean }>(SELECT_KNOWN, [
    source,
    eventId,
  ]);
  return row ?? { sourceKnown: false, eventKnown: false };
}

const WAIT_FOR_PLACEMENTS = `
  select
    case when $1::uuid is null then source_lock($2) else event_lock($1) end`;

/** Waits until every placement that began before, on this event or else on this source, is over. */
export async function waitForPlacements(
  connection: Connection,
  { eventId, source }: Pick<SuspensionScope, "source" | "eventId">,
): Promise<void> {
  await connection.query(WAIT_FOR_PLACEMENTS, [eventId, source]);
}
