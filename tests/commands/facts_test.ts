import { expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { openDatabase, temporaryFolder } from "../harness/mod.ts";
import { arrangeEvent } from "../odds/catalogue.ts";
import { at } from "../odds/stage.ts";
import { runCommandFile } from "./run_command.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

async function openDesk(scope: AsyncDisposableStack) {
  const database = scope.use(await openDatabase());
  const folder = temporaryFolder();
  scope.defer(() => rmSync(folder, { recursive: true, force: true }));
  const eventId = await arrangeEvent(database, { startsAt: at(-3) });
  const [named] = await database.owner<{ source: string; id: string }>(
    "select source, source_event_id as id from events where event_id = $1",
    [eventId],
  );
  const run = (...words: string[]) => runCommandFile("facts.ts", words, { DATABASE_URL: database.url });
  let files = 0;
  const take = async (csv: string, ...words: string[]) => {
    files += 1;
    const path = join(folder, `${files}.csv`);
    await Bun.write(path, csv);
    return await run("--csv", path, "--actor", "ana", ...words);
  };
  return { database, eventId, source: named?.source ?? "", sourceEventId: named?.id ?? "", run, take };
}

const HEADER = "event,fact,statistic,period,side,subject,value,final,retract,true_at";

test("a file of facts is taken whole, becomes the public result, and is listed with who said it", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, eventId, source, sourceEventId, run, take } = await openDesk(scope);
  const csv = [
    "source,source_event_id,fact,statistic,period,side,value",
    `${source},${sourceEventId},status,,,,ended`,
    `${source},${sourceEventId},count,score,regulation,home,2`,
    "",
    `${source},${sourceEventId},count,score,regulation,away,1`,
    `${source},${sourceEventId},count,corners,regulation,home,7`,
  ].join("\n");

  const dry = await take(csv, "--dry-run");
  const before = await database.owner("select 1 from fact_versions");
  const taken = await take(csv, "--note", "from the match report", "--json");
  const again = await take(csv);
  const listed = await run("--event", eventId);
  const early = await run("--event", eventId, "--as-of", "2020-01-01T00:00:00Z", "--json");

  expect([dry.code, before, dry.err]).toEqual([0, [], ""]);
  expect(dry.out).toBe("Would take 4 facts of 1 events; nothing is changed\n");
  expect(JSON.parse(taken.out)).toEqual({ events: 1, facts: 4, recorded: 1, unchanged: 0, dryRun: false });
  expect(again.out).toBe("Took 4 facts of 1 events: 0 with news, 1 as they were\n");
  expect(await database.owner("select version, state, home_score, away_score, source from results")).toEqual([
    { version: 1, state: "final", home_score: 2, away_score: 1, source: "csv" },
  ]);
  expect(listed.out).toContain("count corners regulation home 7  (statement 1 by csv, ana, true at ");
  expect(listed.out).toContain("csv, ana, confirmed, from the match report: ");
  expect(JSON.parse(early.out)).toMatchObject({ version: 0, status: null, facts: [], statements: [] });
});

test("a later file corrects and retracts, and what was said before can still be listed", async () => {
  await using scope = new AsyncDisposableStack();
  const { eventId, run, take } = await openDesk(scope);
  const row = (words: string) => `${HEADER}\n${eventId},${words}`;
  await take(row("count,corners,regulation,home,,7,,,2025-03-01T15:00:00Z"));
  await take(row("count,corners,regulation,home,,6,,,"));
  await take(row("count,corners,regulation,home,,,,yes,"));

  const values = await Promise.all(
    ["1", "2", "3"].map(async (version) => {
      const { out } = await run("--event", eventId, "--version", version, "--json");
      return (JSON.parse(out).facts as { value: number }[]).map(({ value }) => value);
    }),
  );

  expect(values).toEqual([[7], [6], []]);
  expect((await run("--event", eventId)).out).toContain("count corners regulation home retracted");
});

