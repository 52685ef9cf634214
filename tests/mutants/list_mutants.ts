import { Glob } from "bun";
import type { Area } from "./areas.ts";
import { type Compiler, openCompiler } from "./compiler.ts";
import type { Mutant } from "./mutant.ts";
import { mutantsOf } from "./mutate.ts";

/** A file to be changed, with all its mutants. */
export interface MutantsOfFile {
  readonly file: string;
  readonly area: Area;
  readonly mutants: readonly Mutant[];
}

/** Every mutant of some areas of a tree, by file, and the compiler that has read them. */
export function listMutants(
  root: string,
  areas: readonly Area[],
): { readonly files: readonly MutantsOfFile[]; readonly compiler: Compiler } {
  const files = areas.flatMap((area) =>
    area.files.flatMap((pattern) =>
      [...new Glob(pattern).scanSync(root)].sort().map((file) => ({ file, area })),
    ),
  );
  const compiler = openCompiler(
    root,
    files.map(({ file }) => file),
  );
  return {
    compiler,
    files: files.map(({ file, area }) => {
      const { only } = area;
      const source = { file, ...compiler.read(file), ...(only === undefined ? {} : { only }) };
      return { file, area, mutants: mutantsOf(source) };
    }),
  };
}
