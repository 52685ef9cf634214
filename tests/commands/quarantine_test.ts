import { expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { market, match, price } from "../feeds/_board.ts";
import { openStore } from "../feeds/_store.ts";
import { temporaryFolder } from "../harness/mod.ts";
import { runCommandFile } from "./run_command.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const TOO_KIND = market("1", "Match Winner", [
  price("Home", "10.00"),
  price("Draw", "10.00"),
  price("Away", "10.00"),
]);
const NOTHING = market("22845", "Anytime Goal Scorer", [price("J. \u001b[31mNobody", "1.00")]);

async function openDesk(scope: AsyncDisposableStack) {
  const store = scope.use(await openStore());
  await store.writeBoard("100", [match([TOO_KIND, NOTHING])]);
  const run = (...words: string[]) =>
    runCommandFile("quarantine.ts", words, { DATABASE_URL: store.database.url });
  const idOf = async (reason: string) => {
    const { out } = await run("list", "--reason", reason, "--json");
    return String(JSON.parse(out).items[0].quarantineId);
  };
  return { store, run, idOf };
}

test("quarantine lists, shows, releases and discards, and counts what was met", async () => {
  await using scope = new AsyncDisposableStack();
  const { store, run, idOf } = await openDesk(scope);
  const kind = ["--source", "goalserve/soccer", "--reason", "overround_out_of_bounds"];
  const noOffer = await idOf("price_not_above_one");

  const listed = await run("list");
  const shown = await run("show", "--id", noOffer);
  const released = await run("release", ...kind, "--actor", "ana");
  await store.writeBoard("200", [match([TOO_KIND, NOTHING])]);
  const discarded = await run("discard", "--id", noOffer, "--actor", "bo", "--json");
  const again = await run("discard", "--id", noOffer, "--actor", "cy");
  const none = await run("list");
  const all = await run("list", "--state", "all", "--json");
  const counted = await run("count");

  const runs = [listed, shown, released, discarded, again, none, all, counted];
  expect(runs.map(({ code, err }) => [code, err])).toEqual(runs.map(() => [0, ""]));
  expect(listed.out.trimEnd().split("\n")).toHaveLength(4);
  expect(listed.out).toContain("Harbour Rovers - Millbrook  bet365/1x2/regulation///home");
  // What a source writes does not paint the terminal.
  expect(listed.out).toContain("J.  [31mNobody");
  expect(shown.out).toMatch(/^reason +price_not_above_one$/m);
  expect(released.out).toStartWith("Released 3\n");
  expect(await store.prices()).toEqual(["away 10/1", "draw 10/1", "home 10/1"]);
  expect(JSON.parse(discarded.out)).toMatchObject({
    changed: 1,
    items: [{ state: "discarded", actor: "bo", changed: true, releasable: false }],
  });
  expect(again.out).toContain("Discarded 0\n");
  expect(again.out).toContain(", as it was");
  expect(none.out).toBe("Nothing is set aside\n");
  expect(JSON.parse(all.out)).toMatchObject({ next: null, items: { length: 4 } });
  expect(counted.out).toBe(
    "goalserve/soccer  overround_out_of_bounds  3\ngoalserve/soccer  price_not_above_one  2\n",
  );
});

test("quarantine pages with --limit and --after", async () => {
  await using scope = new AsyncDisposableStack();
  const { run } = await openDesk(scope);

  const first = await run("list", "--limit", "3");
  const after = /More: --after (\S+)/.exec(first.out)?.[1] ?? "";
  const second = await run("list", "--limit", "3", "--after", after);

  expect(first.out.trimEnd().split("\n")).toHaveLength(4);
  expect(second.out.trimEnd().split("\n")).toHaveLength(1);
  expect(second.out).not.toContain("More");
});

test("quarantine decides about all that is chosen or about nothing, with one line that says why", async () => {
  await using scope = new AsyncDisposableStack();
  const { store, run, idOf } = await openDesk(scope);
  const ids = ["--id", await idOf("overround_out_of_bounds"), "--id", await idOf("price_not_above_one")];

  const mixed = await run("release", ...ids, "--actor", "ana");
  const missing = await run("discard", "--id", Bun.randomUUIDv7(), "--actor", "ana");

  expect([mixed.code, mixed.out, missing.code, missing.out]).toEqual([1, "", 1, ""]);
  expect(mixed.err).toContain("nothing of it can be offered (price_not_above_one); discard it instead");
  expect(missing.err).toContain("Cannot find the item in the quarantine");
  expect([mixed, missing].map(({ err }) => err.trimEnd().split("\n").length)).toEqual([1, 1]);
  expect(await store.database.owner("select 1 from quarantine where state <> 'open'")).toEqual([]);
  expect(await store.database.owner("select 1 from quarantine_decisions")).toEqual([]);
});

test("quarantine explains itself, and refuses what it does not know with 64", async () => {
  const run = (...words: string[]) =>
    runCommandFile("quarantine.ts", words, { DATABASE_URL: "postgres://x@127.0.0.1:1/x" });
  const id = Bun.randomUUIDv7();
  const wrong: [string[], string][] = [
    [[], "Say what to do: list, show, release, discard, count"],
    [["drop"], 'Unknown verb "drop"'],
    [["list", "--reason", "odd"], 'Unknown reason "odd": known are price_unreadable'],
    [["list", "--state", "shut"], 'Unknown state "shut"'],
    [["list", "--limit", "0"], "--limit must be from 1 to 1000"],
    [["release", "--id", id], "Say which: --actor NAME"],
    [["release", "--id", "1", "--actor", "a"], "--id must be an id"],
    [["release", "--actor", "a"], "Say which: --id ID, or --source SOURCE --reason REASON"],
    [["discard", "--id", id, "--source", "s", "--actor", "a"], "either by --id or by --source"],
  ];

  const help = await run("--help");
  const verbHelp = await run("release", "--help");
  const refused = await Promise.all(wrong.map(([words]) => run(...words)));

  expect([help.code, verbHelp.code, verbHelp.out]).toEqual([0, 0, help.out]);
  expect(refused.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [64, ""]));
  for (const [index, [, message]] of wrong.entries()) expect(refused[index]?.err).toContain(message);
});

test("without DATABASE_URL quarantine asks the embedded server of DATA_DIR, migrated", async () => {
  const dataDir = temporaryFolder();

  const listed = await runCommandFile("quarantine.ts", ["list"], { DATA_DIR: dataDir });
  rmSync(dataDir, { recursive: true, force: true });

  expect([listed.code, listed.out]).toEqual([0, "Nothing is set aside\n"]);
});
