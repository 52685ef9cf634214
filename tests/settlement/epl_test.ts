import { expect, setDefaultTimeout, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dataPath, openDatabase } from "../harness/mod.ts";
import { audit } from "./audit.ts";
import { type Ending, openBoardHouse, withoutStops } from "./board_house.ts";
import { openStepper } from "./stepping.ts";

setDefaultTimeout(60_000);

const boardPath = dataPath("goalserve/2025-09-20_soccer_epl.json");
const resultsPath = dataPath("goalserve/2025-09-20_epl_results_join.csv");
const absent = boardPath === undefined || resultsPath === undefined;
const OUTCOMES = ["home", "draw", "away"];

/** The stake on each outcome of each match: 10.01, 7.77 and 3.33. */
const STAKES = { home: 1001n, draw: 777n, away: 333n };

/** What the winner of each match returns: stake × price as on the board, to the nearest cent, a half cent up. */
const RETURNS: Readonly<Record<string, bigint>> = {
  "6343476/draw": 2875n, // Brighton 2-2 Tottenham: 777 × 3.70 = 2874.90
  "6343477/draw": 2564n, // Burnley 1-1 Nottingham: 777 × 3.30 = 2564.10
  "6344725/draw": 2953n, // Arsenal 1-1 Manchester City: 777 × 3.80 = 2952.60
  "6344723/home": 2002n, // Fulham 3-1 Brentford: 1001 × 2.00
  "6343475/draw": 2720n, // Bournemouth 0-0 Newcastle: 777 × 3.50 = 2719.50
  "6344722/home": 2603n, // Manchester Utd 2-1 Chelsea: 1001 × 2.60 = 2602.60
  "6344724/draw": 2720n, // Sunderland 1-1 Aston Villa: 777 × 3.50 = 2719.50
  "6343478/away": 793n, // West Ham 1-2 Crystal Palace: 333 × 2.38 = 792.54
  "6343479/away": 932n, // Wolves 1-3 Leeds: 333 × 2.80 = 932.40
  "6343474/home": 1481n, // Liverpool 2-1 Everton: 1001 × 1.48 = 1481.48
};

test.skipIf(absent)(
  "the Premier League board of 20 September as stored: every placement is refused as suspended",
  async () => {
    await using database = await openDatabase();
    const house = await openBoardHouse(database, boardOf());
    const seat = await house.addPlayer(100_000n);

    const said = [];
    for (const match of house.matches)
      for (const outcome of OUTCOMES)
        said.push(await house.place(seat, { match, outcome, stakeMinor: 100n }));

    expect(house.matches.length).toBe(10);
    expect(said).toEqual(Array.from({ length: 30 }, () => "betting_suspended"));
  },
);

test.skipIf(absent)(
  "the same board without stop flags: 1X2 bets on every match return what is worked by hand",
  async () => {
    await using database = await openDatabase();
    const house = await openBoardHouse(database, withoutStops(boardOf()));
    const seat = await house.addPlayer(100_000n);

    const said = [];
    for (const match of house.matches)
      for (const [outcome, stakeMinor] of Object.entries(STAKES))
        said.push(await house.place(seat, { match, outcome, stakeMinor }));
    const held = await house.cash(seat);
    await house.record(endingsOf());
    const done = await openStepper(database).drain();

    expect(said).toEqual(Array.from({ length: 30 }, () => "placed"));
    expect(held).toBe(78_890n); // 100,000 − 10 × 2,111
    expect(done).toEqual({ enqueued: 10, finished: 10, settled: 30, failed: 0 });
    const returns = await house.returns();
    expect(Object.keys(returns).length).toBe(30);
    expect(Object.fromEntries(Object.entries(returns).filter(([, minor]) => minor > 0n))).toEqual(RETURNS);
    expect(await house.cash(seat)).toBe(100_533n); // 78,890 + 21,643 returned
    expect(await audit(database)).toEqual([]);
  },
);

function boardOf(): unknown {
  return JSON.parse(readFileSync(boardPath ?? "", "utf8"));
}

function endingsOf(): Ending[] {
  const [header = "", ...lines] = readFileSync(resultsPath ?? "", "utf8")
    .trimEnd()
    .split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => {
    const cells = Object.fromEntries(line.split(",").map((cell, index) => [names[index], cell]));
    return {
      match: String(cells["goalserve_id"]),
      score: { home: Number(cells["ft_home"]), away: Number(cells["ft_away"]) },
    };
  });
}
