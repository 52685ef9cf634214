import { afterAll, describe, expect, setDefaultTimeout, test } from "bun:test";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readAnswerFile } from "../../src/commands/_answer_file.ts";
import { replayedMarket } from "../../src/commands/_replay_markets.ts";
import { type ReplayReport, replaySeason } from "../../src/commands/_replay_season.ts";
import { readFootballDataColumns } from "../../src/feeds/mod.ts";
import { openEmbeddedPostgres } from "../../src/local/mod.ts";
import { createLog } from "../../src/log.ts";
import { openSession } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import type { settlementStep } from "../../src/settlement/mod.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { settleNaively } from "../settlement/naive_settlement.ts";
import { askOracle, differencesFromOracle, reportsByOracle } from "./_replay_oracle.ts";
import { runCommandFile } from "./run_command.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const folder = mkdtempSync(join(tmpdir(), "linehold-replay-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, ...lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\r\n")}\r\n`);
  return path;
}

const replay = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runCommandFile("replay.ts", words, env);
const wordsOf = (file: string, ...more: readonly string[]) =>
  ["--feed", "football_data", "--file", file, "--book", "B365", "--json", ...more] as const;

const HEADER =
  "Div,Date,Time,HomeTeam,AwayTeam,FTHG,FTAG,FTR,HTHG,HTAG,HTR,B365H,B365D,B365A,B365>2.5,B365<2.5,AHh,B365AHH,B365AHA,B365CH,AHCh";

/** A season of our own: every way in which a bet ends, and prices that are not there. */
const PLAYED = [
  "E9,09/08/2019,20:00,Albion,Borough,3,0,H,1,0,H,1.95,3.5,4.2,1.9,1.95,-0.75,1.91,1.95,9,2",
  "E9,10/08/2019,12:30,City,Dynamo,1,1,D,1,1,D,2.1,3.4,3.5,1.85,2,-0.25,1.87,2.03,9,2",
  "E9,10/08/2019,15:00,Eastern,Forest,0,0,D,0,0,D,3.1,3.3,2.4,2.05,1.8,0.25,1.97,1.93,9,2",
  // The same sides at the same ground once more.
  "E9,17/08/2019,15:00,Albion,Borough,2,1,H,0,1,A,1.95,3.5,4.2,1.9,1.95,-1,2.07,1.85,9,2",
  "E9,17/08/2019,17:30,City,Eastern,0,2,A,0,0,D,2.5,3.2,2.9,2.2,1.7,1.5,1.67,2.25,9,2",
  "E9,18/08/2019,16:00,Dynamo,Forest,2,1,H,1,1,D,1.6,4,5.5,1.72,2.1,-1.25,2.04,1.88,9,2",
  "E9,24/08/2019,15:00,Borough,City,1,0,H,0,0,D,,,,,,-0.25,,,9,2",
  "E9,24/08/2019,15:00,Forest,Albion,1,2,A,0,0,D,1,3.4,3.5,0,1.95,-0.25,1,1.9,9,2",
  "E9,25/08/2019,15:00,Eastern,Dynamo,1,1,D,0,0,D,2.1x,3.4,3.5,n/a,1.95,-0.3,1.9,1.95,9,2",
  "E9,31/08/2019,15:00,Forest,Borough,0,1,A,0,1,A,2.4,3.4,3,1.95,1.9,,1.9,1.95,9,2",
  "E9,14/09/2019,15:00,Borough,Dynamo,,,,,,,2.4,3.4,3,1.95,1.9,-0.5,1.9,1.95,,",
];
/** What a plausible book does not say, nor a row that is told once and means what it says. */
const IMPLAUSIBLE = [
  "E9,01/09/2019,15:00,Dynamo,City,2,2,D,1,1,D,5.1,6.4,7.5,2.9,2.95,0,2.9,2.95,9,2",
  "E9,07/09/2019,15:00,Albion,Eastern,4,0,H,2,0,H,2.4,3.4,3,1.95,1.9,-4.5,1.9,1.95,9,2",
  "E9,08/09/2019,15:00,Borough,Forest,2,0,A,1,0,H,2.4,3.4,3,1.95,1.9,-0.5,1.9,1.95,9,2",
  "E9,31/09/2019,15:00,Borough,Eastern,1,0,H,0,0,D,2.4,3.4,3,1.95,1.9,-0.5,1.9,1.95,9,2",
  "E9,21/09/2019,15:00,City,Albion,5,3,H,2,2,D,2.4,3.4,3,1.95,1.9,-0.5,1.9,1.95,9,2",
  "E9,21/09/2019,15:00,City,Albion,5,3,H,2,2,D,2.4,3.4,3,1.95,1.9,-0.5,1.9,1.95,9,2",
  ",,,,,,,,,,,,,,,,,,,,",
];
const season = write("E9.csv", HEADER, ...PLAYED, ...IMPLAUSIBLE);
const plausible = write("E9_plausible.csv", HEADER, ...PLAYED);

