import { existsSync, readFileSync } from "node:fs";
import { isBuiltin } from "node:module";
import { dirname, join, normalize } from "node:path";

/** What a file imports at run time: files of the repository by path, packages by name. */
export interface Imports {
  readonly files: readonly string[];
  readonly packages: readonly string[];
}

// Unused imports are kept, as `verbatimModuleSyntax` keeps them: what is written is what is loaded.
const transpiler = new Bun.Transpiler({
  loader: "ts",
  tsconfig: JSON.stringify({ compilerOptions: { verbatimModuleSyntax: true } }),
});

/** The imports of one source file, dynamic ones included, types left out. */
export function importsOf(root: string, path: string): Imports {
  if (!/\.[jt]s$/.test(path)) return { files: [], packages: [] };
  const given = transpiler.scanImports(readFileSync(join(root, path), "utf8")).map((found) => found.path);
  return {
    files: given
      .filter((target) => target.startsWith("."))
      .map((target) => normalize(join(dirname(path), target))),
    packages: given
      .filter((target) => !target.startsWith(".") && !isBuiltin(target) && !/^(node:|bun(:|$))/.test(target))
      .map(packageName),
  };
}

/** Every file and package that a process loads, from its entry file on. */
export function closureOf(root: string, entry: string): Imports {
  const files = new Set<string>([entry]);
  const packages = new Set<string>();
  for (const path of files) {
    if (!existsSync(join(root, path))) continue;
    const found = importsOf(root, path);
    for (const file of found.files) files.add(file);
    for (const name of found.packages) packages.add(name);
  }
  return { files: [...files], packages: [...packages] };
}

/** `elysia/type-system` is the package `elysia`, `@scope/name/file` the package `@scope/name`. */
export function packageName(target: string): string {
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}
