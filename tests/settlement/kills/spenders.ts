import { NEGATIVE_BALANCES, saveSettlementPolicy } from "../../../src/bets/mod.ts";
import { liftFreeze } from "../../../src/players/mod.ts";
import type { Pool } from "../../../src/pool/mod.ts";
import { adjust, holdDebits, readBalance, readPlayerAccount, withdraw } from "../../../src/wallets/mod.ts";
import { NOW, type Seat } from "../../bets/betting_house.ts";
import type { TestDatabase } from "../../harness/test_database.ts";

/**
 * Players who take out what they have as soon as they have something: what a correction takes back from them is spent, and its tenant does
 * something about it.
 */
export interface Spenders {
  /** Takes out what is there, and lifts the freeze of a player who owes nothing any more. */
  spend(): Promise<void>;
}

/** Makes the second player of each tenant a spender, and has one tenant after another deal with debts in another way. */
export async function openSpenders(pool: Pool, seats: readonly Seat[]): Promise<Spenders> {
  const spenders = seats.filter((_, index) => index % 2 === 1);
  for (const [index, seat] of spenders.entries()) {
    const { tenantId } = seat;
    const negativeBalance = NEGATIVE_BALANCES[index % NEGATIVE_BALANCES.length] ?? "debt";
    await saveSettlementPolicy(
      { tenantId, change: (before) => ({ ...before, negativeBalance }) },
      { pool, at: NOW, actor: async () => ({ tenantId, system: "kills" }) },
    );
    // The account that debts are written off from is open from then on: what opens it would happen in one transaction of all, of any kind.
    await using lease = await pool.lease({ access: "write", tenantId });
    await adjust(lease.connection, { ...seat, part: "cash", amountMinor: 1n, ...once() });
    await lease.commit();
  }
  return {
    async spend() {
      for (const seat of spenders) await spendAll(pool, seat);
    },
  };
}

/** What corrections have left below zero, by what was done about it. */
export interface Debts {
  readonly writtenOff: number;
  readonly frozen: number;
}

/** How often something was done about a debt. */
export async function countDebts(database: TestDatabase): Promise<Debts> {
  const [counted] = await database.owner<Debts>(`
    select
      (select count(*) from transfers where kind = 'write_off')::integer as "writtenOff",
      (select count(*) from player_freezes)::integer as frozen`);
  return counted ?? { writtenOff: 0, frozen: 0 };
}

async function spendAll(pool: Pool, seat: Seat): Promise<void> {
  const { tenantId, playerId } = seat;
  await using lease = await pool.lease({ access: "write", tenantId, deadlineMs: 10_000 });
  const { connection } = lease;
  const { cashAccountId } = await readPlayerAccount(connection, seat);
  await holdDebits(connection, [cashAccountId]);
  const { cashMinor } = await readBalance(connection, seat);
  if (cashMinor <= 0n) return;
  const operator = { tenantId, keyId: Bun.randomUUIDv7(), name: "kills" };
  await liftFreeze(connection, { playerId, reason: "Nothing is owed" }, { operator, at: NOW });
  await withdraw(connection, { ...seat, amountMinor: cashMinor, ...once() });
  await lease.commit();
}

const once = () => ({ idempotencyKey: crypto.randomUUID(), at: NOW });
