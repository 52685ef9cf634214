import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dataPath } from "../harness/mod.ts";
import { runCommandFile } from "./run_command.ts";

const folder = mkdtempSync(join(tmpdir(), "linehold-grade-"));
afterAll(() => rmSync(folder, { recursive: true }));

const HEADER =
  "case_id,market,selection,line,odds_decimal,stake_minor,facts,uof_result,uof_void_factor,uof_dead_heat_factor,winnings_deduction,expected_return_minor,basis";

/** Cases of our own, worked by hand. */
const CASES = `
A1,1x2,home,,2.00,1000,home 2-1,1,,,,2000,
A2,asian_handicap,away,+0.25,1.95,1001,home 1-1,1,0.5,,,1476,a quarter won on an odd stake: 1476.475
A3,asian_handicap,home,-0.75,1.95,1000,home 1-0,1,0.5,,,1475,
A4,total_2h,over,1.5,2.00,1000,"half time 1-0, full time 2-1",1,,,,2000,
A5,total,over,2.5,2.00,1000,home 2-1 so far,1,,,,2000,decided while it runs
A6,1x2,home,,2.00,1000,abandoned; home 2-0 so far,0,1,,,1000,
A7,total,over,1.5,2.00,1000,abandoned 2 hours ago; home 2-0 so far,1,,,,2000,
A8,1x2,draw,,2.00,1000,"home 1-1, started 49 hours late",0,1,,,1000,
A9,moneyline,away,,1.50,1000,"sport tennis, sets 1-0, retired home",1,,,,1500,
A10,moneyline,home,,1.50,1000,"home 100-100, overtime 12-8",1,,,,1500,
A11,moneyline,team,,21/11,10000,-110 american; displayed 1.91,1,,,,19091,
A12,moneyline,team,,1.91,10000,lost,0,,,,0,
A13,corners_total_1h,over,3.5,2.00,100,first half corners 3-1,1,,,,200,
A14,cards_total,over,4.5,2.00,100,"yellow cards 2-1, red cards 0-1",1,,,,200,
A15,first_scorer,J. Nobody,,7.00,100,"home 1-1, goals away own goal then home J. Nobody",1,,,,700,
A16,anytime_scorer,A. Nother,,3.00,100,"home 0-0, did not play A. Nother",0,1,,,100,
A17,rounds_total,over,2.5,2.00,100,ended in round 3 at 2:31,1,,,,200,
A18,moneyline,home,,2.00,100,"sport baseball, match 5-2, listed home A. Arm, started home B. Ball",0,1,,,100,
A19,correct_score_q1,21:19,,9.00,100,"sport basketball, first quarter 21-19",1,,,,900,
A20,golf_top10,player,,3.00,5000,6 tie for 8th: 3 places left,1,,0.5,,7500,
A21,golf_top10,player,,3.00,5000,6 tie for 8th,1,,1/2,,7500,places left follow from the market
A22,golf_top10,player,,3.00,5000,"6 tie for 8th, house rule ties-paid-in-full",1,,,,15000,
A23,golf_top5,player,,3.00,5000,finished 6th,0,,,,0,
A24,horse_win,runner,,9.00,1000,non-runner at 3/1,1,,,0.25,7000,by the table
A25,horse_win,runner,,9.00,1000,"non-runner at 3/1: 25p, non-runner at 9/2: 15p",1,,,0.4,5800,
A26,horse_win,runner,,9.00,1000,2 dead-heat for 1st; non-runner at 3/1,1,,0.5,0.25,3500,
A27,accumulator,1.95:HW + 1.84:W + 2.10:V,,,10000,,,,,,27140,
A28,system_trixie,2.00:W + 2.00:W + 2.00:L,,,400,unit stake 100 x 4 lines,,,,,400,
A29,system_2_of_3,2.00:W + 2.00:W + 2.00:L,,,300,,,,,,400,
A30,european_handicap,draw,-1,4.00,100,home 2-1,1,,,,400,
A31,1x2,home,,2.00,100,cancelled,0,1,,,100,
A32,straight_sets_home,yes,,2.00,100,sets 2-0,1,,,,200,
`;

