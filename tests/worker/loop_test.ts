import { expect, test } from "bun:test";
import { openPool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import {
  LeaseHeldError,
  type LoopEvent,
  type LoopOptions,
  StepWedgedError,
  startLoop,
} from "../../src/worker/mod.ts";
import { manualClock, openDatabase, openFaultProxy, seededRandom } from "../harness/mod.ts";

async function openLoop(options: Partial<LoopOptions> & Pick<LoopOptions, "step">) {
  const database = await openDatabase();
  const events: LoopEvent[] = [];
  const pool = database.pool("linehold_odds");
  const loop = startLoop(
    { name: "test", restMs: 20, ...options },
    { pool, clock: systemClock, random: seededRandom(1), observe: (event) => events.push(event) },
  );
  return {
    loop,
    pool,
    events,
    async [Symbol.asyncDispose]() {
      await loop[Symbol.asyncDispose]();
      await database[Symbol.asyncDispose]();
    },
  };
}

test("a loop whose step leaks a lease ends with LeaseHeldError instead of resting on it", async () => {
  let leaked: AsyncDisposable | undefined;
  await using opened = await openLoop({
    async step(scope) {
      leaked = await scope.lease();
      return { worked: false };
    },
  });

  const outcome = await opened.loop.finished.catch((error: unknown) => error);

  expect(outcome).toBeInstanceOf(LeaseHeldError);
  expect(outcome).toMatchObject({ loop: "test", held: 1 });
  await leaked?.[Symbol.asyncDispose]();
});

test("a step that leaks and then throws is refused its rest as well", async () => {
  let leaked: AsyncDisposable | undefined;
  await using opened = await openLoop({
    async step(scope) {
      leaked = await scope.lease();
      throw new RangeError("after the lease");
    },
  });

  expect(await opened.loop.finished.catch((error: unknown) => error)).toBeInstanceOf(LeaseHeldError);
  await leaked?.[Symbol.asyncDispose]();
});

test("a loop whose step closes its leases rests with none checked out, nor a transaction still ending on the server", async () => {
  const taken: number[] = [];
  await using database = await openDatabase();
  const upstream = new URL(database.url);
  await using slow = await openFaultProxy({ hostname: upstream.hostname, port: Number(upstream.port) });
  const url = slow.through(database.url);
  const names = { role: "linehold_odds", applicationName: "linehold tests" };
  await using pool = openPool(
    { url, ...names, max: 2, min: 1 },
    { clock: systemClock, random: seededRandom(1) },
  );
  // What nobody waits for is then still on its way when the rest begins.
  await slow.set({ delayMs: 10 });
  await using loop = startLoop(
    {
      name: "test",
      restMs: 20,
      async step(scope) {
        await using lease = await scope.lease();
        await lease.connection.query("select 1");
        return { worked: false };
      },
    },
    { pool, clock: systemClock, random: seededRandom(1), observe: () => {} },
  );

  while (loop.beat().steps < 5) {
    if (loop.beat().resting) taken.push(pool.stats().leased);
    await Bun.sleep(1);
  }

  expect(taken.length).toBeGreaterThan(20);
  expect(taken.filter((leased) => leased > 0)).toEqual([]);
  expect(loop.beat().failures).toBe(0);
});

test("a failed step is told, tried again, and does not end the loop", async () => {
  let tries = 0;
  await using opened = await openLoop({
    step() {
      tries += 1;
      return tries < 3 ? Promise.reject(new RangeError("down")) : Promise.resolve({ worked: false });
    },
  });

  while (opened.loop.beat().steps === 0) await Bun.sleep(5);

  expect(opened.loop.beat().failures).toBe(2);
  expect(opened.events.filter(({ type }) => type === "step_failed")).toHaveLength(2);
});

test("closing a loop in mid-step lets the step finish and begins no other", async () => {
  const { promise: entered, resolve: enter } = Promise.withResolvers<void>();
  const { promise: gate, resolve: open } = Promise.withResolvers<void>();
  let finished = 0;
  await using opened = await openLoop({
    async step() {
      enter();
      await gate;
      finished += 1;
      return { worked: true };
    },
  });
  await entered;

  const closing = opened.loop[Symbol.asyncDispose]();
  open();
  await closing;

  expect(finished).toBe(1);
  await opened.loop[Symbol.asyncDispose]();
});

test("a step past its limit is told to stop, and one that does not listen ends the loop", async () => {
  const clock = manualClock();
  await using database = await openDatabase();
  let told = false;
  const loop = startLoop(
    {
      name: "wedged",
      restMs: 10,
      stepLimitMs: 1000,
      step: (scope) => {
        scope.signal.addEventListener("abort", () => {
          told = true;
        });
        return new Promise(() => {});
      },
    },
    { pool: database.pool("linehold_odds"), clock, random: seededRandom(1), observe: () => {} },
  );

  await clock.advance(1050);
  expect(told).toBe(true);
  await clock.advance(100);

  expect(await loop.finished.catch((error: unknown) => error)).toBeInstanceOf(StepWedgedError);
});

test("a loop that is woken ends its rest, spares the one after a step under way, and keeps the pause after a failure", async () => {
  const clock = manualClock();
  await using database = await openDatabase();
  const steps: PromiseWithResolvers<void>[] = [];
  let failing = false;
  await using loop = startLoop(
    {
      name: "test",
      restMs: 60_000,
      async step() {
        const going = Promise.withResolvers<void>();
        steps.push(going);
        await going.promise;
        if (failing) throw new RangeError("not now");
        return { worked: false };
      },
    },
    { pool: database.pool("linehold_odds"), clock, random: seededRandom(1), observe: () => {} },
  );
  // A rest of nothing at all is a turn of the clock as well.
  const settled = async () => {
    await clock.advance(1);
  };
  const began = [steps.length];

  steps.at(-1)?.resolve();
  await settled();
  loop.wake();
  await settled();
  began.push(steps.length);
  loop.wake();
  steps.at(-1)?.resolve();
  await settled();
  began.push(steps.length);
  failing = true;
  steps.at(-1)?.resolve();
  await settled();
  loop.wake();
  await settled();
  began.push(steps.length);

  // Woken from its rest; then not resting at all; then resting as it failed.
  expect(began).toEqual([1, 2, 3, 3]);
  expect(loop.beat()).toMatchObject({ resting: true, failures: 1 });
});
