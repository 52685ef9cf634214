import { expect, test } from "bun:test";
import { formatMinor, minorExponent } from "../../src/wallets/mod.ts";

test("minorExponent is ISO 4217's, also where ICU differs", () => {
  const known = { EUR: 2, GBP: 2, USD: 2, JPY: 0, KRW: 0, KWD: 3, BHD: 3, IQD: 3, HUF: 2 };

  for (const [currency, exponent] of Object.entries(known)) expect(minorExponent(currency)).toBe(exponent);
});

test("minorExponent throws RangeError for what is no currency in use", () => {
  for (const wrong of ["", "eur", "EURO", "EU", "XXX", "DEM", "R T", "RTR", "__proto__"]) {
    expect(() => minorExponent(wrong)).toThrow(RangeError);
  }
});

test("formatMinor writes the currency's own decimals", () => {
  expect(formatMinor(123_450n, "EUR")).toBe("1234.50");
  expect(formatMinor(-5n, "EUR")).toBe("-0.05");
  expect(formatMinor(-1n, "EUR")).toBe("-0.01");
  expect(formatMinor(0n, "EUR")).toBe("0.00");
  expect(formatMinor(123_450n, "JPY")).toBe("123450");
  expect(formatMinor(-7n, "JPY")).toBe("-7");
  expect(formatMinor(1n, "KWD")).toBe("0.001");
});
