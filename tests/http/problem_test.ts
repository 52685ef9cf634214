import { expect, test } from "bun:test";
import { createProblems } from "../../src/http/mod.ts";
import {
  BreakerOpenError,
  DatabaseMisconfiguredError,
  DatabaseRefusedError,
  DatabaseSlowError,
  DatabaseUnreachableError,
  PoolExhaustedError,
  StatementError,
} from "../../src/pool/mod.ts";

const problems = createProblems([{ horse_lame: { status: 409, title: "The horse is lame" } }]);

class HorseLameError extends Error {
  readonly code = "horse_lame";
}

test("a listed error becomes its room's problem and nothing of its message leaves", async () => {
  const error = new HorseLameError("Cannot race as password is hunter2");

  const response = problems.respond(problems.codeOf(error), { requestId: "r-1" });

  expect(response.status).toBe(409);
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  expect(await response.json()).toEqual({
    type: "/docs/problems#horse_lame",
    title: "The horse is lame",
    status: 409,
    code: "horse_lame",
    requestId: "r-1",
  });
});

test.each([
  new PoolExhaustedError("x"),
  new DatabaseUnreachableError("x"),
  new DatabaseSlowError("x"),
  new DatabaseRefusedError("x"),
  new DatabaseMisconfiguredError("x"),
  new BreakerOpenError("database_slow"),
])("$name is 503 with Retry-After, and does not say which part of the database failed", async (error) => {
  const response = problems.respond(problems.codeOf(error), { requestId: "r-1" });

  expect(response.status).toBe(503);
  expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  expect(await response.json()).toMatchObject({ code: "database_unavailable" });
});

test.each([
  ["a plain error", new Error("select secret from vault")],
  ["a driver's error", Object.assign(new Error("canceling statement"), { code: "57014" })],
  ["a refused statement", new StatementError({ sqlState: "42P01", cause: undefined })],
  ["a socket's error", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
  ["a code no room listed", Object.assign(new Error("x"), { code: "toString" })],
  ["an inherited name", Object.assign(new Error("x"), { code: "constructor" })],
  ["null", null],
  ["a string", "horse_lame"],
])("%s is an internal error and says no more", async (_what, error) => {
  const code = problems.codeOf(error);
  const response = problems.respond(code, { requestId: "r-1" });

  expect(code).toBe("internal_error");
  expect(response.status).toBe(500);
  expect(Object.keys((await response.json()) as object).sort()).toEqual([
    "code",
    "requestId",
    "status",
    "title",
    "type",
  ]);
});

test("respond answers internal_error for a code that no table lists", async () => {
  expect(await problems.respond("horse_gone", { requestId: "r-1" }).json()).toMatchObject({
    code: "internal_error",
  });
});

test("createProblems refuses two rooms that list the same code", () => {
  expect(() => createProblems([{ route_not_found: { status: 404, title: "x" } }])).toThrow(RangeError);
});
