import { expect, setDefaultTimeout, test } from "bun:test";
import { placeBet } from "../../src/bets/mod.ts";
import { fraction } from "../../src/markets/mod.ts";
import { PlayerNotFoundError } from "../../src/players/mod.ts";
import { openDatabase } from "../harness/mod.ts";
import {
  type BetFixture,
  type EventFixture,
  KICK_OFF,
  LIMITS,
  NOW,
  openHouse,
  type PlayerFixture,
  PRICES,
  requestOf,
} from "./betting_house.ts";

setDefaultTimeout(60_000);

test("placeBet freezes price, rules and terms and holds the stake", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent({ home: "Brighton", away: "Tottenham" });

  const bet = await house.place(seat, { eventId, outcome: "draw", stakeMinor: 1234n });

  expect(bet).toMatchObject({
    playerId: seat.playerId,
    currency: "EUR",
    stakeMinor: 1234n,
    rulesVersion: 2,
    terms: { priceChange: "none" },
    placedAt: NOW,
  });
  expect(bet.legs).toEqual([
    {
      eventId,
      competition: "Competition",
      home: "Brighton",
      away: "Tottenham",
      startsAt: KICK_OFF,
      book: "book",
      marketType: "1x2",
      period: "regulation",
      label: "",
      lineQuarters: null,
      outcome: "draw",
      price: PRICES.draw,
    },
  ]);
  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 8766n, heldMinor: 1234n });
});

test("placeBet keeps what was frozen when event and price change afterwards", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const eventId = await house.addEvent();
  const bet = { eventId, outcome: "home", stakeMinor: 100n, key: "k" };
  const placed = await house.place(seat, bet);
  await database.owner("update prices set price_numerator = 5, price_denominator = 4, suspended = true");
  await database.owner("update events set home = 'Renamed', starts_at = $1", [NOW]);

  expect(await house.place(seat, bet)).toEqual(placed);
});

interface Refusal {
  readonly code: string;
  readonly event?: EventFixture;
  readonly player?: PlayerFixture;
  readonly bet?: Partial<BetFixture>;
  readonly arrange?: string;
  readonly facts?: Readonly<Record<string, string>>;
}

const REFUSALS: readonly Refusal[] = [
  { code: "player_not_verified", player: { state: "unverified", depositMinor: 0n } },
  { code: "player_excluded", player: { state: "excluded", depositMinor: 0n } },
  { code: "blocked_client", player: { state: "closed", depositMinor: 0n } },
  { code: "player_cooling_off", arrange: "update players set cooling_off_until = '2025-09-19T12:00:01Z'" },
  { code: "selection_unknown", bet: { leg: { outcome: "nobody" } } },
  { code: "selection_unknown", bet: { leg: { eventId: Bun.randomUUIDv7() } } },
  { code: "selection_unknown", bet: { leg: { book: "other" } } },
  { code: "selection_unknown", bet: { leg: { lineQuarters: 10 } } },
  { code: "market_not_bettable", event: { sport: "hockey" } },
  {
    code: "market_not_bettable",
    arrange: "update prices set market_type = 'corners_1x2'",
    bet: { leg: { marketType: "corners_1x2" } },
  },
  {
    code: "market_not_bettable",
    arrange: "update prices set period = 'first_half'",
    bet: { leg: { period: "first_half" } },
  },
  ...["live", "interrupted", "ended", "postponed", "abandoned", "cancelled", "walkover", "unknown"].map(
    (status) => ({ code: "offline_event", event: { status }, facts: { eventStatus: status } }),
  ),
  {
    code: "offline_event",
    arrange: `insert into results (event_id, version, state, source, recorded_at)
      select event_id, 1, 'void', 'fixture', now() from events`,
    facts: { eventStatus: "scheduled" },
  },
  { code: "past_cutoff_time", event: { startsAt: NOW }, facts: { startsAt: NOW.toISOString() } },
  { code: "past_cutoff_time", event: { startsAt: new Date(NOW.getTime() - 1) } },
  { code: "betting_suspended", event: { suspended: true } },
  { code: "price_stale", arrange: "update feeds set last_good_at = null" },
  { code: "price_stale", arrange: "delete from feeds" },
  {
    code: "price_stale",
    arrange: `update feeds set last_good_at = last_good_at - ${LIMITS.priceAgeMaxMs + 1} * interval '1 ms'`,
  },
  { code: "line_changed", bet: { price: fraction(5n, 2n) } },
  { code: "line_changed", bet: { price: fraction(2n) } },
  { code: "insufficient_funds", bet: { stakeMinor: 1001n } },
];

for (const [index, refusal] of REFUSALS.entries()) {
  test(`placeBet refuses ${refusal.code} and changes nothing (case ${index + 1})`, async () => {
    await using database = await openDatabase();
    const house = openHouse(database);
    const seat = await house.addPlayer({ depositMinor: 1000n, ...refusal.player });
    const eventId = await house.addEvent(refusal.event ?? {});
    if (refusal.arrange !== undefined) await database.owner(refusal.arrange);

    const refused = await house
      .place(seat, { eventId, outcome: "home", stakeMinor: 100n, ...refusal.bet })
      .catch((error: unknown) => error);

    expect(refused).toMatchObject({ code: refusal.code, ...(refusal.facts && { facts: refusal.facts }) });
    expect(await database.owner("select 1 from bets union all select 1 from event_tenants")).toEqual([]);
    expect(await house.balance(seat)).toMatchObject({ heldMinor: 0n });
  });
}

test("placeBet takes a price whose source answered just within the limit, and a bet of all that is there", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent({ startsAt: new Date(NOW.getTime() + 1), status: "delayed" });
  await database.owner(
    `update feeds set last_good_at = last_good_at - ${LIMITS.priceAgeMaxMs} * interval '1 ms'`,
  );

  await house.place(seat, { eventId, outcome: "away", stakeMinor: 1000n });

  expect(await house.balance(seat)).toEqual({ currency: "EUR", cashMinor: 0n, heldMinor: 1000n });
});

test("placeBet names stop flags before a stale price, as an operator asks about the flags first", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent({ suspended: true });
  await database.owner("update feeds set last_good_at = null");

  expect(house.place(seat, { eventId, outcome: "home", stakeMinor: 1n })).rejects.toMatchObject({
    code: "betting_suspended",
  });
});

test("placeBet throws RangeError for a request no honest client sends, without asking the database", async () => {
  const unused = { lease: () => Promise.reject(new TypeError("asked")) } as never;
  const seat = { tenantId: "t", playerId: "p", currency: "EUR" };
  const request = requestOf(seat, { eventId: "e", outcome: "home", stakeMinor: 1n });
  const wrong = [
    { ...request, stakeMinor: 0n },
    { ...request, stakeMinor: -5n },
    { ...request, stakeMinor: 10n ** 12n + 1n },
    { ...request, idempotencyKey: "" },
    { ...request, idempotencyKey: "x".repeat(129) },
    { ...request, legs: [] },
  ];

  for (const one of wrong) {
    const deps = { pool: unused, clock: { epochMs: () => 0 }, limits: LIMITS };
    expect(await placeBet(one, deps).catch((error: unknown) => error)).toBeInstanceOf(RangeError);
  }
});

test("placeBet does not know another tenant's player", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const elsewhere = { ...seat, tenantId: Bun.randomUUIDv7() };

  const refused = await house
    .place(elsewhere, { eventId, outcome: "home", stakeMinor: 1n })
    .catch((error: unknown) => error);

  expect(refused).toBeInstanceOf(PlayerNotFoundError);
});
