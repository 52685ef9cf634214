import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { DEGRADATIONS, type Degradation } from "../../src/http/mod.ts";
import { temporaryFolder } from "../harness/mod.ts";
import {
  boardsIn,
  expectDocumented,
  type Filled,
  isBettable,
  isStream,
  NOON,
  openFilled,
  openRemembering,
  PRICE_AGE_MAX_MS,
} from "./answering.ts";
import { callerOf, type Operation, publishedOperations, successOf } from "./document.ts";

const FAULTS = ["refuse", "blackhole"] as const;
/** A silent server is given up after a deadline, and a stage is a database, a server and a proxy. */
const PATIENCE_MS = 30_000;
const operations = publishedOperations();
/** The routes are the document's: one that is added is asked here without a word, under the class it says. */
const byClass = DEGRADATIONS.map(
  (degradation) =>
    [degradation, operations.filter((operation) => operation.degradation === degradation)] as const,
);

test("every operation of the document is of a class that is tested here, and every class has some", () => {
  expect(byClass.flatMap(([, some]) => some)).toHaveLength(operations.length);
  expect(byClass.flatMap(([degradation, some]) => (some.length === 0 ? [degradation] : []))).toEqual([]);
});

test(
  "with the database there, every operation succeeds as documented, and none that must be true is kept by a cache",
  async () => {
    await using filled = await openFilled();

    for (const operation of operations) {
      const response = await filled.ask(operation);
      expect([operation.operationId, response.status]).toEqual([operation.operationId, successOf(operation)]);
      await expectDocumented(operation, response);
      if (operation.degradation === "truth") expect(response.headers.get("cache-control")).toBe("no-store");
    }
  },
  PATIENCE_MS,
);

test("every operation that names a caller refuses nobody in particular, and another tenant's caller", async () => {
  await using filled = await openFilled();
  const called = operations.filter((operation) => callerOf(operation) !== undefined);

  expect(called.length).toBeGreaterThan(0);
  for (const operation of called) {
    const response = await filled.askAsNobody(operation);
    expect([operation.operationId, response.status]).toEqual([operation.operationId, 401]);
    expect(response.headers.get("www-authenticate")).toBe("Bearer");
    await expectDocumented(operation, response);
    const foreign = await filled.askAsForeigner(operation);
    expect([operation.operationId, foreign.status]).toEqual([operation.operationId, 401]);
    await expectDocumented(operation, foreign);
  }
});

describe.each(FAULTS)("with the database gone by %p before anything was loaded", (fault) => {
  let filled: Filled;
  beforeAll(async () => {
    filled = await openFilled({ fault });
  }, PATIENCE_MS);
  afterAll(() => filled[Symbol.asyncDispose](), PATIENCE_MS);

  const told: Readonly<Record<Degradation, (response: Response) => void>> = {
    "none-needed": ({ status }) => expect(status).toBe(200),
    default({ status, headers }) {
      expect([status, headers.get("cache-control"), headers.has("etag")]).toEqual([200, "no-store", false]);
      expect(headers.get("cache-status")).toContain("detail=default");
    },
    stale: expectRefused,
    marked: expectRefused,
    truth: expectRefused,
  };

  test.each(byClass)(
    "every %p operation does what its class says",
    async (degradation, some) => {
      for (const operation of some) {
        const response = await filled.askWithoutDatabase(operation);
        await expectDocumented(operation, response);
        told[degradation](response);
      }
    },
    PATIENCE_MS,
  );
});

describe.each(FAULTS)("with the database gone by %p after everything was loaded", (fault) => {
  const before = new Map<string, string>();
  let filled: Filled;
  beforeAll(async () => {
    filled = await openFilled();
    await filled.stage.directory.firstLoaded;
    await answersOf(filled, before);
    await filled.stage.postgres.set(fault);
    filled.stage.skip(PRICE_AGE_MAX_MS + 1000);
    await Bun.sleep(100);
  }, PATIENCE_MS);
  afterAll(() => filled[Symbol.asyncDispose](), PATIENCE_MS);

  test.each(byClass)(
    "every %p operation does what its class says",
    async (degradation, some) => {
      for (const operation of some) await expectRemembered(operation, { filled, before, degradation });
    },
    PATIENCE_MS,
  );
});

describe.each(FAULTS)("booted from a snapshot with the database gone by %p", (fault) => {
  const before = new Map<string, string>();
  const folder = temporaryFolder();
  let filled: Filled;
  beforeAll(async () => {
    const snapshot = join(folder, "reads.snapshot");
    await using first = await openFilled();
    await first.stage.directory.firstLoaded;
    await answersOf(first, before);
    await first.stage.reads.save(snapshot);
    const epochMs = () => NOON + PRICE_AGE_MAX_MS + 1000;
    filled = await openRemembering(first, { fault, snapshot, epochMs });
  }, PATIENCE_MS);
  afterAll(async () => {
    await filled[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, force: true });
  }, PATIENCE_MS);

  test.each(byClass)(
    "every %p operation does what its class says",
    async (degradation, some) => {
      for (const operation of some) await expectRemembered(operation, { filled, before, degradation });
    },
    PATIENCE_MS,
  );
});

