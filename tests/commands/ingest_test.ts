import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { openEmbeddedPostgres } from "../../src/local/mod.ts";
import { createLog } from "../../src/log.ts";
import { openSession } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { board, emptyBoard, line, market, match, price, WINNER } from "../feeds/_board.ts";
import { bookOf, gameOf, H2H, market as market2, scoresOf } from "../feeds/_games.ts";
import { openDatabase, temporaryFolder } from "../harness/mod.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const COMMAND = resolve(import.meta.dir, "../../src/commands/ingest.ts");

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** The command as a person runs it, with no more of the environment than it is given. */
async function ingest(words: readonly string[], env: Record<string, string>): Promise<Run> {
  const path = Bun.env["PATH"] ?? "";
  const child = Bun.spawn([process.execPath, COMMAND, ...words], {
    env: { PATH: path, ...env },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { code: await child.exited, out, err };
}

function openFolder(): Disposable & { readonly path: string } {
  const path = temporaryFolder();
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

async function fileOf(folder: string, body: unknown): Promise<string> {
  const path = join(folder, `board-${Bun.hash(JSON.stringify(body))}.json`);
  await Bun.write(path, JSON.stringify(body));
  return path;
}

const BOARD = board([
  match([
    WINNER,
    market("5", "Goals Over/Under", [
      line("total", "2.3", [price("Over", "1.90"), price("Under", "1.90", "True")]),
    ]),
    market("22845", "Anytime Goal Scorer", [price("J. Nobody", "1.00")]),
  ]),
]);
const COUNTS = {
  events: 1,
  markets: 3,
  prices: 6,
  open: 3,
  suspended: 1,
  quarantined: { line_not_quarter: 1, price_not_above_one: 1 },
  unknownMarkets: {},
  results: 0,
};

describe("ingest", () => {
  test("stores a file and says what it held, then finds nothing to change", async () => {
    await using database = await openDatabase();
    using folder = openFolder();
    const file = await fileOf(folder.path, BOARD);
    const words = ["--feed", "goalserve", "--file", file, "--json"];

    const first = await ingest(words, { DATABASE_URL: database.url });
    const second = await ingest(words, { DATABASE_URL: database.url });

    expect([first.code, first.err, second.code]).toEqual([0, "", 0]);
    expect(JSON.parse(first.out)).toEqual({ ...COUNTS, changed: 6, seconds: expect.any(Number) });
    expect(JSON.parse(second.out)).toEqual({ ...COUNTS, changed: 0, seconds: expect.any(Number) });
    const [stored] = await database.owner("select count(*)::int as prices from prices where not suspended");
    expect(stored).toEqual({ prices: 3 });
  });

  test("tells a person the same in one line", async () => {
    await using database = await openDatabase();
    using folder = openFolder();

    const run = await ingest(["--feed=goalserve", `--file=${await fileOf(folder.path, BOARD)}`], {
      DATABASE_URL: database.url,
    });

    expect(run.out).toStartWith(
      "goalserve/soccer: 1 events, 3 markets, 6 prices (3 open, 1 suspended, quarantined 1 line_not_quarter, 1 price_not_above_one); 6 rows changed in ",
    );
    expect(run.out.trimEnd().split("\n")).toHaveLength(1);
  });

  test("says when a file is older than what is stored, or holds no state, and changes nothing", async () => {
    await using database = await openDatabase();
    using folder = openFolder();
    const run = async (body: unknown) =>
      await ingest(["--feed", "goalserve", "--json", "--file", await fileOf(folder.path, body)], {
        DATABASE_URL: database.url,
      });
    await run(board([match([WINNER])], { ts: "200" }));

    const older = await run(board([match([])], { ts: "100" }));
    const empty = await run(emptyBoard());

    expect([older.code, empty.code]).toEqual([0, 0]);
    expect(older.err).toContain("a newer state of goalserve/soccer is");
    expect(empty.err).toContain("it holds no state");
    expect(JSON.parse(empty.out)).toMatchObject({ events: 0, prices: 0, changed: 0 });
    const [stored] = await database.owner("select count(*)::int as open from prices where not suspended");
    expect(stored).toEqual({ open: 3 });
  });

  test("uses the embedded server without DATABASE_URL, migrated, the same one each time", async () => {
    using folder = openFolder();
    const env = { DATA_DIR: join(folder.path, "data") };
    const words = ["--feed", "goalserve", "--json", "--file", await fileOf(folder.path, BOARD)];

    const first = await ingest(words, env);
    const second = await ingest(words, env);

    expect([first.code, second.code]).toEqual([0, 0]);
    expect(JSON.parse(first.out)).toMatchObject({ changed: 6 });
    expect(JSON.parse(second.out)).toMatchObject({ changed: 0 });
  });

  test("adopts the server that runs for this data directory, and leaves it running", async () => {
    using folder = openFolder();
    const dataDir = join(folder.path, "data");
    const log = createLog({ process: "test", level: "error", clock: systemClock });
    await using running = await openEmbeddedPostgres({ dataDir, settings: { fsync: "off" } }, { log });
    const words = ["--feed", "goalserve", "--json", "--file", await fileOf(folder.path, BOARD)];

    const run = await ingest(words, { DATA_DIR: dataDir });

    expect(run.code).toBe(0);
    await using session = await openSession({
      url: running.ownerUrl,
      applicationName: "test",
      connectTimeoutMs: 5000,
    });
    const [stored] = await session.query("select count(*)::int as prices from prices");
    expect(stored).toEqual({ prices: 3 });
  });

  test("explains itself", async () => {
    const help = await ingest(["--help"], {});

    expect([help.code, help.err]).toEqual([0, ""]);
    expect(help.out).toStartWith("Usage: bun run ingest --feed FORMAT --file PATH [--source NAME] [--json]");
  });

  test.each([
    ["an unknown flag", ["--feed", "goalserve", "--file", "x", "--fast"], "Unknown option '--fast'"],
    ["a stray argument", ["file.json"], "Unexpected argument"],
    ["no feed", ["--file", "x"], "Say which feed"],
    ["an unknown feed", ["--feed", "carrier_pigeon", "--file", "x"], 'Unknown feed "carrier_pigeon"'],
    ["no file", ["--feed", "goalserve"], "Say which file"],
  ])("refuses %s with 64", async (_, words, message) => {
    const run = await ingest(words, {});

    expect([run.code, run.out]).toEqual([64, ""]);
    expect(run.err).toContain(message);
    expect(run.err).toContain("Try: bun run ingest --help");
  });

  test("refuses wrong settings with 78", async () => {
    const run = await ingest(["--feed", "goalserve", "--file", "x"], { DATABASE_URL: "mysql://nobody" });

    expect(run.code).toBe(78);
    expect(run.err).toContain("DATABASE_URL");
  });

  test.each([
    ["a file that is not there", "missing.json", undefined, "the file cannot be read"],
    ["a folder", ".", undefined, "it is no file"],
    ["what is no JSON", "text.json", "{", "it is no JSON"],
    ["JSON of something else", "else.json", '{"name":"linehold"}', "no sport is named"],
    ["an empty file", "empty.json", "", "it is no JSON"],
  ])("fails on %s with 1 and says why, before it opens a database", async (_, name, content, message) => {
    using folder = openFolder();
    const path = join(folder.path, name);
    if (content !== undefined) await Bun.write(path, content);

    const run = await ingest(["--feed", "goalserve", "--file", path, "--json"], {
      DATA_DIR: join(folder.path, "data"),
    });

    expect([run.code, run.out]).toEqual([1, ""]);
    expect(run.err).toContain(message);
    expect(run.err.trimEnd().split("\n")).toHaveLength(1);
    expect(readdirSync(folder.path)).not.toContain("data");
  });

  test("fails on a database that is away with 1, in one line without a password", async () => {
    using folder = openFolder();
    const url = "postgres://linehold:pa55word@127.0.0.1:1/linehold";

    const run = await ingest(["--feed", "goalserve", "--file", await fileOf(folder.path, BOARD)], {
      DATABASE_URL: url,
    });

    expect([run.code, run.out]).toEqual([1, ""]);
    expect(run.err.trimEnd().split("\n")).toHaveLength(1);
    expect(run.err).not.toContain("pa55word");
  });
});

describe("ingest of the other formats", () => {
  const GAME = gameOf([bookOf("fanduel", [H2H])]);

  async function ingestText(text: string, words: readonly string[]): Promise<Run> {
    await using database = await openDatabase();
    using folder = openFolder();
    const path = join(folder.path, "answer");
    await Bun.write(path, text);
    return await ingest(["--file", path, "--json", ...words], { DATABASE_URL: database.url });
  }

  test("reads odds and scores of The Odds API, told apart by their fields or by name", async () => {
    const odds = await ingestText(JSON.stringify([GAME]), ["--feed", "the_odds_api"]);
    const scores = await ingestText(JSON.stringify([scoresOf()]), ["--feed", "the_odds_api"]);
    const named = await ingestText(JSON.stringify([scoresOf()]), ["--feed", "the_odds_api/scores"]);
    const mistaken = await ingestText(JSON.stringify([GAME]), ["--feed", "the_odds_api/scores"]);

    expect(JSON.parse(odds.out)).toMatchObject({ events: 1, prices: 2, open: 2, results: 0, changed: 3 });
    expect(JSON.parse(scores.out)).toMatchObject({ events: 1, prices: 0, results: 1 });
    expect(JSON.parse(named.out)).toMatchObject({ events: 1, prices: 0, results: 1 });
    expect([mistaken.code, mistaken.out]).toEqual([1, ""]);
    expect(mistaken.err).toContain("a game has no scores");
  });

  test("counts unknown markets by the source's own name", async () => {
    const odd = market2("player_points", { name: "Over", description: "J. Nobody", price: 1.9, point: 20.5 });
    const books = [bookOf("a", [H2H, odd]), bookOf("b", [odd, { ...odd, key: "player_assists" }])];

    const run = await ingestText(JSON.stringify([gameOf(books)]), ["--feed", "the_odds_api"]);

    expect(JSON.parse(run.out).unknownMarkets).toEqual({ player_points: 2, player_assists: 1 });
  });

  test("reads a CSV file, and takes its division from who asks where it has none", async () => {
    const rows =
      "Date,HomeTeam,AwayTeam,FTHG,FTAG,FTR,B365H\n13/09/2025,Rovers,Town,3,0,H,1.38\n14/09/2025,Albion,City,1,0,A,2.1\n";

    const unasked = await ingestText(rows, ["--feed", "football_data"]);
    const asked = await ingestText(rows, ["--feed", "football_data", "--source", "football_data/E0"]);

    expect([unasked.code, unasked.out]).toEqual([1, ""]);
    expect(unasked.err).toContain("which division");
    expect(JSON.parse(asked.out)).toMatchObject({
      events: 2,
      prices: 2,
      open: 2,
      quarantined: { result_contradicted: 1 },
      results: 1,
    });
  });

  test("changes nothing when the same CSV file is read again that day", async () => {
    await using database = await openDatabase();
    using folder = openFolder();
    const path = join(folder.path, "E0.csv");
    await Bun.write(path, "Div,Date,HomeTeam,AwayTeam,B365H,B365D\nE0,13/09/2025,Rovers,Town,1.38,0\n");
    const words = ["--feed", "football_data", "--file", path, "--json"];

    const first = await ingest(words, { DATABASE_URL: database.url });
    const second = await ingest(words, { DATABASE_URL: database.url });

    expect(JSON.parse(first.out)).toMatchObject({ quarantined: { price_not_above_one: 1 }, changed: 3 });
    expect(JSON.parse(second.out)).toMatchObject({ changed: 0 });
  });

  test.skipIf(Bun.which("script") === null)("shows how far it is on a terminal, and only there", async () => {
    await using database = await openDatabase();
    using folder = openFolder();
    const file = await fileOf(folder.path, [GAME]);
    const command = `'${process.execPath}' '${COMMAND}' --feed the_odds_api --file '${file}'`;

    const onTerminal = Bun.spawnSync(["script", "-qec", command, "/dev/null"], {
      env: { PATH: Bun.env["PATH"] ?? "", DATABASE_URL: database.url },
    });
    const inPipe = await ingest(["--feed", "the_odds_api", "--file", file], { DATABASE_URL: database.url });

    const shown = onTerminal.stdout.toString();
    expect(shown).toContain(`Reading ${file}`);
    expect(shown).toContain("Storing 2 prices of 1 events");
    expect([inPipe.code, inPipe.err]).toEqual([0, ""]);
    expect(inPipe.out).toStartWith("the_odds_api/basketball_nba: 1 events");
  });
});
