import { expect, test } from "bun:test";
import {
  answerPrivate,
  createProblems,
  IdempotencyKeyMissingError,
  minorToJson,
  readBearer,
  readIdempotencyKey,
} from "../../src/http/mod.ts";

const requestWith = (headers: Record<string, string>) => new Request("http://linehold.test/", { headers });

test("answerPrivate lets no cache keep what is one caller's, and sends a stored text as it is", async () => {
  const response = answerPrivate('{"a": 1}', { status: 201 });

  expect([response.status, response.headers.get("cache-control")]).toEqual([201, "no-store"]);
  expect(await response.text()).toBe('{"a": 1}');
});

test.each(["", "a b", "é", "x".repeat(129)])("readIdempotencyKey refuses the key %p", (key) => {
  expect(() => readIdempotencyKey(requestWith({ "idempotency-key": key }))).toThrow(
    IdempotencyKeyMissingError,
  );
});

test("readIdempotencyKey refuses a request without one, and takes what is printable", () => {
  expect(() => readIdempotencyKey(requestWith({}))).toThrow(IdempotencyKeyMissingError);
  expect(readIdempotencyKey(requestWith({ "idempotency-key": "bet-1/~" }))).toBe("bet-1/~");
});

test("readBearer reads one token and nothing else", () => {
  expect(readBearer(requestWith({ authorization: "Bearer abc.def" }))).toBe("abc.def");
  expect(readBearer(requestWith({ authorization: "bearer abc" }))).toBe("abc");
  expect(readBearer(requestWith({ authorization: "Basic abc" }))).toBeUndefined();
  expect(readBearer(requestWith({ authorization: "Bearer a b" }))).toBeUndefined();
  expect(readBearer(requestWith({}))).toBeUndefined();
});

test("minorToJson refuses what a reader of JSON would round", () => {
  expect(minorToJson(9_007_199_254_740_991n)).toBe(9_007_199_254_740_991);
  expect(() => minorToJson(9_007_199_254_740_993n)).toThrow(RangeError);
});

test("a problem carries those facts of its error that its entry picks, and no others", async () => {
  class TooTallError extends Error {
    readonly code = "too_tall";
    readonly heightCm = 190;
    readonly secret = "hunter2";
  }
  const members = (error: unknown) => (error instanceof TooTallError ? { heightCm: error.heightCm } : {});
  const problems = createProblems([{ too_tall: { status: 409, title: "Too tall", members } }]);

  const told = await problems.respond("too_tall", { requestId: "r-1", error: new TooTallError() }).json();

  expect(told).toEqual({
    heightCm: 190,
    type: "/docs/problems#too_tall",
    title: "Too tall",
    status: 409,
    code: "too_tall",
    requestId: "r-1",
  });
});
