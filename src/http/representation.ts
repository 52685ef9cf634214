import { createHash } from "node:crypto";

/** A finished answer: its bytes, what they are, and the strong validator of exactly these bytes (RFC 9110 §8.8.3). */
export interface Representation {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** What to send: a text whose characters are its bytes goes out without a copy, and sooner by a microsecond. */
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly contentType: string;
  readonly etag: string;
  /** The one part that changes: the headers it was last answered with, for as long as they are still right. */
  readonly lastTold: LastTold;
}

/** Headers by what they were made of. Whole seconds: within one, every answer of these bytes has the same. */
export interface LastTold {
  headers: Headers | undefined;
  cacheControl: string;
  state: string;
  ageSeconds: number;
  ttlSeconds: number;
}

/** Encodes a text once, or takes a copy of bytes; they belong to the representation and must not be written to. */
export function represent(contentType: string, body: string | Uint8Array): Representation {
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : new Uint8Array(body);
  const isPlain = typeof body === "string" && body.length === bytes.byteLength;
  const lastTold = { headers: undefined, cacheControl: "", state: "", ageSeconds: 0, ttlSeconds: 0 };
  return Object.freeze({ bytes, body: isPlain ? body : bytes, contentType, etag: etagOf(bytes), lastTold });
}

/** Encodes a value as JSON once. */
export function representJson(
  value: unknown,
  contentType = "application/json; charset=utf-8",
): Representation {
  return represent(contentType, JSON.stringify(value));
}

function etagOf(bytes: Uint8Array): string {
  return `"${createHash("sha256").update(bytes).digest("base64url").slice(0, 27)}"`;
}

/**
 * Whether an `If-None-Match` header names this validator, by the weak comparison of RFC 9110 §13.1.2.
 *
 * @param header The header as received: `*`, or a list of entity tags.
 */
export function namesEtag(header: string, etag: string): boolean {
  if (header.length > 4096) return false;
  return header.split(",").some((candidate) => {
    const tag = candidate.trim();
    return tag === "*" || tag === etag || (tag.startsWith("W/") && tag.slice(2) === etag);
  });
}
