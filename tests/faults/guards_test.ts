import { expect, test } from "bun:test";
import { GUARD_NAMES, idleGuards, nameOf, openGround, playGuards, redCells } from "./mod.ts";

test("each guard that is taken away turns a cell red that is green with it, by the rule that is its own", async () => {
  await using ground = await openGround();

  const findings = await playGuards(ground);

  expect(redCells(findings).map(({ cast, faults }) => [nameOf(cast.cell), ...faults])).toEqual([]);
  expect(idleGuards(findings)).toEqual([]);
  expect(new Set(findings.flatMap(({ cast }) => cast.without ?? []))).toEqual(new Set(GUARD_NAMES));
}, 180_000);
