// ISO 4217 (list one, 2025): currencies in use and how many decimals their minor unit has. Funds, metals and test codes are
// left out. Not Intl's table: ICU gives IQD no decimals, ISO 4217 three.
const EXPONENTS: Readonly<Record<0 | 2 | 3, string>> = {
  0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF",
  2: `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP
    CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS
    KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
    PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP
    TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG`,
  3: "BHD IQD JOD KWD LYD OMR TND",
};

/**
 * How many decimals a currency's minor unit has: 2 for EUR, 0 for JPY, 3 for KWD.
 *
 * @throws {RangeError} If ISO 4217 knows no such currency.
 */
export function minorExponent(currency: string): number {
  const known = /^[A-Z]{3}$/.test(currency)
    ? Object.entries(EXPONENTS).find(([, codes]) => codes.includes(currency))
    : undefined;
  if (known === undefined) {
    throw new RangeError(`Cannot use the currency as ISO 4217 does not list it: currency is "${currency}"`);
  }
  return Number(known[0]);
}

/** An amount of minor units as digits of the currency: 123450 of EUR is `1234.50`, of JPY `123450`, of KWD `123.450`. */
export function formatMinor(amountMinor: bigint, currency: string): string {
  const exponent = minorExponent(currency);
  const sign = amountMinor < 0n ? "-" : "";
  const digits = `${amountMinor < 0n ? -amountMinor : amountMinor}`.padStart(exponent + 1, "0");
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
