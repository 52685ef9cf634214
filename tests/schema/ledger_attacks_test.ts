import { expect, setDefaultTimeout, test } from "bun:test";
import type { Connection } from "../../src/pool/mod.ts";
import { newTransferId } from "../../src/wallets/ids.ts";
import { openAccounts } from "../../src/wallets/mod.ts";
import { NOW, openHouse, type Seat } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";

setDefaultTimeout(60_000);

interface Ground {
  readonly connection: Connection;
  readonly mine: Seat;
  readonly other: Seat;
  /** An account by kind and tenant: of mine unless said otherwise. */
  account(kind: string, of?: Seat, currency?: string): Promise<string>;
  /** Adds a transfer's row, and no entry. */
  transfer(row?: {
    readonly tenantId?: string;
    readonly count?: number;
    readonly currency?: string;
  }): Promise<string>;
  entry(
    transferId: string,
    accountId: string,
    amount: bigint,
    of?: { tenantId?: string; currency?: string },
  ): Promise<void>;
}

/** What one would do who has stolen the login, took a role and a tenant, and may send any SQL. */
const ATTACKS: Readonly<Record<string, (ground: Ground) => Promise<unknown>>> = {
  "change an amount": ({ connection }) => connection.execute("update entries set amount_minor = 1000000"),
  "change an amount by way of an upsert": async ({ connection, mine }) =>
    connection.execute(
      `insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
       select tenant_id, transfer_id, account_id, currency, 1 from entries where tenant_id = $1
       on conflict (tenant_id, transfer_id, account_id) do update set amount_minor = 1000000`,
      [mine.tenantId],
    ),
  "change an amount by way of a merge": ({ connection }) =>
    connection.execute(
      "merge into entries using (select 1) as one on true when matched then update set amount_minor = 1000000",
    ),
  "remove an entry": ({ connection }) => connection.execute("delete from entries"),
  "remove a transfer": ({ connection }) => connection.execute("delete from transfers"),
  "empty the ledger": ({ connection }) => connection.execute("truncate entries, transfers cascade"),
  "drop the ledger": ({ connection }) => connection.execute("drop table entries"),
  "put the guards to sleep": ({ connection }) =>
    connection.execute("alter table entries disable trigger all"),
  "take a guard away": ({ connection }) => connection.execute("drop trigger entries_balance on entries"),
  "replace a guard": ({ connection }) =>
    connection.execute(
      "create or replace function assert_transfer_balances() returns trigger language plpgsql as 'begin return null; end'",
    ),
  "work as a replica, whose guards sleep": ({ connection }) =>
    connection.execute("set local session_replication_role = replica"),
  "see every tenant's rows": async ({ connection }) => {
    await connection.execute("set local row_security = off");
    await connection.query("select * from entries");
  },
  "become the owner": ({ connection }) => connection.execute("set local role postgres"),
  "make money of nothing": async ({ transfer, entry, account }) => {
    const id = await transfer();
    await entry(id, await account("player_cash"), 1000n);
    await entry(id, await account("house_book"), 1n);
  },
  "make money of nothing, with the guard told to look before there is anything to see": async ({
    connection,
    transfer,
    entry,
    account,
  }) => {
    const id = await transfer();
    await entry(id, await account("player_cash"), -1n);
    await entry(id, await account("house_book"), 1n);
    await connection.execute("set constraints all immediate");
    await connection.execute("set constraints all deferred");
    await entry(id, await account("clearing"), 1000n);
  },
  "add a balanced pair to a transfer of another transaction": async ({ connection, entry, account }) => {
    const [old] = await connection.query<{ id: string }>("select transfer_id as id from transfers");
    await entry(old?.id ?? "", await account("house_book"), -1000n);
    await entry(old?.id ?? "", await account("stakes_held"), 1000n);
  },
  "hide an unbalanced transfer by a change of tenant before the commit": async ({
    connection,
    transfer,
    entry,
    account,
  }) => {
    const id = await transfer();
    await entry(id, await account("player_cash"), 1000n);
    await connection.query("select set_config('app.tenant', $1, true)", [Bun.randomUUIDv7()]);
  },
  "write for another tenant": async ({ other, transfer }) => transfer({ tenantId: other.tenantId }),
  "pay another tenant's account": async ({ other, transfer, entry, account }) => {
    const id = await transfer();
    await entry(id, await account("house_book"), -1000n);
    await entry(id, await account("player_cash", other), 1000n);
  },
  "pay another tenant's account in its own name": async ({ other, transfer, entry, account }) => {
    const id = await transfer();
    await entry(id, await account("house_book"), -1000n);
    await entry(id, await account("player_cash", other), 1000n, { tenantId: other.tenantId });
  },
  "pay one currency with another": async ({ transfer, entry, account, mine }) => {
    const id = await transfer();
    await entry(id, await account("house_book"), -1000n);
    await entry(id, await account("player_cash", mine, "KWD"), 1000n);
  },
  "say that the currency is another": async ({ transfer, entry, account }) => {
    const id = await transfer();
    await entry(id, await account("house_book"), -1000n, { currency: "KWD" });
    await entry(id, await account("player_cash"), 1000n, { currency: "EUR" });
  },
  "enter nothing": async ({ transfer, entry, account }) => {
    const id = await transfer();
    await entry(id, await account("player_cash"), 0n);
    await entry(id, await account("house_book"), 0n);
  },
  "enter twice on one account": async ({ transfer, entry, account }) => {
    const id = await transfer();
    await entry(id, await account("player_cash"), 1000n);
    await entry(id, await account("player_cash"), -1000n);
  },
  "seal a transfer with no entry": ({ transfer }) => transfer({ count: 0 }),
  "wrap a sum around": async ({ transfer, entry, account }) => {
    const id = await transfer({ count: 3 });
    await entry(id, await account("player_cash"), 9_223_372_036_854_775_807n);
    await entry(id, await account("house_book"), 9_223_372_036_854_775_807n);
    await entry(id, await account("clearing"), 2n);
  },
  "choose the number of its transaction": async ({ connection, transfer, account, mine }) => {
    const id = await transfer();
    await connection.execute(
      `insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor, transaction_number)
       values ($1, $2, $3, 'EUR', 1000, 1)`,
      [mine.tenantId, id, await account("player_cash")],
    );
  },
  "write a checkpoint": ({ connection, mine }) =>
    connection.execute(
      `insert into balance_checkpoints
       select $1, account_id, 9000000000000000000, 1000000, 1, gen_random_uuid(), opened_at from accounts where tenant_id = $1`,
      [mine.tenantId],
    ),
  "turn the ledger's clock": ({ connection }) =>
    connection.execute("update ledger_clock set finished_before = 0"),
  "hold a bet's stake twice": async ({ connection, mine }) => {
    const betId = Bun.randomUUIDv7();
    for (const key of ["one", "two"])
      await connection.execute(
        `insert into transfers (tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, occurred_at)
         values ($1, $2, $3, 'stake', 'EUR', 2, $4, $5)`,
        [mine.tenantId, newTransferId(NOW), key, betId, NOW],
      );
  },
  "pay a bet's version twice": async ({ connection, mine }) => {
    const betId = Bun.randomUUIDv7();
    for (const kind of ["settlement", "void"])
      await connection.execute(
        `insert into transfers (tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version, occurred_at)
         values ($1, $2, $3, $3, 'EUR', 2, $4, 1, $5)`,
        [mine.tenantId, newTransferId(NOW), kind, betId, NOW],
      );
  },
  "date a transfer into another time than its id's": ({ connection, mine }) =>
    connection.execute(
      `insert into transfers (tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, occurred_at)
       values ($1, $2, 'k', 'deposit', 'EUR', 2, '2020-01-01')`,
      [mine.tenantId, newTransferId(NOW)],
    ),
  "remove an audit row": ({ connection }) => connection.execute("delete from audit_acts"),
  "change an answer": ({ connection }) => connection.execute("update operator_answers set answer = '{}'"),
};

