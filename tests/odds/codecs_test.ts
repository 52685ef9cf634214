import { expect, test } from "bun:test";
import { representJson } from "../../src/http/mod.ts";
import { boardOf } from "../../src/odds/board.ts";
import { createBoardCodec, createRepresentationCodec, whenPresent } from "../../src/odds/codecs.ts";
import { exampleOdds, exampleSports } from "../../src/odds/examples.ts";
// Elysia registers the formats that the contract's schemas name.
import "../../src/odds/mod.ts";

const throughFile = (data: unknown): unknown => JSON.parse(JSON.stringify(data));

test("a representation comes back with the same bytes, type and validator", () => {
  const codec = createRepresentationCodec();
  const before = representJson(exampleSports);

  expect(codec.decode("all", throughFile(codec.encode(before)))).toEqual(before);
});

test("a board comes back as it was: the same prices, confirmed when they were", () => {
  const codec = createBoardCodec();
  const before = boardOf(exampleOdds);

  expect(codec.decode(exampleOdds.event.eventId, throughFile(codec.encode(before)))).toEqual(before);
});

test("a board never confirmed and one without markets come back too", () => {
  const codec = createBoardCodec();
  const bare = boardOf({ ...exampleOdds, confirmedAt: null, markets: [] });

  expect(codec.decode(exampleOdds.event.eventId, throughFile(codec.encode(bare)))).toEqual(bare);
});

test("another event's board, and what is no board at all, are not taken", () => {
  const codec = createBoardCodec();
  const data = throughFile(codec.encode(boardOf(exampleOdds)));

  expect(codec.decode("01994e0a-3c00-7000-8000-0d9c1c2f7a12", data)).toBeUndefined();
  for (const odd of [null, {}, [], "odds", { ...exampleOdds, markets: [{}] }])
    expect(codec.decode(exampleOdds.event.eventId, odd)).toBeUndefined();
});

test("that there was nothing is not remembered: there may be something by now", () => {
  const codec = whenPresent(createRepresentationCodec());

  expect(codec.decode("event", throughFile(codec.encode(null)))).toBeUndefined();
  expect(codec.decode("event", throughFile(codec.encode(representJson(1))))).toEqual(representJson(1));
});
