import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import type { Facts } from "../../../src/results/mod.ts";
import { graderBy } from "../../../src/settlement/mod.ts";
import { dataPath } from "../../harness/mod.ts";
import { counted, known, leg, rules2, short } from "./_known.ts";

const path = dataPath("us/nba_labelled_2016-2018.csv");

/** What the labels mean: the favourite covers, or the total is over; not; the stake comes back. */
const LABELS: Readonly<Record<string, string>> = { "1": "won", "0": "lost", "2": "push" };

test.skipIf(path === undefined)(
  "the labels of 3,937 basketball games agree with the grader on every spread and every total, pushes included",
  () => {
    const rows = rowsOf(path ?? "");

    const wrong = rows.flatMap((row) => {
      const graded = spreadAndTotal(row);
      const labelled = [LABELS[row("id_spread")], LABELS[row("id_total")]];
      return Bun.deepEquals(graded, labelled)
        ? []
        : [[row("dates"), row("away"), row("home"), graded, labelled]];
    });

    expect(rows.length).toBe(3937);
    expect(rows.filter((row) => row("id_spread") === "2").length).toBe(70);
    expect(rows.filter((row) => row("id_total") === "2").length).toBe(55);
    expect(wrong).toEqual([]);
  },
);

type Row = (name: string) => string;

function spreadAndTotal(row: Row): string[] {
  const grade = graderBy(factsOf(row), rules2());
  const more = { sport: "basketball", period: "match" } as const;
  const favourite = row("whos_favored");
  // The favourite gives the spread; the line is what is added to the home score.
  const line = favourite === "home" ? -Number(row("spread")) : Number(row("spread"));
  const spread = short(grade(leg(`asian_handicap ${favourite} ${line}`, more)));
  return [spread, short(grade(leg(`total over ${row("total")}`, more)))];
}

const PARTS = [
  ["q1", "first_quarter"],
  ["q2", "second_quarter"],
  ["q3", "third_quarter"],
  ["q4", "fourth_quarter"],
  ["ot", "overtime"],
] as const;

/** By quarters and overtime; the final score beside them must be their sum, or nothing is decided. */
function factsOf(row: Row): Facts {
  const both = (part: string) => [Number(row(`${part}_home`)), Number(row(`${part}_away`))] as const;
  return known([
    ...PARTS.flatMap(([name, period]) => counted(period, both(name))),
    ...counted("match", both("score")),
  ]);
}

function rowsOf(file: string): Row[] {
  const [header = "", ...lines] = readFileSync(file, "utf8").trimEnd().split(/\r?\n/);
  const names = header.split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return (name) => cells[names.indexOf(name)] ?? "";
  });
}
