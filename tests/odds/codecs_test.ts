import { expect, test } from "bun:test";
import { representJson } from "../../src/http/mod.ts";
import {
  createBoardCodec,
  createCompetitionsCodec,
  createEventCodec,
  createEventPageCodec,
  createOfferCodec,
  createRepresentationCodec,
  whenPresent,
} from "../../src/odds/codecs.ts";
import { exampleEvent, exampleSports } from "../../src/odds/examples.ts";
import { NEUTRAL_SETTINGS, offerOf } from "../../src/odds/offer.ts";
import type { SnapshotCodec } from "../../src/reads/mod.ts";
// Elysia registers the formats that the contract's schemas name.
import "../../src/odds/mod.ts";
import { storedBoard } from "./boards.ts";

const throughFile = (data: unknown): unknown => JSON.parse(JSON.stringify(data));
const { eventId } = exampleEvent;
const TENANT = "01994e0a-3c00-7000-8000-0d9c1c2f7a12";

function kept<T>(codec: SnapshotCodec<T>, key: string, value: T): T | undefined {
  return codec.decode(key, throughFile(codec.encode(value)));
}

test("a representation comes back with the same bytes, type and validator", () => {
  const before = representJson(exampleSports);

  expect(kept(createRepresentationCodec(), "all", before)).toEqual(before);
});

test("a board comes back as it was: the same prices, confirmed when they were", () => {
  const before = storedBoard();

  expect(kept(createBoardCodec(), eventId, before)).toEqual(before);
});

test("a board never confirmed, a silent one and one without markets come back too", () => {
  for (const before of [
    storedBoard({ confirmedAtMs: undefined, markets: [] }),
    storedBoard({ silent: true }),
  ])
    expect(kept(createBoardCodec(), eventId, before)).toEqual(before);
});

test("fixtures, competitions and pages come back as they were", () => {
  const fixture = { event: exampleEvent, representation: representJson(exampleEvent) };
  const rows = [{ sport: "soccer", competition_id: "a", competition: "A", events: 3n }];
  const page = { eventIds: [eventId], next: "MQ.x" };

  expect(kept(createEventCodec(), eventId, fixture)).toEqual(fixture);
  expect(kept(createCompetitionsCodec(), "all", rows)).toEqual(rows);
  expect(kept(createEventPageCodec(), "key", page)).toEqual(page);
});

test("an offer comes back ready to be applied, with the same keys", () => {
  const settings = {
    ...NEUTRAL_SETTINGS,
    marginBps: 500,
    margins: [{ sport: "tennis", marginBps: 700 }],
    off: { ...NEUTRAL_SETTINGS.off, books: ["b"] },
  };
  const before = offerOf(TENANT, settings, 3);

  expect(kept(createOfferCodec(), TENANT, before)).toEqual(before);
});

test("what is another's, and what is not whole, is not taken", () => {
  const board = throughFile(createBoardCodec().encode(storedBoard()));
  const offer = throughFile(createOfferCodec().encode(offerOf(TENANT, NEUTRAL_SETTINGS)));

  expect(createBoardCodec().decode(TENANT, board)).toBeUndefined();
  expect(createEventCodec().decode(TENANT, exampleEvent)).toBeUndefined();
  expect(createOfferCodec().decode(eventId, offer)).toBeUndefined();
  for (const odd of [null, {}, [], "odds", { ...exampleEvent, markets: [{}] }, { tenantId: TENANT }]) {
    expect(createBoardCodec().decode(eventId, odd)).toBeUndefined();
    expect(createOfferCodec().decode(TENANT, odd)).toBeUndefined();
  }
  const beyond = { ...NEUTRAL_SETTINGS, marginBps: 20_000 };
  expect(
    createOfferCodec().decode(TENANT, { tenantId: TENANT, version: 1, settings: beyond }),
  ).toBeUndefined();
});

test("that there was nothing is not remembered: there may be something by now", () => {
  const codec = whenPresent(createRepresentationCodec());

  expect(codec.decode("event", throughFile(codec.encode(null)))).toBeUndefined();
  expect(codec.decode("event", throughFile(codec.encode(representJson(1))))).toEqual(representJson(1));
});
