import { compare, type Fraction, fraction, ONE, ZERO } from "../markets/mod.ts";
import { houseRulesOf } from "../settlement/mod.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";
import { csvRecords } from "./_csv_text.ts";
import { type CaseOutcome, numberOf, outcomeOf } from "./_grade_case.ts";
import { CaseUnsupportedError } from "./_grade_facts.ts";
import { PERIOD_ENDINGS } from "./_grade_words.ts";
import { plain, say } from "./_words.ts";

const HELP = `
Usage: bun run grade --cases PATH [--rules VERSION] [--json]

Grades a file of worked cases by the graders and the payout that settle bets, and compares.

  --cases   a CSV file with the columns case_id, market, selection, line, odds_decimal, stake_minor, facts, uof_result,
            uof_void_factor, uof_dead_heat_factor, winnings_deduction, expected_return_minor; others are left alone
  --rules   the version of the house rules: 2 unless given
  --json    print one JSON object: cases, passed, failed, failedCases, unsupported, unsupportedCases
  --help    print this

A case passes when the return agrees to the minor unit and so do result, void factor, dead-heat factor and deduction, exactly;
a blank factor is 0, a blank dead-heat factor 1. What is expected is compared and never graded by.

market      a type of the catalogue, played for the whole game or for the stretch that its name ends with:
            ${PERIOD_ENDINGS.map((ending) => `_${ending}`).join(" ")}
            golf_3ball, golf_2ball, golf_winner, golf_topN, horse_win, horse_topN: one among many
            accumulator: selection is its legs, as in "1.95:W + 1.84:HW + 2.10:V" (W won, L lost, V void, HW half won, HL half lost)
            system_NAME: the same for trixie, patent, yankee, lucky_15, canadian, lucky_31, heinz, lucky_63, super_heinz, goliath,
            or K_of_N for every line of K legs; the stake is the whole one, and each line is rounded for itself
selection   an outcome of the type; team, player or runner for whom the facts speak of
line        as written from the backed side: -1.25 for home, +1.25 for away in the same market; for a draw the home side's
odds        decimal digits or an exact fraction, stake included
facts       statements with commas or semicolons between them; what they do not tell is not known
  home 2-1                    the score after regulation, home's first; "2-1" alone and "full time 2-1" say the same
  first half 0-1              of another stretch: half time, second half, first 10 minutes, first quarter, overtime (none unless
                              told), match, first set, first inning, first 5 innings, …
  corners 4-5                 another count: corners, yellow cards, red cards, hits, games, sets; "first half corners 2-1"
  home 2-1 so far             still being played: it can only grow; "no corners" is 0-0
  goals home then away J. Nobody then home own goal in second half        in their order; "so far" after them while played
  played J. Nobody after 1 goals, did not play A. Nother                  who took part, after how many goals
  winner home of first set                                                where counts do not tell
  live, interrupted, ended, cancelled, walkover, void                     how it stands: ended unless told
  postponed 5 hours ago, abandoned 5 hours ago                            after the planned start; for good unless told
  started 30 hours late, retired away, disqualified home, shortened to 5.5 innings (or minutes)
  ended in round 3 at 2:31, went 3 rounds
  listed home J. Pitcher, started home J. Pitcher
  sport tennis                where the type does not tell; soccer unless told
  2 tie for 1 place, 6 tie for 8th: 3 places left, finished 4th, not placed, house rule ties-paid-in-full
  non-runner at 3/1: 25p      a withdrawn runner's odds or decimal price, with what was announced to be kept; by the table if not
  won, lost                   of the team, player or runner that is backed: won unless told
  -110 american, displayed 1.91   how the price was shown, which decides nothing

Exit codes: 0 every case passed, 1 a case failed or is unsupported, 64 wrong arguments.
`;

const COLUMNS = [
  "case_id",
  "market",
  "selection",
  "line",
  "odds_decimal",
  "stake_minor",
  "facts",
  "uof_result",
  "uof_void_factor",
  "uof_dead_heat_factor",
  "winnings_deduction",
  "expected_return_minor",
] as const;
type Row = Readonly<Record<(typeof COLUMNS)[number], string>>;

interface Failed {
  readonly case: string;
  /** Each thing that differs, as expected and as graded. */
  readonly differs: Readonly<Record<string, { readonly expected: string; readonly graded: string }>>;
  readonly reason: string | null;
}

interface Unsupported {
  readonly case: string;
  readonly why: string;
}

/** Larger than any corpus of worked cases. */
const BYTES_MAX = 16 * 1024 * 1024;

