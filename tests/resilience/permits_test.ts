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
import { createPlainPermits } from "./plain_permits.ts";

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

test("permits are given and refused in the very order that the plain rules say", () =>
  fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 0, max: 12 }),
      fc.array(
        fc.record({
          tenant: fc.constantFrom("a", "b", "c", "d"),
          criticality: fc.constantFrom(...CRITICALITIES),
          gives: fc.option(fc.nat(40), { nil: undefined }),
        }),
        { maxLength: 80 },
      ),
      async (max, waitingMax, steps) => {
        const permits = createPermits({ max, waitingMax }, { clock: manualClock() });
        const plain = createPlainPermits({ max, waitingMax });
        const given: number[] = [];
        const refused: number[] = [];
        const held = new Map<number, Permit>();
        for (const [name, { tenant, criticality, gives }] of steps.entries()) {
          if (gives === undefined) {
            plain.ask(name, tenant, criticality);
            permits.acquire({ tenant, criticality, waitMs: 1000 }).then(
              (permit) => {
                given.push(name);
                held.set(name, permit);
              },
              () => void refused.push(name),
            );
          } else {
            const giver = [...held.keys()][gives % Math.max(1, held.size)] ?? -1;
            plain.give(giver);
            held.get(giver)?.[Symbol.dispose]();
            held.delete(giver);
          }
          await settle();

          expect({ given, refused }).toEqual({ given: plain.given, refused: plain.refused });
        }
      },
    ),
    { numRuns: 300 },
  ));

test("a long line costs a newcomer, a leaver and a turn no more than a short one", async () => {
  const timeOf = async (waiting: number) => {
    const { ask, clock, permits } = openBulkhead(8, waiting);
    const flood = Array.from({ length: waiting + 8 }, () => ask("flood", "catalogue", 60_000));
    const startedAt = performance.now();
    for (let turn = 0; turn < 200; turn += 1) {
      const quiet = ask(`quiet-${turn}`, "catalogue", 60_000);
      give(flood.shift() ?? {});
      await settle();
      give(quiet);
      flood.push(ask("flood", "catalogue", 60_000));
    }
    const took = performance.now() - startedAt;
    permits.refuseAll(new RangeError("The test is over"));
    await clock.advance(0);
    return took;
  };
  await timeOf(50);

  const [short, long] = [await timeOf(50), await timeOf(5000)];

  // Looked through as a whole at each step, already a line of 1,000 took 57 times as long as one of 50.
  expect(long).toBeLessThan(50 * short);
});