/** Odd, so that half of it is no whole minor unit. */
const STAKE = 1001n;
const ODD = ["--stake", `${STAKE}`];

/** What the season gives at that stake, worked by hand; each sum names the matches' returns in the order of the file. */
const REPORT = {
  ledger_sum_minor: 0,
  markets: {
    "1x2": {
      bets: 9,
      won: 5,
      half_won: 0,
      void: 0,
      half_lost: 0,
      lost: 4,
      staked_minor: 9009,
      returned_minor: 1952 + 1952 + 1602 + 2402 + 2402,
      skipped: {
        overround_out_of_bounds: 1,
        price_blank: 1,
        price_not_above_one: 1,
        price_unreadable: 1,
        result_contradicted: 1,
      },
    },
    totals: {
      bets: 8,
      won: 4,
      half_won: 0,
      void: 0,
      half_lost: 0,
      lost: 4,
      staked_minor: 8008,
      returned_minor: 1902 + 1902 + 1722 + 1952,
      skipped: {
        overround_out_of_bounds: 1,
        price_blank: 1,
        price_not_above_one: 1,
        price_unreadable: 1,
        result_contradicted: 1,
        spread_total_swapped: 1,
      },
    },
    asian_handicap: {
      bets: 7,
      won: 2,
      half_won: 1,
      void: 1,
      half_lost: 2,
      lost: 1,
      staked_minor: 7007,
      // 1001 x 1.91; half of 1001; (1001 + 1001 x 1.97) / 2 = 1486.485; 1001; 0; half of 1001; 1001 x 1.9.
      returned_minor: 1912 + 501 + 1486 + 1001 + 0 + 501 + 1902,
      skipped: {
        line_not_quarter: 2,
        overround_out_of_bounds: 1,
        price_blank: 1,
        price_not_above_one: 1,
        result_contradicted: 1,
        spread_total_swapped: 1,
      },
    },
  },
  rows: 17,
  matches: 14,
  rows_without_score: 1,
  rows_unreadable: 1,
  rows_repeated: 1,
  seconds: expect.any(Number),
};

