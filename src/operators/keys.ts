import { readBearer } from "../http/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { recordAct } from "./acts.ts";
import { OperatorKeyInvalidError, OperatorKeyNameTakenError, OperatorKeyNotFoundError } from "./errors.ts";
import {
  insertKey,
  type OperatorKey,
  selectKeyInForce,
  selectKeyInForceForShare,
  selectKeys,
  updateKeyRevoked,
} from "./key_queries.ts";
import { makeKey, type PresentedKey, parseKey, sameHash } from "./key_text.ts";

/** Who acts for a tenant. */
export interface Operator {
  readonly tenantId: string;
  readonly keyId: string;
  readonly name: string;
}

/**
 * The operator key of a request, `Authorization: Bearer lho_<id>_<secret><checksum>`. Asks nobody.
 *
 * @throws {OperatorKeyInvalidError} If there is none, or it is none.
 */
export function readOperatorKey(request: Request): PresentedKey {
  return parseKey(readBearer(request) ?? "");
}

/**
 * Whose key it is, in the caller's own transaction of the tenant.
 *
 * `held` keeps the key from being revoked until the transaction ends, so that once a revocation has returned nothing more is done with the
 * key. It needs a write lease.
 *
 * @throws {OperatorKeyInvalidError} If the tenant has no such key in force.
 */
export async function requireOperator(
  connection: Connection,
  {
    tenantId,
    key,
    at,
    held = false,
  }: {
    readonly tenantId: string;
    readonly key: PresentedKey;
    /** Business time, which decides whether a key has expired. */
    readonly at: Date;
    readonly held?: boolean;
  },
): Promise<Operator> {
  const { keyId, secretHash } = key;
  const select = held ? selectKeyInForceForShare : selectKeyInForce;
  const found = await select(connection, { tenantId, keyId, at });
  if (found === undefined || !sameHash(found.secretHash, secretHash)) throw new OperatorKeyInvalidError();
  return { tenantId, keyId, name: found.name };
}

/**
 * Makes a key. Its text is in the answer and nowhere else. Needs a write lease of the tenant, in a role that may.
 *
 * @throws {OperatorKeyNameTakenError} If a key in use has that name.
 */
export async function createOperatorKey(
  connection: Connection,
  wanted: {
    readonly tenantId: string;
    /** 1 to 120 characters: audit rows carry it. */
    readonly name: string;
    readonly at: Date;
    readonly expiresAt?: Date;
    /** Who makes it, as in `bun run tenant key`. */
    readonly by: string;
    /** So many random bytes. */
    readonly randomBytes: (count: number) => Uint8Array;
  },
): Promise<{ readonly keyId: string; readonly text: string }> {
  const { tenantId, name, at, expiresAt = null, by, randomBytes } = wanted;
  const { keyId, secretHash, text } = makeKey(randomBytes(8), randomBytes(32));
  const added = await insertKey(connection, { tenantId, keyId, name, secretHash, at, expiresAt });
  if (!added) throw new OperatorKeyNameTakenError(name);
  await recordAct(connection, {
    actor: { tenantId, system: by },
    action: "operator_key.created",
    subject: { kind: "operator_key", id: keyId },
    facts: { name, expiresAt: expiresAt?.toISOString() ?? null },
    at,
  });
  return { keyId, text };
}

/** All keys the tenant ever had, the newest first; nothing in it can be presented. */
export function listOperatorKeys(connection: Connection, tenantId: string): Promise<OperatorKey[]> {
  return selectKeys(connection, tenantId);
}

/**
 * Ends a key in use for good. Waits for what is being done with it. Needs a write lease of the tenant.
 *
 * @throws {OperatorKeyNotFoundError} If none in use has that name or id.
 */
export async function revokeOperatorKey(
  connection: Connection,
  {
    tenantId,
    which,
    at,
    by,
  }: {
    readonly tenantId: string;
    readonly which: { readonly name: string } | { readonly keyId: string };
    readonly at: Date;
    readonly by: string;
  },
): Promise<OperatorKey> {
  const name = "name" in which ? which.name : null;
  const keyId = "keyId" in which ? which.keyId : null;
  const revoked = await updateKeyRevoked(connection, { tenantId, name, keyId, at });
  if (revoked === undefined) throw new OperatorKeyNotFoundError(name ?? keyId ?? "");
  await recordAct(connection, {
    actor: { tenantId, system: by },
    action: "operator_key.revoked",
    subject: { kind: "operator_key", id: revoked.keyId },
    facts: { name: revoked.name },
    at,
  });
  return revoked;
}
