import { expect, test } from "bun:test";
import { boardFor, remainingLifeMs } from "../../src/odds/board.ts";
import type { Odds } from "../../src/odds/contract.ts";
import { exampleEvent } from "../../src/odds/examples.ts";
import { NEUTRAL_SETTINGS, offerOf } from "../../src/odds/offer.ts";
import { showBoard } from "../../src/odds/shown_board.ts";
import { CONFIRMED, START, storedBoard } from "./boards.ts";

const AGE_MAX = 300_000;
const { profile } = offerOf("neutral", NEUTRAL_SETTINGS);
const american = offerOf("a", { ...NEUTRAL_SETTINGS, marginBps: 500, oddsFormat: "american" }).profile;

function life(
  epochMs: number,
  change: { status?: Odds["event"]["status"]; confirmedAtMs?: number | undefined; silent?: boolean } = {},
): number {
  const { status = "scheduled", ...rest } = change;
  return remainingLifeMs(storedBoard({ ...rest, event: { ...exampleEvent, status } }), {
    epochMs,
    ageMaxMs: AGE_MAX,
  });
}

test("prices hold until they are too old", () => {
  expect(life(CONFIRMED)).toBe(AGE_MAX);
  expect(life(CONFIRMED + AGE_MAX - 1)).toBe(1);
  expect(life(CONFIRMED + AGE_MAX)).toBe(0);
  expect(life(CONFIRMED + 10 * AGE_MAX)).toBe(0);
});

test("prices of an event that has not begun hold until it does, and not once it has, live or not", () => {
  const confirmedAtMs = START - 1000;

  expect(life(START - 500, { confirmedAtMs })).toBe(500);
  expect(life(START, { confirmedAtMs })).toBe(0);
  expect(life(START, { confirmedAtMs, status: "delayed" })).toBe(0);
  expect(life(START, { confirmedAtMs, status: "live" })).toBe(0);
});

test.each(["interrupted", "ended", "postponed", "abandoned", "cancelled", "walkover", "unknown"] as const)(
  "an event that is %p takes no bets, however young its prices",
  (status) => {
    expect(life(CONFIRMED, { status })).toBe(0);
  },
);

test("prices whose source never answered well, or is silent, hold for no time", () => {
  expect(life(CONFIRMED, { confirmedAtMs: undefined })).toBe(0);
  expect(life(CONFIRMED, { silent: true })).toBe(0);
});

test("a neutral profile shows the stored prices themselves, in decimal", () => {
  const { oddsFormat, markets } = boardFor(storedBoard(), profile);

  expect(oddsFormat).toBe("decimal");
  expect(markets.flatMap(({ outcomes }) => outcomes.map(({ price }) => price))).toEqual([
    "1.62",
    "4.20",
    "5.00",
    "1.909091",
    "1.01",
  ]);
  expect(markets[1]).toMatchObject({ lineQuarters: -5, line: "-1.25" });
  expect(markets[1]?.outcomes[0]?.fraction).toEqual({ numerator: "21", denominator: "11" });
});

test("a profile with a margin shows less, exactly as it is offered, and suspends what leaves nothing to win", () => {
  const { markets } = boardFor(storedBoard(), american);

  expect(markets.map(({ outcomes }) => outcomes)).toEqual([
    [
      // 1 + 0.62 · 0.95 = 1.589
      { outcome: "home", price: "-173", fraction: { numerator: "79", denominator: "50" }, suspended: false },
      // 1 + 3.2 · 0.95 = 4.04
      { outcome: "draw", price: "+304", fraction: { numerator: "101", denominator: "25" }, suspended: false },
      { outcome: "away", price: "+380", fraction: { numerator: "24", denominator: "5" }, suspended: true },
    ],
    [
      { outcome: "home", price: "-117", fraction: { numerator: "93", denominator: "50" }, suspended: false },
      // 1.0095 is 1.00 in hundredths: the stored price stands, and nobody can bet on it.
      {
        outcome: "away",
        price: "-10000",
        fraction: { numerator: "101", denominator: "100" },
        suspended: true,
      },
    ],
  ]);
});

test("switches leave markets out, and a trader's suspension stops what it covers and no more", () => {
  const off = { ...NEUTRAL_SETTINGS.off, marketTypes: ["asian_handicap"] };
  const { switches } = offerOf("a", { ...NEUTRAL_SETTINGS, off });
  const any = { book: null, period: null, label: null, lineQuarters: null };
  const scope = { ...any, source: null, eventId: exampleEvent.eventId, marketType: "1x2", outcome: "home" };

  const cut = boardFor(storedBoard(), profile, { switches });
  const stopped = boardFor(storedBoard(), profile, { suspensions: [scope] });

  expect(cut.markets.map(({ marketType }) => marketType)).toEqual(["1x2"]);
  const states = stopped.markets.map(({ outcomes }) => outcomes.map(({ suspended }) => suspended));
  expect(states).toEqual([
    [true, false, true],
    [false, false],
  ]);
});

test("an expired board shows every price, suspended, with its age", () => {
  const board = showBoard(storedBoard(), { key: "k", profile, withheld: {} });

  const shown: Odds = JSON.parse(board.expired(CONFIRMED + 412_900).text);

  expect(shown).toMatchObject({ expired: true, ageSeconds: 412 });
  const outcomes = shown.markets.flatMap((market) => market.outcomes);
  expect(outcomes.map(({ price }) => price)).toEqual(["1.62", "4.20", "5.00", "1.909091", "1.01"]);
  expect(outcomes.every(({ suspended }) => suspended)).toBe(true);
});

test("a board says the same as text and as data, and another validator once it has expired", () => {
  const raw = storedBoard();
  const board = showBoard(raw, { key: "k", profile: american, withheld: {} });

  expect(JSON.parse(board.holding().text)).toEqual(boardFor(raw, american));
  expect(board.holding().representation()).toBe(board.holding().representation());
  const etags = [
    board.holding(),
    board.expired(CONFIRMED + 400_000),
    board.expired(CONFIRMED + 401_000),
    board.expired(CONFIRMED + 401_999),
  ].map((shown) => shown.representation().etag);
  expect(new Set(etags).size).toBe(3);
  expect(etags[2]).toBe(etags[3]);
});

test("a board that only was confirmed again takes its markets over, and one with another price does not", () => {
  const look = { key: "k", profile, withheld: {} };
  const before = showBoard(storedBoard(), look);
  before.holding();
  before.made.holding = "[]";

  const confirmed = showBoard(storedBoard({ confirmedAtMs: CONFIRMED + 1000 }), look, before);
  const changed = showBoard(storedBoard({ markets: [] }), look, before);
  const moved = showBoard(storedBoard({ markets: storedBoard().markets.slice(1) }), look, before);

  expect(JSON.parse(confirmed.holding().text)).toMatchObject({
    markets: [],
    confirmedAt: new Date(CONFIRMED + 1000).toISOString(),
  });
  expect(changed.made).not.toBe(before.made);
  expect(JSON.parse(moved.holding().text).markets).toHaveLength(1);
});