describe("replay", () => {
  test("reports every way in which a bet ends and every reason for none, and leaves the books in order", async () => {
    await using database = await openDatabase();

    const run = await replay(wordsOf(season, ...ODD), { DATABASE_URL: database.url });

    expect([run.code, run.err]).toEqual([0, ""]);
    expect(JSON.parse(run.out)).toEqual(REPORT);
    expect(await audit(database)).toEqual([]);
  });

  test("gives the same again in a database that has the season already", async () => {
    await using database = await openDatabase();
    const env = { DATABASE_URL: database.url };

    const first = await replay(wordsOf(season, ...ODD), env);
    const second = await replay(wordsOf(season, ...ODD), env);

    expect([first.code, second.code, second.err]).toEqual([0, 0, ""]);
    expect(JSON.parse(second.out)).toEqual(REPORT);
    expect(await audit(database)).toEqual([]);
  });

  test("replays each day in its own time: bets before the first start, results after the last, then payment", async () => {
    await using database = await openDatabase();

    await replay(wordsOf(season), { DATABASE_URL: database.url });

    const days = await database.owner(
      `select
         to_char(min(starts_at) at time zone 'UTC', 'MM-DD HH24:MI') as first_start,
         to_char(min(placed_at) at time zone 'UTC', 'MM-DD HH24:MI') as placed,
         to_char(max(recorded_at) at time zone 'UTC', 'MM-DD HH24:MI') as told,
         to_char(max(settled_at) at time zone 'UTC', 'MM-DD HH24:MI') as paid
       from bet_legs
       join bets using (tenant_id, bet_id)
       join results using (event_id)
       join settlements using (tenant_id, bet_id)
       group by date_trunc('day', starts_at)
       order by 1
       limit 2`,
    );
    expect(days).toEqual([
      // British summer time: 20:00 in the file, then 12:30 and 15:00.
      { first_start: "08-09 19:00", placed: "08-09 18:00", told: "08-09 21:00", paid: "08-09 21:00" },
      { first_start: "08-10 11:30", placed: "08-10 10:30", told: "08-10 16:00", paid: "08-10 16:00" },
    ]);
  });

  test("replays only the markets that are asked for, and tells a person in words", async () => {
    await using database = await openDatabase();
    const words = ["--feed=football_data", `--file=${season}`, "--book=B365", "--markets", "1x2", ...ODD];

    const run = await replay(words, { DATABASE_URL: database.url });

    expect(run.err).toBe("");
    expect(run.out.replace(/in [\d.]+ s/, "in 1 s")).toBe(
      "14 matches in 17 rows, replayed in 1 s; the ledger sums to 0\n" +
        "1x2: 9 bets (5 won, 0 half won, 0 void, 0 half lost, 4 lost), staked 9009, returned 10310; skipped " +
        "1 overround_out_of_bounds, 1 price_blank, 1 price_not_above_one, 1 price_unreadable, 1 result_contradicted\n",
    );
  });

  test("takes totals and handicaps of the old family from Betbrain's average, and matches without a time at midnight", async () => {
    await using database = await openDatabase();
    const file = write(
      "old.csv",
      "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,B365H,B365D,B365A,BbMx>2.5,BbAv>2.5,BbMx<2.5,BbAv<2.5,BbAHh,BbAvAHH,BbAvAHA,,",
      "E9,10/08/12,Albion,Borough,2,1,H,1.5,4,7,2.2,2.1,1.8,1.75,-0.75,1.9,1.95,,",
    );

    const run = await replay(wordsOf(file), { DATABASE_URL: database.url });

    const { markets } = JSON.parse(run.out);
    expect(markets["1x2"]).toMatchObject({ won: 1, returned_minor: 1500 });
    expect(markets.totals).toMatchObject({ won: 1, returned_minor: 2100 });
    expect(markets.asian_handicap).toMatchObject({ half_won: 1, returned_minor: 1450 });
    expect(await database.owner("select distinct starts_at from bet_legs")).toEqual([
      { starts_at: new Date("2012-08-10T00:00:00Z") },
    ]);
  });

  test("skips what the file has no column for, and takes a file without divisions by any name", async () => {
    await using database = await openDatabase();
    const file = write(
      "season.csv",
      "Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,B365H,B365D,B365A,B365AHH,B365AHA",
      "10/08/2025,Albion,Borough,2,1,H,1.5,4,7,1.9,1.95",
    );

    const run = await replay(wordsOf(file), { DATABASE_URL: database.url });

    expect([run.code, run.err]).toEqual([0, ""]);
    const { markets } = JSON.parse(run.out);
    expect(markets["1x2"]).toMatchObject({ bets: 1, skipped: {} });
    expect(markets.totals).toMatchObject({ bets: 0, staked_minor: 0, skipped: { column_missing: 1 } });
    expect(markets.asian_handicap).toMatchObject({ bets: 0, skipped: { column_missing: 1 } });
  });

  test("skips a price of which the file tells two", async () => {
    await using database = await openDatabase();
    // Two names of one bookmaker.
    const file = write(
      "twice.csv",
      "Div,Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,VCH,VCD,VCA,BVH,BVD,BVA",
      "E9,10/08/2025,Albion,Borough,2,1,H,1.5,4,7,1.6,4,7",
    );

    const run = await replay(["--feed", "football_data", "--file", file, "--book", "VC", "--json"], {
      DATABASE_URL: database.url,
    });

    expect(JSON.parse(run.out).markets["1x2"]).toMatchObject({ bets: 0, skipped: { suspended: 1 } });
  });

  test("takes a stake far above what a tenant allows that has set no limits", async () => {
    await using database = await openDatabase();

    const run = await replay(wordsOf(season, "--stake", "1000000000"), { DATABASE_URL: database.url });

    expect([run.code, run.err]).toEqual([0, ""]);
    expect(JSON.parse(run.out).markets.asian_handicap).toMatchObject({
      bets: 7,
      staked_minor: 7_000_000_000,
      returned_minor:
        1_910_000_000 + 500_000_000 + 1_485_000_000 + 1_000_000_000 + 500_000_000 + 1_900_000_000,
    });
  });

  test("replays a file in which nothing was played", async () => {
    await using database = await openDatabase();
    const file = write("E9_fixtures.csv", HEADER, ...PLAYED.slice(-1));

    const run = await replay(wordsOf(file), { DATABASE_URL: database.url });

    expect([run.code, run.err]).toEqual([0, ""]);
    const { ledger_sum_minor, matches, rows_without_score, markets } = JSON.parse(run.out);
    expect({ ledger_sum_minor, matches, rows_without_score }).toEqual({
      ledger_sum_minor: 0,
      matches: 0,
      rows_without_score: 1,
    });
    expect(markets.totals).toMatchObject({ bets: 0, returned_minor: 0, skipped: {} });
  });
});

