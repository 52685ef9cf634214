import ts from "typescript";
import { changesOf } from "./changes.ts";
import { type Identity, idOf, type Mutant, shortened } from "./mutant.ts";

/** A file as the compiler has read it. */
export interface Source {
  readonly file: string;
  readonly tree: ts.SourceFile;
  readonly checker: ts.TypeChecker;
  /** The top-level declarations to be changed; without it the whole file. */
  readonly only?: readonly string[];
}

/** Every mutant of a file, in the order of their places. No two have the same text, and none has the file's own. */
export function mutantsOf({ file, tree, checker, only }: Source): Mutant[] {
  const text = tree.getFullText();
  const seen = new Set([text]);
  const counts = new Map<string, number>();
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node): void => {
    if (isOutside(node)) return;
    for (const { operator, replacement } of changesOf(node, checker)) {
      const start = node.getStart(tree);
      const changed = text.slice(0, start) + replacement + text.slice(node.getEnd());
      if (seen.has(changed)) continue;
      seen.add(changed);
      const common = {
        file,
        within: placeOf(node),
        operator,
        original: shortened(node.getText(tree)),
        replacement: shortened(replacement),
      };
      const key = Object.values(common).join("\u001f");
      const occurrence = (counts.get(key) ?? 0) + 1;
      counts.set(key, occurrence);
      const identity: Identity = { ...common, occurrence };
      const line = tree.getLineAndCharacterOfPosition(start).line + 1;
      mutants.push({ ...identity, id: idOf(identity), line, start, text: changed });
    }
    ts.forEachChild(node, visit);
  };
  for (const statement of tree.statements)
    if (only === undefined || namesOf(statement).some((name) => only.includes(name))) visit(statement);
  return mutants;
}

/** What runs nothing, or says how something is named: imports, types, and the words of errors. */
function isOutside(node: ts.Node): boolean {
  return (
    ts.isImportDeclaration(node) ||
    ts.isExportDeclaration(node) ||
    ts.isInterfaceDeclaration(node) ||
    ts.isTypeAliasDeclaration(node) ||
    ts.isTypeNode(node)
  );
}

/** The names that a top-level statement declares. */
export function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement))
    return statement.name === undefined ? [] : [statement.name.text];
  return [];
}

function placeOf(node: ts.Node): string {
  const names: string[] = [];
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (isDeclared(at)) names.unshift(at.name.getText());
    else if (ts.isConstructorDeclaration(at)) names.unshift("constructor");
  }
  return names.join(".");
}

/** Functions and classes by their names; constants and fields where they hold a function, or stand at the top. */
function isDeclared(node: ts.Node): node is ts.Node & { readonly name: ts.Node } {
  if (ts.isFunctionDeclaration(node) || ts.isMethodDeclaration(node) || ts.isClassDeclaration(node))
    return node.name !== undefined;
  if (ts.isVariableDeclaration(node))
    return node.parent.parent.parent === node.getSourceFile() || isFunction(node.initializer);
  return ts.isPropertyAssignment(node) && (isFunction(node.initializer) || isInTable(node));
}

function isFunction(node: ts.Node | undefined): boolean {
  return node !== undefined && (ts.isArrowFunction(node) || ts.isFunctionExpression(node));
}

/** A field of an object that is itself a constant at the top, not one made within a function. */
function isInTable(node: ts.Node): boolean {
  for (let at = node.parent; at !== undefined; at = at.parent) if (ts.isFunctionLike(at)) return false;
  return true;
}
