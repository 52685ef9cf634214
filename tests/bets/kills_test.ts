import { expect, test } from "bun:test";
import { seededRandom, takeTurns } from "../harness/mod.ts";
import { playKills } from "./kills.ts";

takeTurns();

/** The long form, of ten thousand, is `bun run faults:bets`. */
test("web and Postgres killed amid placements: each key ends with the ledger's answer, one bet and one hold or none", async () => {
  const found = await playKills({
    placements: 300,
    clients: 16,
    killEvery: [15, 45],
    random: seededRandom(300),
  });

  expect(found.wrong).toEqual([]);
  expect(found.faults).toEqual([]);
  expect([found.accepted, found.bets]).toEqual([285, 285]);
  expect(found.refused).toEqual({ above_max_bet_amount: 15 });
  expect(found.kills.web).toBeGreaterThan(0);
  expect(found.kills.postgres).toBeGreaterThan(0);
  // A kill that nobody noticed proves nothing.
  expect(found.repeated).toBeGreaterThan(0);
}, 180_000);

test("clients that ask again under another key have bets they know nothing of: the control of the test above", async () => {
  const found = await playKills({
    placements: 200,
    clients: 16,
    killEvery: [15, 45],
    random: seededRandom(300),
    forgetKeys: true,
  });

  expect(found.bets).toBeGreaterThan(found.accepted);
}, 180_000);
