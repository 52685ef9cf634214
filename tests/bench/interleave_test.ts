import { expect, test } from "bun:test";
import { interleave, samplesOf } from "../../bench/measure/interleave.ts";

function recorder() {
  const order: string[] = [];
  const subject = (name: string) => ({
    name,
    sample: () => order.push(name),
  });
  return { order, subject };
}

test("interleave samples every subject once a round", async () => {
  const { order, subject } = recorder();

  const samples = await interleave([subject("a"), subject("b"), subject("c")], { rounds: 4 });

  for (const round of [0, 1, 2, 3])
    expect(order.slice(round * 3, round * 3 + 3).toSorted()).toEqual(["a", "b", "c"]);
  expect(samplesOf(samples, "b")).toHaveLength(4);
});

test("interleave begins each round with another subject, so that every one has every place", async () => {
  const { order, subject } = recorder();

  await interleave([subject("a"), subject("b"), subject("c")], { rounds: 3 });

  expect(order.join("")).toBe("abcbcacab");
});

test("interleave keeps the samples of a round together", async () => {
  const { subject } = recorder();

  const samples = await interleave([subject("a"), subject("b")], { rounds: 2 });

  expect(samplesOf(samples, "a")).toEqual([1, 4]);
  expect(samplesOf(samples, "b")).toEqual([2, 3]);
});

test("samplesOf names what was never measured", () => {
  expect(() => samplesOf(new Map(), "nginx")).toThrow('"nginx"');
});
