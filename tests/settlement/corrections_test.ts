import { expect, setDefaultTimeout, test } from "bun:test";
import { audit } from "./audit.ts";
import { openStepper } from "./stepping.ts";
import { cancel, ended, live, openToldHouse, status, type ToldHouse, uncancel } from "./telling.ts";

setDefaultTimeout(60_000);

const MINUTE_MS = 60_000;

async function openMatch(scope: AsyncDisposableStack) {
  const house = await openToldHouse(scope);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent();
  await house.addTotals(eventId);
  return { house, seat, eventId };
}

const kinds = async ({ database }: ToldHouse, betId: string) =>
  (
    await database.owner<{ words: string }>(
      `select kind || ' ' || coalesce(settlement_version, 0) as words
       from transfers where bet_id = $1 order by settlement_version nulls first`,
      [betId],
    )
  ).map(({ words }) => words);

test("a corrected score takes back what did not hold and pays what does", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  const home = await house.place(seat, { eventId, outcome: "home", stakeMinor: 1000n });
  const draw = await house.place(seat, { eventId, outcome: "draw", stakeMinor: 1001n });
  const over = await house.total(seat, { eventId, over: 2.5, stakeMinor: 1000n });
  await house.tell(eventId, ended(2, 1));
  const before = await house.balance(seat);

  const done = await house.tell(eventId, ended(2, 2));

  // 6999 + 2250 + 2000, and after it 6999 + 1001 × 3.7 = 3703.7 + 2000.
  expect(before).toMatchObject({ cashMinor: 11_249n, heldMinor: 0n });
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 12_703n, heldMinor: 0n });
  expect(done).toMatchObject({ settled: 2, reversed: 2, failed: 0 });
  expect(await kinds(house, home.betId)).toEqual(["stake 0", "settlement 1", "reversal 2", "settlement 3"]);
  expect(await kinds(house, draw.betId)).toEqual(["stake 0", "settlement 1", "reversal 2", "settlement 3"]);
  expect(await kinds(house, over.betId)).toEqual(["stake 0", "settlement 1"]);
  const reversals = await house.database.owner(
    "select reverses_version, event_id, result_version, reason from settlement_reversals",
  );
  expect(reversals).toEqual(
    [1, 2].map(() => ({
      reverses_version: 1,
      event_id: eventId,
      result_version: 2,
      reason: "result_corrected",
    })),
  );
  expect(await audit(house.database)).toEqual([]);
});

test("a goal rolled back after an early payment opens the bet again, and its exposure with it", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  const bet = await house.total(seat, { eventId, over: 0.5, stakeMinor: 1000n });
  const held = () =>
    house.database.owner<{ held: bigint }>(
      "select sum(used_minor)::bigint as held from exposure_slots where scope = 'event'",
    );
  const atFirst = await held();
  await house.tell(eventId, live(1, 0));
  const paid = await held();

  const done = await house.tell(eventId, live(0, 0));
  const open = [await house.stateOf(bet), await house.balance(seat), await held()];
  await house.tell(eventId, ended(0, 0));

  expect(done).toMatchObject({ settled: 0, reversed: 1 });
  expect([atFirst, paid]).toEqual([[{ held: 1000n }], [{ held: 0n }]]);
  expect(open).toEqual([
    { state: "open", version: 2 },
    { currency: "EUR", cashMinor: 9000n, heldMinor: 1000n },
    [{ held: 1000n }],
  ]);
  expect(await kinds(house, bet.betId)).toEqual(["stake 0", "settlement 1", "reversal 2", "settlement 3"]);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 9000n, heldMinor: 0n });
  expect(await audit(house.database)).toEqual([]);
});

test("an accumulator whose lost leg turns out won is open again while another leg is, and paid when it ends", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  const other = await house.addEvent();
  const bet = await house.combine(seat, {
    stakeMinor: 1000n,
    legs: [
      [eventId, "home"],
      [other, "home"],
    ],
  });
  await house.tell(eventId, ended(0, 1));
  const lost = await house.stateOf(bet);

  await house.tell(eventId, ended(1, 0));
  const open = [await house.stateOf(bet), await house.balance(seat), await audit(house.database)];
  await house.tell(other, ended(1, 0));

  expect(lost).toEqual({ state: "settled", version: 1 });
  expect(open).toEqual([
    { state: "open", version: 2 },
    { currency: "EUR", cashMinor: 9000n, heldMinor: 1000n },
    [],
  ]);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 14_063n, heldMinor: 0n });
  const versions = await house.database.owner(
    "select settlement_version, leg_versions from settlements order by settlement_version",
  );
  expect(versions).toEqual([
    { settlement_version: 1, leg_versions: [1, null] },
    { settlement_version: 3, leg_versions: [2, 1] },
  ]);
  expect(await audit(house.database)).toEqual([]);
});

