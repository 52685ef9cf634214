import { afterAll, beforeAll, expect, setDefaultTimeout, test } from "bun:test";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { Value } from "@sinclair/typebox/value";
import { type BetExplanation, explanationSchemas, readExplanation } from "../../src/explanations/mod.ts";
import { openDatabase, type TestDatabase, temporaryFolder } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { AFTER } from "../settlement/stepping.ts";
import { type ManyBets, openManyBets } from "./many_bets.ts";
import { playOut } from "./their_story.ts";

// Thousands of bets through the real worker, four times over, on a machine that other work may share.
setDefaultTimeout(300_000);

const BETS = 2000;
let database: TestDatabase;
let many: ManyBets;
let documents: readonly BetExplanation[];
const folder = temporaryFolder();
beforeAll(async () => {
  database = await openDatabase();
  many = await openManyBets(database, BETS);
  await playOut(database, many);
  documents = await explainAll(database, many);
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database[Symbol.asyncDispose]();
});

async function explainAll(from: TestDatabase, { seat, bets }: ManyBets): Promise<BetExplanation[]> {
  const pool = from.pool("linehold_web", { max: 4, overdueMs: 200_000 });
  const { tenantId } = seat;
  const quarters = Array.from({ length: 4 }, async (_, quarter) => {
    await using lease = await pool.lease({ tenantId, deadlineMs: 200_000 });
    const explained: BetExplanation[] = [];
    for (const { betId } of bets.filter((_bet, index) => index % 4 === quarter))
      explained.push(await readExplanation(lease.connection, { tenantId, betId, at: AFTER }));
    return explained;
  });
  return (await Promise.all(quarters)).flat();
}

/** What the example says of documents, in a process that has nothing but them. */
async function recompute(given: readonly BetExplanation[]) {
  const path = join(folder, `${crypto.randomUUID()}.json`);
  await Bun.write(path, JSON.stringify(given));
  const example = new URL("../../examples/recompute.ts", import.meta.url).pathname;
  const child = Bun.spawn([process.execPath, example, path], {
    env: { PATH: Bun.env["PATH"] ?? "" },
    stdout: "pipe",
    stderr: "inherit",
  });
  const lines = (await child.stdout.text()).trimEnd().split("\n");
  return { code: await child.exited, lines, differing: lines.filter((line) => line.startsWith("DIFFERS")) };
}

test("examples/recompute.ts works thousands of bets out again, and every version of them, from their explanations alone", async () => {
  const { code, lines, differing } = await recompute(documents);

  expect(differing).toEqual([]);
  expect(code).toBe(0);
  expect(new Set(lines.map((line) => line.split("  ")[1])).size).toBe(BETS);
  const [ledger] = await database.owner<{ count: bigint }>(
    "select count(*) as count from transfers where bet_id is not null",
  );
  const told = documents.flatMap(({ versions }) => versions.flatMap(({ transfers }) => transfers));
  expect(BigInt(told.length)).toBe(ledger?.count ?? 0n);
  expect(await audit(database)).toEqual([]);
});

test("those bets are of every kind: markets, halves, voids, dead heats, deductions, accumulators, corrections", () => {
  const steps = documents.flatMap(({ versions }) => versions);
  const settled = steps.filter((step) => step.kind === "settled");
  const legs = settled.flatMap((step) => step.legs);
  const grades = legs.flatMap(({ grade }) => grade ?? []);
  const count = <T>(list: readonly T[], is: (one: T) => boolean) => list.filter(is).length;

  expect(
    new Set(documents.flatMap((one) => one.legs.map(({ marketType }) => marketType))).size,
  ).toBeGreaterThan(45);
  expect([...new Set(documents.map(({ state }) => state))].sort()).toEqual(["open", "settled", "void"]);
  const reasons = ["won", "lost", "half_won", "half_lost", "push", "dead_heat", "result_void", "cancelled"];
  expect(reasons.filter((reason) => count(grades, (grade) => grade.reason === reason) < 5)).toEqual([]);
  expect(new Set(steps.flatMap((step) => (step.kind === "reversed" ? [step.reason] : [])))).toEqual(
    new Set(["result_corrected", "result_rolled_back", "cancelled", "cancellation_rolled_back", "voided"]),
  );
  expect(count(settled, (step) => step.legs.length > 1 && step.returnMinor > 0)).toBeGreaterThan(50);
  expect(count(grades, ({ deadHeatFactor }) => deadHeatFactor.denominator !== "1")).toBeGreaterThan(50);
  expect(count(grades, ({ winningsDeduction }) => winningsDeduction.numerator !== "0")).toBeGreaterThan(50);
  expect(count(documents, ({ versions }) => versions.length > 3)).toBeGreaterThan(50);
  expect(count(legs, ({ grade }) => grade === null)).toBeGreaterThan(50);
  expect(count(steps, ({ transfers }) => transfers.some(({ kind }) => kind === "write_off"))).toBeGreaterThan(
    0,
  );
});

