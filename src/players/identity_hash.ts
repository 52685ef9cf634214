import { createHmac } from "node:crypto";

/** What is needed of a person to know them again. */
export interface Person {
  readonly fullName: string;
  /** As in `1990-12-31`. */
  readonly dateOfBirth: string;
  readonly email: string;
}

/**
 * Hashes by which a person is known again without being known: HMAC-SHA-256 (RFC 2104) under a key of the deployment. A plain hash of so few
 * possible inputs could be undone by trying them all.
 */
export interface IdentityHasher {
  /** Of name with date of birth, and of the e-mail: either one finds an exclusion. */
  ofPerson(person: Person): readonly Uint8Array[];
  /** Of an account that somebody tries to sign in to, whether or not there is one. */
  ofAccount(tenantId: string, email: string): Uint8Array;
}

/** @throws {RangeError} If the key has fewer than 32 bytes. */
export function createIdentityHasher(key: Uint8Array): IdentityHasher {
  if (key.byteLength < 32) throw new RangeError("Cannot hash identities as the key has fewer than 32 bytes");
  const hash = (...parts: readonly string[]): Uint8Array =>
    createHmac("sha256", key).update(JSON.stringify(parts)).digest();
  return {
    ofPerson: ({ fullName, dateOfBirth, email }) => [
      hash("person", normaliseName(fullName), dateOfBirth),
      hash("email", normaliseMailbox(email)),
    ],
    ofAccount: (tenantId, email) => hash("account", tenantId, email.trim().toLowerCase()),
  };
}

/**
 * A name as another form might spell it: without accents, case, punctuation and the order of its parts. Empty when it holds no letter.
 */
export function normaliseName(fullName: string): string {
  const plain = fullName.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain
    .split(/[^\p{L}]+/u)
    .filter((part) => part !== "")
    .sort()
    .join(" ");
}

/** The mailbox behind an e-mail address: in lower case, without the tag after a plus, which most hosts ignore. */
export function normaliseMailbox(email: string): string {
  const address = email.trim().normalize("NFKC").toLowerCase();
  const at = address.lastIndexOf("@");
  const [mailbox = ""] = address.slice(0, at).split("+");
  return `${mailbox}${address.slice(at)}`;
}
