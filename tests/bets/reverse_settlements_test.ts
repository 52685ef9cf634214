import { expect, test } from "bun:test";
import { SettlementMissingError } from "../../src/bets/errors.ts";
import { transferOf } from "../../src/bets/reverse_settlements.ts";

const AT = new Date("2025-08-15T21:00:00Z");
const REVERSAL = {
  ...{ betId: "bet", currency: "EUR", reversesVersion: 1, settlementVersion: 2 },
  reason: "result_corrected",
} as const;
const paid = (betId: string, accountId: string, amountMinor: bigint) => ({
  ...{ betId, accountId, amountMinor },
  isCash: accountId === "cash",
});
const entries = new Map([
  ["other", [paid("other", "held", -7n), paid("other", "book", 7n)]],
  ["bet", [paid("bet", "held", -500n), paid("bet", "book", -450n), paid("bet", "cash", 950n)]],
]);

test("transferOf gives back what a settlement took, and takes what it gave, under the reversal's own version", () => {
  expect(transferOf(REVERSAL, { entries, tenantId: "acme", at: AT })).toEqual({
    ...{ tenantId: "acme", idempotencyKey: "settlement/bet/2", kind: "reversal", currency: "EUR" },
    entries: [
      { accountId: "held", amountMinor: 500n },
      { accountId: "book", amountMinor: 450n },
      { accountId: "cash", amountMinor: -950n },
    ],
    ...{ betId: "bet", settlementVersion: 2, occurredAt: AT },
  });
});

test("transferOf throws SettlementMissingError if the ledger has not paid that settlement, and names its version", () => {
  const missing = { ...REVERSAL, betId: "unknown" };

  expect(() => transferOf(missing, { entries, tenantId: "acme", at: AT })).toThrow(
    new SettlementMissingError({ betId: "unknown", settlementVersion: 1 }),
  );
});
