import { expect, setDefaultTimeout, test } from "bun:test";
import {
  AccountMissingError,
  DepositRefusedError,
  depositDemo,
  InsufficientFundsError,
  openAccounts,
  postTransfers,
  readBalance,
  readHouseAccount,
  readPlayerAccount,
  type Transfer,
  TransferRepeatedError,
  transfer,
} from "../../src/wallets/mod.ts";
import { NOW, openHouse, type Seat } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

setDefaultTimeout(60_000);

async function arrange(database: TestDatabase, depositMinor = 1000n) {
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor });
  const inTenant = async <T>(act: (connection: Parameters<typeof transfer>[0]) => Promise<T>): Promise<T> => {
    await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
    const result = await act(lease.connection);
    await lease.commit();
    return result;
  };
  const accounts = await inTenant((connection) => readPlayerAccount(connection, seat));
  const moved = (amountMinor: bigint, key: string = crypto.randomUUID()): Transfer => ({
    tenantId: seat.tenantId,
    idempotencyKey: key,
    kind: "stake",
    currency: seat.currency,
    entries: [
      { accountId: accounts.cashAccountId, amountMinor: -amountMinor },
      { accountId: accounts.heldAccountId, amountMinor },
    ],
    betId: Bun.randomUUIDv7(),
    occurredAt: NOW,
  });
  return { house, seat, inTenant, accounts, moved };
}

test("transfer moves an amount from one account to another", async () => {
  await using database = await openDatabase();
  const { house, seat, inTenant, moved } = await arrange(database);

  await inTenant((connection) => transfer(connection, moved(300n)));

  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 700n, heldMinor: 300n });
});

test("transfer refuses to take a player's cash below zero, and takes it to zero", async () => {
  await using database = await openDatabase();
  const { house, seat, inTenant, moved, accounts } = await arrange(database);

  const refused = await inTenant((connection) => transfer(connection, moved(1001n))).catch((e: unknown) => e);
  await inTenant((connection) => transfer(connection, moved(1000n)));

  expect(refused).toBeInstanceOf(InsufficientFundsError);
  expect(refused).toMatchObject({
    accountId: accounts.cashAccountId,
    balanceMinor: 1000n,
    neededMinor: 1001n,
  });
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 0n, heldMinor: 1000n });
});

test("postTransfers holds the debits of a whole batch against the balance", async () => {
  await using database = await openDatabase();
  const { house, seat, inTenant, moved } = await arrange(database);
  const batch = [moved(400n), moved(400n), moved(400n)];

  const refused = await inTenant((connection) => postTransfers(connection, seat.tenantId, batch)).catch(
    (e: unknown) => e,
  );

  expect(refused).toMatchObject({ code: "insufficient_funds", neededMinor: 1200n });
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 1000n, heldMinor: 0n });
});

test("transfer throws TransferRepeatedError for a key that moved money before", async () => {
  await using database = await openDatabase();
  const { house, seat, inTenant, moved } = await arrange(database);
  await inTenant((connection) => transfer(connection, moved(300n, "once")));

  const refused = await inTenant((connection) => transfer(connection, moved(300n, "once"))).catch(
    (e: unknown) => e,
  );

  expect(refused).toBeInstanceOf(TransferRepeatedError);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 700n });
});

test("transfer throws RangeError for entries that are no transfer", async () => {
  await using database = await openDatabase();
  const { inTenant, moved, accounts, seat } = await arrange(database);
  const { cashAccountId, heldAccountId, bookAccountId } = accounts;
  const wrong: Transfer["entries"][] = [
    [],
    [{ accountId: cashAccountId, amountMinor: 0n }],
    [
      { accountId: cashAccountId, amountMinor: 5n },
      { accountId: heldAccountId, amountMinor: -4n },
    ],
    [
      { accountId: cashAccountId, amountMinor: 5n },
      { accountId: cashAccountId, amountMinor: -5n },
    ],
    [
      { accountId: cashAccountId, amountMinor: 5n },
      { accountId: heldAccountId, amountMinor: -5n },
      { accountId: bookAccountId, amountMinor: 0n },
    ],
  ];

  for (const entries of wrong) {
    const act = inTenant((connection) => transfer(connection, { ...moved(1n), entries }));
    expect(await act.catch((e: unknown) => e)).toBeInstanceOf(RangeError);
  }
  const foreign = { ...moved(1n), tenantId: Bun.randomUUIDv7() };
  const act = inTenant((connection) => postTransfers(connection, seat.tenantId, [foreign]));
  expect(await act.catch((e: unknown) => e)).toBeInstanceOf(RangeError);
});

