import { expect, test } from "bun:test";
import fc from "fast-check";
import { compare, formatDecimalPrice, fraction, ONE, parseDecimalPrice } from "../../src/markets/mod.ts";
import { withMargin } from "../../src/odds/margin.ts";
import { priceFor } from "../../src/odds/mod.ts";
import { NEUTRAL_SETTINGS, offerOf } from "../../src/odds/offer.ts";
import { MARGIN_BPS_MAX } from "../../src/odds/offer_contract.ts";

/** What a source may write: decimals of up to six digits, and what American odds come to. */
const price = fc.oneof(
  fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.bigInt({ min: 1n, max: 10n ** 9n }))
    .map(([places, above]) => fraction(10n ** BigInt(places) + above, 10n ** BigInt(places))),
  fc.bigInt({ min: 101n, max: 100_000n }).map((staked) => fraction(staked + 100n, staked)),
);
const margin = fc.integer({ min: 1, max: MARGIN_BPS_MAX });

test.each([
  ["2", 500, "1.95"],
  ["1.62", 500, "1.58"],
  ["1.909091", 500, "1.86"],
  ["1001", 10, "1000.00"],
  ["1.02", 500, "1.01"],
  ["1.01", 500, "nothing"],
  ["1.909091", 0, "1.909091"],
])("a price of %p under %p basis points is shown as %p", (stored, bps, shown) => {
  const offered = withMargin(parseDecimalPrice(stored) ?? ONE, bps);

  expect(offered === undefined ? "nothing" : formatDecimalPrice(offered)).toBe(shown);
});

test("a margin never raises a price, never leaves one at or below 1, and takes no more than it says and a hundredth", () => {
  fc.assert(
    fc.property(price, margin, (stored, bps) => {
      const offered = withMargin(stored, bps);

      if (offered === undefined) {
        // Only where less than a hundredth would be won.
        const won = ((stored.numerator - stored.denominator) * BigInt(10_000 - bps) * 100n) / 10_000n;
        expect(won).toBeLessThan(stored.denominator);
        return;
      }
      expect(compare(offered, stored)).toBeLessThanOrEqual(0);
      expect(compare(offered, ONE)).toBe(1);
      const kept = fraction(
        stored.denominator * 10_000n + (stored.numerator - stored.denominator) * BigInt(10_000 - bps),
        stored.denominator * 10_000n,
      );
      expect(compare(offered, kept)).toBeLessThanOrEqual(0);
      const next = fraction(offered.numerator * 100n + offered.denominator, offered.denominator * 100n);
      expect(compare(next, kept)).toBe(1);
    }),
    { numRuns: 2000 },
  );
});

test("of two prices the higher one stays the higher one or becomes the same", () => {
  fc.assert(
    fc.property(price, price, margin, (one, other, bps) => {
      const [low, high] = compare(one, other) <= 0 ? [one, other] : [other, one];

      const [offeredLow, offeredHigh] = [withMargin(low, bps), withMargin(high, bps)];

      if (offeredHigh === undefined) expect(offeredLow).toBeUndefined();
      else expect(compare(offeredLow ?? ONE, offeredHigh)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 2000 },
  );
});

test("a higher margin never offers more", () => {
  fc.assert(
    fc.property(price, margin, margin, (stored, one, other) => {
      const [low, high] = [Math.min(one, other), Math.max(one, other)];

      expect(compare(withMargin(stored, high) ?? ONE, withMargin(stored, low) ?? ONE)).toBeLessThanOrEqual(0);
    }),
    { numRuns: 1000 },
  );
});

test("what is shown in decimal under a margin is exactly what is offered", () => {
  fc.assert(
    fc.property(price, margin, (stored, bps) => {
      const offered = withMargin(stored, bps);
      if (offered === undefined) return;

      const [whole = "", decimals = ""] = formatDecimalPrice(offered).split(".");
      expect(fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length))).toEqual(offered);
      expect(decimals).toHaveLength(2);
    }),
    { numRuns: 1000 },
  );
});

test("without a margin the price is the stored one itself, however fine", () => {
  fc.assert(
    fc.property(price, (stored) => {
      expect(withMargin(stored, 0)).toBe(stored);
    }),
  );
});

test("a rule for sport and market type comes before one for the type, that before one for the sport, that before the general margin", () => {
  const { profile } = offerOf("a", {
    ...NEUTRAL_SETTINGS,
    marginBps: 1000,
    margins: [
      { sport: "soccer", marginBps: 2000 },
      { marketType: "1x2", marginBps: 3000 },
      { sport: "soccer", marketType: "1x2", marginBps: 4000 },
      { sport: "tennis", marginBps: 0 },
    ],
  });
  const under = (sport: string, marketType: string) => {
    const offered = priceFor(profile, { sport, marketType }, fraction(3n));
    return offered === undefined ? "" : formatDecimalPrice(offered);
  };

  expect(under("soccer", "1x2")).toBe("2.20");
  expect(under("futsal", "1x2")).toBe("2.40");
  expect(under("soccer", "total")).toBe("2.60");
  expect(under("futsal", "total")).toBe("2.80");
  expect(under("tennis", "total")).toBe("3.00");
});