/** The season replayed in this process, with another settlement. */
async function replayWith(
  database: TestDatabase,
  settlementOf: typeof settlementStep,
): Promise<ReplayReport> {
  const progress = { show: () => undefined, clear: () => undefined };
  const at = new Date(0);
  const snapshot = await readAnswerFile({ path: plausible, feed: "football_data", at, progress });
  const columns = await readFootballDataColumns(Bun.file(plausible).stream(), plausible);
  const markets = (["1x2", "totals", "asian_handicap"] as const).map((name) =>
    replayedMarket(name, { prefix: "B365", columns }),
  );
  return await replaySeason(
    { snapshot, markets, stakeMinor: STAKE },
    {
      odds: database.pool("linehold_odds"),
      web: database.pool("linehold_web"),
      settlement: database.pool("linehold_settlement"),
      progress,
      settlementOf,
    },
  );
}

describe("the replay's oracle", () => {
  const question = async () => ({
    bytes: await Bun.file(plausible).bytes(),
    book: "B365",
    stakeMinor: STAKE,
  });

  test("agrees with the settlement on every bet of our own season", async () => {
    await using database = await openDatabase();

    const run = await replay(wordsOf(plausible, ...ODD), { DATABASE_URL: database.url });
    await askOracle(database, await question());

    expect(JSON.parse(run.out).markets).toEqual(await reportsByOracle(database, STAKE));
    expect(await differencesFromOracle(database)).toEqual([]);
  });

  test("notices a grader that knows no halves and no rounding, whose ledger sums to zero like any", async () => {
    await using database = await openDatabase();

    const naive: typeof settlementStep = () => async () => ({
      worked: (await settleNaively(database.owner, 1000)) > 0,
    });

    const { ledger_sum_minor, markets } = await replayWith(database, naive);
    await askOracle(database, await question());

    expect(ledger_sum_minor).toBe(0);
    expect<unknown>(markets).not.toEqual(await reportsByOracle(database, STAKE));
    const differences = await differencesFromOracle(database);
    expect(differences.filter(({ market }) => market === "asian_handicap")).toEqual([
      handicap("2019-08-09/Albion/Borough", "won 1912", "won 1911"),
      handicap("2019-08-10/City/Dynamo", "half_lost 501", "lost 0"),
      handicap("2019-08-10/Eastern/Forest", "half_won 1486", "won 1971"),
      handicap("2019-08-18/Dynamo/Forest", "half_lost 501", "lost 0"),
    ]);
  });

  function handicap(match: string, wanted: string, settled: string) {
    return { match, market: "asian_handicap", wanted, settled };
  }
});

