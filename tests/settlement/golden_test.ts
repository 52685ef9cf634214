import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { type Fraction, fraction, ONE, ZERO } from "../../src/markets/mod.ts";
import { exactReturn, gradeLeg, roundReturn } from "../../src/settlement/mod.ts";
import { dataPath } from "../harness/mod.ts";

const path = dataPath("golden/settlement_cases.csv");

test.skipIf(path === undefined)("every golden single returns what its rules page says", () => {
  const singles = rowsOf(path ?? "").filter(({ odds_decimal: odds }) => odds !== "");

  const wrong = singles.filter((row) => {
    const grade = {
      result: row.uof_result === "1" ? (1 as const) : (0 as const),
      voided: parse(row.uof_void_factor, ZERO),
      deadHeat: parse(row.uof_dead_heat_factor, ONE),
      deduction: parse(row.winnings_deduction, ZERO),
    };
    const exact = exactReturn(BigInt(row.stake_minor), parse(row.odds_decimal, ONE), grade);
    return roundReturn(exact) !== BigInt(row.expected_return_minor);
  });

  expect(singles.length).toBe(45);
  expect(wrong).toEqual([]);
});

test.skipIf(path === undefined)("every golden 1X2 is graded from its facts", () => {
  const rows = rowsOf(path ?? "").filter(({ market }) => market === "1x2");

  const graded = rows.map(({ facts, selection }) => {
    const [, home, away] = /^home (\d+)-(\d+)$/.exec(facts) ?? [];
    const score = { state: "final", homeScore: Number(home), awayScore: Number(away) } as const;
    const leg = {
      marketType: "1x2",
      period: "regulation",
      label: "",
      lineQuarters: null,
      outcome: selection,
    };
    return `${gradeLeg(leg, score).result}`;
  });

  expect(rows.length).toBe(2);
  expect(graded).toEqual(rows.map((row) => row.uof_result));
});

type Row = Record<
  | "market"
  | "selection"
  | "odds_decimal"
  | "stake_minor"
  | "facts"
  | "uof_result"
  | "uof_void_factor"
  | "uof_dead_heat_factor"
  | "winnings_deduction"
  | "expected_return_minor",
  string
>;

function rowsOf(file: string): Row[] {
  const [header = "", ...lines] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  const names = cellsOf(header);
  return lines.map((line) => {
    const cells = cellsOf(line);
    return Object.fromEntries(names.map((name, index) => [name, cells[index] ?? ""])) as Row;
  });
}

function cellsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? "",
  );
}

/** A decimal or a fraction, exactly. */
function parse(text: string, empty: Fraction): Fraction {
  if (text === "") return empty;
  const [top = "", below] = text.split("/");
  if (below !== undefined) return fraction(BigInt(top), BigInt(below));
  const [whole = "", decimals = ""] = top.split(".");
  return fraction(BigInt(whole + decimals), 10n ** BigInt(decimals.length));
}
