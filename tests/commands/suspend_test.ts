import { expect, setDefaultTimeout, test } from "bun:test";
import { arrangeTenant } from "../app/tenants.ts";
import { openDatabase } from "../harness/mod.ts";
import { arrangeEvent, arrangeFeed, arrangePrices } from "../odds/catalogue.ts";
import { at } from "../odds/stage.ts";
import { runCommandFile } from "./run_command.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

const SAID = ["--reason", "Line-up leaked", "--actor", "ana"];

async function openDesk(scope: AsyncDisposableStack) {
  const database = scope.use(await openDatabase());
  const acme = await arrangeTenant(database, { slug: "acme" });
  const eventId = await arrangeEvent(database, { startsAt: at(3) });
  await arrangeFeed(database, at(0));
  await arrangePrices(database, eventId, [
    { outcome: "home", price: [2, 1] },
    { outcome: "over", price: [19, 10], marketType: "total", lineQuarters: 10 },
    { outcome: "over", price: [3, 1], marketType: "total", lineQuarters: 14 },
  ]);
  const run = (...words: string[]) => runCommandFile("suspend.ts", words, { DATABASE_URL: database.url });
  return { database, acme, eventId, run };
}

test("suspend stops an event, a market or a feed, lists what is stopped and lifts it", async () => {
  await using scope = new AsyncDisposableStack();
  const { acme, eventId, run } = await openDesk(scope);

  const stopped = await run("--event", eventId, ...SAID);
  const again = await run("--event", eventId, ...SAID, "--json");
  const line = await run(
    "--tenant",
    "acme",
    "--event",
    eventId,
    "--market",
    "total",
    "--line",
    "2.5",
    ...SAID,
  );
  const missed = await run("--source", "test", "--market", "total", "--line=-2.5", ...SAID);
  const listed = await run("list");
  const ofAcme = await run("list", "--tenant", "acme", "--json");
  const { suspensionId } = JSON.parse(again.out).suspension;
  const lifted = await run("lift", "--id", suspensionId, "--actor", "bo");
  const liftedAgain = await run("lift", "--id", suspensionId, "--actor", "cy");
  const lists = [await run("list", "--event", eventId), await run("list", "--event", eventId, "--lifted")];

  const runs = [stopped, again, line, missed, listed, ofAcme, lifted, liftedAgain, ...lists];
  expect(runs.map(({ code, err }) => [code, err])).toEqual(runs.map(() => [0, ""]));
  expect(stopped.out).toBe(
    `Suspended event ${eventId} for all tenants: 3 prices. Lift it with --id ${suspensionId}\n`,
  );
  expect(JSON.parse(again.out)).toMatchObject({ changed: false, covered: 3, placementsOver: true });
  expect(line.out).toStartWith(`Suspended total 2.5 of event ${eventId} for tenant ${acme}: 1 prices.`);
  expect(missed.out).toContain("Suspended total -2.5 of feed test for all tenants: 0 prices.");
  expect(missed.out).toContain("It covers no stored price: is that what you meant?");
  expect(listed.out.trimEnd().split("\n")).toHaveLength(2);
  expect(JSON.parse(ofAcme.out)).toMatchObject({ next: null, items: { length: 3 } });
  expect(lifted.out).toBe(`Lifted event ${eventId} for all tenants\n`);
  expect(liftedAgain.out).toBe(`Lifted event ${eventId} for all tenants, as it was by bo\n`);
  expect(lists[0]?.out).toBe("Nothing is suspended\n");
  expect(lists[1]?.out).toMatch(/by ana: Line-up leaked, lifted .* by bo\n$/);
});

test("suspend refuses what is nowhere with 1 and one line, and stops nothing", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, eventId, run } = await openDesk(scope);

  const refused = [
    await run("--event", Bun.randomUUIDv7(), ...SAID),
    await run("--source", "tset", ...SAID),
    await run("--event", eventId, "--market", "winner", ...SAID),
    await run("--event", eventId, "--tenant", "nobody", ...SAID),
    await run("lift", "--id", Bun.randomUUIDv7(), "--actor", "ana"),
  ];

  expect(refused.map(({ code, out, err }) => [code, out, err.trimEnd().split("\n").length])).toEqual(
    refused.map(() => [1, "", 1]),
  );
  expect(await database.owner("select 1 from suspensions")).toEqual([]);
});

test("suspend explains itself, and refuses what it does not know with 64", async () => {
  const run = (...words: string[]) =>
    runCommandFile("suspend.ts", words, { DATABASE_URL: "postgres://x@127.0.0.1:1/x" });
  const event = ["--event", Bun.randomUUIDv7()];
  const wrong: [string[], string][] = [
    [[], "Say what to stop: --source SOURCE or --event ID"],
    [["everything"], "Unexpected argument 'everything'"],
    [["--event", "501", ...SAID], "--event must be an id"],
    [[...event, "--actor", "a"], "Say which: --reason TEXT"],
    [[...event, "--market", "total", "--line", "2.3", ...SAID], "--line must be in quarters"],
    [["lift", "--id", Bun.randomUUIDv7()], "Say which: --actor NAME"],
    [["list", "--limit", "many"], "--limit must be from 1 to 1000"],
  ];

  const help = [await run("--help"), await run("lift", "--help"), await run("list", "-h")];
  const refused = await Promise.all(wrong.map(([words]) => run(...words)));

  expect(help.map(({ code, out }) => [code, out])).toEqual(help.map(() => [0, help[0]?.out ?? ""]));
  expect(refused.map(({ code, out }) => [code, out])).toEqual(wrong.map(() => [64, ""]));
  for (const [index, [, message]] of wrong.entries()) expect(refused[index]?.err).toContain(message);
});
