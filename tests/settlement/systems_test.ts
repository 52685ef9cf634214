import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { add, compare, fraction, HALF, multiply, ONE, ZERO } from "../../src/markets/mod.ts";
import {
  accumulatorFactor,
  type GradedLeg,
  isLostAlready,
  linesOf,
  returnOf,
  returnSoFar,
  SYSTEMS,
  systemReturn,
} from "../../src/settlement/mod.ts";

const PLAIN = { deadHeat: ONE, deduction: ZERO } as const;
const GRADES = {
  W: { ...PLAIN, result: 1, voided: ZERO },
  L: { ...PLAIN, result: 0, voided: ZERO },
  V: { ...PLAIN, result: 0, voided: ONE },
  HW: { ...PLAIN, result: 1, voided: HALF },
  HL: { ...PLAIN, result: 0, voided: HALF },
} as const;

/** Legs as in "1.95:W + 1.84:HL". */
function legs(words: string): GradedLeg[] {
  return words.split(" + ").map((word) => {
    const [price = "", grade = "L"] = word.split(":");
    return {
      price: fraction(BigInt(price.replace(".", "")), 100n),
      grade: GRADES[grade as keyof typeof GRADES],
    };
  });
}

describe("an accumulator", () => {
  test.each<[string, bigint]>([
    ["1.95:W + 1.84:W + 2.10:W", 75_348n],
    ["1.95:HW + 1.84:W + 2.10:W", 56_994n],
    ["1.95:HL + 1.84:W + 2.10:W", 19_320n],
    ["1.24:W + 1.26:W + 1.25:V", 15_624n],
    ["1.24:W + 1.26:L + 1.25:W", 0n],
    ["1.24:L + 1.26:V + 1.25:V", 0n],
    ["1.24:V + 1.26:V + 1.25:V", 10_000n],
  ])("of %s returns %s on a hundred", (words, wanted) => {
    expect(returnOf(10_000n, legs(words)).returnMinor).toBe(wanted);
  });

  test("is multiplied exactly and rounded once: rounding each leg would give another return", () => {
    // A third three times over: 10 × (4/3)³ = 23.70…, while 13.33 → 17.77 → 23.69.
    const third = { price: fraction(4n, 3n), grade: GRADES.W };

    expect(returnOf(1000n, [third, third, third]).returnMinor).toBe(2370n);
    expect(compare(accumulatorFactor([third, third, third]), fraction(64n, 27n))).toBe(0);
  });

  test("is lost as soon as one leg is, and open until all are decided", () => {
    const [won, lost, half] = legs("2.00:W + 2.00:L + 2.00:HL");
    if (won === undefined || lost === undefined || half === undefined)
      throw new RangeError("Cannot be empty");

    expect(returnSoFar(1000n, { graded: [won, lost], legCount: 3 })).toEqual({
      exact: ZERO,
      returnMinor: 0n,
    });
    expect(returnSoFar(1000n, { graded: [won, half], legCount: 3 })).toBe("open");
    expect(returnSoFar(1000n, { graded: [won, half], legCount: 2 })).toMatchObject({ returnMinor: 1000n });
    expect(isLostAlready([half])).toBe(false);
  });
});

const anyLeg = fc
  .tuple(fc.bigInt(101n, 5000n), fc.constantFrom(...Object.values(GRADES)))
  .map(([hundredths, grade]): GradedLeg => ({ price: fraction(hundredths, 100n), grade }));

test("an accumulator that is lost early stays lost, whatever its other legs become", () => {
  fc.assert(
    fc.property(fc.array(anyLeg, { minLength: 1, maxLength: 8 }), fc.nat(7), (decided, open) => {
      const graded = decided.filter((_, index) => index !== open);
      const early = returnSoFar(999n, { graded, legCount: decided.length });

      if (early !== "open") expect(returnOf(999n, decided)).toEqual(early);
    }),
    { numRuns: 1000, seed: 21 },
  );
});

describe("a system", () => {
  test.each(
    Object.entries({
      trixie: 4,
      patent: 7,
      yankee: 11,
      lucky_15: 15,
      canadian: 26,
      lucky_31: 31,
      heinz: 57,
      lucky_63: 63,
      super_heinz: 120,
      goliath: 247,
    }),
  )("%s has %s lines, no two alike", (name, count) => {
    const system = SYSTEMS[name as keyof typeof SYSTEMS];
    const selections = Array.from({ length: system.selections }, (_, index) => index);
    const lines = linesOf(system, selections).map((line) => line.join());

    expect(lines.length).toBe(count);
    expect(new Set(lines).size).toBe(count);
  });

  test("has every size from its smallest to all of its selections", () => {
    expect(SYSTEMS.trixie.sizes).toEqual([2, 3]);
    expect(SYSTEMS.patent.sizes).toEqual([1, 2, 3]);
    expect(SYSTEMS.goliath.sizes).toEqual([2, 3, 4, 5, 6, 7, 8]);
  });

  test("returns what its published example says", () => {
    const all = legs("2.00:W + 2.50:W + 2.50:W + 2.00:W + 2.00:W");
    const two = legs("2.00:W + 2.50:L + 2.50:L + 2.00:W + 2.00:L");

    expect(systemReturn(100n, SYSTEMS.canadian, all).returnMinor).toBe(31_875n);
    expect(systemReturn(100n, SYSTEMS.canadian, two).returnMinor).toBe(400n);
  });

  test("rounds each of its lines for itself", () => {
    // Three doubles of 1 at 1.50 × 1.50: 2.25 each is 2, together 6; rounded at the end it would be 7.
    const doubles = { selections: 3, sizes: [2] };

    expect(systemReturn(1n, doubles, legs("1.50:W + 1.50:W + 1.50:W")).returnMinor).toBe(6n);
  });

  test("makes exactly what (1 + f₁)(1 + f₂)… makes with the short lines left out, f being its legs' factors", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.values(SYSTEMS)),
        fc.array(anyLeg, { minLength: 8, maxLength: 8 }),
        (system, eight) => {
          const own = eight.slice(0, system.selections);
          const factors = own.map((one) => accumulatorFactor([one]));
          const all = factors.reduce((product, factor) => multiply(product, add(ONE, factor)), ONE);
          const singles = factors.reduce((sum, factor) => add(sum, factor), ZERO);
          const left = (system.sizes as readonly number[]).includes(1) ? ONE : add(ONE, singles);

          const { exact, returnMinor } = systemReturn(100n, system, own);

          expect(compare(add(exact, multiply(left, fraction(100n))), multiply(all, fraction(100n)))).toBe(0);
          const lines = BigInt(linesOf(system, own).length);
          const off = add(exact, fraction(-returnMinor));
          expect(compare(multiply(off, fraction(2n)), fraction(lines)) <= 0).toBe(true);
        },
      ),
      { numRuns: 200, seed: 22 },
    );
  });

  test("of more or fewer legs than it has selections is refused", () => {
    expect(() => linesOf(SYSTEMS.trixie, legs("2.00:W + 2.00:W"))).toThrow(RangeError);
  });
});
