import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Glob } from "bun";
import type { Area } from "./areas.ts";
import { type Files, reachedFrom } from "./reach.ts";
import type { Remembered } from "./run_mutants.ts";

/** What earlier runs have found, each for as long as nothing that it rests on has changed. */
export interface Memory {
  /** What is still true of a file's mutants: all of them, some or none. */
  recall(file: string): readonly Remembered[];
  keep(file: string, found: readonly Remembered[]): void;
  forget(): void;
}

interface Kept extends Remembered {
  readonly on: string;
}

/** What decides no fate: which files are tried, what is said of them, and why a survivor is one. */
const LEFT_OUT = /\/(areas|memory|mod|report|explained|survivors.*)\.ts$|_test\.ts$/;

/**
 * Memory of a tree, in the folder for temporary files. What a test has killed rests on that test, on the changed file and on all that either
 * imports; a survivor on every test of its area; what the compiler refuses on the file and its imports. All rest on how mutants are made and
 * tried. Whoever writes one test need not try again what others have killed.
 */
export function openMemory(root: string, areas: readonly Area[]): Memory {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const own = [...new Glob("**/*.ts").scanSync(import.meta.dir)].filter((file) => !LEFT_OUT.test(`/${file}`));
  const common = hashOf([
    ...own.sort().map((file) => readFileSync(join(import.meta.dir, file), "utf8")),
    ...["bun.lock", "tsconfig.json"].map(read),
  ]);
  const folder = join(tmpdir(), `linehold-mutants-found-${hashOf([root])}`);
  const pathOf = (file: string) => join(folder, `${file.replaceAll("/", "+")}.json`);
  const known = new Map<string, string>();
  const basisOf = (file: string, { fate, by }: Remembered) => {
    const tests = fate === "survived" ? testsOf(areas, file) : fate === "refused" ? [] : [by ?? ""];
    const key = [file, ...tests].join();
    const basis = known.get(key) ?? hashOf([common, key, ...textsOf(reachedFrom(root, [file, ...tests]))]);
    known.set(key, basis);
    return basis;
  };
  return {
    recall(file) {
      const kept = keptIn(pathOf(file)).filter(({ fate, by }) => fate === "refused" || isThere(root, by));
      return kept.filter((one) => one.on === basisOf(file, one)).map(({ on: _on, ...one }) => one);
    },
    keep(file, found) {
      mkdirSync(folder, { recursive: true });
      const kept = found.map((one): Kept => ({ ...one, on: basisOf(file, one) }));
      writeFileSync(pathOf(file), JSON.stringify(kept));
    },
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function keptIn(path: string): readonly Kept[] {
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : [];
}

function isThere(root: string, test: string | undefined): boolean {
  return test === undefined || existsSync(join(root, test));
}

function testsOf(areas: readonly Area[], file: string): readonly string[] {
  return areas.find(({ files }) => files.some((pattern) => new Glob(pattern).match(file)))?.tests ?? [];
}

function textsOf(files: Files): string[] {
  return [...files].sort(([one], [other]) => (one < other ? -1 : 1)).flat();
}

function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text}\u001f`);
  return hash.digest("hex").slice(0, 16);
}
