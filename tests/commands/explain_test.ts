import { expect, setDefaultTimeout, test } from "bun:test";
import { arrangeTenant } from "../app/tenants.ts";
import { openHouse } from "../bets/betting_house.ts";
import { openDatabase } from "../harness/mod.ts";
import { openStepper } from "../settlement/stepping.ts";
import { runCommandFile } from "./run_command.ts";

// Real databases and processes on a machine that other work may share.
setDefaultTimeout(60_000);

async function openExplained(scope: AsyncDisposableStack) {
  const database = scope.use(await openDatabase());
  await arrangeTenant(database, { slug: "acme" });
  const tenantId = await arrangeTenant(database, { slug: "brazen" });
  const house = openHouse(database);
  const eventId = await house.addEvent({ home: "Leeds", away: "Hull" });
  const seat = await house.addPlayer({ tenantId, depositMinor: 10_000n });
  const { betId } = await house.place(seat, { eventId, outcome: "home", stakeMinor: 1001n });
  await house.recordResult(eventId, { score: [2, 1] });
  await openStepper(database).drain();
  const run = (...words: string[]) => runCommandFile("explain.ts", words, { DATABASE_URL: database.url });
  return { betId, eventId, run };
}

test("explain tells a bet in plain words, whichever tenant's it is", async () => {
  await using scope = new AsyncDisposableStack();
  const { betId, eventId, run } = await openExplained(scope);

  const { code, out, err } = await run("--bet", betId);

  const told = "(fixture, confirmed, true at 2025-09-19T12:00:00.000Z, known at 2025-09-19T12:00:00.000Z)";
  expect([code, err]).toEqual([0, ""]);
  expect(out.replaceAll(/house rules \d+ of \S+/g, "house rules 1")).toBe(
    `
Bet ${betId}: settled, stake 10.01 EUR, has returned 22.52 EUR
Placed at 2025-09-19T12:00:00.000Z under house rules 1
Leg 1: home of 1x2 regulation at 9/4 (2.25), Leeds against Hull, 2025-09-20T14:00:00.000Z
A return is stake × the product over all legs of v + (1 − v) · r · h · (1 + (price − 1) · (1 − d)). A return is rounded once, to the nearest minor unit; a half goes to the player.

Version 0, 2025-09-19T12:00:00.000Z: the stake was held
  ledger, stake: player_cash -10.01 EUR, stakes_held +10.01 EUR

Version 1, 2025-09-22T08:00:00.000Z: settled by the facts of event ${eventId} as of 1
  leg 1: The selection won. r 1, v 0, h 1, d 0: factor 9/4
    fact: status ended ${told}
    fact: score regulation home 2 ${told}
    fact: score regulation away 1 ${told}
    rule 1x2: Home, draw and away are decided by regular time, stoppage time included; extra time does not count.
  product 9/4, exactly 9009/4 minor units, rounded 22.52 EUR
  ledger, settlement: player_cash +22.52 EUR, stakes_held -10.01 EUR, house_book -12.51 EUR
`.trimStart(),
  );
});

test("explain --json prints a document from which anybody can work the bet out again", async () => {
  await using scope = new AsyncDisposableStack();
  const { betId, run } = await openExplained(scope);

  const { code, out } = await run("--bet", betId.toUpperCase(), "--tenant", "brazen", "--json");
  const again = await recompute(out);
  const forged = await recompute(out.replace('"returnMinor":2252', '"returnMinor":2253'));

  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ betId, returnMinor: 2252 });
  expect(again.code).toBe(0);
  expect(again.out).not.toContain("DIFFERS");
  expect(forged.code).toBe(1);
  expect(forged.out).toContain(`DIFFERS  ${betId}  what it has returned, 2252`);
});

test("explain says that there is no such bet, also where it is another tenant's", async () => {
  await using scope = new AsyncDisposableStack();
  const { betId, run } = await openExplained(scope);
  const nobodys = Bun.randomUUIDv7();

  const none = await run("--bet", nobodys);
  const others = await run("--bet", betId, "--tenant", "acme");
  const nowhere = await run("--bet", betId, "--tenant", "nobody");

  expect([none, others, nowhere].map(({ code, out }) => [code, out])).toEqual([
    [1, ""],
    [1, ""],
    [1, ""],
  ]);
  expect(none.err).toBe(`Cannot find the bet: id is "${nobodys}"\n`);
  expect(others.err).toBe(`Cannot find the bet: id is "${betId}"\n`);
});

test.each([
  ["no bet", [], "Say which: --bet ID"],
  ["an id that is none", ["--bet", "12"], "--bet must be an id"],
  ["a flag that it does not know", ["--bet", Bun.randomUUIDv7(), "--fast"], "--fast"],
] as const)("explain refuses %s with 64", async (_what, words, said) => {
  const { code, out, err } = await runCommandFile("explain.ts", words, {
    DATABASE_URL: "postgres://x@127.0.0.1:1/x",
  });

  expect([code, out]).toEqual([64, ""]);
  expect(err).toContain(said);
});

async function recompute(document: string) {
  const example = new URL("../../examples/recompute.ts", import.meta.url).pathname;
  const child = Bun.spawn([process.execPath, example], {
    env: { PATH: Bun.env["PATH"] ?? "" },
    stdin: new Blob([document]),
    stdout: "pipe",
    stderr: "inherit",
  });
  const out = await child.stdout.text();
  return { code: await child.exited, out };
}
