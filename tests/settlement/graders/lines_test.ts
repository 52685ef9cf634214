import { expect, test } from "bun:test";
import fc from "fast-check";
import { add, compare, type Fraction, fraction, HALF, multiply } from "../../../src/markets/mod.ts";
import { exactReturn, gradeLeg, roundReturn } from "../../../src/settlement/mod.ts";
import { counted, graded, known, leg, match, rules2 } from "./_known.ts";

/** The published table: for a line on the backed side, what each margin of that side makes of it, from −3 to 3. */
const W = "won";
const L = "lost";
const TABLE: Readonly<Record<string, readonly string[]>> = {
  "0": [L, L, L, "push", W, W, W],
  "-0.25": [L, L, L, "half_lost", W, W, W],
  "0.25": [L, L, L, "half_won", W, W, W],
  "-0.5": [L, L, L, L, W, W, W],
  "0.5": [L, L, L, W, W, W, W],
  "-0.75": [L, L, L, L, "half_won", W, W],
  "0.75": [L, L, "half_lost", W, W, W, W],
  "-1": [L, L, L, L, "push", W, W],
  "1": [L, L, "push", W, W, W, W],
  "-1.25": [L, L, L, L, "half_lost", W, W],
  "1.25": [L, L, "half_won", W, W, W, W],
};

test.each(Object.entries(TABLE))(
  "a handicap of %s is graded as the published table says, on either side",
  (line, wanted) => {
    const margins = [-3, -2, -1, 0, 1, 2, 3];
    const ofHome = margins.map((margin) => graded(`asian_handicap home ${line}`, match([5 + margin, 5])));
    // The line is kept once, as added to the home score: the away side's own has the other sign.
    const ofAway = margins.map((margin) =>
      graded(`asian_handicap away ${0 - Number(line)}`, match([5, 5 + margin])),
    );

    expect(ofHome).toEqual([...wanted]);
    expect(ofAway).toEqual([...wanted]);
  },
);

test("a total is split on quarter lines like a handicap", () => {
  const firstHalf = known(counted("first_half", [0, 1]));
  const over = (line: string) => graded(`total over ${line}`, match([2, 1]));
  const under = (line: string) => graded(`total under ${line}`, match([2, 1]));

  // A published message: 0:1 at half time makes under 1.25 half won, over 1.25 half lost.
  expect(graded("asian_total under 1.25", firstHalf, { period: "first_half" })).toBe("half_won");
  expect(graded("asian_total over 1.25", firstHalf, { period: "first_half" })).toBe("half_lost");
  expect(["2.5", "2.75", "3", "3.25", "3.5"].map(over)).toEqual([W, "half_won", "push", "half_lost", L]);
  expect(["2.5", "2.75", "3", "3.25", "3.5"].map(under)).toEqual([L, "half_lost", "push", "half_won", W]);
});

test("a three-way handicap and a three-way total have one winner and no stake back", () => {
  const handicap = (line: number, score: readonly [number, number]) =>
    ["home", "draw", "away"].filter(
      (side) => graded(`european_handicap ${side} ${line}`, match(score)) === W,
    );
  const corners = match([0, 0], undefined, {
    counts: counted("regulation", [6, 4], { statistic: "corners" }),
  });

  expect(handicap(-1, [2, 0])).toEqual(["home"]);
  expect(handicap(-1, [1, 0])).toEqual(["draw"]);
  expect(handicap(-1, [1, 1])).toEqual(["away"]);
  expect(handicap(2, [0, 2])).toEqual(["draw"]);
  const three = ["over", "exactly", "under"];
  expect(three.map((one) => graded(`corners_total_three_way ${one} 10`, corners))).toEqual([L, W, L]);
  expect(three.map((one) => graded(`corners_total_three_way ${one} 9`, corners))).toEqual([W, L, L]);
});

const goals = fc.nat({ max: 12 });
const stake = fc.bigInt(1n, 10n ** 9n);
const price = fc.bigInt(101n, 10_000n).map((hundredths) => fraction(hundredths, 100n));
const LINED = [
  { words: (line: number) => `asian_handicap home ${line}`, least: -6, most: 6 },
  { words: (line: number) => `asian_handicap away ${line}`, least: -6, most: 6 },
  { words: (line: number) => `asian_total over ${line}`, least: 0, most: 12 },
  { words: (line: number) => `total under ${line}`, least: 0, most: 12 },
];
const lined = fc
  .constantFrom(...LINED)
  .chain(({ words, least, most }) =>
    fc.integer({ min: least * 2, max: most * 2 - 1 }).map((halves) => ({ words, line: halves / 2 + 0.25 })),
  );

test("a bet on a quarter line returns the mean of the same bet on the two half lines beside it, exactly", () => {
  fc.assert(
    fc.property(lined, goals, goals, stake, price, ({ words, line }, home, away, stakeMinor, odds) => {
      const on = (at: number) => exact(words(at), { score: [home, away], stakeMinor, odds });

      const mean = multiply(add(on(line - 0.25), on(line + 0.25)), HALF);

      expect(compare(on(line), mean)).toBe(0);
    }),
    { numRuns: 3000, seed: 6 },
  );
});

test("half a stake of an odd number of minor units is never lost to rounding", () => {
  fc.assert(
    fc.property(lined, goals, goals, stake, price, ({ words, line }, home, away, half, odds) => {
      const stakeMinor = 2n * half + 1n;
      const on = (at: number) => exact(words(at), { score: [home, away], stakeMinor, odds });

      const returned = roundReturn(on(line));
      const inTwo = add(on(line - 0.25), on(line + 0.25));

      // Within half a unit of what two exact half stakes make, and never below it by more than that.
      const off = add(multiply(inTwo, HALF), fraction(-returned));
      expect(compare(off, HALF) < 0 && compare(off, fraction(-1n, 2n)) >= 0).toBe(true);
    }),
    { numRuns: 2000, seed: 7 },
  );
});

function exact(
  words: string,
  {
    score,
    stakeMinor,
    odds,
  }: { readonly score: readonly [number, number]; readonly stakeMinor: bigint; readonly odds: Fraction },
): Fraction {
  const result = gradeLeg(leg(words), match(score), rules2());
  if (!result.decided) throw new RangeError(`Cannot grade ${words}`);
  return exactReturn(stakeMinor, odds, result.grade);
}
