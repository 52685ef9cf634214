/** A place in a list by time: the last row of a page. */
export interface TimePosition {
  readonly at: Date;
  readonly id: string;
}

/** The cursor is not one that this service gave. */
export class CursorUnreadableError extends Error {
  override readonly name = "CursorUnreadableError";
  readonly code = "cursor_invalid";

  constructor() {
    super("Cannot go on from the cursor as it is not one of ours");
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The position as the opaque text that callers hand back. Milliseconds: what is listed has times of the service's own making. */
export function encodeTimeCursor({ at, id }: TimePosition): string {
  return `${Buffer.from(`${at.getTime()}`).toString("base64url")}.${id}`;
}

/**
 * The position behind a cursor.
 *
 * @throws {CursorUnreadableError} If `encodeTimeCursor` could not have given it.
 */
export function decodeTimeCursor(cursor: string): TimePosition {
  const [instant = "", id = ""] = cursor.split(".");
  const millis = Buffer.from(instant, "base64url").toString("latin1");
  if (!/^\d{1,15}$/.test(millis) || !UUID.test(id)) throw new CursorUnreadableError();
  const position = { at: new Date(Number(millis)), id };
  if (encodeTimeCursor(position) !== cursor) throw new CursorUnreadableError();
  return position;
}
