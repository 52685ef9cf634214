import { expect, test } from "bun:test";
import { type BetRefusedError, IdempotencyKeyReusedError, placeBet } from "../../src/bets/mod.ts";
import { fraction } from "../../src/markets/mod.ts";
import { openDatabase } from "../harness/mod.ts";
import { KICK_OFF, NOW, openHouse, PRICES, requestOf } from "./betting_house.ts";

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
    rulesVersion: 1,
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
