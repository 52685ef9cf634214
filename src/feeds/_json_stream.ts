import { nextTurn } from "../resilience/mod.ts";
import { createBuffer, type ElementScan, skipElement } from "./_json_bytes.ts";
import { createOutline } from "./_json_outline.ts";
import { FeedUnreadableError } from "./errors.ts";

export interface JsonStreamOptions {
  readonly source: string;
  /** Keys whose lists hold elements; "" stands for the document itself. */
  readonly lists: ReadonlySet<string>;
  /** Keys under which a record is an element by itself, as a converter from XML writes a list of one. */
  readonly records?: ReadonlySet<string>;
  /** The last text under this key outside all elements is told to `take`. */
  readonly watch?: string;
  /** Gets each element, parsed, with its number from 0. It is kept nowhere else. */
  readonly take: (element: unknown, index: number, watched: string | undefined) => void;
}

/** Stands in a document's outline where an element was; no record of the document's own can stand there. */
export interface ElementMark {
  readonly element: number;
}

/** Worked through between two turns of the event loop: some 4 ms of reading and judging, 25 at first. */
const BYTES_PER_TURN = 64 * 1024;
/** Of one element, and of the outline. The largest match known has 150 kB, and what is outside a whole board's matches 60. */
const BYTES_MAX = 4 * 1024 * 1024;

/**
 * Reads a JSON document as its bytes come, element by element: neither its text nor its tree is ever whole in memory.
 *
 * Elements are the records found by the keys above them, outside other elements alone. The outline that is left is parsed in the
 * end, with an `ElementMark` in each element's place: together they are what `JSON.parse` makes of the whole. Bytes are scanned
 * undecoded (in UTF-8 no part of another character looks like a quote or a bracket), many times as fast as a streaming parser.
 *
 * @throws {FeedUnreadableError} If it is no JSON, is cut off, or is in some part larger than any such answer.
 */
export async function readJsonStream(
  body: AsyncIterable<Uint8Array>,
  options: JsonStreamOptions,
): Promise<unknown> {
  const reader = createReader(options);
  let sinceTurn = 0;
  for await (const bytes of body) {
    for (let from = 0; from < bytes.length; from += BYTES_PER_TURN) {
      const part = bytes.subarray(from, from + BYTES_PER_TURN);
      reader.write(part);
      sinceTurn += part.length;
      if (sinceTurn < BYTES_PER_TURN) continue;
      sinceTurn = 0;
      await nextTurn();
    }
  }
  return reader.end();
}

function createReader({ source, lists, records, watch, take }: JsonStreamOptions) {
  const refuse = (why: string, cause?: unknown) => new FeedUnreadableError(source, why, { cause });
  const buffer = () => createBuffer(BYTES_MAX, () => refuse(`a part of it is over ${BYTES_MAX} bytes`));
  const parse = (text: string): unknown => {
    try {
      return JSON.parse(text);
    } catch (cause) {
      throw refuse("it is no JSON", cause);
    }
  };
  const tooDeep = () => refuse("it is nested beyond all reason");
  const options = { lists, records: records ?? new Set<string>(), watch, parse, tooDeep };
  const outline = createOutline({ buffer: buffer(), ...options });
  const element = buffer();
  const scan: ElementScan = { depth: 0, inText: false, escaped: false };
  let [isInElement, elements] = [false, 0];

  function endElement(): void {
    const value = parse(element.text());
    element.clear();
    isInElement = false;
    take(value, elements, outline.watched());
    outline.mark({ element: elements });
    elements += 1;
  }
  return {
    write(bytes: Uint8Array): void {
      for (let index = 0; index < bytes.length; ) {
        if (!isInElement) {
          isInElement = outline.isElement(bytes[index] ?? 0);
          // The first byte of an element is its own.
          if (!isInElement) outline.read(bytes[index++] ?? 0);
          continue;
        }
        const from = index;
        index = skipElement(bytes, from, scan);
        element.append(bytes.subarray(from, index));
        if (scan.depth === 0) endElement();
      }
    },
    end: (): unknown => {
      if (isInElement) throw refuse("it ends early");
      return parse(outline.text());
    },
  };
}
