import type { Connection } from "../pool/mod.ts";
import type { Certainty, FactRow, KnownFact } from "./fact_rows.ts";

const CLAIM_COLUMNS = `
  facts.fact, facts.statistic, facts.period, facts.side, facts.subject, facts.value, facts.detail, facts.final,
  facts.retracted, facts.true_at as "trueAt"`;

const VERSION_COLUMNS = `
  fact_versions.version, fact_versions.tenant_id as "tenantId", fact_versions.source, fact_versions.actor,
  fact_versions.certainty, fact_versions.note, fact_versions.known_at as "knownAt"`;

const SELECT_STANDING = `
  with newest as (
    select distinct on (fact, statistic, period, side, subject, tenant_id) *
    from facts
    where event_id = $1
      and version <= $2
      and (tenant_id is null or tenant_id = $3)
    order by fact, statistic, period, side, subject, tenant_id, version desc
  ), facts as (
    select distinct on (fact, statistic, period, side, subject) *
    from newest
    where not retracted
    order by fact, statistic, period, side, subject, tenant_id nulls last
  )
  select ${CLAIM_COLUMNS}, ${VERSION_COLUMNS}
  from facts
  join fact_versions on fact_versions.event_id = facts.event_id and fact_versions.version = facts.version
  order by facts.fact, facts.statistic, facts.period, facts.side desc, facts.subject`;

/** Which statements are looked at: those up to a version, for all and of this tenant. */
export interface FactsScope {
  readonly eventId: string;
  /** The newest, unless given. */
  readonly version?: number | undefined;
  /** Nobody's own, unless given. */
  readonly tenantId?: string | undefined;
}

const NEWEST = 2_147_483_647;

/** What is claimed as of a version, each name once: the newest of it, a tenant's own before what is said for all, and nothing retracted. */
export function selectStandingFacts(
  connection: Connection,
  { eventId, version = NEWEST, tenantId }: FactsScope,
): Promise<KnownFact[]> {
  return connection.query<KnownFact>(SELECT_STANDING, [eventId, version, tenantId ?? null]);
}

const SELECT_STANDING_OF_EVENTS = `
  with newest as (
    select distinct on (event_id, fact, statistic, period, side, subject) *
    from facts
    where event_id = any ($1::uuid[])
      and tenant_id is null
    order by event_id, fact, statistic, period, side, subject, version desc
  )
  select facts.event_id as "eventId", ${CLAIM_COLUMNS}, ${VERSION_COLUMNS}
  from newest as facts
  join fact_versions on fact_versions.event_id = facts.event_id and fact_versions.version = facts.version
  where not facts.retracted`;

/** What is claimed of each of these events for all, nobody's own words included. */
export function selectStandingOfEvents(
  connection: Connection,
  eventIds: readonly string[],
): Promise<(KnownFact & { readonly eventId: string })[]> {
  return connection.query<KnownFact & { readonly eventId: string }>(SELECT_STANDING_OF_EVENTS, [eventIds]);
}

const SELECT_LAYER = `
  select distinct on (fact, statistic, period, side, subject) ${CLAIM_COLUMNS}
  from facts
  where event_id = $1
    and tenant_id is not distinct from $2
  order by fact, statistic, period, side, subject, version desc`;

/** The newest claim of each name that was made for all, or by this tenant; retractions included. */
export function selectLayer(
  connection: Connection,
  { eventId, tenantId }: { readonly eventId: string; readonly tenantId: string | null },
): Promise<FactRow[]> {
  return connection.query<FactRow>(SELECT_LAYER, [eventId, tenantId]);
}

/** One statement, without what it says. */
export interface FactVersion {
  readonly version: number;
  /** `null` if it is true for all. */
  readonly tenantId: string | null;
  readonly source: string;
  readonly actor: string | null;
  readonly certainty: Certainty | null;
  readonly note: string | null;
  readonly knownAt: Date;
}

const SELECT_NEWEST_VERSION = `
  select ${VERSION_COLUMNS}
  from fact_versions
  where event_id = $1
    and version <= $2
    and (tenant_id is null or tenant_id = $3)
  order by version desc
  limit 1`;

/** The newest statement up to a version, or `undefined` if nobody has said anything. */
export async function selectNewestVersion(
  connection: Connection,
  { eventId, version = NEWEST, tenantId }: FactsScope,
): Promise<FactVersion | undefined> {
  const values = [eventId, version, tenantId ?? null];
  const [row] = await connection.query<FactVersion>(SELECT_NEWEST_VERSION, values);
  return row;
}

