import { expect, test } from "bun:test";
import fc from "fast-check";
import { decodeCursor, encodeCursor } from "../../src/odds/cursor.ts";
import { CursorInvalidError } from "../../src/odds/mod.ts";

const position = fc.record({
  micros: fc.bigInt({ min: -(10n ** 16n), max: 10n ** 17n - 1n }),
  eventId: fc.uuid(),
});

test("a cursor comes back as the position it was made of", () => {
  fc.assert(
    fc.property(position, (given) => {
      expect(decodeCursor(encodeCursor(given))).toEqual(given);
    }),
  );
});

test("whatever else is handed in is refused, never believed and never thrown over", () => {
  const almost = position.chain((given) =>
    fc
      .tuple(fc.nat({ max: 60 }), fc.string({ minLength: 1, maxLength: 1 }))
      .map(([at, text]) => encodeCursor(given).slice(0, at) + text + encodeCursor(given).slice(at + 1)),
  );
  fc.assert(
    fc.property(fc.oneof(fc.string(), almost), (cursor) => {
      let decoded: ReturnType<typeof decodeCursor>;
      try {
        decoded = decodeCursor(cursor);
      } catch (error) {
        expect(error).toBeInstanceOf(CursorInvalidError);
        return;
      }
      // What is believed is spelled as we spell it: one page has one key in the cache.
      expect(encodeCursor(decoded)).toBe(cursor);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  "",
  ".",
  "MQ",
  "MQ.",
  "MQ==.01994e0a-3c00-7000-8000-0d9c1c2f7a11",
  "MQ.01994E0A-3C00-7000-8000-0D9C1C2F7A11",
  "MQ.01994e0a-3c00-7000-8000-0d9c1c2f7a11.x",
])("%p is no cursor of ours", (cursor) => {
  expect(() => decodeCursor(cursor)).toThrow(CursorInvalidError);
});
