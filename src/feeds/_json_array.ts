import { setImmediate } from "node:timers/promises";
import { FeedUnreadableError } from "./errors.ts";

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [OPEN_LIST, CLOSE_LIST, OPEN_RECORD, CLOSE_RECORD] = [0x5b, 0x5d, 0x7b, 0x7d];
const BLANKS: ReadonlySet<number> = new Set([0x20, 0x09, 0x0a, 0x0d]);
/** Read between two turns of the event loop: about 3 ms of work. */
const BYTES_PER_TURN = 256 * 1024;

/**
 * The elements of a JSON document that is one list, each parsed once its last byte is there: never is there a string of the whole.
 *
 * @throws {FeedUnreadableError} If it is no such document, or ends early.
 */
export async function* jsonArray(body: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<unknown> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let [depth, inString, escaped, ended, sinceTurn] = [0, false, false, false, 0];
  let [elements, afterComma] = [0, false];
  let pieces: Uint8Array[] = [];
  const parse = (last: Uint8Array): unknown => {
    try {
      return JSON.parse(decoder.decode(Buffer.concat([...pieces, last])));
    } catch (cause) {
      throw new FeedUnreadableError(source, "it is no JSON", { cause });
    }
  };
  for await (const bytes of body) {
    let from = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      const byte = bytes[index] ?? 0;
      if (inString) {
        if (escaped) escaped = false;
        else if (byte === BACKSLASH) escaped = true;
        else if (byte === QUOTE) inString = false;
      } else if (depth === 0) {
        if (BLANKS.has(byte)) continue;
        if (ended || byte !== OPEN_LIST) throw new FeedUnreadableError(source, "it is no JSON list");
        depth = 1;
        from = index + 1;
      } else if (byte === QUOTE) inString = true;
      else if (byte === OPEN_LIST || byte === OPEN_RECORD) depth += 1;
      else if (depth > 1 && (byte === CLOSE_LIST || byte === CLOSE_RECORD)) depth -= 1;
      else if (depth === 1 && (byte === COMMA || byte === CLOSE_LIST)) {
        const last = bytes.subarray(from, index);
        from = index + 1;
        ended = byte === CLOSE_LIST;
        if (ended) depth = 0;
        const isEmptyList = ended && elements === 0 && !afterComma && isBlank([...pieces, last]);
        if (!isEmptyList) {
          yield parse(last);
          elements += 1;
        }
        afterComma = !ended;
        pieces = [];
        sinceTurn += last.length;
        if (sinceTurn > BYTES_PER_TURN) {
          sinceTurn = 0;
          await setImmediate();
        }
      }
    }
    if (depth > 0) pieces.push(bytes.slice(from));
  }
  if (!ended) throw new FeedUnreadableError(source, "it ends early");
}

function isBlank(pieces: readonly Uint8Array[]): boolean {
  return pieces.every((piece) => piece.every((byte) => BLANKS.has(byte)));
}
