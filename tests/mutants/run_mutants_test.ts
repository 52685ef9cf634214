import { expect, test } from "bun:test";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openTree } from "./_tree.ts";
import {
  BaselineError,
  idOf,
  inShort,
  listMutants,
  openMemory,
  reportOf,
  runMutants,
  type Tried,
} from "./mod.ts";

const SOURCE = `export function countTo(most: number): number {
  let count = 0;
  while (count < most) count += 1;
  return count;
}

export function notBelowZero(amount: number): number {
  return amount > 0 ? amount : 0;
}
`;
const TEST = `import { expect, test } from "bun:test";
import { countTo, notBelowZero } from "../src/a.ts";

test("counts", () => {
  expect(countTo(2)).toBe(2);
  expect(notBelowZero(-1)).toBe(0);
  expect(notBelowZero(1)).toBe(1);
});
`;
const EMPTY = 'import { test } from "bun:test";\n\ntest("nothing", () => undefined);\n';

const FILES = { "src/a.ts": SOURCE, "tests/a_test.ts": TEST, "tests/empty_test.ts": EMPTY };
const area = (only: string, test: string) => ({
  files: ["src/*.ts"],
  only: [only],
  tests: [...new Set(["tests/empty_test.ts", test])],
});
const options = { jobs: 1, leastCpuSeconds: 1 };

const LOOPS = {
  "countTo: condition: count < most → false": "killed",
  "countTo: condition: count < most → true": "time",
  "countTo: relation: count < most → count <= most": "killed",
};

function fatesOf(tried: readonly Tried[]): Record<string, string> {
  return Object.fromEntries(tried.map(({ mutant, fate }) => [inShort(mutant), fate]));
}

test("runMutants tells what tests kill, what the compiler refuses, what never ends and what survives", async () => {
  using tree = openTree(FILES);
  const { root } = tree;

  const areas = [area("countTo", "tests/a_test.ts")];
  const mutants = listMutants(root, areas).files.flatMap((of) => of.mutants);
  const only = new Set(mutants.filter((mutant) => inShort(mutant) in LOOPS).map(({ id }) => id));
  const loops = await runMutants({ ...options, root, areas, only });
  const plain = await runMutants({ ...options, root, areas: [area("notBelowZero", "tests/a_test.ts")] });

  expect(fatesOf(loops)).toEqual(LOOPS);
  expect(fatesOf(plain)).toEqual({
    "notBelowZero: removal: return amount > 0 ? amount : 0; → ;": "refused",
    "notBelowZero: relation: amount > 0 → amount >= 0": "survived",
    "notBelowZero: relation: amount > 0 → amount <= 0": "killed",
    "notBelowZero: condition: amount > 0 → true": "killed",
    "notBelowZero: condition: amount > 0 → false": "killed",
    "notBelowZero: literal: 0 → 1": "killed",
    "notBelowZero: literal: 0 → (-1)": "survived",
    "notBelowZero: literal: 0 → 1 (2)": "killed",
    "notBelowZero: literal: 0 → (-1) (2)": "killed",
  });
}, 60_000);

test("runMutants finds that everything survives a test that asks nothing, and goes on where it was interrupted", async () => {
  using tree = openTree(FILES);
  const { root } = tree;
  const areas = [area("notBelowZero", "tests/empty_test.ts")];
  const memory = openMemory(root, areas);
  const tried = await runMutants({ ...options, ...memory, root, areas });
  const seen: string[] = [];

  const again = await runMutants({
    ...options,
    ...memory,
    root,
    areas,
    observe: ({ file }) => seen.push(file),
  });
  memory.forget();

  expect(new Set(tried.filter(({ fate }) => fate !== "refused").map(({ fate }) => fate))).toEqual(
    new Set(["survived"]),
  );
  expect(fatesOf(again)).toEqual(fatesOf(tried));
  expect(seen).toEqual([]);
  expect(memory.recall("src/a.ts")).toEqual([]);
}, 60_000);

test("runMutants refuses to try anything while a test fails without a mutant", async () => {
  using tree = openTree({ ...FILES, "src/a.ts": SOURCE.replace("count < most", "count > most") });

  const running = runMutants({
    ...options,
    root: tree.root,
    areas: [area("notBelowZero", "tests/a_test.ts")],
  });

  await expect(running).rejects.toThrow(BaselineError);
}, 60_000);

test("reportOf gives each survivor its reason, and tells those without one and reasons without a survivor", () => {
  const identity = (original: string, occurrence = 1) =>
    ({ file: "src/a.ts", within: "f", operator: "literal", original, replacement: "1", occurrence }) as const;
  const tried = (original: string, fate: Tried["fate"]): Tried => ({
    mutant: { ...identity(original), id: idOf(identity(original)), line: 1, start: 0, text: "" },
    fate,
    by: undefined,
  });
  const { file: _file, occurrence: _occurrence, ...explained } = identity("7");
  const table = {
    "src/a.ts": [
      { ...explained, why: "it is the same" },
      { ...explained, original: "8", why: "it was once" },
      { ...explained, original: "9", occurrence: 2, why: "it is not there" },
    ],
    "src/b.ts": [{ ...explained, why: "it was not tried" }],
  };

  const all = [tried("7", "survived"), tried("8", "killed"), tried("6", "survived"), tried("5", "time")];
  const whole = reportOf(all, { table, isWhole: true });
  const some = reportOf(all, { table, isWhole: false });

  expect(whole.survivors.map(({ original, why }) => [original, why])).toEqual([
    ["7", "it is the same"],
    ["6", null],
  ]);
  expect(whole).toMatchObject({ mutants: 4, killed: 1, killedByTime: 1, survived: 2, unexplained: 1 });
  expect(whole.outdated.map(({ original }) => original)).toEqual(["8", "9"]);
  expect(some.outdated.map(({ original }) => original)).toEqual(["8"]);
});

test("openMemory forgets what rests on a test that has changed, and keeps what another test has killed", () => {
  using tree = openTree({ ...FILES, "tests/b_test.ts": TEST });
  const areas = [{ files: ["src/a.ts"], tests: ["tests/a_test.ts", "tests/b_test.ts"] }];
  const [one, other, third, fourth] = [
    { id: "0000000a", fate: "killed", by: "tests/a_test.ts" },
    { id: "0000000b", fate: "time", by: "tests/b_test.ts" },
    { id: "0000000c", fate: "survived" },
    { id: "0000000d", fate: "refused", by: "TS1: no" },
  ] as const;
  const before = openMemory(tree.root, areas);
  before.keep("src/a.ts", [one, other, { ...third, by: undefined }, fourth]);
  const put = (file: string, text: string) => writeFileSync(join(tree.root, file), text);

  const same = openMemory(tree.root, areas).recall("src/a.ts");
  put("tests/b_test.ts", EMPTY);
  const changedTest = openMemory(tree.root, areas).recall("src/a.ts");
  put("src/a.ts", `${SOURCE}// changed`);
  const changedFile = openMemory(tree.root, areas).recall("src/a.ts");
  before.forget();

  expect(same as unknown).toEqual([one, other, third, fourth]);
  expect(changedTest as unknown).toEqual([one, fourth]);
  expect(changedFile).toEqual([]);
});
