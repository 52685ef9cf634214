import { expect, test } from "bun:test";
import fc from "fast-check";
import { judgePrices, type RawPrice } from "../../src/feeds/judge_prices.ts";

const MARKETS = [
  { marketType: "1x2", period: "regulation", label: "" },
  { marketType: "total", period: "regulation", label: "" },
  { marketType: "asian_handicap", period: "first_half", label: "" },
  { marketType: "unknown", period: "unknown", label: "Corners Race To" },
];

/** Elements as a feed might write them, sound and broken, with identities that collide often. */
const raws: fc.Arbitrary<RawPrice[]> = fc.array(
  fc.record({
    market: fc.constantFrom(...MARKETS),
    book: fc.constantFrom("bet365", "bet365", "other"),
    line: fc.option(fc.constantFrom("2.5", "-1.25", "x"), { nil: undefined }),
    outcome: fc.constantFrom("home", "draw", "away"),
    price: fc.constantFrom("2.10", "1.95", "1.00", "0", "", "abc", "15.00"),
    stopped: fc.boolean(),
    sourceMarket: fc.constant("Any"),
  }),
  { maxLength: 60, size: "max" },
);

test("judgePrices counts every element as exactly one of open, suspended and quarantined", () => {
  fc.assert(
    fc.property(raws, (elements) => {
      const { tally, quarantined } = judgePrices("1", elements);
      const aside = Object.values(tally.quarantined).reduce((sum, count) => sum + count, 0);
      expect(tally.open + tally.suspended + aside).toBe(elements.length);
      expect(quarantined).toHaveLength(aside);
      expect(tally.suspended).toBe(elements.filter(({ stopped }) => stopped).length);
    }),
  );
});

test("judgePrices yields each identity once, sound, and open only if every element of it is and all agree", () => {
  fc.assert(
    fc.property(raws, (elements) => {
      const { prices } = judgePrices("1", elements);
      const identities = prices.map(({ price, suspended, ...identity }) => JSON.stringify(identity));
      expect(new Set(identities).size).toBe(prices.length);
      for (const offered of prices) {
        expect(offered.price.numerator > offered.price.denominator).toBe(true);
        if (offered.suspended) continue;
        const same = elements.filter(
          (raw) =>
            raw.book === offered.book &&
            raw.outcome === offered.outcome &&
            raw.market.marketType === offered.marketType &&
            quartersOf(raw.line) === offered.lineQuarters &&
            Number(raw.price) > 1,
        );
        expect(same.some(({ stopped }) => stopped)).toBe(false);
        expect(new Set(same.map(({ price }) => price)).size).toBe(1);
      }
    }),
  );
});

test("judgePrices says the same of the same elements whatever their order", () => {
  fc.assert(
    fc.property(raws, fc.infiniteStream(fc.nat()), (elements, keys) => {
      const shuffled = elements
        .map((raw) => ({ raw, key: keys.next().value as number }))
        .sort((one, other) => one.key - other.key)
        .map(({ raw }) => raw);
      const open = (list: readonly RawPrice[]) =>
        judgePrices("1", list)
          .prices.filter(({ suspended }) => !suspended)
          .map(({ price, ...rest }) => `${JSON.stringify(rest)} ${price.numerator}/${price.denominator}`)
          .sort();
      expect(open(shuffled)).toEqual(open(elements));
    }),
  );
});

function quartersOf(line: string | undefined): number | null | undefined {
  if (line === undefined) return null;
  const quarters = Number(line) * 4;
  return line !== "" && Number.isInteger(quarters) ? quarters : undefined;
}
