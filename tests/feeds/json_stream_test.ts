import { describe, expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { readJsonStream } from "../../src/feeds/_json_stream.ts";
import { FeedUnreadableError } from "../../src/feeds/mod.ts";
import { bytesOf } from "./_read.ts";

// A machine that other work may share.
setDefaultTimeout(60_000);

const PLACES = { lists: new Set(["matches", "match", ""]), records: new Set(["match"]) };

interface Reading {
  readonly outline: unknown;
  readonly elements: unknown[];
  readonly watched: (string | undefined)[];
}

async function readWhole(body: AsyncIterable<Uint8Array>): Promise<Reading> {
  const elements: unknown[] = [];
  const watched: (string | undefined)[] = [];
  const outline = await readJsonStream(body, {
    source: "test",
    ...PLACES,
    watch: "sport",
    take(element, index, told) {
      expect(index).toBe(elements.length);
      elements.push(element);
      watched.push(told);
    },
  });
  return { outline, elements, watched };
}

/** The document again, each element put back where its mark stands. */
function putBack(value: unknown, elements: readonly unknown[], isPlace = false): unknown {
  if (Array.isArray(value))
    return value.map((item) => putBack(item, elements, isPlace && !Array.isArray(item)));
  if (typeof value !== "object" || value === null) return value;
  const record = value as Record<string, unknown>;
  if (isPlace) return elements[Number(record["element"])];
  return Object.fromEntries(
    Object.entries(record).map(([key, item]) => [
      key,
      putBack(item, elements, Array.isArray(item) ? PLACES.lists.has(key) : PLACES.records.has(key)),
    ]),
  );
}

/** Pieces of any sizes, in a buffer that is written over as soon as it has been read. */
async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  const buffer = new Uint8Array(64);
  for (let from = 0, turn = 0; from < bytes.length; turn += 1) {
    const size = sizes[turn % sizes.length] ?? 1;
    const piece = bytes.subarray(from, from + size);
    buffer.set(piece);
    yield buffer.subarray(0, piece.length);
    buffer.fill(0x22);
    from += size;
  }
}

const words = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 8 }),
  fc.constantFrom('"', "\\", '\\"', "{", "}]", "é", "中文", "⚽", "\u0000\n", "element"),
);
const keys = fc.oneof(words, fc.constantFrom("matches", "match", "sport", "scores", "", "__proto__"));
const documents = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.oneof(words, fc.integer(), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null)),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .array(fc.tuple(keys, tie("value")), { maxLength: 4 })
      .map((entries) => Object.fromEntries(entries.filter(([key]) => key !== "__proto__"))),
  ),
})).value;
const texts = fc
  .tuple(documents, fc.constantFrom(undefined, 1, "\t"))
  .map(([document, indent]) => JSON.stringify(document, null, indent));
const sizes = fc.array(fc.integer({ min: 1, max: 64 }), { minLength: 1, maxLength: 5 });

describe("readJsonStream", () => {
  test("makes of any document what JSON.parse makes of it, wherever its bytes are cut", async () => {
    await fc.assert(
      fc.asyncProperty(texts, sizes, async (text, pieces) => {
        const bytes = new TextEncoder().encode(text);
        const { outline, elements } = await readWhole(inPieces(bytes, pieces));
        const isRoot = Array.isArray(outline);
        expect(JSON.stringify(putBack(outline, elements, isRoot))).toBe(JSON.stringify(JSON.parse(text)));
      }),
      { numRuns: 400 },
    );
  });

  test("takes each record of the named places once, and none that stands within another", async () => {
    const text = `{"sport":"golf","a":{"matches":[{"id":1,"match":{"id":2}},{"id":3}]},"b":{"matches":{"match":{"id":4}}},
      "c":[{"id":5}],"matches":[[{"id":6}],7,"{"],"m\\u0061tches":{"match":[]}}`;

    const { elements, watched } = await readWhole(bytesOf(text, 7));

    expect(elements).toEqual([{ id: 1, match: { id: 2 } }, { id: 3 }, { id: 4 }]);
    expect(watched).toEqual(["golf", "golf", "golf"]);
  });

  test("reads keys that are written with escapes, and a document that is one list", async () => {
    expect((await readWhole(bytesOf('{"m\\u0061tches":[{"id":1}]}'))).elements).toEqual([{ id: 1 }]);
    expect((await readWhole(bytesOf('\ufeff[{"id":1},{"id":2}]\n'))).elements).toHaveLength(2);
  });

  test("refuses every document that is cut off", async () => {
    const text = '{"sport":"golf","scores":{"matches":[{"id":"1\\"","odds":[{}]},{"id":"2"}],"ts":"12"}}';

    for (let length = 0; length < text.length; length += 1) {
      await expect(readWhole(bytesOf(text.slice(0, length), 5))).rejects.toThrow(FeedUnreadableError);
    }
    expect((await readWhole(bytesOf(text, 5))).elements).toHaveLength(2);
  });

  test.each([
    ["nothing", ""],
    ["a page", "<html><body>Busy</body></html>"],
    ["a second document", '{"matches":[]}{"matches":[]}'],
    ["a bracket too many", '{"matches":[{}]}]'],
    ["words behind it", '{"matches":[{}]} <!-- 12 ms -->'],
    ["brackets that cross in an element", '{"matches":[{"a":[1}]]}'],
    ["brackets that cross outside", '{"matches":[{}}]'],
    ["elements with no comma between", '{"matches":[{}{}]}'],
    ["an element with no colon before", '{"match"{}}'],
    ["numbers that a blank keeps apart", '{"matches":[{}],"ts":1 2}'],
    ["a character that JSON does not allow between", '{"matches":\u0000[{}]}'],
    ["depth beyond all reason", "[".repeat(100_000)],
    ["depth beyond all reason in an element", `{"matches":[{"a":${"[".repeat(100_000)}`],
  ])("refuses %s", async (_, text) => {
    await expect(readWhole(bytesOf(text))).rejects.toThrow(FeedUnreadableError);
  });

  test.each([
    ["outside elements", (megabyte: string) => `{"why":"${megabyte.repeat(5)}`],
    ["in one element", (megabyte: string) => `{"matches":[{"why":"${megabyte.repeat(5)}`],
    ["of empty elements", () => `{"matches":[${"{},".repeat(1_000_000)}`],
  ])("gives up what is too large %s, before its end has come", async (_, make) => {
    let read = 0;
    async function* endless() {
      yield* bytesOf(make("x".repeat(1024 * 1024)));
      for (;;) {
        read += 1;
        yield new Uint8Array(65_536).fill(0x20);
      }
    }

    await expect(readWhole(endless())).rejects.toThrow("is over 4194304 bytes");
    expect(read).toBe(0);
  });

  test("passes on what the body itself fails with, and ends the body when it refuses", async () => {
    let ended = false;
    async function* failing() {
      yield new TextEncoder().encode('{"matches":[{}');
      throw new RangeError("the line is down");
    }
    async function* refused() {
      try {
        yield new TextEncoder().encode('{"matches":[{"a":[1}],');
        yield new TextEncoder().encode("more");
      } finally {
        ended = true;
      }
    }

    await expect(readWhole(failing())).rejects.toThrow("the line is down");
    await expect(readWhole(refused())).rejects.toThrow(FeedUnreadableError);
    expect(ended).toBe(true);
  });
});
