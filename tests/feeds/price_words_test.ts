import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { createPace } from "../../src/feeds/_pace.ts";
import { diffPrices } from "../../src/feeds/diff.ts";
import {
  cleanName,
  columnsOf,
  copyLine,
  digestOf,
  identityOfWords,
  isOpen,
  withFlag,
  wordsByIdentity,
} from "../../src/feeds/price_words.ts";
import { fraction, type OfferedPrice } from "../../src/markets/mod.ts";

const name = fc.string({ unit: "binary", maxLength: 12 });
const price: fc.Arbitrary<OfferedPrice> = fc.record({
  book: fc.constantFrom("bet365", "pinnacle"),
  marketType: fc.constantFrom("total", "unknown"),
  period: fc.constantFrom("match", "first_half"),
  label: name,
  lineQuarters: fc.option(fc.integer({ min: -400, max: 400 }), { nil: null }),
  outcome: name,
  price: fc.integer({ min: 101, max: 100_000 }).map((cents) => fraction(BigInt(cents), 100n)),
  suspended: fc.boolean(),
});

const wordsOf = async (prices: readonly OfferedPrice[]) => await wordsByIdentity(prices, createPace());

describe("the words of a price", () => {
  test("hold every field, apart and in order, whatever the names hold", async () => {
    await fc.assert(
      fc.asyncProperty(price, async (one) => {
        const [[identity, words] = ["", ""]] = await wordsOf([one]);

        const { lines, others } = columnsOf([words]);
        expect(lines).toEqual([one.lineQuarters === null ? null : String(one.lineQuarters)]);
        expect(others.flat()).toEqual([
          one.book,
          one.marketType,
          one.period,
          cleanName(one.label),
          cleanName(one.outcome),
          String(one.price.numerator),
          String(one.price.denominator),
          one.suspended ? "t" : "f",
        ]);
        expect([identityOfWords(words), isOpen(words)]).toEqual([identity, !one.suspended]);
      }),
    );
  });

  test("make one line for COPY with eleven fields and nothing that COPY would read otherwise", async () => {
    await fc.assert(
      fc.asyncProperty(price, async (one) => {
        const [words = ""] = (await wordsOf([one])).values();

        const line = copyLine("event", words, "now");
        expect(line.split("\u001f").length).toBe(11);
        expect(line.indexOf("\n")).toBe(line.length - 1);
        const fields = line.trimEnd().split("\u001f");
        expect(fields[1]).toBe(one.lineQuarters === null ? "\\N" : String(one.lineQuarters));
        for (const field of fields.slice(2)) expect(field.replaceAll("\\\\", "")).not.toContain("\\");
      }),
    );
  });

  test("have one digest in any order, and another when anything of them is another", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(price, { minLength: 1, maxLength: 20 }), async (prices) => {
        const words = [...(await wordsOf(prices)).values()];
        const [first = "", ...rest] = words;

        expect(digestOf(words.toReversed())).toBe(digestOf(words));
        expect(digestOf(rest)).not.toBe(digestOf(words));
        expect(digestOf([withFlag(first, isOpen(first) ? "t" : "f"), ...rest])).not.toBe(digestOf(words));
      }),
    );
  });
});

test("diffPrices yields exactly what turns the stored prices into the wanted ones, absent ones suspended", async () => {
  const few = price.map((one) => ({ ...one, label: "", outcome: one.suspended ? "A" : "B" }));
  await fc.assert(
    fc.asyncProperty(
      fc.array(few, { maxLength: 8 }),
      fc.array(few, { maxLength: 8 }),
      async (before, after) => {
        const stored = await wordsOf(before);
        const wanted = await wordsOf(after);

        const changes = diffPrices(wanted, [...stored.values()]);

        const result = new Map(stored);
        for (const words of changes) {
          const identity = identityOfWords(words);
          expect(result.get(identity)).not.toBe(words);
          result.set(identity, words);
        }
        expect(new Set(changes.map(identityOfWords)).size).toBe(changes.length);
        for (const [identity, words] of result) {
          const want = wanted.get(identity);
          if (want === undefined) expect(isOpen(words)).toBe(false);
          else expect(words).toBe(want);
        }
        for (const identity of wanted.keys()) expect(result.has(identity)).toBe(true);
      },
    ),
  );
});
