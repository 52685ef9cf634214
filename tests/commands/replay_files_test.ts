import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { dataPath, openDatabase, type TestDatabase } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { STAKES, WORKED_BETS } from "./_replay_by_hand.ts";
import { askOracle, differencesFromOracle, reportsByOracle } from "./_replay_oracle.ts";
import { runCommandFile } from "./run_command.ts";

// Some hundred matches each, a bet a transaction, on a machine that other work may share.
setDefaultTimeout(600_000);

const folder = dataPath("football");
const stored = folder === undefined ? [] : readdirSync(folder).sort();
const isAll = Bun.env["REPLAY_FILES"] === "all";
/** A season of either family, with every half, and a reduced file that prices one market alone; all of them takes minutes. */
const chosen = stored.filter((name) => isAll || stakeOf(name) !== undefined);
const names = folder === undefined ? ["the stored seasons"] : chosen;

function stakeOf(name: string): bigint | undefined {
  return Object.entries(STAKES).find(([beginning]) => name.startsWith(beginning))?.[1];
}

describe("replay of the stored seasons", () => {
  test.skipIf(folder === undefined).each(names)(
    "%s: every bet ends as an oracle in SQL says, and the ledger sums to zero",
    async (name) => {
      await using database = await openDatabase();
      const file = join(folder ?? "", name);
      const stakeMinor = stakeOf(name) ?? 1000n;

      const run = await runCommandFile(
        "replay.ts",
        ["--feed", "football_data", "--file", file, "--book", "B365", "--stake", `${stakeMinor}`, "--json"],
        { DATABASE_URL: database.url },
      );
      await askOracle(database, { bytes: await Bun.file(file).bytes(), book: "B365", stakeMinor });

      expect([run.code, run.err]).toEqual([0, ""]);
      const told = JSON.parse(run.out);
      expect(told.ledger_sum_minor).toBe(0);
      expect(told.markets).toEqual(await reportsByOracle(database, stakeMinor));
      expect(told.matches).toBe(await matchesByOracle(database));
      expect(await differencesFromOracle(database)).toEqual([]);
      expect(await audit(database)).toEqual([]);
      for (const { file: of, returnMinor, ...bet } of WORKED_BETS.filter((one) => name.startsWith(one.file)))
        expect(await workedByOracle(database, bet)).toEqual([{ ...bet, return_minor: returnMinor }]);
    },
  );

  test("twenty bets are worked by hand beside the oracle", () => {
    expect(WORKED_BETS).toHaveLength(20);
    expect(new Set(WORKED_BETS.map(({ ended }) => ended))).toEqual(
      new Set(["won", "half_won", "void", "half_lost", "lost"]),
    );
  });
});

async function matchesByOracle(database: TestDatabase): Promise<number> {
  const [row] = await database.owner<{ readonly matches: number }>(
    "select count(distinct match)::integer as matches from oracle_bets",
  );
  return row?.matches ?? 0;
}

function workedByOracle(
  database: TestDatabase,
  { match, market }: { readonly match: string; readonly market: string },
): Promise<object[]> {
  return database.owner(
    `select match, market, score, price, line, ended, return_minor
     from oracle_bets
     where match = $1 and market = $2`,
    [match, market],
  );
}
