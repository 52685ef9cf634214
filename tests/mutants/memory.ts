import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Glob } from "bun";
import type { Remembered } from "./run_mutants.ts";

/** What an interrupted run has found, by file, for as long as nothing that it rests on has changed. */
export interface Memory {
  recall(file: string): readonly Remembered[] | undefined;
  keep(file: string, found: readonly Remembered[]): void;
  forget(): void;
}

/** What decides no fate: why a survivor is one. */
const LEFT_OUT = /^tests\/mutants\/survivors/;

/** Memory of a tree as it is now, in the folder for temporary files. */
export function openMemory(root: string): Memory {
  const hash = createHash("sha256").update(root);
  const files = [...new Glob("{src,tests}/**/*.ts").scanSync(root)]
    .filter((file) => !LEFT_OUT.test(file))
    .sort();
  for (const file of [...files, "bun.lock", "tsconfig.json"])
    hash.update(`\u001f${file}\u001f`).update(readFileSync(join(root, file)));
  const folder = join(tmpdir(), `linehold-mutants-found-${hash.digest("hex").slice(0, 16)}`);
  const pathOf = (file: string) => join(folder, `${file.replaceAll("/", "+")}.json`);
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
