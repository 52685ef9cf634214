import { expect, setDefaultTimeout, test } from "bun:test";
import { openHouse } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { audit } from "./audit.ts";
import { openStepper } from "./stepping.ts";

setDefaultTimeout(60_000);

/** Ways in which one bet can be impossible to settle: in our own rules, in the ledger, and in the database. */
const POISONS = [
  {
    name: "whose market has no rule",
    arrange: (database: TestDatabase, betId: string) =>
      database.owner("update bet_legs set market_type = 'total' where bet_id = $1", [betId]),
    failure: "leg_ungradable",
  },
  {
    name: "whose return does not fit the database's integers",
    arrange: (database: TestDatabase, betId: string) =>
      database.owner(
        "update bet_legs set price_numerator = 9000000000000000000, price_denominator = 1 where bet_id = $1",
        [betId],
      ),
    failure: "22003",
  },
  {
    name: "which the ledger has paid before",
    arrange: async (database: TestDatabase, betId: string) => {
      await database.owner("begin");
      await database.owner(
        `insert into transfers (
           tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version, occurred_at
         )
         select tenant_id,
           (lpad(to_hex(floor(extract(epoch from placed_at) * 1000)::bigint), 12, '0') || right(replace(gen_random_uuid()::text, '-', ''), 20))::uuid,
           'settlement/' || bet_id || '/1', 'settlement', currency, 2, bet_id, 1, placed_at
         from bets
         where bet_id = $1`,
        [betId],
      );
      await database.owner(
        `insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
         select transfers.tenant_id, transfer_id, account_id, transfers.currency,
           case when accounts.kind = 'clearing' then 1 else -1 end
         from transfers
         join accounts using (tenant_id, currency)
         where transfers.kind = 'settlement' and bet_id = $1 and accounts.kind in ('clearing', 'house_book')`,
        [betId],
      );
      await database.owner("commit");
    },
    failure: "transfer_repeated",
  },
  {
    name: "whose player has no account",
    arrange: async (database: TestDatabase, betId: string) => {
      await database.owner("update bets set currency = 'USD' where bet_id = $1", [betId]);
    },
    failure: "account_missing",
  },
] as const;

for (const { name, arrange, failure } of POISONS) {
  test(`a bet ${name} is tried again later, then quarantined, and never keeps another from being paid`, async () => {
    await using database = await openDatabase();
    const house = openHouse(database);
    const seat = await house.addPlayer({ depositMinor: 10_000n });
    const eventId = await house.addEvent();
    const bets = [];
    for (let count = 0; count < 7; count++)
      bets.push(await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n }));
    const poisoned = bets[3]?.betId ?? "";
    await arrange(database, poisoned);
    await house.recordResult(eventId, { score: [1, 0] });
    const stepper = openStepper(database, {
      limits: { attemptsMax: 3, retryMs: 60_000, pauseMs: 1000, batchMax: 5 },
    });

    const first = await stepper.drain();
    const soon = await stepper.drain();
    stepper.wait(60_000);
    await stepper.drain();
    stepper.wait(60_000);
    const last = await stepper.drain();

    expect(first).toMatchObject({ settled: 6, failed: 1, finished: 0 });
    expect(soon).toEqual({});
    expect(last).toMatchObject({ settled: 0, failed: 1, finished: 1 });
    expect(stepper.failures.map((seen) => [seen.betId, seen.failure, seen.quarantined])).toEqual([
      [poisoned, expect.stringContaining(failure), false],
      [poisoned, expect.stringContaining(failure), false],
      [poisoned, expect.stringContaining(failure), true],
    ]);
    expect(await database.owner("select bet_id, state from bets where state <> 'settled'")).toEqual([
      { bet_id: poisoned, state: "quarantined" },
    ]);
    expect(await house.balance(seat)).toMatchObject({ cashMinor: 9300n + 6n * 225n, heldMinor: 100n });
    const faults = await audit(database);
    // What was done to the bet, that it is on something else now, shows in what is held for its event too.
    expect(faults.filter(({ subject }) => subject !== poisoned && !subject.startsWith(eventId))).toEqual([]);
  });
}

test("jobs that can only wait make room for others", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const stepper = openStepper(database, { limits: { batchesMax: 3 } });
  for (let count = 0; count < 4; count++) {
    const eventId = await house.addEvent();
    await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
    await house.recordResult(eventId, { score: [1, 0] });
  }
  await database.owner("update bet_legs set market_type = 'total'");
  for (let count = 0; count < 4; count++) await stepper.step();
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  await house.recordResult(eventId, { score: [1, 0] });

  const done = await stepper.drain();

  expect(done).toMatchObject({ settled: 1, failed: 0 });
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 9500n + 225n, heldMinor: 400n });
});