function write(name: string, cases: string, header = HEADER): string {
  const path = join(folder, name);
  writeFileSync(path, `${header}\n${cases.trim()}\n`);
  return path;
}

async function grade(...words: string[]) {
  const { code, out, err } = await runCommandFile("grade.ts", words, {});
  return { code, out, err };
}

test("grade passes our own worked cases, of every kind", async () => {
  const { code, out } = await grade("--cases", write("own.csv", CASES), "--json");

  expect(JSON.parse(out)).toEqual({
    cases: 32,
    passed: 32,
    failed: 0,
    failedCases: [],
    unsupported: 0,
    unsupportedCases: [],
  });
  expect(code).toBe(0);
});

const golden = dataPath("golden/settlement_cases.csv");

test.skipIf(golden === undefined)(
  "grade passes all 55 golden cases, whatever it is told to expect",
  async () => {
    const text = await Bun.file(golden ?? "").text();

    const { code, out } = await grade("--cases", golden ?? "", "--json");
    const blind = await grade("--cases", write("blind.csv", blinded(text), text.split("\n")[0]), "--json");

    expect(JSON.parse(out)).toMatchObject({ cases: 55, passed: 55, failed: 0, unsupported: 0 });
    expect(code).toBe(0);
    // Dead heats and deductions come from the facts: with their columns emptied those six cases say what was expected instead.
    const differing = JSON.parse(blind.out).failedCases.map((failed: { case: string }) => failed.case);
    expect(differing).toEqual(["G037", "G038", "G039", "G040", "G042", "G043"]);
  },
);

/** The dead heats and deductions that are expected taken out of every row. */
function blinded(text: string): string {
  const [, ...rows] = text.trimEnd().split("\n");
  return rows.map((row) => row.replace(/,(0\.5|1\/3|)(,0\.\d+|,)(,\d+,(?:yes|no),)/, ",,$3")).join("\n");
}

test("grade tells each case that fails, with what differs, and exits 1", async () => {
  const path = write(
    "failing.csv",
    `
B1,1x2,home,,2.00,1000,home 2-1,1,,,,2001,
B2,total,over,3,2.00,1000,home 2-1,1,,,,2000,
B3,horse_win,runner,,9.00,1000,non-runner at 3/1,1,,,0.3,6600,
B4,1x2,away,,2.00,1000,home 2-1,0,,,,0,
`,
  );

  const { code, out } = await grade("--cases", path, "--json");
  const words = await grade("--cases", path);

  expect(JSON.parse(out)).toEqual({
    cases: 4,
    passed: 1,
    failed: 3,
    failedCases: [
      { case: "B1", differs: { return_minor: { expected: "2001", graded: "2000" } }, reason: "won" },
      {
        case: "B2",
        differs: {
          return_minor: { expected: "2000", graded: "1000" },
          result: { expected: "1", graded: "0" },
          void_factor: { expected: "0", graded: "1" },
        },
        reason: "push",
      },
      {
        case: "B3",
        differs: {
          return_minor: { expected: "6600", graded: "7000" },
          winnings_deduction: { expected: "3/10", graded: "1/4" },
        },
        reason: "won",
      },
    ],
    unsupported: 0,
    unsupportedCases: [],
  });
  expect(code).toBe(1);
  expect(words.out).toContain("failed B1: return_minor is 2000 instead of 2001");
});

