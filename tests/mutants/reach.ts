import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import ts from "typescript";

/** A file's text by its path from the root. */
export type Files = ReadonlyMap<string, string>;

/**
 * What some tests reach by their imports, each door (`mod.ts`) letting through only what somebody asks it for: behind the doors of rooms that
 * also know the database stands ten times as much as what grades and pays, which every run of a test would have to load.
 *
 * @param starts Paths from the root.
 */
export function reachedFrom(root: string, starts: readonly string[]): Files {
  const trees = new Map<string, ts.SourceFile>();
  const treeOf = (file: string) => {
    const known = trees.get(file);
    if (known !== undefined) return known;
    const tree = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ESNext);
    trees.set(file, tree);
    return tree;
  };
  const asked = new Map<string, Set<string>>();
  const todo = starts.map((file) => ({ file, names: ["*"] }));
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const { file, names } = next;
    const before = asked.get(file) ?? new Set();
    const fresh = names.filter((name) => !before.has(name));
    if (asked.has(file) && fresh.length === 0) continue;
    asked.set(file, new Set([...before, ...names]));
    todo.push(...importsOf(treeOf(file), new Set(isDoor(file) ? fresh : ["*"])));
  }
  return new Map(
    [...asked].map(([file, names]) => [
      file,
      isDoor(file) ? narrowed(treeOf(file), names) : treeOf(file).text,
    ]),
  );
}

function isDoor(file: string): boolean {
  return file.endsWith("/mod.ts");
}

interface Asked {
  readonly file: string;
  readonly names: string[];
}

/** What a file asks of others, as far as it is itself asked for these names. */
function importsOf(tree: ts.SourceFile, names: ReadonlySet<string>): Asked[] {
  return tree.statements.flatMap((statement): Asked[] => {
    const specifier = specifierOf(statement);
    if (specifier === undefined || !specifier.startsWith(".")) return [];
    const file = normalize(join(dirname(tree.fileName), specifier));
    if (ts.isExportDeclaration(statement)) {
      const kept = keptOf(statement, names);
      return kept.length === 0
        ? []
        : [{ file, names: kept.map((one) => (one.propertyName ?? one.name).text) }];
    }
    const bindings = ts.isImportDeclaration(statement) ? statement.importClause?.namedBindings : undefined;
    if (bindings === undefined || !ts.isNamedImports(bindings)) return [{ file, names: ["*"] }];
    return [{ file, names: bindings.elements.map((one) => (one.propertyName ?? one.name).text) }];
  });
}

function specifierOf(statement: ts.Statement): string | undefined {
  if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return undefined;
  const { moduleSpecifier } = statement;
  return moduleSpecifier !== undefined && ts.isStringLiteral(moduleSpecifier)
    ? moduleSpecifier.text
    : undefined;
}

function keptOf({ exportClause }: ts.ExportDeclaration, names: ReadonlySet<string>): ts.ExportSpecifier[] {
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return [];
  return exportClause.elements.filter(({ name }) => names.has("*") || names.has(name.text));
}

/** A door with nothing but what is asked for. */
function narrowed(tree: ts.SourceFile, names: ReadonlySet<string>): string {
  return tree.statements
    .map((statement) => {
      const specifier = specifierOf(statement);
      if (specifier === undefined || !ts.isExportDeclaration(statement)) return statement.getFullText(tree);
      const kept = keptOf(statement, names).map((one) => one.getText(tree));
      const types = statement.isTypeOnly ? "type " : "";
      return kept.length === 0 ? "" : `export ${types}{ ${kept.join(", ")} } from "${specifier}";`;
    })
    .join("\n");
}
