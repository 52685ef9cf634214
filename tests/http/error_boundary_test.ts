import { expect, test } from "bun:test";
import { Type } from "@sinclair/typebox";
import { Elysia, t } from "elysia";
import { createProblems, createRequestIds, errorBoundary } from "../../src/http/mod.ts";
import { seededRandom } from "../harness/mod.ts";

const SECRET = "hunter2";

function openStage() {
  const failures: unknown[] = [];
  const problems = createProblems([]);
  const requestIds = createRequestIds({ random: seededRandom(1) });
  const app = new Elysia()
    .use(errorBoundary({ problems, requestIds, observe: ({ error }) => void failures.push(error) }))
    .get("/throws", () => {
      throw new Error(SECRET);
    })
    .get("/throws-status", () => {
      throw Object.assign(new Error(SECRET), { status: 418, code: "57014" });
    })
    .get("/rejects", () => Promise.reject(new Error(SECRET)))
    .get("/own-contract", () => ({ n: SECRET }) as never, {
      response: { 200: Type.Object({ n: Type.Integer() }) },
    })
    .get("/query", ({ query }) => `${query.limit}`, {
      query: t.Object({
        limit: t.Optional(t.Integer({ minimum: 1 })),
        from: t.Optional(t.String({ format: "date-time" })),
      }),
    })
    .post("/body", ({ body }) => body, { body: Type.Object({ n: Type.Integer() }) });
  const ask = (path: string, init?: RequestInit) =>
    app.handle(new Request(`http://linehold.internal${path}`, init));
  return { ask, failures };
}

test.each(["/throws", "/throws-status", "/rejects", "/own-contract"])(
  "%s is a 500 problem that says nothing of the error, which operators are told",
  async (path) => {
    const { ask, failures } = openStage();

    const response = await ask(path);
    const text = await response.text();

    expect(response.status).toBe(500);
    expect(response.headers.get("content-type")).toBe("application/problem+json");
    expect(JSON.parse(text)).toMatchObject({ code: "internal_error" });
    expect(text).not.toContain(SECRET);
    expect(failures).toHaveLength(1);
  },
);

test("a parameter that does not match the contract is 422, by its name and without its value", async () => {
  const { ask, failures } = openStage();

  const response = await ask(`/query?from=${SECRET}`);
  const text = await response.text();

  expect(response.status).toBe(422);
  expect(JSON.parse(text)).toMatchObject({
    code: "request_invalid",
    errors: [{ in: "query", name: "from" }],
  });
  expect(text).not.toContain(SECRET);
  expect(failures).toEqual([]);
});

test.each(["/query?limit=0", "/query?limit=x", "/query?limit=%ff"])("%s is 422", async (path) => {
  expect((await openStage().ask(path)).status).toBe(422);
});

test.each([
  ['{"n":', "application/json", 400, "body_unreadable"],
  [`{"n":"${SECRET}"}`, "application/json", 422, "request_invalid"],
  ["n=1", "text/plain", 422, "request_invalid"],
])("the body %p of type %p is refused in our envelope", async (body, contentType, status, code) => {
  const response = await openStage().ask("/body", {
    method: "POST",
    body,
    headers: { "content-type": contentType },
  });
  const text = await response.text();

  expect(response.status).toBe(status);
  expect(JSON.parse(text)).toMatchObject({ code });
  expect(text).not.toContain(SECRET);
});

test("a path that no route has is a problem too", async () => {
  expect(await (await openStage().ask("/nowhere")).json()).toMatchObject({ code: "route_not_found" });
});