test.each([
  ["a market that nobody knows", "first_corner,home,,2.00,1000,home 2-1,1,,,,2000,"],
  ["a selection that the market does not have", "1x2,over,,2.00,1000,home 2-1,1,,,,2000,"],
  ["a line that is no multiple of a quarter", "asian_handicap,home,-1.2,2.00,1000,home 2-1,1,,,,2000,"],
  ["a line where there is none", "1x2,home,1,2.00,1000,home 2-1,1,,,,2000,"],
  ["facts that nobody understands", "1x2,home,,2.00,1000,home won by a lot,1,,,,2000,"],
  ["facts that do not decide it", "1x2_1h,home,,2.00,1000,home 2-1,1,,,,2000,"],
  ["facts that contradict each other", '1x2,home,,2.00,1000,"half time 3-0, home 2-1",1,,,,2000,'],
  [
    "places that contradict the market",
    "golf_top10,player,,3.00,5000,6 tie for 8th: 2 places left,1,,0.5,,7500,",
  ],
  ["odds that offer nothing", "1x2,home,,1.00,1000,home 2-1,1,,,,1000,"],
  ["a stake that is no whole number", "1x2,home,,2.00,10.5,home 2-1,1,,,,21,"],
  ["a stake that its lines do not divide", "system_trixie,2.00:W + 2.00:W + 2.00:L,,,401,,,,,,400,"],
  ["a leg that is none", "accumulator,1.95:X,,,100,,,,,,100,"],
  ["too few legs", "system_yankee,2.00:W + 2.00:W,,,1100,,,,,,100,"],
  ["a named side whose result the facts give by score", "moneyline,team,,2.00,100,home 2-1,1,,,,200,"],
  ["an expectation that is no number", "1x2,home,,2.00,1000,home 2-1,win,,,,2000,"],
])("grade counts %s as unsupported, never as passed or failed", async (_what, row) => {
  const { code, out } = await grade("--cases", write("unsupported.csv", `C1,${row}`), "--json");

  expect(JSON.parse(out)).toMatchObject({ passed: 0, failed: 0, unsupported: 1 });
  expect(JSON.parse(out).unsupportedCases[0]).toMatchObject({ case: "C1" });
  expect(code).toBe(1);
});

test("grade by the first published rules leaves what they are silent on unsupported", async () => {
  const path = write(
    "first.csv",
    "D1,1x2,home,,2.00,1000,cancelled,0,1,,,1000,\nD2,1x2,home,,2.00,1000,void,0,1,,,1000,",
  );

  const { out } = await grade("--cases", path, "--rules", "1", "--json");

  expect(JSON.parse(out)).toMatchObject({
    passed: 1,
    unsupportedCases: [{ case: "D1", why: "rule missing: cancelled" }],
  });
});

test.each<[string, string[], number, string]>([
  ["no file", [], 64, "--cases PATH"],
  ["a file that is not there", ["--cases", "/nowhere.csv"], 64, "There is no file /nowhere.csv"],
  ["rules that were never published", ["--cases", "x", "--rules", "9"], 64, "No house rules"],
  ["an unknown flag", ["--cases", "x", "--fast"], 64, "--fast"],
  ["a stray word", ["x"], 64, "x"],
])("grade refuses %s", async (_what, words, wanted, said) => {
  const { code, out, err } = await grade(...words);

  expect(code).toBe(wanted);
  expect(err).toContain(said);
  expect(out).toBe("");
});

test.each([
  ["without a column that is needed", "case_id,market\nE1,1x2\n", "it has no column selection"],
  ["with a row of another width", `${HEADER}\nE1,1x2\n`, "row 2"],
  ["whose field does not end", `${HEADER}\nE1,"1x2\n`, "does not end"],
  ["that is empty", "", "it is empty"],
])("grade refuses a file %s", async (_what, text, said) => {
  const path = join(folder, "broken.csv");
  writeFileSync(path, text);

  const { code, err } = await grade("--cases", path);

  expect(code).toBe(1);
  expect(err).toContain(said);
});

test("grade --help tells the grammar of facts", async () => {
  const { code, out } = await grade("--help");

  expect(code).toBe(0);
  for (const words of [
    "tie for 8th: 3 places left",
    "ties-paid-in-full",
    "non-runner at 3/1",
    "so far",
    "retired",
  ])
    expect(out).toContain(words);
});
