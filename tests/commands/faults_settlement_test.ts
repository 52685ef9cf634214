import { expect, setDefaultTimeout, test } from "bun:test";
import { runCommandFile } from "./run_command.ts";

setDefaultTimeout(120_000);

const run = (...words: readonly string[]) => runCommandFile("faults_settlement.ts", words, {});

test("faults:settlement tells as data what was found and where nobody has died, and does not pass before it has been everywhere", async () => {
  const { code, out, err } = await run("--kills", "4", "--bets", "60", "--seed", "5", "--json");

  expect({ code, err }).toEqual({ code: 1, err: "" });
  const { kills, boundaries, ...found } = JSON.parse(out);
  expect(found).toMatchObject({
    ...{ ok: false, seed: 5, bets: 60, tenants: 3, workers: 3, doublePayments: 0 },
    ...{ differences: [], unexpected: [], faults: [] },
  });
  // It goes on while there is a boundary at which nobody has died, to twice as many.
  expect(kills.total).toBe(8);
  expect(kills.atBoundaries + kills.atRandom).toBe(8);
  expect(boundaries.reached).toBeLessThanOrEqual(8);
  expect(boundaries.known).toBeGreaterThan(100);
  expect(boundaries.unreached.length).toBeGreaterThanOrEqual(boundaries.known - boundaries.reached);
});

test("faults:settlement explains itself and refuses arguments that make no sense", async () => {
  const [help, none, stray] = await Promise.all([run("--help"), run("--kills", "0"), run("now")]);

  expect(help).toMatchObject({ code: 0, out: expect.stringContaining("--kills N") });
  expect(none).toMatchObject({
    code: 64,
    err: expect.stringContaining("--kills must be a whole number from 1"),
  });
  expect(stray.code).toBe(64);
});
