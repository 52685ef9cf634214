import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { parseLineQuarters } from "../../src/markets/mod.ts";

describe("parseLineQuarters", () => {
  test.each([
    ["-1.25", -5],
    ["+0", 0],
    ["-0", 0],
    ["-0.0", 0],
    ["2.5", 10],
    ["+3", 12],
    ["0.75", 3],
    ["2.50", 10],
    ["199.5", 798],
    [" -0.25\n", -1],
  ])("reads %p as %p quarters", (text, quarters) => {
    const read = parseLineQuarters(text);

    expect(read).toBe(quarters);
    expect(Object.is(read, -0)).toBe(false);
  });

  test.each(["", "pk", "2.3", "-0.175", "1.125", "2,5", "2.5,3", "--1", "1e2", "Infinity", "2.5 3"])(
    "refuses %p",
    (text) => {
      expect(parseLineQuarters(text)).toBeUndefined();
    },
  );

  test("reads every multiple of a quarter, whatever its sign and zeros", () => {
    const quarters = fc.integer({ min: -40_000, max: 40_000 });
    fc.assert(
      fc.property(quarters, fc.boolean(), fc.boolean(), (wanted, plus, zeros) => {
        const text = (wanted / 4).toString() + (zeros && wanted % 4 !== 0 ? "0" : "");
        expect(parseLineQuarters(plus && wanted >= 0 ? `+${text}` : text)).toBe(wanted);
      }),
    );
  });

  test("refuses every hundredth that is no quarter", () => {
    fc.assert(
      fc.property(fc.integer({ min: -9999, max: 9999 }), (hundredths) => {
        fc.pre(hundredths % 25 !== 0);
        expect(parseLineQuarters((hundredths / 100).toFixed(2))).toBeUndefined();
      }),
    );
  });
});
