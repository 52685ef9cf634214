import { expect, setDefaultTimeout, test } from "bun:test";
import { board, market, match, price } from "../feeds/_board.ts";
import { openDatabase } from "../harness/mod.ts";
import { audit } from "./audit.ts";
import { openBoardHouse, withoutStops } from "./board_house.ts";
import { openStepper } from "./stepping.ts";

setDefaultTimeout(60_000);

const OUTCOMES = ["home", "draw", "away"];

/** Four matches that do not exist, on the day after the tests' business time; each stopped at another level. */
function ownBoard(): unknown {
  const prices = (home: string, draw: string, away: string, stop = "False") => [
    price("Home", home, stop),
    price("Draw", draw, stop),
    price("Away", away, stop),
  ];
  const on = { formatted_date: "20.09.2025", date: "Sep 20", time: "15:00", status: "15:00" };
  return board([
    match([market("1", "Match Winner", prices("2.10", "3.40", "3.60"), { book: "True" })], {
      ...on,
      id: "601",
    }),
    match([market("1", "Match Winner", prices("1.85", "3.35", "4.25", "True"))], { ...on, id: "602" }),
    match([market("1", "Match Winner", prices("1.5", "4.05", "7"), { market: "True" })], {
      ...on,
      id: "603",
    }),
    match([market("1", "Match Winner", prices("2.75", "3.05", "2.65"), { book: "true" })], {
      ...on,
      id: "604",
    }),
  ]);
}

test("a board with its stop flags as they are: every placement is refused as suspended", async () => {
  await using database = await openDatabase();
  const house = await openBoardHouse(database, ownBoard());
  const seat = await house.addPlayer(100_000n);

  const said = [];
  for (const id of house.matches)
    for (const outcome of OUTCOMES)
      said.push(await house.place(seat, { match: id, outcome, stakeMinor: 100n }));

  expect(said).toEqual(Array.from({ length: 12 }, () => "betting_suspended"));
  expect(await house.cash(seat)).toBe(100_000n);
});

test("a board without stop flags: bets on every outcome are placed, settled, and return what is worked by hand", async () => {
  await using database = await openDatabase();
  const house = await openBoardHouse(database, withoutStops(ownBoard()));
  const seat = await house.addPlayer(100_000n);
  const stakes = { home: 1001n, draw: 777n, away: 333n };

  const said = [];
  for (const id of house.matches)
    for (const [outcome, stakeMinor] of Object.entries(stakes))
      said.push(await house.place(seat, { match: id, outcome, stakeMinor }));
  await house.record([
    { match: "601", score: { home: 3, away: 1 } },
    { match: "602", score: { home: 0, away: 0 } },
    { match: "603", score: { home: 1, away: 2 } },
    { match: "604" },
  ]);
  await openStepper(database).drain();

  expect(said).toEqual(Array.from({ length: 12 }, () => "placed"));
  expect(await house.returns()).toEqual({
    "601/home": 2102n, // 1001 × 2.10 = 2102.10
    "601/draw": 0n,
    "601/away": 0n,
    "602/home": 0n,
    "602/draw": 2603n, // 777 × 3.35 = 2602.95
    "602/away": 0n,
    "603/home": 0n,
    "603/draw": 0n,
    "603/away": 2331n, // 333 × 7
    "604/home": 1001n, // void: each stake back
    "604/draw": 777n,
    "604/away": 333n,
  });
  // 100,000 − 4 × 2,111 staked + 9,147 returned.
  expect(await house.cash(seat)).toBe(100_703n);
  expect(await audit(database)).toEqual([]);
});
