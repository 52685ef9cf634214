import { expect, test } from "bun:test";
import { type Course, createFlights, createRetryBudget, retry, sleep } from "../../src/resilience/mod.ts";
import { manualClock, seededRandom } from "../harness/mod.ts";

test("flights share one load and its outcome among all who ask meanwhile", async () => {
  const flights = createFlights<number>({ now: () => 0 });
  let loads = 0;
  const load = async () => {
    loads += 1;
    await Bun.sleep(1);
    return loads;
  };

  const answers = await Promise.all(Array.from({ length: 500 }, () => flights.join("key", load).outcome));

  expect(loads).toBe(1);
  expect(new Set(answers)).toEqual(new Set([1]));
  expect(flights.size).toBe(0);
});

test("flights share a failure too, and a failure nobody waits for ends nothing", async () => {
  const flights = createFlights<number>({ now: () => 0 });
  const fail = () => Promise.reject(new RangeError("down"));

  const first = flights.join("key", fail);
  const second = flights.join("key", fail);
  flights.join("unwatched", fail);
  const settled = await Promise.allSettled([first.outcome, second.outcome]);

  expect(first).toBe(second);
  expect(settled.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  await Bun.sleep(0);
  expect(flights.size).toBe(0);
});

test("a detached flight lands unseen, and the next to ask begins anew", async () => {
  const flights = createFlights<string>({ now: () => 0 });
  const { promise, resolve } = Promise.withResolvers<void>();
  const seen: boolean[] = [];

  const old = flights.join("key", async ({ isCurrent }) => {
    await promise;
    seen.push(isCurrent());
    return "old";
  });
  flights.detach("key");
  const fresh = flights.join("key", () => Promise.resolve("new"));
  resolve();

  expect(await Promise.all([old.outcome, fresh.outcome])).toEqual(["old", "new"]);
  expect(seen).toEqual([false]);
});

test("a flight is called off when the last of those aboard leaves, and the next to ask begins anew", async () => {
  const flights = createFlights<string>({ now: () => 0 });
  const start = ({ signal }: Course) =>
    new Promise<string>((_, reject) =>
      signal.addEventListener("abort", () => reject(signal.reason), { once: true }),
    );
  const flight = flights.join("key", start);
  const failed = flight.outcome.catch((error: unknown) => error);
  flight.board();
  flight.board();

  flight.leave();
  await Bun.sleep(0);
  expect(Bun.peek.status(failed)).toBe("pending");
  expect(flights.get("key")).toBe(flight);
  flight.leave();

  expect(flights.get("key")).toBeUndefined();
  expect(await failed).toMatchObject({ name: "AbortError" });
});

test("a flight that has landed, or that nobody boarded, is not called off", async () => {
  const flights = createFlights<boolean>({ now: () => 0 });
  const start = async ({ signal }: Course) => {
    await Bun.sleep(1);
    return signal.aborted;
  };

  const unwatched = flights.join("unwatched", start);
  const landed = flights.join("landed", start);
  landed.board();
  expect(await Promise.all([unwatched.outcome, landed.outcome])).toEqual([false, false]);
  const next = flights.join("landed", start);
  landed.leave();

  expect(flights.get("landed")).toBe(next);
});

test("retry tries transient failures again after a jittered pause and gives the last error", async () => {
  const clock = manualClock();
  const tried: number[] = [];
  const work = (attempt: number) => {
    tried.push(clock.now());
    return Promise.reject(new RangeError(`try ${attempt}`));
  };

  const result = retry(
    work,
    { attempts: 2, jitterMs: [50, 200], isTransient: () => true, deadlineAt: 1000 },
    { clock, random: seededRandom(3) },
  ).catch((error: unknown) => String(error));
  await clock.advance(300);

  expect(await result).toBe("RangeError: try 2");
  expect(tried).toHaveLength(2);
  expect(tried[1]).toBeGreaterThanOrEqual(50);
  expect(tried[1]).toBeLessThanOrEqual(200);
});

test("retry neither repeats what is not transient nor begins an attempt past the deadline", async () => {
  const clock = manualClock();
  const options = { attempts: 3, jitterMs: [50, 200], deadlineAt: 40 } as const;
  let tries = 0;
  const work = () => {
    tries += 1;
    return Promise.reject(new RangeError("down"));
  };
  const deps = { clock, random: seededRandom(3) };

  await retry(work, { ...options, isTransient: () => false }, deps).catch(() => {});
  expect(tries).toBe(1);
  await retry(work, { ...options, isTransient: () => true }, deps).catch(() => {});

  expect(tries).toBe(2);
});

test("a retry budget lets retries add a tenth to the load of a dependency that always fails, not double it", async () => {
  const clock = manualClock();
  const budget = createRetryBudget({ ratio: 0.1, reserve: 10 });
  let tries = 0;
  const work = () => {
    tries += 1;
    return Promise.reject(new RangeError("down"));
  };
  const options = {
    attempts: 2,
    jitterMs: [50, 200],
    isTransient: () => true,
    deadlineAt: Infinity,
    budget,
  } as const;

  for (let call = 0; call < 1000; call++) {
    const result = retry(work, options, { clock, random: seededRandom(call) }).catch(() => {});
    await clock.advance(200);
    await result;
  }

  expect(tries).toBeGreaterThan(1090);
  expect(tries).toBeLessThanOrEqual(1110);
});

test("sleep leaves at once when its signal aborts, and leaves no timer behind", async () => {
  const clock = manualClock();
  const stop = new AbortController();

  const asleep = sleep(1000, { clock, signal: stop.signal }).catch((reason: unknown) => reason);
  stop.abort("stop");

  expect(await asleep).toBe("stop");
  expect(clock.pending()).toBe(0);
  expect(await sleep(1000, { clock, signal: stop.signal }).catch((reason: unknown) => reason)).toBe("stop");
});
