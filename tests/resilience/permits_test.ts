import { expect, test } from "bun:test";
import fc from "fast-check";
import {
  CRITICALITIES,
  type Criticality,
  createPermits,
  type Permit,
  PermitRefusedError,
} from "../../src/resilience/mod.ts";
import { manualClock } from "../harness/mod.ts";

function openBulkhead(max: number, waitingMax = 100) {
  const clock = manualClock();
  const permits = createPermits({ max, waitingMax }, { clock });
  const ask = (tenant: string, criticality: Criticality = "catalogue", waitMs = 1000) => {
    const asked: { permit?: Permit; error?: unknown } = {};
    permits.acquire({ tenant, criticality, waitMs }).then(
      (permit) => {
        asked.permit = permit;
      },
      (error: unknown) => {
        asked.error = error;
      },
    );
    return asked;
  };
  return { clock, permits, ask };
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const give = (asked: { permit?: Permit }) => asked.permit?.[Symbol.dispose]();

test("a tenant alone may have every permit", async () => {
  const { ask, permits } = openBulkhead(8);

  const asked = Array.from({ length: 9 }, () => ask("acme"));
  await settle();

  expect(asked.filter(({ permit }) => permit !== undefined)).toHaveLength(8);
  expect(permits.waiting).toBe(1);
});

test("a second tenant is served before a flooding one gets another permit", async () => {
  const { ask } = openBulkhead(4);
  const flood = Array.from({ length: 50 }, () => ask("flood"));
  await settle();
  const quiet = [ask("quiet"), ask("quiet")];
  await settle();

  for (const asked of flood.slice(0, 2)) give(asked);
  await settle();

  expect(quiet.map(({ permit }) => permit !== undefined)).toEqual([true, true]);
  expect(flood.filter(({ permit }) => permit !== undefined)).toHaveLength(4);
});

test("the last permits are not lent to a borrower, so that a newcomer finds one at once", async () => {
  const { ask, permits } = openBulkhead(16);
  const quiet = ask("quiet");
  const flood = Array.from({ length: 50 }, () => ask("flood"));
  await settle();

  expect(permits.inUse).toBe(14);
  expect(flood.filter(({ permit }) => permit !== undefined)).toHaveLength(13);
  const newcomer = ask("newcomer");
  await settle();

  expect(newcomer.permit?.waitedMs).toBe(0);
  expect(quiet.permit).toBeDefined();
});

test("the most critical in line is served first, whoever came before", async () => {
  const { ask } = openBulkhead(1);
  const holder = ask("a");
  const lined = (["report", "catalogue", "live", "placement"] as const).map((criticality) =>
    ask("a", criticality),
  );
  await settle();
  const order: string[] = [];

  give(holder);
  for (let i = 0; i < 4; i++) {
    await settle();
    const served = lined.findIndex(({ permit }, at) => permit !== undefined && !order.includes(`${at}`));
    order.push(`${served}`);
    give(lined[served] ?? {});
  }

  expect(order).toEqual(["3", "2", "1", "0"]);
});

test("a full line refuses the newest of the least critical, of whom waits the most", async () => {
  const { ask } = openBulkhead(1, 4);
  const holder = ask("other");
  const flood = [ask("flood", "report"), ask("flood", "report"), ask("flood", "report")];
  const quiet = ask("quiet", "report");
  await settle();

  const bet = ask("quiet", "placement");
  await settle();
  expect(flood.map(({ error }) => error instanceof PermitRefusedError)).toEqual([false, false, true]);
  const another = ask("flood", "report");
  await settle();

  expect(another.error).toMatchObject({ reason: "overload" });
  expect([quiet.error, bet.error, holder.error]).toEqual([undefined, undefined, undefined]);
});

test("whoever waits too long is refused at the time said, and a permit disposed twice is freed once", async () => {
  const { ask, clock, permits } = openBulkhead(1);
  const holder = ask("a");
  const waiter = ask("a", "catalogue", 250);

  await clock.advance(249);
  expect(waiter.error).toBeUndefined();
  await clock.advance(1);
  give(holder);
  give(holder);

  expect(waiter.error).toMatchObject({ reason: "timeout" });
  expect(permits.inUse).toBe(0);
  expect(clock.pending()).toBe(0);
});

test("an aborted waiter leaves at once; refuseAll and resize take hold at once", async () => {
  const { permits, clock } = openBulkhead(1);
  const held = await permits.acquire({ criticality: "live", waitMs: 10 });
  const leaving = new AbortController();
  const gone = permits
    .acquire({ criticality: "live", waitMs: 10, signal: leaving.signal })
    .catch((error: unknown) => error);
  leaving.abort("left");
  const refused = permits.acquire({ criticality: "live", waitMs: 10 }).catch((error: unknown) => error);

  permits.refuseAll(new RangeError("no"));
  expect(await gone).toBe("left");
  expect(await refused).toBeInstanceOf(RangeError);
  const lined = permits.acquire({ criticality: "live", waitMs: 10 });
  permits.resize(2);

  expect((await lined).waitedMs).toBe(0);
  held[Symbol.dispose]();
  expect(clock.pending()).toBe(0);
});

test("whatever happens, no more than max are out, every asker is answered, and nothing is lost", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 6 }),
      fc.array(
        fc.record({
          tenant: fc.constantFrom("a", "b", "c"),
          criticality: fc.constantFrom(...CRITICALITIES),
          act: fc.constantFrom("ask", "ask", "give", "wait"),
        }),
        { maxLength: 60 },
      ),
      async (max, waitingMax, steps) => {
        const { ask, clock, permits } = openBulkhead(max, waitingMax);
        const asked: { permit?: Permit; error?: unknown }[] = [];
        for (const { tenant, criticality, act } of steps) {
          if (act === "ask") asked.push(ask(tenant, criticality, 50));
          if (act === "give") give(asked.find(({ permit }) => permit !== undefined) ?? {});
          await (act === "wait" ? clock.advance(20) : settle());
          expect(permits.inUse).toBeLessThanOrEqual(max);
          expect(permits.waiting).toBeLessThanOrEqual(waitingMax);
        }
        await clock.advance(60);
        for (const one of asked) give(one);
        await settle();

        expect(asked.every(({ permit, error }) => permit !== undefined || error !== undefined)).toBe(true);
        expect(permits).toMatchObject({ inUse: 0, waiting: 0 });
      },
    ),
    { numRuns: 200 },
  ));