describe("replay in a database", () => {
  test("refuses one in which others' bets wait, and changes nothing", async () => {
    await using database = await openDatabase();
    await database.owner(
      "insert into event_tenants (event_id, tenant_id) values (gen_random_uuid(), gen_random_uuid())",
    );

    const run = await replay(wordsOf(season), { DATABASE_URL: database.url });

    expect([run.code, run.out]).toEqual([1, ""]);
    expect(run.err).toContain("bets in it wait for settlement");
    expect(await database.owner("select 1 from events")).toEqual([]);
  });

  test("fails when bets stay unsettled, rather than report a part", async () => {
    await using database = await openDatabase();

    const report = replayWith(database, () => async () => ({ worked: false }));

    await expect(report).rejects.toThrow("no step takes them up: 20 bets are not settled");
  });

  test("without DATABASE_URL has one of its own, dropped with those that killed runs have left", async () => {
    await using running = await openServer();
    await using session = await openSession({
      url: running.ownerUrl,
      applicationName: "test",
      connectTimeoutMs: 5000,
    });
    // Of a process that cannot be, and of one that is.
    await session.execute("create database linehold_replay_999999999_x");
    await session.execute(`create database linehold_replay_${process.pid}_x`);

    const run = await replay(wordsOf(season, ...ODD), { DATA_DIR: running.dataDir });

    expect([run.code, run.err]).toEqual([0, ""]);
    expect(JSON.parse(run.out)).toEqual(REPORT);
    const left = await session.query(
      "select datname from pg_database where datname like 'linehold%' order by 1",
    );
    expect(left).toEqual([{ datname: "linehold" }, { datname: `linehold_replay_${process.pid}_x` }]);
  });

  test("runs beside others of its kind, whichever of them started the server and ends first", async () => {
    const env = { DATA_DIR: mkdtempSync(join(folder, "data-")) };

    const runs = await Promise.all([
      replay(wordsOf(write("E9_short.csv", HEADER, ...PLAYED.slice(0, 1))), env),
      replay(wordsOf(season, ...ODD), env),
      replay(wordsOf(season, ...ODD), env),
    ]);

    expect(runs.map(({ code, err }) => [code, err])).toEqual(runs.map(() => [0, ""]));
    expect(runs.slice(1).map(({ out }) => JSON.parse(out))).toEqual([REPORT, REPORT]);
  });

  async function openServer() {
    const dataDir = mkdtempSync(join(folder, "data-"));
    const log = createLog({ process: "test", level: "error", clock: systemClock });
    return await openEmbeddedPostgres({ dataDir, settings: { fsync: "off" } }, { log });
  }
});

