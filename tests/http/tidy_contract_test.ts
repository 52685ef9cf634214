import { expect, test } from "bun:test";
import { Type } from "@sinclair/typebox";
import { t } from "elysia";
import { sortNames, tidyContract } from "../../src/http/tidy_contract.ts";

const tidied = (schema: unknown) => tidyContract(JSON.parse(JSON.stringify(schema)));

test("a union of literals is an enum", () => {
  expect(tidied(Type.Union([Type.Literal("a"), Type.Literal("b")], { description: "d" }))).toEqual({
    type: "string",
    enum: ["a", "b"],
    description: "d",
  });
});

test("a union with null is a type of two", () => {
  expect(tidied(Type.Union([Type.String({ maxLength: 3 }), Type.Null()]))).toEqual({
    type: ["string", "null"],
    maxLength: 3,
  });
});

test("an integer that a query spells as text is an integer", () => {
  expect(tidied(t.Integer({ minimum: 1, maximum: 9 }))).toEqual({ type: "integer", minimum: 1, maximum: 9 });
});

test("ids of schemas are left out, at every depth", () => {
  expect(tidied({ a: [{ $id: "x", type: "string" }] })).toEqual({ a: [{ type: "string" }] });
});

test("a parameter's examples move to its schema, the first stays as its example", () => {
  expect(tidied({ in: "query", name: "limit", examples: [5, 6], schema: { type: "integer" } })).toEqual({
    in: "query",
    name: "limit",
    example: 5,
    schema: { type: "integer", examples: [5, 6] },
  });
});

test("a union of objects stays a union", () => {
  const union = {
    anyOf: [
      { type: "object", properties: {} },
      { type: "array", items: {} },
    ],
  };

  expect(tidied(union)).toEqual(union);
});

test("sortNames orders names at every depth and leaves lists as they are", () => {
  const sorted = sortNames({ b: [{ d: 1, c: 2 }], a: null });

  expect(JSON.stringify(sorted)).toBe('{"a":null,"b":[{"c":2,"d":1}]}');
});