const SELECT_VERSION_KNOWN_AT = `
  select max(version) as version
  from fact_versions
  where event_id = $1
    and known_at <= $2
    and (tenant_id is null or tenant_id = $3)`;

/** The newest version that was known at a moment, 0 if there was none. */
export async function selectVersionKnownAt(
  connection: Connection,
  {
    eventId,
    at,
    tenantId,
  }: { readonly eventId: string; readonly at: Date; readonly tenantId?: string | undefined },
): Promise<number> {
  const values = [eventId, at, tenantId ?? null];
  const [row] = await connection.query<{ readonly version: number | null }>(SELECT_VERSION_KNOWN_AT, values);
  return row?.version ?? 0;
}

const SELECT_SAID = `
  select ${CLAIM_COLUMNS}, ${VERSION_COLUMNS}
  from fact_versions
  join facts on facts.event_id = fact_versions.event_id and facts.version = fact_versions.version
  where fact_versions.event_id = $1
    and fact_versions.version <= $2
    and (fact_versions.tenant_id is null or fact_versions.tenant_id = $3)
  order by fact_versions.version, facts.fact, facts.statistic, facts.period, facts.side desc, facts.subject`;

/** Everything that was ever said up to a version, retractions included, in the order in which it was said. */
export function selectSaid(
  connection: Connection,
  { eventId, version = NEWEST, tenantId }: FactsScope,
): Promise<KnownFact[]> {
  return connection.query<KnownFact>(SELECT_SAID, [eventId, version, tenantId ?? null]);
}

const NEXT_VERSION = "select next_fact_version($1) as version";

/** The number of the next statement about an event; nobody else gets it, and the next one waits until this transaction ends. */
export async function takeNextVersion(connection: Connection, eventId: string): Promise<number> {
  const [row] = await connection.query<{ readonly version: number }>(NEXT_VERSION, [eventId]);
  return row?.version ?? 1;
}

const INSERT_VERSION = `
  insert into fact_versions (event_id, version, tenant_id, source, actor, certainty, note, known_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8)`;

const INSERT_FACTS = `
  insert into facts (
    event_id, version, tenant_id, fact, statistic, period, side, subject, value, detail, final, retracted, true_at)
  select $1, $2, $3, fact, statistic, period, side, subject, value, detail, final, retracted, true_at
  from unnest(
    $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::integer[], $10::jsonb[], $11::boolean[],
    $12::boolean[], $13::timestamptz[]
  ) as claim (fact, statistic, period, side, subject, value, detail, final, retracted, true_at)`;

/** Appends one statement with all it says. */
export async function insertStatement(
  connection: Connection,
  { eventId, ...statement }: FactVersion & { readonly eventId: string; readonly facts: readonly FactRow[] },
): Promise<void> {
  const { version, tenantId, source, actor, certainty, note, knownAt, facts } = statement;
  await connection.execute(INSERT_VERSION, [
    ...[eventId, version, tenantId, source, actor, certainty, note],
    knownAt,
  ]);
  await connection.execute(INSERT_FACTS, [
    eventId,
    version,
    tenantId,
    facts.map(({ fact }) => fact),
    facts.map(({ statistic }) => statistic),
    facts.map(({ period }) => period),
    facts.map(({ side }) => side),
    facts.map(({ subject }) => subject),
    facts.map(({ value }) => value),
    facts.map(({ detail }) => (detail === null ? null : JSON.stringify(detail))),
    facts.map(({ final }) => final),
    facts.map(({ retracted }) => retracted),
    facts.map(({ trueAt }) => trueAt),
  ]);
}

const LOCK_EVENT = "select event_lock($1)";

/** Keeps every placement on this event out, and waits for those under way; until the end of the transaction. */
export async function lockEvent(connection: Connection, eventId: string): Promise<void> {
  await connection.query(LOCK_EVENT, [eventId]);
}

const SELECT_EVENT_EXISTS = "select 1 from events where event_id = $1";

/** Whether any feed brought this event. */
export async function hasEvent(connection: Connection, eventId: string): Promise<boolean> {
  return (await connection.query(SELECT_EVENT_EXISTS, [eventId])).length > 0;
}
