import type { Connection } from "../pool/mod.ts";

/** What a key is known by. */
export interface RequestKey {
  readonly tenantId: string;
  readonly idempotencyKey: string;
}

const TRY_REQUEST_LOCK = `
  select pg_try_advisory_xact_lock(operator_request_lock_id($1, $2)) as locked`;

/** Takes the key's lock until the transaction ends; `false` if another transaction holds it. */
export async function tryRequestLock(
  connection: Connection,
  { tenantId, idempotencyKey }: RequestKey,
): Promise<boolean> {
  const [row] = await connection.query<{ readonly locked: boolean }>(TRY_REQUEST_LOCK, [
    tenantId,
    idempotencyKey,
  ]);
  return row?.locked ?? false;
}

const WAIT_REQUEST_LOCK = `
  select pg_advisory_xact_lock(operator_request_lock_id($1, $2))`;

/** The same, waiting for whoever holds it. */
export async function waitForRequestLock(
  connection: Connection,
  { tenantId, idempotencyKey }: RequestKey,
): Promise<void> {
  await connection.query(WAIT_REQUEST_LOCK, [tenantId, idempotencyKey]);
}

const SELECT_ANSWER = `
  select encode(request_hash, 'hex') as "requestHash", answer
  from operator_answers
  where tenant_id = $1 and idempotency_key = $2`;

/** What a key was answered with, and to which request; `undefined` if it was not used. */
export async function selectAnswer(
  connection: Connection,
  { tenantId, idempotencyKey }: RequestKey,
): Promise<{ readonly requestHash: string; readonly answer: string } | undefined> {
  const [row] = await connection.query<{ readonly requestHash: string; readonly answer: string }>(
    SELECT_ANSWER,
    [tenantId, idempotencyKey],
  );
  return row;
}

const INSERT_ANSWER = `
  insert into operator_answers (tenant_id, idempotency_key, request_hash, answer, answered_at)
  values ($1, $2, decode($3, 'hex'), $4, $5)`;

/** Keeps an answer for good. */
export async function insertAnswer(
  connection: Connection,
  answer: RequestKey & { readonly requestHash: string; readonly answer: string; readonly at: Date },
): Promise<void> {
  const { tenantId, idempotencyKey, requestHash, answer: text, at } = answer;
  await connection.execute(INSERT_ANSWER, [tenantId, idempotencyKey, requestHash, text, at]);
}
