import { expect, setDefaultTimeout, test } from "bun:test";
import type { Connection } from "../../src/pool/mod.ts";
import { readPlayerAccount } from "../../src/wallets/mod.ts";
import { NOW, openHouse } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

setDefaultTimeout(60_000);

/** The SQLSTATE and constraint that refuse what `act` does, at the statement or at the commit; `undefined` if nothing does. */
async function refusal(database: TestDatabase, act: (given: Given) => Promise<void>) {
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  const { connection } = lease;
  const accounts = await readPlayerAccount(connection, seat);
  try {
    await act({
      connection,
      tenantId: seat.tenantId,
      cash: accounts.cashAccountId,
      held: accounts.heldAccountId,
    });
    await lease.commit();
  } catch (error) {
    const { sqlState, constraint } = error as { sqlState?: string; constraint?: string };
    return `${sqlState} ${constraint}`;
  }
  return undefined;
}

interface Given {
  readonly connection: Connection;
  readonly tenantId: string;
  readonly cash: string;
  readonly held: string;
}

const TRANSFER = `
  insert into transfers (tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, occurred_at)
  values ($1, $2, $3, 'deposit', $4, $5, '2025-09-19T12:00:00Z')`;
const ENTRY = `
  insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
  values ($1, $2, $3, $4, $5)`;

async function post(
  { connection, tenantId }: Given,
  entries: readonly (readonly [string, bigint])[],
  { currency = "EUR", count = entries.length, key = crypto.randomUUID() as string } = {},
): Promise<string> {
  const transferId = Bun.randomUUIDv7("hex", NOW.getTime());
  await connection.execute(TRANSFER, [tenantId, transferId, key, currency, count]);
  for (const [accountId, amount] of entries)
    await connection.execute(ENTRY, [tenantId, transferId, accountId, currency, amount]);
  return transferId;
}

test("a balanced transfer commits", async () => {
  await using database = await openDatabase();

  const refused = await refusal(database, async (given) => {
    await post(given, [
      [given.cash, -5n],
      [given.held, 5n],
    ]);
  });

  expect(refused).toBeUndefined();
});

const UNBALANCED: Readonly<Record<string, (given: Given) => Promise<unknown>>> = {
  "one that does not sum to zero": (given) =>
    post(given, [
      [given.cash, -5n],
      [given.held, 4n],
    ]),
  "one whose second entry is missing": (given) => post(given, [[given.cash, 5n]], { count: 2 }),
  "one without entries": (given) => post(given, [], { count: 2 }),
  "one with more entries than it declared": async (given) => {
    const { connection, tenantId } = given;
    const transferId = await post(given, [
      [given.cash, -5n],
      [given.held, 5n],
    ]);
    const book = await connection.query<{ id: string }>(
      "select account_id as id from accounts where kind in ('house_book', 'clearing')",
    );
    for (const [index, { id }] of book.entries())
      await connection.execute(ENTRY, [tenantId, transferId, id, "EUR", index === 0 ? 1n : -1n]);
  },
  "balanced entries added to a transfer of long ago": async (given) => {
    const { connection, tenantId } = given;
    const [old] = await connection.query<{ id: string }>("select transfer_id as id from transfers");
    const held = await connection.query<{ id: string }>(
      "select account_id as id from accounts where kind in ('house_book', 'stakes_held')",
    );
    for (const [index, { id }] of held.entries())
      await connection.execute(ENTRY, [tenantId, old?.id, id, "EUR", index === 0 ? 1n : -1n]);
  },
  "one of a transaction that changed its tenant before the commit": async (given) => {
    await post(given, [
      [given.cash, -5n],
      [given.held, 4n],
    ]);
    await given.connection.query("select set_config('app.tenant', $1, true)", [Bun.randomUUIDv7()]);
  },
};

for (const [name, act] of Object.entries(UNBALANCED)) {
  test(`the database refuses to commit ${name}`, async () => {
    await using database = await openDatabase();

    const refused = await refusal(database, async (given) => void (await act(given)));

    expect(refused).toBe("23514 transfer_balances");
  });
}

test("the database refuses an entry of nothing, of another currency, and a second one of the same account", async () => {
  await using database = await openDatabase();
  const entry =
    (accountId: (given: Given) => string, currency: string, amount: bigint) => async (given: Given) => {
      const transferId = await post(given, [[given.cash, -5n]], { count: 2 });
      await given.connection.execute(ENTRY, [given.tenantId, transferId, accountId(given), currency, amount]);
    };

  expect(
    await refusal(
      database,
      entry(({ held }) => held, "EUR", 0n),
    ),
  ).toBe("23514 entries_amount_minor_check");
  expect(
    await refusal(
      database,
      entry(({ cash }) => cash, "EUR", 5n),
    ),
  ).toBe("23505 entries_pkey");
  expect(
    await refusal(
      database,
      entry(({ held }) => held, "USD", 5n),
    ),
  ).toStartWith("23503 entries_tenant_id_");
  expect(
    await refusal(
      database,
      entry(() => Bun.randomUUIDv7(), "EUR", 5n),
    ),
  ).toStartWith("23503 ");
});

test("the database refuses a key twice within a tenant", async () => {
  await using database = await openDatabase();

  const refused = await refusal(database, async (given) => {
    for (const amount of [5n, 6n]) {
      await post(
        given,
        [
          [given.cash, -amount],
          [given.held, amount],
        ],
        { key: "same" },
      );
    }
  });

  expect(refused).toBe("23505 transfers_tenant_id_idempotency_key_key");
});