test("a credit does not wait for a debit of the same account that is not committed yet", async () => {
  await using database = await openDatabase();
  const { house, seat, moved } = await arrange(database);
  await using debit = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  await transfer(debit.connection, moved(300n));

  await using credit = await house.pool.lease({ access: "write", tenantId: seat.tenantId, deadlineMs: 1000 });
  await depositDemo(credit.connection, depositOf(seat, 50n, "second"));
  await credit.commit();
  await debit.commit();

  expect(await house.balance(seat)).toMatchObject({ cashMinor: 750n, heldMinor: 300n });
});

test("a debit waits for another debit of the same account, and counts what it took", async () => {
  await using database = await openDatabase();
  const { house, seat, inTenant, moved } = await arrange(database);
  await using first = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  await transfer(first.connection, moved(700n));

  const second = inTenant((connection) => transfer(connection, moved(700n))).catch((e: unknown) => e);
  const early = await Promise.race([second, Bun.sleep(100)]);
  await first.commit();

  expect(early).toBeUndefined();
  expect(await second).toMatchObject({ code: "insufficient_funds", balanceMinor: 300n });
});

test("depositDemo pays a verified player from clearing, once per key", async () => {
  await using database = await openDatabase();
  const { house, seat, inTenant } = await arrange(database, 0n);
  const deposit = depositOf(seat, 500n, "k");
  await inTenant((connection) => depositDemo(connection, deposit));
  await inTenant((connection) => depositDemo(connection, deposit));

  expect(await house.balance(seat)).toMatchObject({ cashMinor: 500n });
  for (const [wrong, code] of [
    [depositOf(seat, 501n, "k"), "idempotency_key_reused"],
    [{ ...deposit, player: { ...seat, state: "unverified" }, idempotencyKey: "l" }, "player_not_verified"],
  ] as const) {
    const refused = await inTenant((connection) => depositDemo(connection, wrong)).catch((e: unknown) => e);
    expect(refused).toBeInstanceOf(DepositRefusedError);
    expect(refused).toMatchObject({ code });
  }
  const nothing = inTenant((connection) => depositDemo(connection, depositOf(seat, 0n, "m")));
  expect(await nothing.catch((e: unknown) => e)).toBeInstanceOf(RangeError);
});

test("openAccounts is safe to repeat and to call many times at once", async () => {
  await using database = await openDatabase();
  const { seat, inTenant, accounts } = await arrange(database);

  const opened = await Promise.all(
    Array.from({ length: 4 }, () => inTenant((connection) => openAccounts(connection, { ...seat, at: NOW }))),
  );

  expect(opened).toEqual([accounts, accounts, accounts, accounts]);
  const wrong = inTenant((connection) => openAccounts(connection, { ...seat, currency: "ZZZ", at: NOW }));
  expect(await wrong.catch((e: unknown) => e)).toBeInstanceOf(RangeError);
});

test("the ledger names a wallet that was never opened", async () => {
  await using database = await openDatabase();
  const { seat, inTenant } = await arrange(database);
  const yen = { ...seat, currency: "JPY" };

  for (const act of [
    inTenant((connection) => readBalance(connection, yen)),
    inTenant((connection) => readHouseAccount(connection, { ...yen, kind: "clearing" })),
  ]) {
    expect(await act.catch((e: unknown) => e)).toBeInstanceOf(AccountMissingError);
  }
});

function depositOf(seat: Seat, amountMinor: bigint, idempotencyKey: string) {
  const { tenantId, playerId, currency } = seat;
  const player = { playerId, currency, state: "verified" };
  return { tenantId, player, amountMinor, idempotencyKey, at: NOW };
}
