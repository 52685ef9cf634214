import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import type { Session } from "../pool/mod.ts";

/** The roles that transactions take; migration 0001 makes them. */
export const ROLES = ["linehold_read", "linehold_web", "linehold_odds", "linehold_settlement"] as const;

/**
 * Makes the login of `loginUrl` if it is missing and lets it take the four roles, inheriting none: outside a
 * transaction's frame it can do nothing.
 */
export async function provisionLogin(
  owner: Session,
  loginUrl: string,
): Promise<{ name: string; created: boolean }> {
  const url = new URL(loginUrl);
  const name = decodeURIComponent(url.username);
  const [self] = await owner.query<{ known: boolean }>(SELECT_LOGIN, [name]);
  const created = self?.known === false;
  if (created)
    await owner.execute(
      await statement(owner, CREATE_LOGIN, [name, verifier(decodeURIComponent(url.password))]),
    );
  for (const role of ROLES) await owner.execute(await statement(owner, GRANT_ROLE, [role, name]));
  return { name, created };
}

const SELECT_LOGIN = `
  select exists (select from pg_roles where rolname = $1) as known`;
const CREATE_LOGIN =
  "select format('create role %I login noinherit password %L', $1::text, $2::text) as text";
const GRANT_ROLE = "select format('grant %I to %I', $1::text, $2::text) as text";

/** Utility statements take no parameters: the server itself quotes the names. */
async function statement(owner: Session, format: string, values: readonly string[]): Promise<string> {
  const [row] = await owner.query<{ text: string }>(format, values);
  if (row === undefined) throw new RangeError("Cannot quote a statement as the server returned no row");
  return row.text;
}

/** The SCRAM-SHA-256 verifier (RFC 5803), so that no server log ever holds the password itself. */
function verifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password.normalize("NFKC"), salt, 4096, 32, "sha256");
  const clientKey = createHmac("sha256", salted).update("Client Key").digest();
  const storedKey = createHash("sha256").update(clientKey).digest("base64");
  const serverKey = createHmac("sha256", salted).update("Server Key").digest("base64");
  return `SCRAM-SHA-256$4096:${salt.toString("base64")}$${storedKey}:${serverKey}`;
}
