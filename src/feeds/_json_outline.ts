import { BYTE, type ByteBuffer } from "./_json_bytes.ts";

export interface OutlineOptions {
  readonly buffer: ByteBuffer;
  readonly lists: ReadonlySet<string>;
  readonly records: ReadonlySet<string>;
  readonly watch: string | undefined;
  readonly parse: (text: string) => unknown;
  /** What is thrown when containers stand in one another beyond all reason. */
  readonly tooDeep: () => Error;
}

/** What a document is outside its elements, gathered byte by byte, and where in it the next byte stands. */
export interface Outline {
  /** Whether this byte begins an element here. */
  readonly isElement: (byte: number) => boolean;
  readonly read: (byte: number) => void;
  /** Puts a value where an element stood. */
  readonly mark: (value: unknown) => void;
  /** The last text under the watched key. */
  readonly watched: () => string | undefined;
  readonly text: () => string;
}

/** A container around the current byte. */
interface Level {
  readonly isList: boolean;
  /** The key it stands under: "" for the document, `undefined` for a member of a list. */
  readonly under: string | undefined;
  /** In a record, the key last read. */
  key: string;
  expectsKey: boolean;
}

const DEPTH_MAX = 64;
const BLANKS: ReadonlySet<number> = new Set([BYTE.space, 0x09, 0x0a, 0x0d]);

/** Follows keys and brackets only; that they make sense is for whoever parses the text to find out. */
export function createOutline(options: OutlineOptions): Outline {
  const { buffer, lists, records, watch, parse, tooDeep } = options;
  const levels: Level[] = [];
  let level: Level | undefined;
  let [inText, escaped, textFrom, before] = [false, false, 0, 0];
  let watched: string | undefined;

  function open(isList: boolean): void {
    const under = level === undefined ? "" : level.isList ? undefined : level.key;
    level = { isList, under, key: "", expectsKey: !isList };
    if (levels.push(level) > DEPTH_MAX) throw tooDeep();
  }
  function close(): void {
    levels.pop();
    level = levels.at(-1);
  }
  function readInText(byte: number): void {
    if (escaped) escaped = false;
    else if (byte === BYTE.backslash) escaped = true;
    else if (byte === BYTE.quote) {
      inText = false;
      if (level !== undefined && !level.isList) endText(level);
    }
  }
  /** A text in a record is a key or, under the watched one, worth a look. */
  function endText(record: Level): void {
    if (record.expectsKey) record.key = String(parse(buffer.text(textFrom)));
    else if (record.key === watch) watched = String(parse(buffer.text(textFrom)));
  }
  function readOutside(byte: number): void {
    if (byte === BYTE.quote) [inText, textFrom] = [true, buffer.length() - 1];
    else if (byte === BYTE.openRecord || byte === BYTE.openList) open(byte === BYTE.openList);
    else if (byte === BYTE.closeRecord || byte === BYTE.closeList) close();
    else if (level !== undefined && byte === BYTE.comma) level.expectsKey = true;
    else if (level !== undefined && byte === BYTE.colon) level.expectsKey = false;
  }
  return {
    isElement(byte) {
      if (byte !== BYTE.openRecord || inText || level === undefined) return false;
      return level.isList ? level.under !== undefined && lists.has(level.under) : records.has(level.key);
    },
    read(byte) {
      const isBlank = !inText && BLANKS.has(byte);
      // Indentation alone would outgrow the bound: one blank tells as much as many.
      if (isBlank && before === BYTE.space) return;
      buffer.push(isBlank ? BYTE.space : byte);
      before = inText ? 0 : isBlank ? BYTE.space : byte;
      if (inText) readInText(byte);
      else readOutside(byte);
    },
    mark(value) {
      buffer.append(new TextEncoder().encode(JSON.stringify(value)));
      before = 0;
    },
    watched: () => watched,
    text: () => buffer.text(),
  };
}
