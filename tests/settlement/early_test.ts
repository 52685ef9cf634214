import { expect, setDefaultTimeout, test } from "bun:test";
import { audit } from "./audit.ts";
import { ended, live, openToldHouse, score, status } from "./telling.ts";

setDefaultTimeout(60_000);

test("an over is paid while the match runs, the rest waits without an attempt, and the end settles it", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent();
  await house.addTotals(eventId);
  const early = await house.total(seat, { eventId, over: 0.5, stakeMinor: 1000n });
  const late = await house.total(seat, { eventId, over: 1.5, stakeMinor: 1000n });
  const home = await house.place(seat, { eventId, outcome: "home", stakeMinor: 1000n });

  const running = await house.tell(eventId, live(1, 0));
  const between = await Promise.all([early, late, home].map(house.stateOf));
  const waiting = await house.database.owner(
    "select settlement_attempts, settlement_failure, settlement_retry_at from bets where state = 'open' group by 1, 2, 3",
  );
  const jobs = await house.database.owner("select 1 from settlement_jobs");
  const over = await house.tell(eventId, ended(1, 0));

  expect(running).toMatchObject({ settled: 1, failed: 0, finished: 1 });
  expect(between.map(({ state }) => state)).toEqual(["settled", "open", "open"]);
  expect(waiting).toEqual([{ settlement_attempts: 0, settlement_failure: null, settlement_retry_at: null }]);
  expect(jobs).toEqual([]);
  expect(over).toMatchObject({ settled: 2, failed: 0 });
  // 7000 + 2000 won at evens + 2250 won at 9/4; the other over is lost.
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 11_250n, heldMinor: 0n });
  expect(house.stepper.failures).toEqual([]);
  expect(await audit(house.database)).toEqual([]);
});

test("a version that changes nothing claims no bet and writes no grade", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent();
  await house.addTotals(eventId);
  await house.total(seat, { eventId, over: 3.5, stakeMinor: 1000n });
  await house.tell(eventId, live(1, 0));
  const grades = () => house.database.owner("select * from outcome_grades order by result_version");
  const before = await grades();

  const again = await house.tell(eventId, live(2, 0));

  expect(again).toEqual({ enqueued: 1, finished: 1, settled: 0, failed: 0 });
  expect(await grades()).toEqual(before);
});

test("a bet under the rules before pays at the end what one under today's is paid at once", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent();
  await house.addTotals(eventId);
  const old = await house.total(seat, { eventId, over: 0.5, stakeMinor: 1000n });
  const young = await house.total(seat, { eventId, over: 0.5, stakeMinor: 1000n });
  await house.database.owner("update bets set rules_version = 1 where bet_id = $1", [old.betId]);

  await house.tell(eventId, live(1, 0));
  const between = [await house.stateOf(old), await house.stateOf(young)];
  await house.tell(eventId, ended(1, 0));

  expect(between.map(({ state }) => state)).toEqual(["open", "settled"]);
  expect((await house.stateOf(old)).state).toBe("settled");
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 12_000n, heldMinor: 0n });
  expect(await audit(house.database)).toEqual([]);
});

test("an outcome whose count is missing at the end waits for it, whatever else is settled", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent();
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 1000n });

  const blind = await house.tell(eventId, status("ended"));
  const told = await house.tell(eventId, score(0, 0, { final: true }));

  expect(blind).toEqual({ enqueued: 1, finished: 1, settled: 0, failed: 0 });
  expect(told).toMatchObject({ settled: 1, failed: 0 });
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 9000n, heldMinor: 0n });
});

test("a postponed event gives the stakes back when its window has passed, though nobody says anything", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent({ startsAt: new Date("2025-09-22T00:00:00Z") });
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 1000n });

  const first = await house.tell(eventId, status("postponed"));
  house.stepper.wait(3_600_000);
  const later = await house.stepper.drain();
  house.stepper.wait(48 * 3_600_000);
  const passed = await house.stepper.drain();
  house.stepper.wait(48 * 3_600_000);
  const after = await house.stepper.drain();

  expect(first).toMatchObject({ settled: 0, finished: 1 });
  expect(later).toMatchObject({ settled: 0, finished: 1 });
  expect(passed).toMatchObject({ settled: 1 });
  expect(after).toEqual({});
  expect(await house.database.owner("select reason from settlements")).toEqual([{ reason: "postponed" }]);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 10_000n, heldMinor: 0n });
  expect(await audit(house.database)).toEqual([]);
});

test("an operator's word counts for his own tenant's bets alone", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const [mine, other] = [
    await house.addPlayer({ depositMinor: 1000n }),
    await house.addPlayer({ depositMinor: 1000n }),
  ];
  const eventId = await house.addEvent();
  for (const seat of [mine, other]) await house.place(seat, { eventId, outcome: "home", stakeMinor: 1000n });

  await house.tell(eventId, ended(1, 0));
  await house.say(eventId, ended(0, 1), mine.tenantId);
  await house.stepper.drain();

  expect(await house.balance(mine)).toMatchObject({ cashMinor: 0n, heldMinor: 0n });
  expect(await house.balance(other)).toMatchObject({ cashMinor: 2250n, heldMinor: 0n });
  expect(await audit(house.database)).toEqual([]);
});
