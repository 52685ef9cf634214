import { expect, test } from "bun:test";
import { boardOf, expiredRepresentation, remainingLifeMs } from "../../src/odds/board.ts";
import type { Odds } from "../../src/odds/contract.ts";
import { exampleOdds } from "../../src/odds/examples.ts";

const CONFIRMED = Date.parse("2025-09-20T11:00:00.000Z");
const START = Date.parse("2025-09-20T11:30:00.000Z");
const AGE_MAX = 300_000;

function life(
  epochMs: number,
  change: { status?: Odds["event"]["status"]; confirmedAt?: string | null } = {},
): number {
  const { status = "scheduled", confirmedAt = exampleOdds.confirmedAt } = change;
  const board = boardOf({ ...exampleOdds, confirmedAt, event: { ...exampleOdds.event, status } });
  return remainingLifeMs(board, { epochMs, ageMaxMs: AGE_MAX });
}

test("prices hold until they are too old", () => {
  expect(life(CONFIRMED)).toBe(AGE_MAX);
  expect(life(CONFIRMED + AGE_MAX - 1)).toBe(1);
  expect(life(CONFIRMED + AGE_MAX)).toBe(0);
  expect(life(CONFIRMED + 10 * AGE_MAX)).toBe(0);
});

test("prices of an event that has not begun hold until it does, those of a live one only until they are old", () => {
  const confirmedAt = new Date(START - 1000).toISOString();

  expect(life(START - 500, { confirmedAt })).toBe(500);
  expect(life(START, { confirmedAt })).toBe(0);
  expect(life(START, { confirmedAt, status: "delayed" })).toBe(0);
  expect(life(START, { confirmedAt, status: "live" })).toBe(AGE_MAX - 1000);
});

test.each(["interrupted", "ended", "postponed", "abandoned", "cancelled", "walkover", "unknown"] as const)(
  "an event that is %p takes no bets, however young its prices",
  (status) => {
    expect(life(CONFIRMED, { status })).toBe(0);
  },
);

test("prices whose source never answered well hold for no time", () => {
  expect(life(CONFIRMED, { confirmedAt: null })).toBe(0);
});

test("an expired board shows every price, suspended, with its age", () => {
  const board = boardOf(exampleOdds);

  const shown: Odds = JSON.parse(
    new TextDecoder().decode(expiredRepresentation(board, CONFIRMED + 412_900).bytes),
  );

  expect(shown).toMatchObject({ expired: true, ageSeconds: 412 });
  const outcomes = shown.markets.flatMap((market) => market.outcomes);
  expect(outcomes.map(({ price }) => price)).toEqual(["1.62", "4.20", "5.00"]);
  expect(outcomes.every(({ suspended }) => suspended)).toBe(true);
});