test("bets of a window are cancelled and given back by a file", async () => {
  await using scope = new AsyncDisposableStack();
  const { eventId, run, take } = await openDesk(scope);
  const header = "event,fact,subject,market,line,placed_from,placed_before,reason,rule,retract";
  const made = await take(
    `${header}\n${eventId},cancelled,slip-1,total,2.5,2025-03-01T12:00:00Z,2025-03-01T12:05:00Z,incorrect_odds,4.2,`,
  );
  const inForce = JSON.parse((await run("--event", eventId, "--json")).out).facts;
  const back = await take(`${header}\n${eventId},cancelled,slip-1,,,,,,,yes`);

  expect([made.code, made.err, back.code]).toEqual([0, "", 0]);
  expect(inForce).toMatchObject([
    {
      fact: "cancelled",
      subject: "slip-1",
      detail: {
        marketType: "total",
        lineQuarters: 10,
        placedFrom: "2025-03-01T12:00:00.000Z",
        placedBefore: "2025-03-01T12:05:00.000Z",
        reason: "incorrect_odds",
        rule: "4.2",
      },
    },
  ]);
  expect(JSON.parse((await run("--event", eventId, "--json")).out).facts).toEqual([]);
});

test("every line that cannot be told is named, and of such a file nothing is taken", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, eventId, take } = await openDesk(scope);
  const lines = [
    HEADER,
    `${eventId},count,corners,regulation,home,,7,,,`,
    `${eventId},count,corners,regulation,away,,,,,`,
    `${eventId},status,,,,,Awarded?,,,`,
    `,status,,,,,ended,,,`,
    `${eventId},count,corners,regulation,home,,8,,,`,
    `${eventId},count,shots,regulation,home,,8,,,`,
    `${eventId},count,score,regulation,home,,8,perhaps,,`,
    `${eventId},status,,,,,ended,,,yesterday`,
  ];

  const refused = await take(lines.join("\n"));
  const unknown = await take(`${HEADER}\n${crypto.randomUUID()},status,,,,,ended,,,`);

  expect([refused.code, unknown.code]).toEqual([1, 1]);
  expect([...(refused.err.match(/^Line \d+/gm) ?? [])]).toEqual(
    ["3", "4", "5", "6", "7", "8", "9"].map((n) => `Line ${n}`),
  );
  expect(refused.err).toContain("Line 3: value has to be a whole number from 0: what is not known is not 0");
  expect(refused.err).toEndWith("Nothing is changed\n");
  expect(unknown.err).toContain("Line 2: no such event is stored");
  expect(await database.owner("select 1 from fact_versions")).toEqual([]);
});

test.each([
  ["no columns that are known", "a,b\n1,2\n"],
  ["a column twice", "event,event,fact\n1,2,3\n"],
  ["a row of another length", "event,fact\n1,2,3\n"],
  ["nothing", ""],
])("a file with %s is refused as a whole", async (_, csv) => {
  await using scope = new AsyncDisposableStack();
  const { take } = await openDesk(scope);

  const { code, err } = await take(csv);

  expect(code).toBe(1);
  expect(err).toContain("Cannot read the file as CSV");
});

test.each([
  [["--event", "x"]],
  [[]],
  [["--csv", "a.csv", "--event", "b"]],
  [["--csv", "/nowhere.csv", "--actor", "ana"]],
  [["--csv", "a.csv"]],
  [["--event", "01994e0a-3c00-7000-8000-0d9c1c2f7a11", "--version", "0"]],
])("wrong arguments are told: %p", async (words) => {
  await using scope = new AsyncDisposableStack();
  const { run } = await openDesk(scope);

  expect((await run(...words)).code).toBe(64);
});

test("the grammar of the file is told by --help", async () => {
  const { code, out } = await runCommandFile("facts.ts", ["--help"], {});

  expect(code).toBe(0);
  for (const word of ["source_event_id", "retract", "cancelled", "placed_before", "it is not 0"])
    expect(out).toContain(word);
});