for (const role of ["linehold_web", "linehold_settlement", "linehold_odds", "linehold_read"]) {
  test(`with any SQL of its own, ${role} cannot break the ledger`, async () => {
    await using database = await openDatabase();
    const { mine, other } = await arrange(database);
    const pool = database.pool(role, { max: 2, overdueMs: 10_000 });
    const before = await whole(database);

    for (const [name, attack] of Object.entries(ATTACKS)) {
      await using lease = await pool.lease({ access: "write", tenantId: mine.tenantId });
      const ground = groundOf(database, lease.connection, { mine, other });
      const done = await attack(ground)
        .then(() => lease.commit())
        .then(
          () => "committed",
          (error: unknown) => (error as { sqlState?: string }).sqlState ?? "refused",
        );
      expect([name, done]).not.toEqual([name, "committed"]);
    }

    expect(await whole(database)).toEqual(before);
    expect(await audit(database)).toEqual([]);
  });
}

test("an honest transfer goes through on the same ground", async () => {
  await using database = await openDatabase();
  const { mine, other } = await arrange(database);
  await using lease = await database.pool("linehold_web").lease({ access: "write", tenantId: mine.tenantId });
  const { transfer, entry, account } = groundOf(database, lease.connection, { mine, other });

  const id = await transfer();
  await entry(id, await account("player_cash"), 5n);
  await entry(id, await account("house_book"), -5n);
  await lease.commit();

  expect(await audit(database)).toEqual([]);
});

