import { expect, test } from "bun:test";
import { openTree } from "./_tree.ts";
import { inShort, listMutants } from "./mod.ts";

/** Every mutant of a source, in short. */
function mutantsOfText(text: string, only?: readonly string[]): string[] {
  using tree = openTree({ "src/a.ts": text });
  const area = { files: ["src/*.ts"], tests: [], ...(only === undefined ? {} : { only }) };
  return listMutants(tree.root, [area]).files.flatMap(({ mutants }) => mutants.map(inShort));
}

test.each<[string, string, readonly string[]]>([
  [
    "a relation by its neighbour and its opposite",
    "export function f(a: number, b: number) { return a < b; }",
    ["f: removal: return a < b; → ;", "f: relation: a < b → a <= b", "f: relation: a < b → a >= b"],
  ],
  [
    "an equality by the other, and a word by the others of its union",
    'export function f(side: "home" | "away" | "draw") { return side === "home"; }',
    [
      'f: removal: return side === "home"; → ;',
      'f: equality: side === "home" → side !== "home"',
      'f: word: "home" → "away"',
      'f: word: "home" → "draw"',
    ],
  ],
  [
    "arithmetic and numbers, of either kind",
    "export const f = (a: bigint) => a * 2n;\nexport const g = (a: number) => a - 0;",
    [
      "f: arithmetic: a * 2n → a / 2n",
      "f: literal: 2n → 3n",
      "f: literal: 2n → 1n",
      "g: arithmetic: a - 0 → a + 0",
      "g: literal: 0 → 1",
      "g: literal: 0 → (-1)",
    ],
  ],
  [
    "both sides of a logical operator, and a negation",
    "export const f = (a: boolean, b: boolean) => !a && b;",
    [
      "f: logic: !a && b → (!a) || (b)",
      "f: logic: !a && b → !a",
      "f: logic: !a && b → b",
      "f: negation: !a → (a)",
    ],
  ],
  [
    "a condition, but not the one branch that goes with it",
    'export function f(a: boolean) { if (a) throw new RangeError("no"); }',
    ["f: condition: a → true", "f: condition: a → false"],
  ],
  [
    "a default, and what is asked only if it is there",
    "export const f = (a?: { b?: number }) => a?.b ?? 7;",
    [
      "f: nullish: a?.b ?? 7 → a?.b",
      "f: nullish: a?.b ?? 7 → 7",
      "f: nullish: a?.b → a.b",
      "f: literal: 7 → 8",
      "f: literal: 7 → 6",
    ],
  ],
  [
    "statements, cases and elements left out",
    'export function f(list: number[], a: 1 | 2) { list.push(3); switch (a) { case 1: return "x"; } return [a, list]; }',
    [
      "f: removal: list.push(3); → ;",
      "f: literal: 3 → 4",
      "f: literal: 3 → 2",
      'f: removal: case 1: return "x"; → nothing',
      "f: literal: 1 → 2",
      "f: literal: 1 → 0",
      'f: removal: return "x"; → ;',
      "f: removal: return [a, list]; → ;",
      "f: removal: [a, list] → [list]",
      "f: removal: [a, list] → [a]",
    ],
  ],
  [
    "arguments exchanged, where their order says something",
    "declare const g: (a: number, b: number) => number;\ndeclare const add: typeof g;\nexport const f = (a: number, b: number) => add(g(a, b), g(a, a));",
    ["f: order: g(a, b) → g(b, a)"],
  ],
  [
    "methods by their opposites, and steps left out",
    "export const f = (list: boolean[]) => list.filter(Boolean).some((one) => one);",
    [
      "f: method: list.filter(Boolean).some((one) => one) → list.filter(Boolean).every((one) => one)",
      "f: method: list.filter(Boolean) → list",
    ],
  ],
])("mutantsOf changes %s", (_what, text, wanted) => {
  expect(mutantsOfText(text)).toEqual([...wanted]);
});

test("mutantsOf leaves texts, types and names as they are", () => {
  const text = `
    import type { A } from "./a.ts";
    export type Size = 1 | 2;
    export interface Named { readonly kind: "a" | "b"; readonly other: A }
    export const TEXT: string = "a" + "b";
    export const TABLE: Record<1, string> = { 1: "one" };`;

  expect(mutantsOfText(text)).toEqual([]);
});

test("mutantsOf names alike mutants by the declarations around them, and by their number within", () => {
  const text =
    "export const T = { a: { of: (x: number) => x + x > 1 }, b: 2 };\nexport function f(x: number) { const g = () => x > 1 || x > 1; return g(); }";

  const named = mutantsOfText(text).filter((one) => /x > 1 → x >= 1|literal/.test(one));

  expect(named).toContain("T.a.of: literal: 1 → 0");
  expect(named).toContain("T.b: literal: 2 → 3");
  expect(named).toContain("f.g: relation: x > 1 → x >= 1");
  expect(named).toContain("f.g: relation: x > 1 → x >= 1 (2)");
});

test("mutantsOf changes the declarations that are asked for alone", () => {
  const text = "export function f() { return 1; }\nexport function g() { return 2; }";

  expect(mutantsOfText(text, ["g"]).every((one) => one.startsWith("g: "))).toBe(true);
  expect(mutantsOfText(text, ["g"]).length).toBe(3);
});

test("a mutant's id outlives what is written above it", () => {
  const text = "export function f() { return 1; }";
  using before = openTree({ "src/a.ts": text });
  using after = openTree({ "src/a.ts": `/** Words. */\nexport const x = "y";\n\n${text}` });
  const idsOf = (root: string) =>
    listMutants(root, [{ files: ["src/*.ts"], tests: [] }]).files.flatMap(({ mutants }) =>
      mutants.map(({ id }) => id),
    );

  expect(idsOf(after.root)).toEqual(idsOf(before.root));
});
