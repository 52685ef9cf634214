import { expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { defaultBrand } from "../../src/branding/mod.ts";
import { findFreePort, openDatabase, temporaryFolder } from "../harness/mod.ts";
import { arrangeEvent, arrangePrices } from "../odds/catalogue.ts";
import { runCommandFile } from "./run_command.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

async function openStage(scope: AsyncDisposableStack) {
  const database = scope.use(await openDatabase());
  const folder = temporaryFolder();
  scope.defer(() => rmSync(folder, { recursive: true, force: true }));
  const tenant = (...words: string[]) =>
    runCommandFile("tenant.ts", words, { DATABASE_URL: database.url, BASE_DOMAIN: "books.example" });
  const file = async (content: unknown) => {
    const path = join(folder, `${Bun.randomUUIDv7()}.json`);
    await Bun.write(path, typeof content === "string" ? content : JSON.stringify(content));
    return path;
  };
  return { database, folder, tenant, file };
}

test("tenant creates, brands, suspends, resumes and lists", async () => {
  await using scope = new AsyncDisposableStack();
  const { tenant, file } = await openStage(scope);
  const theme = { ...defaultBrand("someone-else"), name: "Acme Bets", version: 7 };

  const none = await tenant("list");
  const created = await tenant("create", "--slug", "acme", "--name", "Acme", "--host", "Bets.Acme.example");
  const branded = await tenant("brand", "--slug", "acme", "--file", await file(theme));
  const again = await tenant("brand", "--slug", "acme", "--json", "--file", await file({ name: "Acme 2" }));
  const suspended = await tenant("suspend", "--slug", "acme");
  const suspendedAgain = await tenant("suspend", "--slug", "acme");
  const listed = await tenant("list");
  const resumed = await tenant("resume", "--slug", "acme", "--json");
  const inJson = await tenant("list", "--json");

  expect(
    [none, created, branded, again, suspended, listed, resumed, inJson].map(({ code, err }) => [code, err]),
  ).toEqual(Array.from({ length: 8 }, () => [0, ""]));
  expect(none.out).toBe("No tenant yet: bun run tenant create\n");
  expect(created.out).toBe("Created acme: try /acme/api/public/load-theme\n");
  expect(branded.out).toBe("Saved version 1 of acme\n");
  expect(JSON.parse(again.out)).toMatchObject({ slug: "acme", version: 2 });
  expect(suspended.out).toBe("acme is suspended\n");
  expect(suspendedAgain.out).toBe("acme is suspended, as it was\n");
  expect(listed.out).toBe("acme  suspended  brand 2  Acme  bets.acme.example\n");
  expect(JSON.parse(resumed.out)).toMatchObject({ state: "active", changed: true });
  expect(JSON.parse(inJson.out)).toEqual([
    {
      tenantId: expect.any(String),
      slug: "acme",
      displayName: "Acme",
      state: "active",
      hosts: ["bets.acme.example"],
      brandVersion: 2,
    },
  ]);
});

test("tenant brand names every fault with its path, and nothing is saved", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, tenant, file } = await openStage(scope);
  await tenant("create", "--slug", "acme", "--name", "Acme");
  const faulty = { colors: { primary: "red", primry: "#ffffff" }, social: [{ network: "x" }] };

  const run = await tenant("brand", "--slug", "acme", "--file", await file(faulty));

  expect([run.code, run.out]).toEqual([1, ""]);
  expect(run.err).toStartWith("Cannot save the brand as 3 part(s) of it cannot be used:\n");
  for (const path of ["colors.primary must be", "colors.primry is not known", "social[0].url is missing"])
    expect(run.err).toContain(`  ${path}`);
  expect(await database.owner("select * from branding")).toEqual([]);
});

test("tenant brand --expect-version refuses when the brand was saved meanwhile", async () => {
  await using scope = new AsyncDisposableStack();
  const { tenant, file } = await openStage(scope);
  await tenant("create", "--slug", "acme", "--name", "Acme");
  const path = await file({ name: "Acme" });
  const save = (version: string) =>
    tenant("brand", "--slug", "acme", "--file", path, "--expect-version", version);

  const [first, late, odd] = [await save("0"), await save("0"), await save("one")];

  expect([first.code, late.code, odd.code]).toEqual([0, 1, 64]);
  expect(late.err).toBe("Cannot save the brand over version 0 as it is at version 1 now\n");
});

test.each([
  [
    "a slug that paths need",
    ["create", "--slug", "docs", "--name", "X"],
    "paths of the service need its slug",
  ],
  ["a slug that is none", ["create", "--slug", "Acme", "--name", "X"], "its slug is not 1 to 63 of"],
  ["a slug that is taken", ["create", "--slug", "taken", "--name", "X"], "another tenant has its slug"],
  [
    "a host below BASE_DOMAIN",
    ["create", "--slug", "x", "--name", "X", "--host", "y.books.example"],
    "BASE_DOMAIN",
  ],
  ["an unknown tenant to suspend", ["suspend", "--slug", "nobody"], 'slug is "nobody"'],
  ["an unknown tenant to resume", ["resume", "--slug", "nobody"], 'slug is "nobody"'],
])("tenant refuses %s with 1 and one line", async (_what, words, message) => {
  await using scope = new AsyncDisposableStack();
  const { tenant } = await openStage(scope);
  if (words.includes("taken")) await tenant("create", "--slug", "taken", "--name", "First");

  const run = await tenant(...words);

  expect([run.code, run.out]).toEqual([1, ""]);
  expect(run.err).toContain(message);
  expect(run.err.trimEnd().split("\n")).toHaveLength(1);
});

