import type { Connection } from "../pool/mod.ts";

/** One of a tenant's keys, without anything that could be presented. */
export interface OperatorKey {
  readonly keyId: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

interface KeyInForce {
  readonly name: string;
  readonly secretHash: Uint8Array;
}

const SELECT_KEY_IN_FORCE = `
  select name, secret_hash as "secretHash"
  from operator_keys
  where tenant_id = $1 and key_id = $2 and revoked_at is null and (expires_at is null or expires_at > $3)`;

/** A key that may be used at this moment, or `undefined`. */
export async function selectKeyInForce(
  connection: Connection,
  key: { readonly tenantId: string; readonly keyId: string; readonly at: Date },
): Promise<KeyInForce | undefined> {
  const [row] = await connection.query<KeyInForce>(SELECT_KEY_IN_FORCE, [key.tenantId, key.keyId, key.at]);
  return row;
}

/** The same, kept from being revoked until the transaction ends. */
export async function selectKeyInForceForShare(
  connection: Connection,
  key: { readonly tenantId: string; readonly keyId: string; readonly at: Date },
): Promise<KeyInForce | undefined> {
  const text = `${SELECT_KEY_IN_FORCE}\n  for share`;
  const [row] = await connection.query<KeyInForce>(text, [key.tenantId, key.keyId, key.at]);
  return row;
}

const INSERT_KEY = `
  insert into operator_keys (tenant_id, key_id, name, secret_hash, created_at, expires_at)
  values ($1, $2, $3, $4, $5, $6)
  on conflict do nothing`;

/** Adds a key; `false`, and nothing added, if one in use has its name. */
export async function insertKey(
  connection: Connection,
  key: {
    readonly tenantId: string;
    readonly keyId: string;
    readonly name: string;
    readonly secretHash: Uint8Array;
    readonly at: Date;
    readonly expiresAt: Date | null;
  },
): Promise<boolean> {
  const { tenantId, keyId, name, secretHash, at, expiresAt } = key;
  const values = [tenantId, keyId, name, Buffer.from(secretHash), at, expiresAt];
  return (await connection.execute(INSERT_KEY, values)) === 1;
}

const KEY_COLUMNS = `key_id as "keyId", name, created_at as "createdAt", expires_at as "expiresAt", revoked_at as "revokedAt"`;

const SELECT_KEYS = `
  select ${KEY_COLUMNS}
  from operator_keys
  where tenant_id = $1
  order by created_at desc, key_id`;

/** All keys a tenant ever had, the newest first. */
export function selectKeys(connection: Connection, tenantId: string): Promise<OperatorKey[]> {
  return connection.query<OperatorKey>(SELECT_KEYS, [tenantId]);
}

const REVOKE_KEY = `
  update operator_keys
  set revoked_at = greatest(created_at, $4)
  where tenant_id = $1 and (name = $2 or key_id = $3) and revoked_at is null
  returning ${KEY_COLUMNS}`;

/** Ends a key in use, by its name or its id; waits for acts under way. `undefined` if there is none. */
export async function updateKeyRevoked(
  connection: Connection,
  revoked: {
    readonly tenantId: string;
    readonly name: string | null;
    readonly keyId: string | null;
    readonly at: Date;
  },
): Promise<OperatorKey | undefined> {
  const { tenantId, name, keyId, at } = revoked;
  const [row] = await connection.query<OperatorKey>(REVOKE_KEY, [tenantId, name, keyId, at]);
  return row;
}