test("each of them is as the contract says, and tells of every graded leg the facts and of every other why it has no grade", () => {
  const faulty = documents.filter((one) => !Value.Check(explanationSchemas.BetExplanation, one));
  const settled = documents.flatMap(({ versions }) => versions.filter((step) => step.kind === "settled"));
  const untold = settled.flatMap((step) =>
    step.legs.filter(({ grade, facts }) => grade !== null && facts.length === 0),
  );
  const silent = documents.filter(({ state, legs, legsSoFar }) =>
    legs.some(({ legNumber, waitsFor }) => {
      const graded = legsSoFar?.find((leg) => leg.legNumber === legNumber)?.grade ?? null;
      return state === "open" && (graded === null) === (waitsFor === null);
    }),
  );

  expect(faulty.slice(0, 1)).toEqual([]);
  expect(untold).toEqual([]);
  expect(silent).toEqual([]);
});

type Settled = Extract<BetExplanation["versions"][number], { readonly kind: "settled" }>;
type Grade = NonNullable<Settled["legs"][number]["grade"]>;
const HALF = { numerator: "1", denominator: "2" };

/** The document with something else in its last version, which is paid and returns something. */
function forge(bet: BetExplanation, change: (step: Settled) => Partial<Settled>): BetExplanation {
  return {
    ...bet,
    versions: bet.versions.map((step, index) =>
      index === bet.versions.length - 1 && step.kind === "settled" ? { ...step, ...change(step) } : step,
    ),
  };
}

/** The same, in the grade of a leg that has won. */
function forgeGrade(bet: BetExplanation, change: Partial<Grade>): BetExplanation {
  return forge(bet, ({ legs }) => ({
    legs: legs.map((leg) => (leg.grade?.result === 1 ? { ...leg, grade: { ...leg.grade, ...change } } : leg)),
  }));
}

const FORGERIES: Readonly<Record<string, (bet: BetExplanation) => BetExplanation>> = {
  "a result": (bet) => forgeGrade(bet, { result: 0 }),
  "a void factor": (bet) => forgeGrade(bet, { voidFactor: { numerator: "1", denominator: "1" } }),
  "a dead-heat factor": (bet) => forgeGrade(bet, { deadHeatFactor: { numerator: "1", denominator: "11" } }),
  "a deduction": (bet) => forgeGrade(bet, { winningsDeduction: HALF }),
  "a price": (bet) =>
    forge(bet, ({ legs }) => ({
      legs: legs.map((leg) => ({ ...leg, price: { numerator: "7", denominator: "3" } })),
    })),
  "a factor": (bet) => forge(bet, ({ legs }) => ({ legs: legs.map((leg) => ({ ...leg, factor: HALF })) })),
  "the product": (bet) => forge(bet, () => ({ product: HALF })),
  "the exact return": (bet) => forge(bet, () => ({ exactReturn: HALF })),
  "the rounded return": (bet) => forge(bet, ({ returnMinor }) => ({ returnMinor: returnMinor + 1 })),
  "what it has returned": (bet) => ({ ...bet, returnMinor: (bet.returnMinor ?? 0) + 1 }),
  "a transfer that is left out": (bet) => forge(bet, () => ({ transfers: [] })),
  "a version that is left out": (bet) => ({ ...bet, versions: bet.versions.toSpliced(-2, 1) }),
  "an entry": (bet) =>
    forge(bet, ({ transfers }) => ({
      transfers: transfers.map(({ entries, ...moved }) => ({
        ...moved,
        entries: entries.map(({ account, amountMinor }) => ({ account, amountMinor: amountMinor + 1 })),
      })),
    })),
};

test.each(Object.entries(FORGERIES))(
  "the example would find a document that is wrong about %s",
  async (_what, wrong) => {
    const paid = documents.filter(({ versions }) => {
      const last = versions.at(-1);
      return (
        last?.kind === "settled" &&
        last.legs.some(({ grade }) => grade?.result === 1) &&
        last.returnMinor > 1000
      );
    });
    const forged = paid.slice(0, 40).map(wrong);

    const { code, differing } = await recompute(forged);

    expect(forged.length).toBe(40);
    expect(code).toBe(1);
    expect(new Set(differing.map((line) => line.split("  ")[1])).size).toBe(40);
  },
);
