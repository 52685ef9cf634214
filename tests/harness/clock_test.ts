import { expect, test } from "bun:test";
import { sleep } from "../../src/resilience/mod.ts";
import { manualClock, seededRandom } from "./mod.ts";

test("manualClock wakes sleepers in order, also those that go to sleep again on the way", async () => {
  const clock = manualClock(1000);
  const woken: string[] = [];
  const twice = async () => {
    await sleep(10, { clock });
    woken.push(`first at ${clock.now()}`);
    await sleep(10, { clock });
    woken.push(`second at ${clock.now()}`);
  };
  void twice();
  void sleep(15, { clock }).then(() => woken.push(`between at ${clock.now()}`));

  await clock.advance(30);

  expect(woken).toEqual(["first at 10", "between at 15", "second at 20"]);
  expect([clock.now(), clock.epochMs(), clock.pending()]).toEqual([30, 1030, 0]);
});

test("manualClock does not call a timer that was disposed", async () => {
  const clock = manualClock();
  const calls: string[] = [];
  const timer = clock.after(5, () => calls.push("called"));

  timer[Symbol.dispose]();
  await clock.advance(10);

  expect(calls).toEqual([]);
});

test("seededRandom repeats itself for a seed and stays in [0, 1)", () => {
  const once = seededRandom(7);
  const again = seededRandom(7);
  const numbers = Array.from({ length: 1000 }, once);

  expect(Array.from({ length: 1000 }, again)).toEqual(numbers);
  expect(numbers.every((number) => number >= 0 && number < 1)).toBe(true);
  expect(new Set(numbers).size).toBe(1000);
});
