import { expect, setDefaultTimeout, test } from "bun:test";
import {
  readFlows,
  readLimitUse,
  readPlayerAccount,
  type TransferKind,
  transfer,
} from "../../src/wallets/mod.ts";
import { NOW, openHouse } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";

setDefaultTimeout(60_000);

const HOUR_MS = 3_600_000;
const ago = (hours: number) => new Date(NOW.getTime() - hours * HOUR_MS);

async function arrange(database: TestDatabase) {
  const house = openHouse(database);
  const seat = await house.addPlayer();
  const { tenantId, currency } = seat;
  const move = async (
    kind: TransferKind,
    amountMinor: bigint,
    occurredAt: Date,
    of: { readonly betId?: string; readonly settlementVersion?: number } = {},
  ) => {
    await using lease = await house.pool.lease({ access: "write", tenantId });
    const { cashAccountId, bookAccountId } = await readPlayerAccount(lease.connection, seat);
    const entries = [
      { accountId: cashAccountId, amountMinor },
      { accountId: bookAccountId, amountMinor: -amountMinor },
    ];
    const idempotencyKey = crypto.randomUUID();
    await transfer(lease.connection, {
      tenantId,
      idempotencyKey,
      kind,
      currency,
      entries,
      occurredAt,
      ...of,
    });
    await lease.commit();
  };
  const flows = async (...since: Date[]) => {
    await using lease = await house.pool.lease({ tenantId });
    return await readFlows(lease.connection, { ...seat, since });
  };
  return { house, seat, move, flows };
}

const flow = (depositedMinor: bigint, stakedMinor: bigint, returnedMinor: bigint) => ({
  depositedMinor,
  stakedMinor,
  returnedMinor,
});

test("readFlows counts what came after each moment, and not what came at it", async () => {
  await using database = await openDatabase();
  const { move, flows } = await arrange(database);
  await move("deposit", 1000n, ago(48));
  await move("deposit", 100n, ago(24));
  await move("deposit", 10n, new Date(ago(24).getTime() + 1));
  await move("withdrawal", -5n, ago(1));
  await move("adjustment", 3n, ago(1));

  expect(await flows(ago(24), ago(72), ago(0))).toEqual([
    flow(10n, 0n, 0n),
    flow(1110n, 0n, 0n),
    flow(0n, 0n, 0n),
  ]);
  expect(await flows()).toEqual([]);
});

test("a stake counts while its bet is open and however it is settled, a correction by what it takes back", async () => {
  await using database = await openDatabase();
  const { move, flows } = await arrange(database);
  await move("deposit", 10_000n, ago(72));
  const [open, won] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];
  await move("stake", -100n, ago(3), { betId: open });
  await move("stake", -200n, ago(30), { betId: won });
  await move("settlement", 500n, ago(2), { betId: won, settlementVersion: 1 });
  await move("settlement", -40n, ago(1), { betId: won, settlementVersion: 2 });

  expect(await flows(ago(24), ago(48))).toEqual([flow(0n, 100n, 460n), flow(0n, 300n, 460n)]);
});

test("a bet that is void now counts for nothing, in whichever window it was staked or voided", async () => {
  await using database = await openDatabase();
  const { move, flows } = await arrange(database);
  await move("deposit", 10_000n, ago(72));
  const [voided, lostThenVoid, voidThenLost] = [Bun.randomUUIDv7(), Bun.randomUUIDv7(), Bun.randomUUIDv7()];
  await move("stake", -100n, ago(30), { betId: voided });
  await move("void", 100n, ago(2), { betId: voided, settlementVersion: 1 });
  await move("stake", -200n, ago(3), { betId: lostThenVoid });
  await move("void", 200n, ago(2), { betId: lostThenVoid, settlementVersion: 2 });
  await move("stake", -400n, ago(3), { betId: voidThenLost });
  await move("void", 400n, ago(2), { betId: voidThenLost, settlementVersion: 1 });
  await move("settlement", -400n, ago(1), { betId: voidThenLost, settlementVersion: 2 });

  expect(await flows(ago(24), ago(48))).toEqual([flow(0n, 400n, 0n), flow(0n, 400n, 0n)]);
});

test("readLimitUse is of the last day, week and month, and a player who is ahead has lost nothing", async () => {
  await using database = await openDatabase();
  const { house, seat, move } = await arrange(database);
  await move("deposit", 1000n, ago(20 * 24));
  await move("deposit", 100n, ago(3 * 24));
  await move("deposit", 10n, ago(1));
  const betId = Bun.randomUUIDv7();
  await move("stake", -300n, ago(3 * 24), { betId });
  await move("settlement", 750n, ago(1), { betId, settlementVersion: 1 });
  await move("stake", -50n, ago(1), { betId: Bun.randomUUIDv7() });
  await using lease = await house.pool.lease({ tenantId: seat.tenantId });

  const use = await readLimitUse(lease.connection, { ...seat, at: NOW });

  expect(use).toEqual({
    deposit: { day: 10n, week: 110n, month: 1110n },
    stake: { day: 50n, week: 350n, month: 350n },
    loss: { day: 0n, week: 0n, month: 0n },
  });
  const nobody = { ...seat, playerId: Bun.randomUUIDv7() };
  expect((await readLimitUse(lease.connection, { ...nobody, at: NOW })).stake).toEqual({
    day: 0n,
    week: 0n,
    month: 0n,
  });
});
