import { CommitUnknownError, type Connection, type Pool } from "../pool/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import {
  insertAnswer,
  type RequestKey,
  selectAnswer,
  tryRequestLock,
  waitForRequestLock,
} from "./answer_queries.ts";
import { RequestInProgressError, RequestKeyReusedError, RequestNotDoneError } from "./errors.ts";
import type { PresentedKey } from "./key_text.ts";
import { type Operator, requireOperator } from "./keys.ts";

/** An operator's request that must be done once. */
export interface OperatorRequest extends RequestKey {
  readonly key: PresentedKey;
  /** Which operation it is, as in `createDeposit`. */
  readonly operation: string;
  /** All that the request says, from path and body: what makes two requests the same. JSON. */
  readonly input: unknown;
}

export interface AnswerDeps {
  /** Of writes, in the role `linehold_web`. */
  readonly pool: Pool;
  /** Its `epochMs` is the business time of what is done. */
  readonly clock: Pick<Clock, "epochMs">;
}

/** Does what is asked, in the transaction that keeps its answer. */
export type OperatorAct = (
  connection: Connection,
  asked: { readonly operator: Operator; readonly at: Date },
) => Promise<object>;

/** For the whole request, the wait for a connection included. */
const DEADLINE_MS = 3000;

/**
 * Does what an operator asks, once a key: the change, its audit row (which `act` writes) and the answer commit together, and the same request
 * with the same key is answered by the same text, byte for byte, whatever has changed since. A refusal is not kept.
 *
 * @returns JSON.
 * @throws {OperatorKeyInvalidError}
 * @throws {RequestInProgressError} If the key is being answered at this moment.
 * @throws {RequestKeyReusedError} If the key was used with another request.
 * @throws {RequestNotDoneError} If the commit was lost and certainly did not happen.
 * @throws {CommitUnknownError} If that could not be found out: send the same request again.
 * @throws {DatabaseUnavailableError} And whatever `act` throws; nothing was changed.
 */
export async function answerOnce(
  request: OperatorRequest,
  deps: AnswerDeps,
  act: OperatorAct,
): Promise<string> {
  try {
    return await answer(request, deps, act);
  } catch (error) {
    if (!(error instanceof CommitUnknownError)) throw error;
    return await readBack(request, deps, error);
  }
}

async function answer(request: OperatorRequest, deps: AnswerDeps, act: OperatorAct): Promise<string> {
  const { tenantId, key } = request;
  await using lease = await leaseOf(request, deps);
  const { connection } = lease;
  const at = new Date(deps.clock.epochMs());
  const operator = await requireOperator(connection, { tenantId, key, at, held: true });
  if (!(await tryRequestLock(connection, request))) throw new RequestInProgressError();
  const known = await answerOf(connection, request);
  if (known !== undefined) return known;
  const text = JSON.stringify(await act(connection, { operator, at }));
  await insertAnswer(connection, { ...request, requestHash: hashOf(request), answer: text, at });
  await lease.commit();
  return text;
}

/** The lost transaction held the key's lock: once we have it, that transaction is over, and what it did or did not do can be read. */
async function readBack(
  request: OperatorRequest,
  deps: AnswerDeps,
  unknown: CommitUnknownError,
): Promise<string> {
  let known: string | undefined;
  try {
    await using lease = await leaseOf(request, deps);
    await waitForRequestLock(lease.connection, request);
    known = await answerOf(lease.connection, request);
  } catch {
    throw unknown;
  }
  if (known === undefined) throw new RequestNotDoneError({ cause: unknown });
  return known;
}

async function answerOf(connection: Connection, request: OperatorRequest): Promise<string | undefined> {
  const stored = await selectAnswer(connection, request);
  if (stored === undefined) return undefined;
  if (stored.requestHash !== hashOf(request)) throw new RequestKeyReusedError();
  return stored.answer;
}

function leaseOf({ tenantId }: OperatorRequest, { pool }: AnswerDeps) {
  return pool.lease({ access: "write", criticality: "placement", tenantId, deadlineMs: DEADLINE_MS });
}

/** SHA-256 of operation and input, whatever the order in which the input's fields were sent. */
function hashOf({ operation, input }: OperatorRequest): string {
  return new Bun.CryptoHasher("sha256").update(JSON.stringify([operation, ordered(input)])).digest("hex");
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, part]) => [name, ordered(part)]));
}
