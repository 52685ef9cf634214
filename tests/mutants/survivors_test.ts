import { expect, test } from "bun:test";
import { join } from "node:path";
import { AREAS, explanationsOf, idOf, inShort, listMutants, SURVIVORS } from "./mod.ts";

const ROOT = join(import.meta.dir, "../..");
const { files } = listMutants(ROOT, AREAS);

test("every explained survivor is a mutant that can be made of the files as they are, named once, with a reason", () => {
  const ids = files.flatMap(({ mutants }) => mutants.map(({ id }) => id));
  const known = new Set(ids);
  const explanations = explanationsOf(SURVIVORS);

  const missing = explanations.filter(({ identity }) => !known.has(idOf(identity)));

  expect(missing.map(({ identity }) => `${identity.file} ${inShort(identity)}`)).toEqual([]);
  expect(explanations.filter(({ why }) => why.length < 10)).toEqual([]);
  expect(new Set(explanations.map(({ identity }) => idOf(identity))).size).toBe(explanations.length);
  expect(known.size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(2000);
});

test("every area names files and tests that are there", () => {
  for (const area of AREAS) expect(files.some((of) => of.area === area && of.mutants.length > 0)).toBe(true);
  for (const { tests } of AREAS)
    for (const file of tests) expect(Bun.file(join(ROOT, file)).size).toBeGreaterThan(0);
});
