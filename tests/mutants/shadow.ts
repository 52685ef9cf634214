import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Files } from "./reach.ts";

/** A folder with what tests need of a tree, in which one file at a time is another. */
export interface Shadow {
  readonly folder: string;
  /** Puts a text in a file's place, or a new file there. */
  write(file: string, text: string): void;
  /** Puts back what the tree has. */
  restore(file: string): void;
  [Symbol.dispose](): void;
}

// A failing property is a killed mutant: to find its smallest example takes time and tells nothing. One seed, so that a run can be repeated.
const PRELOAD = `import fc from "fast-check";
fc.configureGlobal({ endOnFailure: true, seed: 20251127 });
`;
const BUNFIG = `[test]
preload = ["./mutants_preload.ts"]
`;

/** Writes files into a folder of their own, to be removed on dispose. */
export function openShadow(files: Files): Shadow {
  const folder = mkdtempSync(join(tmpdir(), "linehold-mutants-"));
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  for (const [file, text] of files) write(file, text);
  write("package.json", '{ "type": "module" }');
  write("bunfig.toml", BUNFIG);
  write("mutants_preload.ts", PRELOAD);
  symlinkSync(join(import.meta.dir, "../../node_modules"), join(folder, "node_modules"));
  return {
    folder,
    write,
    restore: (file) => write(file, files.get(file) ?? ""),
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
}
