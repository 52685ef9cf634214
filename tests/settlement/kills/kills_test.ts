import { expect, test } from "bun:test";
import { takeTurns } from "../../harness/mod.ts";
import { playSettlementKills } from "./play.ts";
import { NAIVE } from "./victim.ts";

takeTurns();

/** The long form, of a thousand kills, is `bun run faults:settlement`. */
test("three settlers killed beside their statements and at random pay what settlers that live pay, each bet once", async () => {
  const found = await playSettlementKills({ kills: 40, bets: 600, workers: 3, seed: 11 });

  expect(found.faults).toEqual([]);
  expect(found.differences).toEqual([]);
  expect(found.unexpected).toEqual([]);
  expect(found.doublePayments).toBe(0);
  expect(found.kills.total).toBe(40);
  // Kills that find nothing to interrupt prove little: payments under way, and commits whose answer nobody heard, are among them.
  const killedAt = Object.keys(found.kills.byBoundary);
  expect(killedAt).toEqual(expect.arrayContaining(["before commit", "sent commit", "answered commit"]));
  expect(killedAt.filter((kind) => /(bets|transfers|settlements)$/.test(kind))).not.toEqual([]);
}, 300_000);

test("a settler that pays, then marks, pays twice when it is killed between the two: the control of the test above", async () => {
  const play = { bets: 120, workers: 1, seed: 11, plain: true, script: NAIVE };

  const living = await playSettlementKills({ ...play, kills: 0 });
  const killed = await playSettlementKills({ ...play, kills: 15 });

  expect(living.doublePayments).toBe(0);
  expect(killed.doublePayments).toBeGreaterThan(0);
  expect(killed.differences).not.toEqual([]);
}, 300_000);
