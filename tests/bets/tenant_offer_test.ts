import { expect, test } from "bun:test";
import fc from "fast-check";
import { BetRefusedError } from "../../src/bets/mod.ts";
import { type Fraction, fraction } from "../../src/markets/mod.ts";
import { boardFor, offerOf, rawBoardOf, saveOffer } from "../../src/odds/mod.ts";
import { openDatabase } from "../harness/mod.ts";
import { KICK_OFF, NOW, openHouse, PRICES } from "./betting_house.ts";

/** The price a board shows for a stored one, as a visitor's browser gets it. */
function shownPrice(settings: Parameters<typeof offerOf>[1], outcome: keyof typeof PRICES): Fraction {
  const raw = rawBoardOf({
    event: {
      eventId: "01994e0a-3c00-7000-8000-0d9c1c2f7a11",
      sport: "soccer",
      competitionId: "c",
      competition: "Competition",
      home: "Home",
      away: "Away",
      startsAt: KICK_OFF.toISOString(),
      status: "scheduled",
    },
    source: "fixture",
    confirmedAtMs: NOW.getTime(),
    silent: false,
    markets: [
      {
        book: "book",
        marketType: "1x2",
        period: "regulation",
        label: "",
        lineQuarters: null,
        outcomes: Object.entries(PRICES).map(([name, price]) => ({ outcome: name, price, suspended: false })),
      },
    ],
  });
  const board = boardFor(raw, offerOf("a", settings).profile);
  const shown = board.markets[0]?.outcomes.find((found) => found.outcome === outcome);
  if (shown === undefined) throw new RangeError(`Nothing is shown for ${outcome}`);
  return fraction(BigInt(shown.fraction.numerator), BigInt(shown.fraction.denominator));
}

const settingsOf = (change: object) => ({
  marginBps: 0,
  margins: [],
  off: { sports: [], competitions: [], marketTypes: [], books: [] },
  oddsFormat: "decimal" as const,
  ...change,
});

async function refusalOf(placing: Promise<unknown>): Promise<[code: string, price: Fraction | undefined]> {
  const error = await placing.then(
    () => undefined,
    (refused: unknown) => refused,
  );
  if (!(error instanceof BetRefusedError)) throw new TypeError("Expected the bet to be refused");
  return [error.code, error.legs[0]?.price];
}

test("a bet at the price shown is taken and frozen at exactly that price, and at the stored price refused", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const seat = await house.addPlayer({ depositMinor: 10_000n });
  const settings = settingsOf({ marginBps: 500, oddsFormat: "american" });
  await saveOffer({ tenantId: seat.tenantId, change: () => settings }, { pool: house.pool, at: NOW });
  const shown = shownPrice(settings, "draw");

  const placed = await house.place(seat, { eventId, outcome: "draw", stakeMinor: 100n, price: shown });
  const raw = house.place(seat, { eventId, outcome: "draw", stakeMinor: 100n, price: PRICES.draw });

  // 1 + 2.7 · 0.95 = 3.565, which is shown as 3.56.
  expect(shown).toEqual(fraction(356n, 100n));
  expect(placed.legs[0]?.price).toEqual(shown);
  expect(await refusalOf(raw)).toEqual(["line_changed", shown]);
  const legs = await database.owner("select price_numerator, price_denominator from bet_legs");
  expect(legs).toEqual([{ price_numerator: 89n, price_denominator: 25n }]);
});

test("whatever the margin, the price a board shows is the price a bet is taken at", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const seat = await house.addPlayer({ depositMinor: 1_000_000n });
  const bps = fc.integer({ min: 0, max: 5000 });

  await fc.assert(
    fc.asyncProperty(bps, bps, fc.constantFrom("home", "draw", "away"), async (all, rule, outcome) => {
      const settings = settingsOf({
        marginBps: all,
        margins: rule % 2 === 0 ? [] : [{ sport: "soccer", marketType: "1x2", marginBps: rule }],
      });
      await saveOffer({ tenantId: seat.tenantId, change: () => settings }, { pool: house.pool, at: NOW });
      const price = shownPrice(settings, outcome);

      const placed = await house.place(seat, { eventId, outcome, stakeMinor: 1n, price });

      expect(placed.legs[0]?.price).toEqual(price);
    }),
    { numRuns: 40 },
  );
}, 30_000);

test("another tenant's margin touches no one's bets, and a margin that changed is told as a price that changed", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const [one, other] = [
    await house.addPlayer({ depositMinor: 1000n }),
    await house.addPlayer({ depositMinor: 1000n }),
  ];
  const settings = settingsOf({ marginBps: 1000 });
  await saveOffer({ tenantId: one.tenantId, change: () => settings }, { pool: house.pool, at: NOW });

  const placed = await house.place(other, { eventId, outcome: "home", stakeMinor: 100n });
  const late = house.place(one, { eventId, outcome: "home", stakeMinor: 100n });

  expect(placed.legs[0]?.price).toEqual(PRICES.home);
  // 1 + 1.25 · 0.9 = 2.125, which is shown as 2.12.
  expect(await refusalOf(late)).toEqual(["line_changed", fraction(53n, 25n)]);
});

test.each<[what: string, code: string, settings: object]>([
  ["its sport", "selection_unknown", { off: { sports: ["soccer"] } }],
  ["its competition", "selection_unknown", { off: { competitions: ["c"] } }],
  ["its market type", "selection_unknown", { off: { marketTypes: ["1x2"] } }],
  ["its book", "selection_unknown", { off: { books: ["book"] } }],
  ["another sport", "taken", { off: { sports: ["tennis"] } }],
])("a bet with %s switched off is %p", async (_what, code, settings) => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const seat = await house.addPlayer({ depositMinor: 1000n });
  await saveOffer({ tenantId: seat.tenantId, change: () => settings }, { pool: house.pool, at: NOW });

  const placing = house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
  const outcome = await placing.then(
    () => "taken",
    (error: unknown) => (error instanceof BetRefusedError ? error.code : "failed"),
  );

  expect(outcome).toBe(code);
});

test("where a margin leaves nothing to win the selection is suspended, as it is shown", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const price = fraction(101n, 100n);
  const eventId = await house.addEvent({ prices: { ...PRICES, home: price } });
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const settings = settingsOf({ marginBps: 100 });
  await saveOffer({ tenantId: seat.tenantId, change: () => settings }, { pool: house.pool, at: NOW });

  const refused = house.place(seat, { eventId, outcome: "home", stakeMinor: 100n, price });

  expect((await refusalOf(refused))[0]).toBe("betting_suspended");
});