test("an accumulator whose other leg was decided while it was lost is paid by the correction at once", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  const other = await house.addEvent();
  await house.combine(seat, {
    stakeMinor: 1000n,
    legs: [
      [eventId, "home"],
      [other, "home"],
    ],
  });
  await house.tell(eventId, ended(0, 1));
  await house.tell(other, ended(1, 0));

  const done = await house.tell(eventId, ended(1, 0));

  expect(done).toMatchObject({ settled: 1, reversed: 1 });
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 14_063n, heldMinor: 0n });
  expect(await audit(house.database)).toEqual([]);
});

test("a leg corrected before its accumulator is decided moves no money, and counts as it is then", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  const other = await house.addEvent();
  const bet = await house.combine(seat, {
    stakeMinor: 1000n,
    legs: [
      [eventId, "home"],
      [other, "home"],
    ],
  });
  await house.tell(eventId, ended(1, 0));
  const corrected = await house.tell(eventId, status("void"));
  const between = await house.stateOf(bet);
  await house.tell(other, ended(1, 0));

  expect(corrected).toMatchObject({ settled: 0, graded: 1 });
  expect(between).toEqual({ state: "open", version: 0 });
  expect(await kinds(house, bet.betId)).toEqual(["stake 0", "settlement 1"]);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 11_250n, heldMinor: 0n });
  expect(await audit(house.database)).toEqual([]);
});

test("a cancel window voids the bets placed inside it alone, and its rollback restores what they came to", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  const start = house.deps.clock.epochMs();
  const moments = [0, 1, 2, 3].map((minute) => new Date(start + minute * MINUTE_MS));
  const bets = [];
  for (const moment of moments) {
    house.at(moment);
    bets.push(await house.place(seat, { eventId, outcome: "home", stakeMinor: 1000n }));
  }
  const states = async () =>
    (
      await house.database.owner<{ reason: string }>(
        `select reason from bets join settlements using (tenant_id, bet_id, settlement_version)
         where state = 'settled' order by bet_id`,
      )
    ).map(({ reason }) => reason);
  await house.tell(eventId, ended(1, 0));

  // The first moment is within, the last is not.
  const [, placedFrom, , placedBefore] = moments;
  const window = cancel({ ...(placedFrom && { placedFrom }), ...(placedBefore && { placedBefore }) });
  const cancelled = await house.tell(eventId, window);
  const during = [await states(), await house.balance(seat)];
  const restored = await house.tell(eventId, uncancel());

  expect(cancelled).toMatchObject({ settled: 2, reversed: 2 });
  expect(during).toEqual([
    ["won", "cancelled", "cancelled", "won"],
    { currency: "EUR", cashMinor: 6000n + 2n * 2250n + 2000n, heldMinor: 0n },
  ]);
  expect(restored).toMatchObject({ settled: 2, reversed: 2 });
  expect(await states()).toEqual(["won", "won", "won", "won"]);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 6000n + 4n * 2250n, heldMinor: 0n });
  expect(bets).toHaveLength(4);
  expect(await audit(house.database)).toEqual([]);
});

test("a window told before the end voids what is open, and a rollback opens it again", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  const bet = await house.place(seat, { eventId, outcome: "home", stakeMinor: 1000n });
  await house.tell(eventId, [...status("live"), ...cancel({})]);
  const voided = await house.balance(seat);

  await house.tell(eventId, uncancel());
  const open = await house.stateOf(bet);
  await house.tell(eventId, ended(1, 0));

  expect(voided).toMatchObject({ cashMinor: 10_000n, heldMinor: 0n });
  expect(open).toEqual({ state: "open", version: 2 });
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 11_250n, heldMinor: 0n });
  expect(await audit(house.database)).toEqual([]);
});

test("a correction takes back what the player has spent meanwhile: his balance says so", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 10_000n });
  await house.tell(eventId, ended(1, 0));
  const next = await house.addEvent();
  await house.place(seat, { eventId: next, outcome: "home", stakeMinor: 20_000n });

  await house.tell(eventId, ended(0, 1));

  expect(await house.balance(seat)).toEqual({
    currency: "EUR",
    cashMinor: 2500n - 22_500n,
    heldMinor: 20_000n,
  });
  expect(await audit(house.database)).toEqual([]);
});

test("an older version's job that is under way ends before a newer one's begins, and pays nothing after it", async () => {
  await using scope = new AsyncDisposableStack();
  const { house, seat, eventId } = await openMatch(scope);
  for (let count = 0; count < 6; count++)
    await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  await house.say(eventId, ended(1, 0));
  const small = { batchMax: 2, batchesMax: 2 };
  const begun = await openStepper(house.database, { limits: small }).step();

  await house.say(eventId, ended(0, 1));
  const done = await house.stepper.drain();

  expect(begun).toMatchObject({ counts: { settled: 4 } });
  expect(done).toMatchObject({ settled: 6, reversed: 4, failed: 0 });
  expect(await house.database.owner("select distinct result_version from bet_legs")).toEqual([
    { result_version: 2 },
  ]);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 9400n, heldMinor: 0n });
  expect(await audit(house.database)).toEqual([]);
});
