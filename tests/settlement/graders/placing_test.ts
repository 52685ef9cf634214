import { expect, test } from "bun:test";
import fc from "fast-check";
import { compare, fraction, ONE, parseDecimalPrice, ZERO } from "../../../src/markets/mod.ts";
import {
  deductionOf,
  gradePlacing,
  HOUSE_RULES_2,
  readHouseRules,
  returnOf,
} from "../../../src/settlement/mod.ts";
import { rules2 } from "./_known.ts";

const golf = (places: number, position: number | undefined, tied: number) => ({
  marketType: "golf_top",
  places,
  position,
  tied,
});

function returned(
  stakeMinor: bigint,
  price: string,
  graded: ReturnType<typeof gradePlacing>,
): bigint | undefined {
  const odds = parseDecimalPrice(price);
  if (!graded.decided || odds === undefined) return undefined;
  return returnOf(stakeMinor, [{ price: odds, grade: graded.grade }]).returnMinor;
}

test("places that are shared pay by how many are left for how many, never by a rounded share", () => {
  expect(returned(5000n, "2.5", gradePlacing(golf(1, 1, 2), rules2()))).toBe(6250n);
  expect(returned(5000n, "3", gradePlacing(golf(10, 8, 6), rules2()))).toBe(7500n);
  expect(returned(10_000n, "4", gradePlacing(golf(5, 5, 3), rules2()))).toBe(13_333n);
  // Four tie for the seventh of ten places: all of them are paid in full.
  expect(gradePlacing(golf(10, 7, 4), rules2())).toMatchObject({ grade: { deadHeat: ONE, reason: "won" } });
  expect(gradePlacing(golf(10, 11, 2), rules2())).toMatchObject({ grade: { result: 0, reason: "lost" } });
  expect(gradePlacing(golf(10, undefined, 1), rules2())).toMatchObject({ grade: { result: 0 } });
});

test("ties are paid in full where the rules say so, for all or for one market", () => {
  const inFull = readHouseRules({
    ...HOUSE_RULES_2,
    dead_heat: { default: "shared", golf_top: "paid_in_full" },
  });

  expect(returned(5000n, "3", gradePlacing(golf(10, 8, 6), inFull))).toBe(15_000n);
  expect(returned(5000n, "3", gradePlacing({ ...golf(10, 8, 6), marketType: "horse_top" }, inFull))).toBe(
    7500n,
  );
});

test("all who tie share exactly the places that are left", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 20 }),
      fc.integer({ min: 1, max: 40 }),
      (places, position, tied) => {
        const graded = gradePlacing(golf(places, position, tied), rules2());
        if (!graded.decided) throw new RangeError("Cannot be undecided");

        const paid = Math.min(Math.max(places - position + 1, 0), tied);
        const share = graded.grade.result === 0 ? ZERO : graded.grade.deadHeat;
        expect(compare(share, fraction(BigInt(paid), BigInt(tied)))).toBe(0);
      },
    ),
    { numRuns: 500, seed: 3 },
  );
});

/** The published bands in pence of the pound, by the traditional fractions at both of their ends. */
const BANDS: readonly (readonly [pence: number, shortest: string, longest: string])[] = [
  [90, "1/20", "1/9"],
  // By the traditional table this begins with 2/17, whose 1.1176 the decimal one has at 90 pence.
  [85, "1/8", "2/11"],
  [80, "1/5", "1/4"],
  [75, "2/7", "3/10"],
  [70, "1/3", "2/5"],
  [65, "4/9", "8/15"],
  [60, "4/7", "8/13"],
  [55, "4/6", "4/5"],
  [50, "5/6", "20/21"],
  [45, "1/1", "6/5"],
  [40, "5/4", "6/4"],
  [35, "13/8", "7/4"],
  [30, "15/8", "9/4"],
  [25, "5/2", "3/1"],
  [20, "10/3", "4/1"],
  [15, "9/2", "11/2"],
  [10, "6/1", "9/1"],
  [5, "10/1", "14/1"],
  [0, "15/1", "100/1"],
];

function priceOf(odds: string) {
  const [top = "", below = ""] = odds.split("/");
  return fraction(BigInt(top) + BigInt(below), BigInt(below));
}

test.each(BANDS)(
  "a withdrawn runner takes %s pence of the pound of the winnings, from %s to %s",
  (pence, shortest, longest) => {
    for (const end of [shortest, longest])
      expect(deductionOf(rules2(), [priceOf(end)])).toEqual(fraction(BigInt(pence), 100n));
  },
);

test("several withdrawn runners take what each would, and never more than ninety pence", () => {
  const after = (...odds: string[]) => deductionOf(rules2(), odds.map(priceOf));

  expect(after("3/1", "9/2")).toEqual(fraction(40n, 100n));
  expect(after("1/2", "1/2")).toEqual(fraction(90n, 100n));
  expect(after()).toEqual(ZERO);
});

test("a deduction is of the winnings, never of the stake", () => {
  const first = { ...golf(1, 1, 1), marketType: "horse_win" };
  const withdrawn = (odds: string) => gradePlacing({ ...first, withdrawn: [priceOf(odds)] }, rules2());
  const announced = gradePlacing({ ...first, withdrawn: { announced: fraction(1n, 4n) } }, rules2());

  expect(returned(1000n, "9", withdrawn("3/1"))).toBe(7000n);
  expect(returned(1000n, "2.25", withdrawn("1/4"))).toBe(1250n);
  expect(returned(1000n, "9", announced)).toBe(7000n);
});

test("a finish that is none is refused", () => {
  for (const wrong of [golf(0, 1, 1), golf(1, 0, 1), golf(1, 1, 0), golf(1.5, 1, 1)])
    expect(() => gradePlacing(wrong, rules2())).toThrow(RangeError);
});
