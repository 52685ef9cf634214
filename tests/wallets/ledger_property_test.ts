import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { depositDemo, InsufficientFundsError, readPlayerAccount, transfer } from "../../src/wallets/mod.ts";
import { NOW, openHouse } from "../bets/betting_house.ts";
import { openDatabase } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";

setDefaultTimeout(60_000);

type Act =
  | { readonly verb: "deposit"; readonly amount: bigint }
  | { readonly verb: "stake"; readonly amount: bigint }
  | { readonly verb: "win"; readonly amount: bigint };

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ verb: fc.constant("deposit" as const), amount: fc.bigInt(1n, 500n) }),
  fc.record({ verb: fc.constant("stake" as const), amount: fc.bigInt(1n, 700n) }),
  fc.record({ verb: fc.constant("win" as const), amount: fc.bigInt(1n, 900n) }),
);

test("the ledger agrees with a plain model after any history, some of it rolled back", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);

  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(act, fc.boolean()), { maxLength: 14 }), async (history) => {
      const seat = await house.addPlayer();
      const model = { cash: 0n, held: 0n };
      for (const [{ verb, amount }, kept] of history) {
        await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
        const { connection } = lease;
        const accounts = await readPlayerAccount(connection, seat);
        const key = crypto.randomUUID();
        const move = (from: string, to: string, kind: "stake" | "settlement") =>
          transfer(connection, {
            tenantId: seat.tenantId,
            idempotencyKey: key,
            kind,
            currency: seat.currency,
            entries: [
              { accountId: from, amountMinor: -amount },
              { accountId: to, amountMinor: amount },
            ],
            betId: Bun.randomUUIDv7(),
            ...(kind === "settlement" ? { settlementVersion: 1 } : {}),
            occurredAt: NOW,
          });
        const next = { ...model };
        if (verb === "deposit") {
          const player = { ...seat, state: "verified" };
          const deposit = {
            tenantId: seat.tenantId,
            player,
            amountMinor: amount,
            idempotencyKey: key,
            at: NOW,
          };
          await depositDemo(connection, deposit);
          next.cash += amount;
        } else if (verb === "win") {
          await move(accounts.bookAccountId, accounts.cashAccountId, "settlement");
          next.cash += amount;
        } else {
          const refused = await move(accounts.cashAccountId, accounts.heldAccountId, "stake").catch((e) => e);
          if (amount > model.cash) {
            expect(refused).toBeInstanceOf(InsufficientFundsError);
            continue;
          }
          next.cash -= amount;
          next.held += amount;
        }
        if (kept) {
          await lease.commit();
          Object.assign(model, next);
        }
      }
      expect(await house.balance(seat)).toEqual({
        currency: "EUR",
        cashMinor: model.cash,
        heldMinor: model.held,
      });
    }),
    { numRuns: 40, seed: 20250919 },
  );

  const faults = await audit(database);
  expect(faults).toEqual([]);
});
