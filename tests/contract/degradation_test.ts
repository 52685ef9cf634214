import { describe, expect, test } from "bun:test";
import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { schemas } from "../../src/app.ts";
import { problemSchema } from "../../src/http/mod.ts";
import type { Odds } from "../../src/odds/contract.ts";
import { openStage, type Stage } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { arrangeEvent, arrangeFeed, arrangePrices, arrangeResult } from "../odds/catalogue.ts";
import { fillPath, type Operation, publishedOperations } from "./document.ts";

const NOON = Date.UTC(2025, 8, 19, 12);
const PRICE_AGE_MAX_MS = 60_000;
const components: Readonly<Record<string, TSchema>> = { ...schemas, Problem: problemSchema };
const values = { tenant: "acme", eventId: "", file: "start.js" };

async function openFilled(fault?: "refuse" | "blackhole"): Promise<Stage> {
  const stage = await openStage({
    epochMs: () => NOON,
    priceAgeMaxMs: PRICE_AGE_MAX_MS,
    ...(fault && { fault }),
    async arrange(database) {
      await arrangeTenant(database, { slug: "acme", document: { name: "Acme Bets" } });
      values.eventId = await arrangeEvent(database, { startsAt: new Date(NOON + 3_600_000) });
      await arrangeFeed(database, new Date(NOON));
      await arrangePrices(database, values.eventId, [{ outcome: "home", price: [2, 1] }]);
      const over = await arrangeEvent(database, { startsAt: new Date(NOON - 3_600_000), status: "ended" });
      await arrangeResult(database, over, { recordedAt: new Date(NOON) });
    },
  });
  await stage.directory.firstTried;
  return stage;
}

/** The status and the body must be ones that the contract documents for the operation. */
async function expectDocumented({ operationId, responses }: Operation, response: Response): Promise<string> {
  const documented = responses[response.status];
  expect(documented === undefined ? `${operationId} answered ${response.status}` : operationId).toBe(
    operationId,
  );
  const text = await response.text();
  const contentType = (response.headers.get("content-type") ?? "").split(";")[0] ?? "";
  const body = documented?.content?.[contentType] ?? documented?.content?.["*/*"];
  expect(body === undefined ? `${operationId} answered with ${contentType}` : operationId).toBe(operationId);
  const name = body?.schema?.$ref?.split("/").at(-1);
  const schema = name === undefined ? undefined : components[name];
  if (schema !== undefined) {
    const faults = [...Value.Errors(schema, JSON.parse(text))].map(
      ({ path, message }) => `${path}: ${message}`,
    );
    expect(faults).toEqual([]);
  }
  return text;
}

const ask = (stage: Stage, operation: Operation) => stage.get(fillPath(operation, values));

test("with the database there, every operation answers 200 as documented", async () => {
  await using stage = await openFilled();

  for (const operation of publishedOperations()) {
    const response = await ask(stage, operation);
    expect(response.status).toBe(200);
    await expectDocumented(operation, response);
  }
});

describe.each(["refuse", "blackhole"] as const)(
  "with the database gone by %p before anything was loaded",
  (fault) => {
    test("every operation does what its class says", async () => {
      await using stage = await openFilled(fault);

      for (const operation of publishedOperations()) {
        const response = await ask(stage, operation);
        await expectDocumented(operation, response);
        const { status, headers } = response;
        if (operation.degradation === "none-needed") expect(status).toBe(200);
        else if (operation.degradation === "default") {
          expect([status, headers.get("cache-control"), headers.has("etag")]).toEqual([
            200,
            "no-store",
            false,
          ]);
          expect(headers.get("cache-status")).toContain("detail=default");
        } else {
          expect(status).toBe(503);
          expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
        }
      }
    }, 30_000);
  },
);

describe.each(["refuse", "blackhole"] as const)(
  "with the database gone by %p after everything was loaded",
  (fault) => {
    test("every operation does what its class says", async () => {
      await using stage = await openFilled();
      await stage.directory.firstLoaded;
      const before = new Map<string, string>();
      for (const operation of publishedOperations()) {
        before.set(operation.operationId, await (await ask(stage, operation)).text());
      }

      await stage.postgres.set(fault);
      stage.skip(PRICE_AGE_MAX_MS + 1000);
      await Bun.sleep(100);

      for (const operation of publishedOperations()) {
        const response = await ask(stage, operation);
        const text = await expectDocumented(operation, response);
        if (operation.degradation === "truth") {
          expect(response.status).toBe(503);
          continue;
        }
        expect(response.status).toBe(200);
        if (operation.degradation === "none-needed")
          expect(text).toBe(before.get(operation.operationId) ?? "");
        else expect(response.headers.get("cache-status")).toMatch(/^linehold; hit; ttl=-\d+$/);
        if (operation.degradation === "default" || operation.degradation === "stale") {
          expect(text).toBe(before.get(operation.operationId) ?? "");
          expect(response.headers.get("cache-control")).toContain("stale-if-error");
        }
        if (operation.degradation === "marked") expectMarked(response, JSON.parse(text));
      }
    }, 30_000);
  },
);

/** Shown, never bettable, and kept by no cache. */
function expectMarked({ headers }: Response, odds: Odds): void {
  const outcomes = odds.markets.flatMap((market) => market.outcomes);
  expect(outcomes.length).toBeGreaterThan(0);
  expect(outcomes.filter(({ suspended }) => !suspended)).toEqual([]);
  expect(odds).toMatchObject({ expired: true, ageSeconds: 61 });
  expect(headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
}
