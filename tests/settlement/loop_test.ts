import { expect, setDefaultTimeout, test } from "bun:test";
import { fraction } from "../../src/markets/mod.ts";
import { readPlayerAccount, transfer } from "../../src/wallets/mod.ts";
import { NOW, openHouse } from "../bets/betting_house.ts";
import { openDatabase } from "../harness/mod.ts";
import { audit } from "./audit.ts";
import { openStepper } from "./stepping.ts";

setDefaultTimeout(60_000);

test("settlementStep pays a winner its price, a loser nothing, and the book the difference", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 1000n });
  await house.place(seat, { eventId, outcome: "draw", stakeMinor: 300n });
  await house.place(seat, { eventId, outcome: "away", stakeMinor: 200n });
  await house.recordResult(eventId, { score: [2, 1] });

  const done = await openStepper(database).drain();

  // 10,000 − 1,500 staked + 1,000 × 2.25 returned.
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 10_750n, heldMinor: 0n });
  expect(done).toEqual({ enqueued: 1, finished: 1, settled: 3, failed: 0 });
  expect(await book(database)).toEqual([{ sum: -750n }]);
  expect(await audit(database)).toEqual([]);
});

test("settlementStep gives the stake back when the result is void", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 5000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 777n });
  await house.recordResult(eventId, {});

  await openStepper(database).drain();

  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 5000n, heldMinor: 0n });
  const rows = await database.owner("select result, void_halves, reason, return_minor from settlements");
  expect(rows).toEqual([{ result: 0, void_halves: 2, reason: "result_void", return_minor: 777n }]);
  expect(await audit(database)).toEqual([]);
});

test("settlementStep rounds an exact return once, halves to the player", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const price = fraction(3n, 2n);
  const eventId = await house.addEvent({ prices: { home: price, draw: price, away: price } });
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 333n, price });
  await house.recordResult(eventId, { score: [1, 0] });

  await openStepper(database).drain();

  // 333 × 3/2 = 499.5
  const rows = await database.owner(
    "select return_numerator, return_denominator, return_minor from settlements",
  );
  expect(rows).toEqual([{ return_numerator: "999", return_denominator: "2", return_minor: 500n }]);
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 1167n, heldMinor: 0n });
});

test("settlementStep settles each tenant's bets on the event, and a second time does nothing", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const seats = [
    await house.addPlayer({ depositMinor: 500n }),
    await house.addPlayer({ depositMinor: 500n, currency: "JPY" }),
    await house.addPlayer({ depositMinor: 500n, currency: "KWD" }),
  ];
  for (const seat of seats) await house.place(seat, { eventId, outcome: "home", stakeMinor: 400n });
  await house.recordResult(eventId, { score: [3, 0] });
  const stepper = openStepper(database);

  const done = await stepper.drain();
  const again = await stepper.step();

  expect(done).toEqual({ enqueued: 3, finished: 3, settled: 3, failed: 0 });
  expect(again).toEqual({ worked: false, counts: { enqueued: 0, finished: 0, settled: 0, failed: 0 } });
  for (const seat of seats)
    expect(await house.balance(seat)).toMatchObject({ cashMinor: 1000n, heldMinor: 0n });
  expect(await database.owner("select 1 from settlement_jobs")).toEqual([]);
  expect(await audit(database)).toEqual([]);
});

test("settlementStep leaves bets on events without a result alone", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 500n });
  const [played, awaited] = [await house.addEvent(), await house.addEvent()];
  await house.place(seat, { eventId: awaited, outcome: "home", stakeMinor: 100n });
  await house.recordResult(played, { score: [1, 0] });

  const done = await openStepper(database).drain();

  expect(done).toEqual({});
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 400n, heldMinor: 100n });
});

test("settlementStep grades by the newest version of a result", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 500n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "away", stakeMinor: 100n });
  await house.recordResult(eventId, { version: 1, score: [1, 0] });
  await house.recordResult(eventId, { version: 2, score: [1, 2] });

  await openStepper(database).drain();

  expect(await house.balance(seat)).toMatchObject({ cashMinor: 700n });
  expect(await database.owner("select result_version from settlements")).toEqual([{ result_version: 2 }]);
  expect(await database.owner("select result_version from bet_legs")).toEqual([{ result_version: 2 }]);
});

test("settlementStep takes on a bounded piece of work, and ends between two transactions when told to", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 500n });
  const eventId = await house.addEvent();
  for (let count = 0; count < 10; count++)
    await house.place(seat, { eventId, outcome: "home", stakeMinor: 10n });
  await house.recordResult(eventId, { score: [0, 0] });
  const stopping = new AbortController();

  const bounded = await openStepper(database, { limits: { batchMax: 2, batchesMax: 3 } }).step();
  stopping.abort();
  const stopped = await openStepper(database, { stopping: stopping.signal }).step();

  expect(bounded).toEqual({ worked: true, counts: { enqueued: 1, finished: 0, settled: 6, failed: 0 } });
  expect(stopped).toMatchObject({ worked: false, counts: { settled: 0 } });
  expect(await openStepper(database).drain()).toMatchObject({ settled: 4, finished: 1 });
});

