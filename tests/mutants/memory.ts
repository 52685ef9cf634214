import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Glob } from "bun";
import type { Area } from "./areas.ts";
import { reachedFrom } from "./reach.ts";
import type { Remembered } from "./run_mutants.ts";

/** What earlier runs have found, by file, each for as long as nothing that it rests on has changed. */
export interface Memory {
  recall(file: string): readonly Remembered[] | undefined;
  keep(file: string, found: readonly Remembered[]): void;
  forget(): void;
}

/** What decides no fate: which files are tried, and why a survivor is one. */
const LEFT_OUT = /\/(areas|survivors.*)\.ts$|_test\.ts$/;

/**
 * Memory of a tree, in the folder for temporary files. What was found of a file rests on its text, on the tests of its area, on all that
 * either imports, and on how mutants are made and tried: whoever writes a test for one file need not try those of all others again.
 */
export function openMemory(root: string, areas: readonly Area[]): Memory {
  const read = (file: string) => readFileSync(join(root, file), "utf8");
  const common = createHash("sha256");
  for (const file of [...new Glob("*.ts").scanSync(import.meta.dir)].sort())
    if (!LEFT_OUT.test(`/${file}`)) common.update(readFileSync(join(import.meta.dir, file)));
  for (const file of ["bun.lock", "tsconfig.json"]) common.update(read(file));
  const folder = join(tmpdir(), `linehold-mutants-found-${hashOf([root])}`);
  const shared = common.digest("hex");
  const paths = new Map<string, string>();
  const pathOf = (file: string) => {
    const known = paths.get(file);
    if (known !== undefined) return known;
    const tests = areas.find(({ files }) => files.some((pattern) => new Glob(pattern).match(file)))?.tests;
    const reached = [...reachedFrom(root, [file, ...(tests ?? [])])].sort(([one], [other]) =>
      one < other ? -1 : 1,
    );
    const path = join(
      folder,
      `${file.replaceAll("/", "+")}.${hashOf([shared, ...(tests ?? []), ...reached.flat()])}.json`,
    );
    paths.set(file, path);
    return path;
  };
  return {
    recall(file) {
      try {
        return JSON.parse(readFileSync(pathOf(file), "utf8"));
      } catch {
        return undefined;
      }
    },
    keep(file, found) {
      mkdirSync(folder, { recursive: true });
      writeFileSync(pathOf(file), JSON.stringify(found));
    },
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function hashOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text}\u001f`);
  return hash.digest("hex").slice(0, 16);
}
