import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A small tree of files with the settings of this one, removed on dispose. */
export function openTree(files: Readonly<Record<string, string>>): {
  readonly root: string;
  [Symbol.dispose](): void;
} {
  const root = mkdtempSync(join(tmpdir(), "linehold-tree-"));
  const { compilerOptions } = JSON.parse(readFileSync(join(import.meta.dir, "../../tsconfig.json"), "utf8"));
  const settings = { compilerOptions: { ...compilerOptions, types: [] } };
  const all = { "package.json": "{}", "bun.lock": "", "tsconfig.json": JSON.stringify(settings), ...files };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return { root, [Symbol.dispose]: () => rmSync(root, { recursive: true, force: true }) };
}
