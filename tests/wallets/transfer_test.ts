import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import { assertPostable, debitsOf, type Transfer } from "../../src/wallets/transfer.ts";

const moved = (amounts: Readonly<Record<string, bigint>>, of: Partial<Transfer> = {}): Transfer => ({
  ...{ tenantId: "acme", idempotencyKey: "stake/1", kind: "stake", currency: "EUR" },
  entries: Object.entries(amounts).map(([accountId, amountMinor]) => ({ accountId, amountMinor })),
  occurredAt: new Date("2025-08-15T19:00:00Z"),
  ...of,
});
const twice = (amountMinor: bigint) => ({ accountId: "cash", amountMinor });

describe("assertPostable", () => {
  test("takes what its accounts give and receive in equal parts", () => {
    expect(() => assertPostable(moved({ cash: -500n, held: 500n }), "acme")).not.toThrow();
    expect(() => assertPostable(moved({ held: -500n, cash: 450n, book: 50n }), "acme")).not.toThrow();
  });

  test.each<[string, Transfer]>([
    ["it is another tenant's", moved({ cash: -5n, held: 5n }, { tenantId: "bravo" })],
    ["it has fewer than two entries", moved({})],
    ["it has fewer than two entries", moved({ cash: 5n })],
    ["it names an account twice", moved({}, { entries: [twice(-5n), twice(5n)] })],
    ["an entry is zero", moved({ cash: -5n, held: 5n, book: 0n })],
    ["its entries sum to 1", moved({ cash: -4n, held: 5n })],
    ["its entries sum to -1", moved({ cash: -5n, held: 4n })],
  ])("throws RangeError as %s, and names the key", (fault, transfer) => {
    expect(() => assertPostable(transfer, "acme")).toThrow(
      new RangeError(`Cannot post the transfer as ${fault}: key is "stake/1"`),
    );
  });
});

describe("debitsOf", () => {
  test("is what each account gives over all transfers, credits not counted", () => {
    const transfers = [
      moved({ cash: -500n, held: 500n }),
      moved({ held: -200n, cash: 200n }),
      moved({ cash: -1n, book: 1n }),
    ];

    expect([...debitsOf(transfers)]).toEqual([
      ["cash", 501n],
      ["held", 200n],
    ]);
    expect(debitsOf([]).size).toBe(0);
    expect(debitsOf([moved({ cash: 0n, held: 5n })]).size).toBe(0);
  });
});

const amounts = fc.array(fc.bigInt({ min: -9n, max: 9n }), { minLength: 2, maxLength: 5 });

test("a transfer is postable exactly if no entry is zero and nothing is left over, and debits equal credits then", () => {
  fc.assert(
    fc.property(amounts, fc.boolean(), (some, isBalanced) => {
      const rest = -some.reduce((sum, amount) => sum + amount, 0n);
      const all = isBalanced ? [...some, rest] : some;
      const transfer = moved(Object.fromEntries(all.map((amount, index) => [`account ${index}`, amount])));
      const isRight = !all.includes(0n) && (isBalanced || rest === 0n);

      if (isRight) assertPostable(transfer, "acme");
      else expect(() => assertPostable(transfer, "acme")).toThrow(RangeError);

      const given = [...debitsOf([transfer]).values()].reduce((sum, amount) => sum + amount, 0n);
      const received = all.filter((amount) => amount > 0n).reduce((sum, amount) => sum + amount, 0n);
      expect(given === received).toBe(isBalanced || rest === 0n);
    }),
    { numRuns: 500, seed: 42 },
  );
});