test("tenant brand says what is wrong with its file, before it asks the database", async () => {
  const run = (words: string[]) =>
    runCommandFile("tenant.ts", ["brand", "--slug", "acme", ...words], {
      DATABASE_URL: "postgres://x@127.0.0.1:1/x",
    });
  const folder = temporaryFolder();
  await Bun.write(join(folder, "text.json"), "{ name: }");

  const missing = await run(["--file", join(folder, "missing.json")]);
  const torn = await run(["--file", join(folder, "text.json")]);
  const isFolder = await run(["--file", folder]);
  rmSync(folder, { recursive: true });

  expect([missing.code, torn.code, isFolder.code]).toEqual([1, 1, 1]);
  expect(missing.err).toContain("it cannot be opened");
  expect(torn.err).toContain("it is no JSON (");
  expect(isFolder.err).toContain("it is no file");
});

test("tenant explains itself, and refuses what it does not know with 64", async () => {
  const run = (...words: string[]) => runCommandFile("tenant.ts", words, {});

  const [help, verbHelp, nothing, unknown, flag, stray, noSlug, settings] = await Promise.all([
    run("--help"),
    run("brand", "--help"),
    run(),
    run("delete", "--slug", "acme"),
    run("list", "--all"),
    run("suspend", "acme"),
    run("suspend"),
    runCommandFile("tenant.ts", ["list"], { DATABASE_URL: "mysql://nobody" }),
  ]);

  expect([help.code, verbHelp.code]).toEqual([0, 0]);
  expect(help.out).toStartWith("Usage: bun run tenant list [--json]");
  expect(verbHelp.out).toBe(help.out);
  expect([nothing, unknown, flag, stray, noSlug].map(({ code }) => code)).toEqual([64, 64, 64, 64, 64]);
  expect(nothing.err).toContain(
    "Say what to do: list, create, brand, set, offer, limits, settlement, suspend, resume, key",
  );
  expect(unknown.err).toContain('Unknown verb "delete"');
  expect(flag.err).toContain("Unknown option '--all'");
  expect(noSlug.err).toContain("Say which: --slug SLUG");
  expect(noSlug.err).toContain("Try: bun run tenant --help");
  expect([settings.code, settings.err.includes("DATABASE_URL")]).toEqual([78, true]);
});

test("tenant says that the database is away, without its password, and changes nothing", async () => {
  const port = await findFreePort();
  const run = await runCommandFile("tenant.ts", ["list"], {
    DATABASE_URL: `postgres://linehold:pa55word@127.0.0.1:${port}/linehold`,
  });

  expect([run.code, run.out]).toEqual([1, ""]);
  expect(run.err).not.toContain("pa55word");
  expect(run.err.trimEnd().split("\n")).toHaveLength(1);
});

test("tenant set changes what is named and nothing else, and tenant offer prints it as --file takes it", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, tenant, file } = await openStage(scope);
  await tenant("create", "--slug", "acme", "--name", "Acme");
  await arrangeEvent(database, { startsAt: new Date(), sport: "tennis" });
  const soccer = await arrangeEvent(database, { startsAt: new Date(), competitionId: "goalserve:1204" });
  await arrangePrices(database, soccer, [{ outcome: "home", price: [2, 1], book: "bet365" }]);

  const none = await tenant("offer", "acme");
  const first = await tenant(
    ...["set", "acme", "--margin-bps", "500", "--off", "sport:tennis,market:correct_score"],
    ...[
      "--margin",
      "sport:soccer=300",
      "--margin",
      "sport:soccer/market:1x2=200",
      "--odds-format",
      "american",
    ],
  );
  const second = await tenant(
    ...["set", "--slug", "acme", "--on", "sport:tennis", "--off", "competition:goalserve:1204,book:bet365"],
    ...["--margin", "sport:soccer=none", "--expect-version", "1", "--json"],
  );
  const printed = await tenant("offer", "acme");
  const whole = await tenant("set", "acme", "--file", await file({ marginBps: 100 }), "--json");
  const back = await tenant("set", "acme", "--file", await file(printed.out));
  const again = await tenant("offer", "acme");
  const late = await tenant("set", "acme", "--margin-bps", "1", "--expect-version", "1");

  const runs = [none, first, second, printed, whole, back, again];
  expect(runs.map(({ code, err }) => [code, err])).toEqual(runs.map(() => [0, ""]));
  expect(JSON.parse(none.out)).toMatchObject({ marginBps: 0, margins: [], oddsFormat: "decimal" });
  expect(first.out).toBe("Saved version 1 of the offer of acme\n");
  const settings = {
    marginBps: 500,
    margins: [{ sport: "soccer", marketType: "1x2", marginBps: 200 }],
    off: {
      sports: [],
      competitions: ["goalserve:1204"],
      marketTypes: ["correct_score"],
      books: ["bet365"],
    },
    oddsFormat: "american",
  };
  expect(JSON.parse(second.out)).toEqual({
    slug: "acme",
    tenantId: expect.any(String),
    version: 2,
    ...settings,
  });
  expect(JSON.parse(printed.out)).toEqual(settings);
  expect(JSON.parse(whole.out)).toMatchObject({ version: 3, marginBps: 100, oddsFormat: "decimal" });
  expect(again.out).toBe(printed.out);
  expect([late.code, late.err]).toEqual([
    1,
    "Cannot save the offer over version 1 as it is at version 4 now\n",
  ]);
});

