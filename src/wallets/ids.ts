/**
 * An id of a transfer: version 7 (RFC 9562) of its business time, so that the order of the ids is that of the times, to the millisecond.
 * Not Bun's own, which moves the time on when it is asked for more than 4096 of one millisecond.
 */
export function newTransferId(at: Date): string {
  const bytes = crypto.getRandomValues(new Uint8Array(10));
  bytes[0] = 0x70 | ((bytes[0] ?? 0) & 0x0f);
  bytes[2] = 0x80 | ((bytes[2] ?? 0) & 0x3f);
  return inGroups(millisInHex(at) + Buffer.from(bytes).toString("hex"));
}

/** The smallest id that a transfer of this millisecond could have: a bound for ranges, never an id. */
export function firstTransferId(at: Date): string {
  return inGroups(millisInHex(at).padEnd(32, "0"));
}

/** The greatest id that a transfer of this millisecond could have. */
export function lastTransferId(at: Date): string {
  return inGroups(millisInHex(at).padEnd(32, "f"));
}

function millisInHex(at: Date): string {
  const millis = at.getTime();
  if (!(millis >= 0)) throw new RangeError(`Cannot number a transfer of before 1970: time is ${millis}`);
  return millis.toString(16).padStart(12, "0");
}

function inGroups(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
