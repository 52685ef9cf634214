import { nextTurn } from "../resilience/mod.ts";
import { FeedUnreadableError } from "./errors.ts";

const LINE_FEED = 0x0a;
/** Far beyond the 1.5 KB of the widest known row; what has no line ends is no file of lines. */
const LINE_BYTES_MAX = 64 * 1024;
/** Rows read between two turns of the event loop: a few milliseconds of work, their prices included. */
const ROWS_PER_TURN = 100;
const FIELD = /\s*(?:"((?:[^"]|"")*)"|([^",]*))\s*(,|$)/y;

/**
 * The rows of a CSV file, its header the first, blank ones left out; each a list of trimmed fields.
 *
 * A row is UTF-8, or else Windows-1252: the files mix them, from one row to the next where a person pasted a name. The last line
 * has to end like the others: without an end, its last price may be half of one.
 *
 * @throws {FeedUnreadableError} If it is no such file, or ends early.
 */
export async function* csvRows(body: AsyncIterable<Uint8Array>, source: string): AsyncGenerator<string[]> {
  let rest = new Uint8Array();
  let rows = 0;
  for await (const bytes of body) {
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, from)) {
      const fields = fieldsOf(decode(joined(rest, bytes.subarray(from, end)), source), source);
      rest = new Uint8Array();
      from = end + 1;
      if (fields.every((field) => field === "")) continue;
      yield fields;
      rows += 1;
      if (rows % ROWS_PER_TURN === 0) await nextTurn();
    }
    rest = joined(rest, bytes.subarray(from));
    if (rest.length > LINE_BYTES_MAX) throw new FeedUnreadableError(source, "a line of it does not end");
  }
  if (rest.length > 0) throw new FeedUnreadableError(source, "it ends in the middle of a line");
  if (rows === 0) throw new FeedUnreadableError(source, "it is empty");
}

function joined(one: Uint8Array<ArrayBuffer>, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });
const WINDOWS_1252 = new TextDecoder("windows-1252");

/** A byte order mark, which the decoder takes off, may stand before the first line. */
function decode(line: Uint8Array, source: string): string {
  if (line.includes(0)) throw new FeedUnreadableError(source, "it is no text");
  try {
    return UTF_8.decode(line);
  } catch {
    return WINDOWS_1252.decode(line);
  }
}

/** Fields by RFC 4180, on one line each: no field of these files holds a line end. */
function fieldsOf(line: string, source: string): string[] {
  const fields: string[] = [];
  FIELD.lastIndex = 0;
  for (;;) {
    const [, quoted, plain = "", separator] = FIELD.exec(line) ?? [];
    if (separator === undefined) throw new FeedUnreadableError(source, "a line of it is no CSV");
    fields.push((quoted?.replaceAll('""', '"') ?? plain).trim());
    if (separator === "") return fields;
  }
}