test("tenant set --retention-days says for how long closed accounts are kept, by itself", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, tenant } = await openStage(scope);
  await tenant("create", "--slug", "acme", "--name", "Acme");

  const set = await tenant("set", "acme", "--retention-days", "365");
  const refused = [
    await tenant("set", "acme", "--retention-days", "36501"),
    await tenant("set", "acme", "--retention-days", "a year"),
    await tenant("set", "acme", "--retention-days", "30", "--margin-bps", "500"),
  ];

  expect([set.code, set.out]).toEqual([0, "acme keeps the persons behind closed accounts for 365 days\n"]);
  expect(refused.map(({ code }) => code)).toEqual([64, 64, 64]);
  expect(await database.owner("select retention_days from player_policies")).toEqual([
    { retention_days: 365 },
  ]);
});

test("tenant set saves names that nothing stored has, and names them on standard error", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, tenant } = await openStage(scope);
  await tenant("create", "--slug", "acme", "--name", "Acme");
  const soccer = await arrangeEvent(database, { startsAt: new Date(), competitionId: "goalserve:1204" });
  await arrangePrices(database, soccer, [{ outcome: "home", price: [2, 1], book: "bet365" }]);

  const run = await tenant(
    ...[
      "set",
      "acme",
      "--off",
      "sport:socer,competition:goalserve:1205,book:bet356",
      "--margin",
      "sport:tenis=300",
    ],
    ...["--off", "sport:soccer,competition:goalserve:1204,book:bet365,market:correct_score"],
  );

  expect([run.code, run.out]).toEqual([0, "Saved version 1 of the offer of acme\n"]);
  expect(run.err.trimEnd().split("\n").sort()).toEqual([
    'Nothing stored has the book "bet356" yet: is it misspelt?',
    'Nothing stored has the competition "goalserve:1205" yet: is it misspelt?',
    'Nothing stored has the sport "socer" yet: is it misspelt?',
    'Nothing stored has the sport "tenis" yet: is it misspelt?',
  ]);
});

test("tenant set names every fault at once, and nothing is saved", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, tenant, file } = await openStage(scope);
  await tenant("create", "--slug", "acme", "--name", "Acme");

  const flags = await tenant(
    ...["set", "acme", "--margin-bps", "5001", "--margin", "tennis=5", "--margin", "market:cs=70"],
    ...["--off", "sport:Tennis,colour:red", "--on", "book:", "--odds-format", "roman"],
  );
  const document = await tenant(
    "set",
    "acme",
    "--file",
    await file({ marginBps: -1, margin: 3, off: { sport: [] } }),
  );
  const nothing = await tenant("set", "acme");
  const both = await tenant("set", "acme", "--margin-bps", "5", "--file", await file({}));
  const nobody = await tenant("set", "nobody", "--margin-bps", "5");

  expect([flags, document, nothing, both, nobody].map(({ code }) => code)).toEqual([64, 1, 64, 64, 1]);
  for (const fault of [
    "marginBps expected integer to be less or equal to 5000",
    "--margin must be like sport:tennis=700",
    'margins[0].marketType is no market type: "cs"',
    "off.sports[0] expected string to match",
    'it is "colour:red"',
    'it is "book:"',
    "oddsFormat must be one of decimal, american, fractional",
  ])
    expect(flags.err).toContain(fault);
  for (const fault of [
    "marginBps expected",
    "  margin unexpected property",
    "  off.sport unexpected property",
  ])
    expect(document.err).toContain(fault);
  expect(nothing.err).toContain(
    "Say what to set: --margin-bps, --margin, --off, --on, --odds-format or --file",
  );
  expect(both.err).toContain("--file is the whole offer: leave out --margin-bps");
  expect(await database.owner("select * from tenant_offers")).toEqual([]);
});

test("without DATABASE_URL it is the embedded server of DATA_DIR, migrated, the same each time", async () => {
  const dataDir = temporaryFolder();
  const run = (...words: string[]) => runCommandFile("tenant.ts", words, { DATA_DIR: dataDir });

  const created = await run("create", "--slug", "acme", "--name", "Acme");
  const listed = await run("list");
  rmSync(dataDir, { recursive: true, force: true });

  expect([created.code, listed.code]).toEqual([0, 0]);
  expect(listed.out).toBe("acme  active  brand 0  Acme\n");
});