test(
  "a cache between us and the visitor never holds a price that can be bet on past its limit",
  async () => {
    await using filled = await openFilled();
    await filled.stage.directory.firstLoaded;
    const marked = operations.filter(({ degradation }) => degradation === "marked");
    const kept = new Map<string, { readonly bettable: boolean; readonly etag: string }>();
    for (const operation of marked) await (await filled.ask(operation)).body?.cancel();
    await filled.stage.postgres.set("refuse");
    let seenBettable = 0;

    for (let at = 0; at < PRICE_AGE_MAX_MS + 4000; at += 700) {
      for (const operation of marked) {
        const response = await filled.ask(operation);
        const text = await expectDocumented(operation, response);
        const { headers } = response;
        const cacheControl = headers.get("cache-control") ?? "";
        expect(cacheControl).not.toContain("stale-");
        const maxAgeMs = 1000 * Number(/max-age=(\d+)/.exec(cacheControl)?.[1] ?? 0);
        const bettable = isBettable(boardsIn(text));
        if (bettable) {
          seenBettable += 1;
          expect(at + maxAgeMs).toBeLessThanOrEqual(PRICE_AGE_MAX_MS);
        }
        expect(bettable && at >= PRICE_AGE_MAX_MS).toBe(false);
        const earlier = kept.get(operation.operationId);
        const etag = headers.get("etag") ?? "";
        // What was bettable and is no longer has another validator: nobody is told that theirs still holds.
        if (earlier?.bettable === true && !bettable && !isStream(operation))
          expect(etag).not.toBe(earlier.etag);
        kept.set(operation.operationId, { bettable, etag });
      }
      filled.stage.skip(700);
    }

    expect(seenBettable).toBeGreaterThan(80);
    expect([...kept.values()].filter(({ bettable }) => bettable)).toEqual([]);
  },
  PATIENCE_MS,
);

test("the same judge finds fault with a build that goes on showing what it last knew", async () => {
  await using naive = await openFilled({ priceAgeMaxMs: Number.MAX_SAFE_INTEGER });
  const before = new Map<string, string>();
  await naive.stage.directory.firstLoaded;
  await answersOf(naive, before);
  await naive.stage.postgres.set("refuse");
  naive.stage.skip(PRICE_AGE_MAX_MS + 1000);

  const marked = operations.filter(({ degradation }) => degradation === "marked");
  for (const operation of marked) {
    const judged = expectRemembered(operation, { filled: naive, before, degradation: "marked" });
    await expect(judged).rejects.toThrow();
  }
});

function expectRefused({ status, headers }: Response): void {
  expect(status).toBe(503);
  expect(headers.get("cache-control")).toBe("no-store");
  expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
}

async function answersOf({ ask }: Filled, answers: Map<string, string>): Promise<void> {
  for (const operation of operations)
    answers.set(operation.operationId, await expectDocumented(operation, await ask(operation)));
}

/** What was loaded once, an age past every limit later. */
async function expectRemembered(
  operation: Operation,
  {
    filled,
    before,
    degradation,
  }: {
    readonly filled: Filled;
    readonly before: ReadonlyMap<string, string>;
    readonly degradation: Degradation;
  },
): Promise<void> {
  const response = await filled.askWithoutDatabase(operation);
  const text = await expectDocumented(operation, response);
  if (degradation === "truth") return expectRefused(response);
  expect(response.status).toBe(200);
  const { headers } = response;
  if (degradation !== "marked") expect(text).toBe(before.get(operation.operationId) ?? "");
  if (degradation === "none-needed") return;
  if (degradation === "marked") expectMarked({ text, before: before.get(operation.operationId) ?? "" });
  if (isStream(operation)) return expect(headers.get("cache-control")).toBe("no-store");
  expect(headers.get("cache-status")).toMatch(/^linehold; hit; ttl=-\d+$/);
  if (degradation === "marked")
    return expect(headers.get("cache-control")).toBe("public, max-age=0, must-revalidate");
  expect(headers.get("cache-control")).toContain("stale-if-error");
}

/** The same prices: shown with their age, never bettable, and kept by no cache. */
function expectMarked({ text, before }: { text: string; before: string }): void {
  const [boards, earlier] = [boardsIn(text), boardsIn(before)];
  expect(boards.length).toBeGreaterThan(0);
  expect([isBettable(earlier), isBettable(boards)]).toEqual([true, false]);
  const pricesOf = (odds: typeof boards) =>
    odds.flatMap(({ markets }) => markets.flatMap(({ outcomes }) => outcomes.map(({ price }) => price)));
  // A tenth of what a winner would win is the tenant's margin.
  expect([pricesOf(earlier), pricesOf(boards)]).toEqual([["1.90"], ["1.90"]]);
  for (const odds of boards) expect(odds).toMatchObject({ expired: true, ageSeconds: 61 });
}