describe("the command line of replay", () => {
  test("explains itself", async () => {
    const help = await replay(["--help"]);

    expect([help.code, help.err]).toEqual([0, ""]);
    expect(help.out).toStartWith("Usage: bun run replay --feed football_data --file PATH --book B365");
  });

  const given = ["--feed", "football_data", "--file", "x"];
  test.each<[string, readonly string[], string]>([
    ["an unknown flag", [...given, "--book", "B365", "--fast"], "Unknown option '--fast'"],
    ["a stray argument", ["season.csv"], "Unexpected argument"],
    ["no feed", ["--file", "x", "--book", "B365"], "--feed football_data"],
    ["another feed", ["--feed", "goalserve", "--file", "x", "--book", "B365"], 'Unknown feed "goalserve"'],
    ["no file", ["--feed", "football_data", "--book", "B365"], "--file PATH"],
    ["no book", given, "--book B365"],
    ["an unknown book", [...given, "--book", "toString"], 'Unknown book "toString"'],
    [
      "an unknown market",
      [...given, "--book", "B365", "--markets", "1x2,corners"],
      'Unknown market "corners"',
    ],
    ["no market", [...given, "--book", "B365", "--markets", ""], 'Unknown market ""'],
    ["a stake of nothing", [...given, "--book", "B365", "--stake", "0"], "--stake must be from 1"],
    ["a stake in parts", [...given, "--book", "B365", "--stake", "10.5"], "--stake must be from 1"],
  ])("refuses %s with 64", async (_what, words, message) => {
    const run = await replay(words);

    expect([run.code, run.out]).toEqual([64, ""]);
    expect(run.err).toContain(message);
    expect(run.err).toContain("Try: bun run replay --help");
  });

  test("refuses wrong settings with 78", async () => {
    const run = await replay(wordsOf(season), { DATABASE_URL: "mysql://nobody" });

    expect([run.code, run.out]).toEqual([78, ""]);
    expect(run.err).toContain("DATABASE_URL");
  });

  test.each<[string, string, string | undefined, string]>([
    ["a file that is not there", "missing.csv", undefined, "the file cannot be read"],
    ["a folder", ".", undefined, "it is no file"],
    ["an empty file", "empty.csv", "", "it is empty"],
    ["a file of something else", "else.csv", "name\nlinehold\n", "it has no column Date"],
    ["a file that ends early", "cut.csv", `${HEADER}\nE9,09/08/2019`, "in the middle of a line"],
    [
      "a file of several divisions",
      "several.csv",
      "Div,Date,HomeTeam,AwayTeam\nE9,09/08/2019,Albion,Borough\nE8,09/08/2019,City,Dynamo\n",
      "it holds several divisions",
    ],
  ])("fails on %s with 1 and says why, before it opens a database", async (_what, name, content, message) => {
    const path = join(folder, name);
    if (content !== undefined) writeFileSync(path, content);
    const dataDir = join(folder, "untouched");

    const run = await replay(wordsOf(path), { DATA_DIR: dataDir });

    expect([run.code, run.out]).toEqual([1, ""]);
    expect(run.err).toContain(message);
    expect(run.err.trimEnd().split("\n")).toHaveLength(1);
    expect(existsSync(dataDir)).toBe(false);
  });

  test("fails on a database that is away with 1, in one line without a password", async () => {
    const run = await replay(wordsOf(season), {
      DATABASE_URL: "postgres://linehold:pa55word@127.0.0.1:1/linehold",
    });

    expect([run.code, run.out]).toEqual([1, ""]);
    expect(run.err.trimEnd().split("\n")).toHaveLength(1);
    expect(run.err).not.toContain("pa55word");
  });

  test.skipIf(Bun.which("script") === null)("shows how far it is on a terminal, and only there", async () => {
    await using database = await openDatabase();
    const command = [
      process.execPath,
      join(import.meta.dir, "../../src/commands/replay.ts"),
      ...wordsOf(season),
    ];

    const onTerminal = Bun.spawnSync(
      ["script", "-qec", command.map((word) => `'${word}'`).join(" "), "/dev/null"],
      {
        env: { PATH: Bun.env["PATH"] ?? "", DATABASE_URL: database.url },
      },
    );

    const shown = onTerminal.stdout.toString();
    expect(shown).toContain(`Reading ${season}`);
    expect(shown).toMatch(/Replaying day \d+ of 11, \d matches/);
  });
});
