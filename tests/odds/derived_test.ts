import { expect, test } from "bun:test";
import { createDerived } from "../../src/odds/derived.ts";

const tenBytes = () => createDerived<string>({ bytesMax: 100, weigh: () => 10 });

test("a value is made once for as long as all it is made of is the same", () => {
  const derived = tenBytes();
  const made: (string | undefined)[] = [];
  const ask = (...sources: unknown[]) =>
    derived.of("k", sources, (before) => {
      made.push(before);
      return `value ${made.length}`;
    });
  const [one, other] = [{}, {}];

  const values = [ask(one), ask(one), ask(other), ask(other, one), ask(other, one), ask(one)];

  expect(values).toEqual(["value 1", "value 1", "value 2", "value 3", "value 3", "value 4"]);
  expect(made).toEqual([undefined, "value 1", "value 2", "value 3"]);
  expect([derived.size, derived.bytes]).toEqual([1, 12]);
});

test("its bytes are bounded, and what was asked for longest ago goes first", () => {
  const derived = tenBytes();
  const source = {};
  let made = 0;
  const ask = (key: string) =>
    derived.of(key, [source], () => {
      made += 1;
      return key;
    });

  for (let index = 0; index < 1000; index += 1) ask(String.fromCodePoint(0x4e00 + index));
  ask("a");
  for (let index = 0; index < 7; index += 1) {
    ask(String.fromCodePoint(0x5e00 + index));
    ask("a");
  }

  expect(derived.bytes).toBeLessThanOrEqual(100);
  expect(derived.size).toBe(8);
  expect(made).toBe(1008);
});

test("a value larger than all the room there is is given and not kept", () => {
  const derived = createDerived<string>({ bytesMax: 100, weigh: (value) => value.length });

  expect(derived.of("k", [1], () => "x".repeat(200))).toHaveLength(200);
  expect([derived.size, derived.bytes]).toEqual([0, 0]);
});
