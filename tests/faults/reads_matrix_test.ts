import { expect, test } from "bun:test";
import { findPooler } from "../harness/mod.ts";
import { cellsOf, type FaultName, STATES } from "./cells.ts";
import { FAULTS, type Finding, nameOf, openGround, playMatrix } from "./mod.ts";
import { LIMITS, RULES } from "./rules.ts";

// The others are played, directly, beside the guards that they prove; `bun run faults:reads` plays all.
const SELECTION: readonly FaultName[] = ["exhausted", "frozen", "restarted", "rejecting", "half_open"];

test("every cell of the selection keeps to its rules, direct and through PgBouncer where there is one", async () => {
  await using ground = await openGround();

  const findings = await playMatrix(ground, { faults: SELECTION });

  expect(complaints(findings)).toEqual([]);
  expect(findings.map(({ cast }) => nameOf(cast.cell)).sort()).toEqual(
    SELECTION.flatMap((fault) => cellsOf(fault, { routes: ground.routes }).map(nameOf)).sort(),
  );
  expect(
    findings.every(({ answers }) => Object.values(answers).reduce((sum, times) => sum + times, 0) > 100),
  ).toBe(true);
}, 120_000);

// Counted as skipped where PgBouncer is missing; with REQUIRE=all its absence fails.
test.skipIf(findPooler() === undefined)(
  "the selection includes the cells through PgBouncer",
  async () => {
    await using ground = await openGround();

    expect(ground.routes).toEqual(["direct", "pooled"]);
  },
  60_000,
);

test("the rules name every fault in every state, and each fault outlasts freshness and hard deadline together", () => {
  expect(Object.keys(RULES).sort()).toEqual([...FAULTS].sort());
  for (const { answers, forMs } of Object.values(RULES)) {
    expect(Object.keys(answers).sort()).toEqual([...STATES].sort());
    expect(forMs).toBeGreaterThan(LIMITS.freshMs + LIMITS.hardMs);
  }
});

function complaints(findings: readonly Finding[]): string[] {
  return findings.flatMap(({ cast, faults }) => faults.map((fault) => `${nameOf(cast.cell)}: ${fault}`));
}