await runCommand({
  name: "grade",
  help: HELP,
  options: { cases: { type: "string" }, rules: { type: "string" }, json: { type: "boolean" } },
  async run({ cases, rules: version = "2", json }) {
    if (cases === undefined || cases === "") throw new UsageError("Say which file: --cases PATH");
    const rules = /^\d{1,9}$/.test(version) ? houseRulesOf(Number(version)) : undefined;
    if (rules === undefined) throw new UsageError(`No house rules were published as version "${version}"`);
    const rows = csvRecords(await textOf(cases), COLUMNS);
    if (rows.length === 0) throw new UsageError(`${cases} has no cases`);
    const failedCases: Failed[] = [];
    const unsupportedCases: Unsupported[] = [];
    for (const row of rows) {
      const outcome = tryCase(() => outcomeOf(inputOf(row), rules));
      const failed = "why" in outcome ? undefined : tryCase(() => compareCase(row, outcome));
      if ("why" in outcome) unsupportedCases.push({ case: row.case_id, why: outcome.why });
      else if (failed !== undefined && "why" in failed)
        unsupportedCases.push({ case: row.case_id, why: failed.why });
      else if (failed !== undefined && "differs" in failed) failedCases.push(failed);
    }
    const [failed, unsupported] = [failedCases.length, unsupportedCases.length];
    const passed = rows.length - failed - unsupported;
    const told = { cases: rows.length, passed, failed, failedCases, unsupported, unsupportedCases };
    say(json, told, inWords(told));
    return failed + unsupported === 0 ? EXIT.done : EXIT.failed;
  },
});

async function textOf(path: string): Promise<string> {
  const file = Bun.file(path);
  const stat = await file.stat().catch(() => undefined);
  if (stat === undefined || !stat.isFile()) throw new UsageError(`There is no file ${path}`);
  if (stat.size > BYTES_MAX) throw new UsageError(`${path} is larger than ${BYTES_MAX} bytes`);
  return await file.text();
}

function inputOf(row: Row) {
  return {
    market: row.market,
    selection: row.selection,
    line: row.line,
    odds: row.odds_decimal,
    stake: row.stake_minor,
    facts: row.facts,
  };
}

function tryCase<T extends object>(work: () => T): T | { readonly why: string } {
  try {
    return work();
  } catch (error) {
    if (error instanceof CaseUnsupportedError) return { why: error.message };
    throw error;
  }
}

type Comparison = Failed | { readonly agrees: true };

function compareCase(row: Row, { grade, returnMinor }: CaseOutcome): Comparison {
  const pairs: [string, Fraction, Fraction][] = [
    ["return_minor", expected(row.expected_return_minor, undefined), fraction(returnMinor)],
  ];
  if (grade !== undefined) {
    pairs.push(["result", expected(row.uof_result, undefined), fraction(BigInt(grade.result))]);
    pairs.push(["void_factor", expected(row.uof_void_factor, ZERO), grade.voided]);
    pairs.push(["dead_heat_factor", expected(row.uof_dead_heat_factor, ONE), grade.deadHeat]);
    pairs.push(["winnings_deduction", expected(row.winnings_deduction, ZERO), grade.deduction]);
  }
  const differing = pairs.filter(([, wanted, graded]) => compare(wanted, graded) !== 0);
  if (differing.length === 0) return { agrees: true };
  const differs = differing.map(([name, wanted, graded]) => [
    name,
    { expected: written(wanted), graded: written(graded) },
  ]);
  return { case: row.case_id, differs: Object.fromEntries(differs), reason: grade?.reason ?? null };
}

function expected(text: string, blank: Fraction | undefined): Fraction {
  const number = text === "" ? blank : numberOf(text);
  if (number === undefined) throw new CaseUnsupportedError(`it expects "${text}"`);
  return number;
}

function written({ numerator, denominator }: Fraction): string {
  return denominator === 1n ? `${numerator}` : `${numerator}/${denominator}`;
}

interface Told {
  readonly cases: number;
  readonly passed: number;
  readonly failed: number;
  readonly failedCases: readonly Failed[];
  readonly unsupported: number;
  readonly unsupportedCases: readonly Unsupported[];
}

function inWords({ cases, passed, failed, failedCases, unsupported, unsupportedCases }: Told): string {
  return [
    `${cases} cases: ${passed} passed, ${failed} failed, ${unsupported} unsupported`,
    ...failedCases.map(({ case: id, differs }) => {
      const each = Object.entries(differs).map(
        ([name, { expected: wanted, graded }]) => `${name} is ${graded} instead of ${wanted}`,
      );
      return `failed ${plain(id)}: ${each.join(", ")}`;
    }),
    ...unsupportedCases.map(({ case: id, why }) => `unsupported ${plain(id)}: ${plain(why)}`),
  ].join("\n");
}
