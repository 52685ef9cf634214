import { timingSafeEqual } from "node:crypto";
import { OperatorKeyInvalidError } from "./errors.ts";

/** A key as a request presents it: well formed, and nothing more is known of it. */
export interface PresentedKey {
  readonly keyId: string;
  /** SHA-256 of the secret, which goes no further than this file. */
  readonly secretHash: Uint8Array;
}

/** A key just made. `text` is shown once and stored nowhere. */
export interface NewKey extends PresentedKey {
  readonly text: string;
}

// As tokens of GitHub: letters and digits alone, so that a double click takes all of it, a prefix that scanners of leaked secrets
// know, and a checksum, so that a mistyped key costs no look at the database.
const KEY = /^lho_([0-9A-Za-z]{12})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * A key of `idBytes` and `secretBytes`, which must be random: 8 and 32 of them.
 *
 * The secret has 256 bits, so that nothing can be tried out against its hash, however fast that is. A password's slow hash would cost every
 * request what it is meant to cost a thief.
 */
export function makeKey(idBytes: Uint8Array, secretBytes: Uint8Array): NewKey {
  if (idBytes.length !== 8 || secretBytes.length !== 32)
    throw new RangeError("Cannot make a key of other than 8 and 32 random bytes");
  const keyId = inBase62(idBytes, 12);
  const secret = inBase62(secretBytes, 43);
  const body = `lho_${keyId}_${secret}`;
  return { keyId, secretHash: hashOf(secret), text: body + checksumOf(body) };
}

/**
 * The parts of a key's text.
 *
 * @throws {OperatorKeyInvalidError} If it is not one that `makeKey` could have made.
 */
export function parseKey(text: string): PresentedKey {
  const [, keyId, secret, checksum] = KEY.exec(text) ?? [];
  if (keyId === undefined || secret === undefined) throw new OperatorKeyInvalidError();
  if (checksum !== checksumOf(`lho_${keyId}_${secret}`)) throw new OperatorKeyInvalidError();
  return { keyId, secretHash: hashOf(secret) };
}

/** Whether two hashes are the same, in a time that does not tell where they differ. */
export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && timingSafeEqual(one, other);
}

function hashOf(secret: string): Uint8Array {
  return new Bun.CryptoHasher("sha256").update(secret).digest();
}

function checksumOf(body: string): string {
  const crc = Bun.hash.crc32(body);
  return inBase62(new Uint8Array([crc >>> 24, crc >>> 16, crc >>> 8, crc]), 6);
}

function inBase62(bytes: Uint8Array, length: number): string {
  let rest = bytes.reduce((total, byte) => (total << 8n) | BigInt(byte), 0n);
  let text = "";
  while (text.length < length) {
    text = DIGITS.charAt(Number(rest % 62n)) + text;
    rest /= 62n;
  }
  return text;
}