test("settlementStep gives each tenant's job a batch in turn, the longest too", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const seats = [];
  for (const bets of [9, 1, 1]) {
    const seat = await house.addPlayer({ depositMinor: 500n });
    for (let count = 0; count < bets; count++)
      await house.place(seat, { eventId, outcome: "home", stakeMinor: 10n });
    seats.push(seat);
  }
  await house.recordResult(eventId, { score: [0, 1] });

  await openStepper(database, { limits: { batchMax: 2, batchesMax: 3 } }).step();

  const held = await Promise.all(seats.map(async (seat) => (await house.balance(seat)).heldMinor));
  expect(held).toEqual([70n, 0n, 0n]);
});

test("settlementStep lets a job wait that is stuck behind a lock, and settles the others", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const [stuck, free] = [
    await house.addPlayer({ depositMinor: 500n }),
    await house.addPlayer({ depositMinor: 500n }),
  ];
  for (const seat of [stuck, free]) await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  await house.recordResult(eventId, { score: [1, 0] });
  const [row] = await database.owner<{ bet_id: string }>("select bet_id from bets where tenant_id = $1", [
    stuck.tenantId,
  ]);
  await using other = await house.pool.lease({
    access: "write",
    tenantId: stuck.tenantId,
    deadlineMs: 20_000,
  });
  // A transaction key that is being taken: whoever wants it waits for the outcome, as an insert does.
  const { cashAccountId, heldAccountId } = await readPlayerAccount(other.connection, stuck);
  await transfer(other.connection, {
    tenantId: stuck.tenantId,
    idempotencyKey: `settlement/${row?.bet_id}/1`,
    kind: "adjustment",
    currency: "EUR",
    entries: [
      { accountId: cashAccountId, amountMinor: -1n },
      { accountId: heldAccountId, amountMinor: 1n },
    ],
    occurredAt: NOW,
  });
  const stepper = openStepper(database, {
    pool: database.pool("linehold_settlement", { deadlineMs: 700, overdueMs: 10_000 }),
  });

  const done = await stepper.step();

  expect(done).toMatchObject({ worked: true, counts: { settled: 1, failed: 0 } });
  expect(await house.balance(free)).toMatchObject({ cashMinor: 625n });
  expect(await house.balance(stuck)).toMatchObject({ cashMinor: 400n, heldMinor: 100n });
  await other[Symbol.asyncDispose]();
  // The abandoned transaction ends on the server when it may, and only then are its bets free.
  const paid = async () => (await house.balance(stuck)).cashMinor === 625n;
  for (let tries = 0; tries < 200 && !(await paid()); tries++) {
    await Bun.sleep(25);
    stepper.wait(2000);
    await stepper.drain();
  }
  expect(await house.balance(stuck)).toMatchObject({ cashMinor: 625n, heldMinor: 0n });
  expect(await audit(database)).toEqual([]);
});

test("many copies of settlementStep at once pay every bet once", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const events = await Promise.all(Array.from({ length: 3 }, () => house.addEvent()));
  const seats = await Promise.all(
    Array.from({ length: 4 }, () => house.addPlayer({ depositMinor: 10_000n })),
  );
  for (const eventId of events) {
    for (const seat of seats) {
      await Promise.all(
        Array.from({ length: 5 }, () => house.place(seat, { eventId, outcome: "home", stakeMinor: 100n })),
      );
    }
    await house.recordResult(eventId, { score: [1, 0] });
  }
  const steppers = Array.from({ length: 6 }, () =>
    openStepper(database, {
      limits: { batchMax: 3, pauseMs: 0 },
      pool: database.pool("linehold_settlement", { max: 1, overdueMs: 10_000 }),
    }),
  );

  let worked = true;
  while (worked)
    worked = (await Promise.all(steppers.map(({ step }) => step()))).some((report) => report.worked);

  const [settled] = await database.owner("select count(*)::integer as bets from settlements");
  expect(settled).toEqual({ bets: 60 });
  // 10,000 − 1,500 staked + 15 × 225 returned.
  for (const seat of seats)
    expect(await house.balance(seat)).toMatchObject({ cashMinor: 11_875n, heldMinor: 0n });
  expect(await database.owner("select 1 from settlement_jobs")).toEqual([]);
  expect(steppers.flatMap(({ failures }) => failures)).toEqual([]);
  expect(await audit(database)).toEqual([]);
});

function book(database: { owner: <R extends object>(text: string) => Promise<R[]> }) {
  return database.owner(
    `select sum(amount_minor)::bigint as sum
     from entries join accounts using (tenant_id, account_id)
     where kind = 'house_book'`,
  );
}
