/** The bytes that JSON's structure is made of. */
export const BYTE = {
  quote: 0x22,
  backslash: 0x5c,
  colon: 0x3a,
  comma: 0x2c,
  space: 0x20,
  openList: 0x5b,
  closeList: 0x5d,
  openRecord: 0x7b,
  closeRecord: 0x7d,
} as const;

/** Where the scan of one element stands between two pieces of it. */
export interface ElementScan {
  depth: number;
  inText: boolean;
  escaped: boolean;
}

/**
 * Goes on through an element that begins with a bracket and returns the index after its last byte, at depth 0 again, or after the last
 * byte there is. Which bracket closes which is left to the parser: an element that mixes them up is no JSON.
 */
export function skipElement(bytes: Uint8Array, from: number, scan: ElementScan): number {
  let { depth, inText, escaped } = scan;
  let index = from;
  while (index < bytes.length) {
    const byte = bytes[index];
    index += 1;
    if (inText) {
      if (escaped) escaped = false;
      else if (byte === BYTE.quote) inText = false;
      else if (byte === BYTE.backslash) escaped = true;
    } else if (byte === BYTE.quote) inText = true;
    else if (byte === BYTE.openRecord || byte === BYTE.openList) depth += 1;
    else if (byte === BYTE.closeRecord || byte === BYTE.closeList) {
      depth -= 1;
      if (depth === 0) break;
    }
  }
  scan.depth = depth;
  scan.inText = inText;
  scan.escaped = escaped;
  return index;
}

/** Bytes that grow at the end; the memory is kept when it is emptied. */
export interface ByteBuffer {
  readonly length: () => number;
  readonly push: (byte: number) => void;
  readonly append: (part: Uint8Array) => void;
  /** Everything from a position on; what is no UTF-8 is replaced, as in a player's name of another alphabet. */
  readonly text: (from?: number) => string;
  readonly clear: () => void;
}

/** A buffer for at most `bytesMax` bytes; beyond them `overflow` says what is thrown. */
export function createBuffer(bytesMax: number, overflow: () => Error): ByteBuffer {
  const decoder = new TextDecoder();
  let bytes = new Uint8Array(64 * 1024);
  let length = 0;
  const reserve = (more: number): void => {
    if (length + more <= bytes.length) return;
    if (length + more > bytesMax) throw overflow();
    const larger = new Uint8Array(Math.min(bytesMax, Math.max(bytes.length * 2, length + more)));
    larger.set(bytes.subarray(0, length));
    bytes = larger;
  };
  return {
    length: () => length,
    push(byte) {
      reserve(1);
      bytes[length] = byte;
      length += 1;
    },
    append(part) {
      reserve(part.length);
      bytes.set(part, length);
      length += part.length;
    },
    text: (from = 0) => decoder.decode(bytes.subarray(from, length)),
    clear() {
      length = 0;
    },
  };
}
