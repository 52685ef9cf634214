import { expect, test } from "bun:test";
import fc from "fast-check";
import { namesEtag, represent, representJson } from "../../src/http/mod.ts";

test("equal bytes have equal etags and other bytes have others", () => {
  const one = representJson({ a: 1 });

  expect(representJson({ a: 1 }).etag).toBe(one.etag);
  expect(representJson({ a: 2 }).etag).not.toBe(one.etag);
  expect(one.etag).toMatch(/^"[A-Za-z0-9_-]{27}"$/);
});

test("represent takes a copy of bytes, so that a change of the source changes nothing", () => {
  const source = new Uint8Array([1, 2, 3]);
  const made = represent("application/octet-stream", source);
  source[0] = 9;

  expect([...made.bytes]).toEqual([1, 2, 3]);
});

test.each([
  ['"a"', true],
  ['W/"a"', true],
  ['"b", "a"', true],
  ['"b" ,W/"a"', true],
  ["*", true],
  ['"b"', false],
  ["a", false],
  ['"A"', false],
  ["", false],
  [`${'"b",'.repeat(2000)}"a"`, false],
])('If-None-Match %p names the etag "a": %p', (header, expected) => {
  expect(namesEtag(header, '"a"')).toBe(expected);
});

test("namesEtag finds exactly the tags in a list, wherever they stand", () => {
  const tag = fc.stringMatching(/^[A-Za-z0-9_-]{1,27}$/).map((text) => `"${text}"`);
  fc.assert(
    fc.property(fc.array(tag, { maxLength: 8 }), tag, (tags, wanted) => {
      expect(namesEtag(tags.join(", "), wanted)).toBe(tags.includes(wanted));
    }),
  );
});