test("the owner too is refused what is never done, unless it says that it works as a replica", async () => {
  await using database = await openDatabase();
  await arrange(database);

  for (const statement of [
    "update entries set amount_minor = 1",
    "delete from transfers",
    "truncate entries",
    "truncate balance_checkpoints",
  ]) {
    const refused = await database.owner(statement).catch((error: unknown) => error);
    expect([statement, (refused as { sqlState?: string }).sqlState]).toEqual([statement, "23001"]);
  }
});

async function arrange(database: TestDatabase): Promise<{ mine: Seat; other: Seat }> {
  const house = openHouse(database);
  const mine = await house.addPlayer({ depositMinor: 1000n });
  const other = await house.addPlayer({ depositMinor: 1000n });
  await using lease = await house.pool.lease({ access: "write", tenantId: mine.tenantId });
  await openAccounts(lease.connection, { ...mine, currency: "KWD", at: NOW });
  await lease.commit();
  return { mine, other };
}

/** Ids are given to whoever attacks: they are no secret. */
function groundOf(
  database: TestDatabase,
  connection: Connection,
  { mine, other }: { readonly mine: Seat; readonly other: Seat },
): Ground {
  return {
    connection,
    mine,
    other,
    async account(kind, of = mine, currency = "EUR") {
      const [row] = await database.owner<{ id: string }>(
        `select account_id as id from accounts
         where tenant_id = $1 and kind = $2 and currency = $3 and (player_id is null or player_id = $4)`,
        [of.tenantId, kind, currency, of.playerId],
      );
      return row?.id ?? "";
    },
    async transfer({ tenantId = mine.tenantId, count = 2, currency = "EUR" } = {}) {
      const id = newTransferId(NOW);
      await connection.execute(
        `insert into transfers (tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, occurred_at)
         values ($1, $2, $3, 'deposit', $4, $5, $6)`,
        [tenantId, id, crypto.randomUUID(), currency, count, NOW],
      );
      return id;
    },
    async entry(transferId, accountId, amount, { tenantId = mine.tenantId, currency = "EUR" } = {}) {
      await connection.execute(
        `insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor) values ($1, $2, $3, $4, $5)`,
        [tenantId, transferId, accountId, currency, amount],
      );
    },
  };
}

async function whole(database: TestDatabase): Promise<unknown> {
  return database.owner("select * from entries order by tenant_id, transfer_id, account_id");
}
