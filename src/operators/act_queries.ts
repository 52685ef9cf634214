import type { Connection } from "../pool/mod.ts";

const INSERT_ACT = `
  insert into audit_acts (
    tenant_id, act_id, acted_at, actor_kind, actor_id, actor_name, action, subject_kind, subject_id, facts
  )
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** Adds an audit row. */
export async function insertAct(
  connection: Connection,
  act: {
    readonly tenantId: string;
    readonly actId: string;
    readonly at: Date;
    readonly actorKind: ActorKind;
    readonly actorId: string;
    readonly actorName: string | null;
    readonly action: string;
    readonly subjectKind: string;
    readonly subjectId: string;
    /** JSON. */
    readonly facts: string;
  },
): Promise<void> {
  const { tenantId, actId, at, actorKind, actorId, actorName, action, subjectKind, subjectId, facts } = act;
  await connection.execute(INSERT_ACT, [
    tenantId,
    actId,
    at,
    actorKind,
    actorId,
    actorName,
    action,
    subjectKind,
    subjectId,
    facts,
  ]);
}

export type ActorKind = "operator" | "player" | "system";

/** An audit row as it is stored. */
export interface ActRow {
  readonly actId: string;
  readonly actedAt: Date;
  readonly actorKind: ActorKind;
  readonly actorId: string;
  readonly actorName: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

/** Which acts: those of one subject, or all; after a place in the list, or from its begin. */
export interface ActFilter {
  readonly tenantId: string;
  readonly subjectId: string | null;
  readonly action: string | null;
  readonly after: { readonly at: Date; readonly id: string } | null;
  readonly limit: number;
}

const SELECT_ACTS = `
  select
    act_id as "actId",
    acted_at as "actedAt",
    actor_kind as "actorKind",
    actor_id as "actorId",
    actor_name as "actorName",
    action,
    subject_kind as "subjectKind",
    subject_id as "subjectId",
    facts
  from audit_acts
  where tenant_id = $1
    and ($2::text is null or subject_id = $2)
    and ($3::text is null or action = $3)
    and ($4::timestamptz is null or (acted_at, act_id) < ($4, $5::uuid))
  order by acted_at desc, act_id desc
  limit $6`;

/** Audit rows, the newest first. */
export function selectActs(connection: Connection, filter: ActFilter): Promise<ActRow[]> {
  const { tenantId, subjectId, action, after, limit } = filter;
  const values = [tenantId, subjectId, action, after?.at ?? null, after?.id ?? null, limit];
  return connection.query<ActRow>(SELECT_ACTS, values);
}
