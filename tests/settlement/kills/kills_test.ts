import { expect, test } from "bun:test";
import { takeTurns } from "../../harness/mod.ts";
import { playSettlementKills } from "./play.ts";
import { NAIVE } from "./victim.ts";

takeTurns();

/** The long form, of a thousand kills, is `bun run faults:settlement`. */
test("three settlers killed beside their statements and at random pay what settlers that live pay, each bet once", async () => {
  const found = await playSettlementKills({ kills: 24, bets: 300, workers: 3, seed: 11 });

  expect(found.faults).toEqual([]);
  expect(found.differences).toEqual([]);
  expect(found.unexpected).toEqual([]);
  expect(found.doublePayments).toBe(0);
  expect(found.kills.total).toBe(24);
  expect(found.debts.writtenOff).toBeGreaterThan(0);
  expect(found.debts.frozen).toBeGreaterThan(0);
  // Kills that find nothing to interrupt prove little: places where money is under way come first, and each side of a statement is among them.
  const killedAt = Object.keys(found.kills.byBoundary);
  expect(new Set(killedAt.map((kind) => kind.split(" ")[0]))).toEqual(
    new Set(["before", "sent", "answered"]),
  );
  expect(
    killedAt.filter((kind) => /(update bets|set constraints|savepoint|transfers)/.test(kind)),
  ).not.toEqual([]);
}, 300_000);

test("a settler that pays, then marks, pays twice when it is killed between the two: the control of the test above", async () => {
  const play = { bets: 60, workers: 1, seed: 11, plain: true, script: NAIVE };

  const living = await playSettlementKills({ ...play, kills: 0 });
  const killed = await playSettlementKills({ ...play, kills: 15 });

  expect(living.doublePayments).toBe(0);
  expect(killed.doublePayments).toBeGreaterThan(0);
  expect(killed.differences).not.toEqual([]);
}, 300_000);
