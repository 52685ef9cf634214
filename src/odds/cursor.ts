import { CursorInvalidError } from "./errors.ts";

/** The last row of a page: its instant in whole microseconds since 1970, as Postgres keeps it, and its id. */
export interface Position {
  readonly micros: bigint;
  readonly eventId: string;
}

const DIGITS = /^-?\d{1,17}$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A position as the opaque text that callers hand back. */
export function encodeCursor({ micros, eventId }: Position): string {
  return `${Buffer.from(micros.toString()).toString("base64url")}.${eventId}`;
}

/**
 * The position behind a cursor.
 *
 * @throws {CursorInvalidError} If it is not one that `encodeCursor` gave.
 */
export function decodeCursor(cursor: string): Position {
  const [instant = "", eventId = "", ...rest] = cursor.split(".");
  const digits = Buffer.from(instant, "base64url").toString("latin1");
  if (rest.length > 0 || !DIGITS.test(digits) || !UUID.test(eventId)) throw new CursorInvalidError();
  const position = { micros: BigInt(digits), eventId };
  // Base64 has several spellings of the same bytes; only ours is a cursor, so that one page has one key in the cache.
  if (encodeCursor(position) !== cursor) throw new CursorInvalidError();
  return position;
}
