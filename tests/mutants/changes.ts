import ts from "typescript";
import type { Operator } from "./mutant.ts";
import { otherWordsOf } from "./words.ts";

/** What could stand in a node's place. */
export interface Change {
  readonly operator: Operator;
  readonly node: ts.Node;
  readonly replacement: string;
}

type Made = readonly [operator: Operator, replacement: string];
type Maker = (node: ts.Node, checker: ts.TypeChecker) => readonly Made[];

/** Every change of one node, by what it is. */
export function changesOf(node: ts.Node, checker: ts.TypeChecker): Change[] {
  return MAKERS.flatMap((make) => make(node, checker)).map(([operator, replacement]) => ({
    operator,
    node,
    replacement,
  }));
}

const MAKERS: readonly Maker[] = [
  binary,
  conditions,
  negations,
  literals,
  words,
  removals,
  elements,
  optionalChains,
  exchanged,
  methods,
];

const RELATIONS: Readonly<Record<string, readonly string[]>> = {
  "<": ["<=", ">="],
  "<=": ["<", ">"],
  ">": [">=", "<="],
  ">=": [">", "<"],
};
const EQUALITIES: Readonly<Record<string, string>> = { "===": "!==", "!==": "===" };
const ARITHMETIC: Readonly<Record<string, string>> = {
  "+": "-",
  "-": "+",
  "*": "/",
  "/": "*",
  "%": "*",
  "**": "*",
  "+=": "-=",
  "-=": "+=",
};

function binary(node: ts.Node): Made[] {
  if (!ts.isBinaryExpression(node)) return [];
  const [left, right] = [node.left.getText(), node.right.getText()];
  const sign = node.operatorToken.getText();
  const by = (other: string) => `${left} ${other} ${right}`;
  const arithmetic = ARITHMETIC[sign];
  const equality = EQUALITIES[sign];
  if (RELATIONS[sign] !== undefined) return RELATIONS[sign].map((other) => ["relation", by(other)]);
  if (equality !== undefined) return [["equality", by(equality)]];
  // `-` does not join texts: where one side is a text, `+` stays.
  if (arithmetic !== undefined) return isText(node) ? [] : [["arithmetic", by(arithmetic)]];
  if (sign === "??") return both("nullish", left, right);
  if (sign === "&&" || sign === "||")
    return [["logic", `(${left}) ${sign === "&&" ? "||" : "&&"} (${right})`], ...both("logic", left, right)];
  if (sign === "??=" || sign === "||=" || sign === "&&=") return [["logic", by("=")]];
  return [];
}

function both(operator: Operator, left: string, right: string): Made[] {
  return [
    [operator, left],
    [operator, right],
  ];
}

function isText(node: ts.Node): boolean {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateExpression(node) ||
    (ts.isBinaryExpression(node) && (isText(node.left) || isText(node.right)))
  );
}

/** A condition stands where its parent asks it; it is changed there, whatever it is made of. */
function conditions(node: ts.Node): Made[] {
  const { parent } = node;
  if (parent === undefined) return [];
  const isAsked =
    ((ts.isIfStatement(parent) || ts.isWhileStatement(parent) || ts.isDoStatement(parent)) &&
      parent.expression === node) ||
    ((ts.isConditionalExpression(parent) || ts.isForStatement(parent)) && parent.condition === node);
  if (!isAsked || node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword)
    return [];
  return both("condition", "true", "false");
}

function negations(node: ts.Node): Made[] {
  if (!ts.isPrefixUnaryExpression(node)) return [];
  const { operator, operand } = node;
  const turned =
    operator === ts.SyntaxKind.ExclamationToken ||
    (operator === ts.SyntaxKind.MinusToken && !isNumber(operand));
  return turned ? [["negation", `(${operand.getText()})`]] : [];
}

function isNumber(node: ts.Node): boolean {
  return ts.isNumericLiteral(node) || ts.isBigIntLiteral(node);
}

function literals(node: ts.Node): Made[] {
  if (node.parent !== undefined && ts.isLiteralTypeNode(node.parent)) return [];
  if (node.kind === ts.SyntaxKind.TrueKeyword) return [["literal", "false"]];
  if (node.kind === ts.SyntaxKind.FalseKeyword) return [["literal", "true"]];
  if (!isNumber(node) || isName(node) || isWithinType(node)) return [];
  if (ts.isBigIntLiteral(node)) {
    const value = BigInt(node.text.slice(0, -1));
    return both("literal", `${value + 1n}n`, written(`${value - 1n}n`));
  }
  const value = Number((node as ts.NumericLiteral).text);
  return both("literal", `${value + 1}`, written(`${value - 1}`));
}

/** A number below zero has its brackets, since a sign may stand before it. */
function written(number: string): string {
  return number.startsWith("-") ? `(${number})` : number;
}

function isName(node: ts.Node): boolean {
  const { parent } = node;
  return parent !== undefined && "name" in parent && parent.name === node;
}

function isWithinType(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (ts.isTypeNode(at) && !ts.isExpressionWithTypeArguments(at)) return true;
    if (ts.isStatement(at)) return false;
  }
  return false;
}

function words(node: ts.Node, checker: ts.TypeChecker): Made[] {
  if (!ts.isStringLiteral(node) || isName(node) || isWithinType(node)) return [];
  return otherWordsOf(node, checker).map((word) => ["word", JSON.stringify(word)]);
}

/** What can be left out. A branch that is one statement alone is left out by its condition. */
function removals(node: ts.Node): Made[] {
  const { parent } = node;
  if (parent === undefined) return [];
  if (ts.isCaseClause(node) && node.statements.length > 0) return [["removal", ""]];
  if (ts.isSpreadAssignment(node)) return [["removal", "...{}"]];
  const isLeftOut =
    ts.isExpressionStatement(node) ||
    ts.isThrowStatement(node) ||
    ts.isReturnStatement(node) ||
    ts.isBreakOrContinueStatement(node);
  if (!isLeftOut) return [];
  if (ts.isIfStatement(parent)) return parent.elseStatement === node ? [["removal", ";"]] : [];
  const isBranch = ts.isBlock(parent) && ts.isIfStatement(parent.parent) && parent.statements.length === 1;
  return isBranch ? [] : [["removal", ";"]];
}

/** Each element of a list of more than one; the comma goes with it. */
function elements(node: ts.Node): Made[] {
  if (!ts.isArrayLiteralExpression(node) || node.elements.length < 2 || isAssigned(node)) return [];
  const texts = node.elements.map((element) => element.getText());
  return texts.map((_, left) => [
    "removal",
    `[${texts.filter((_text, index) => index !== left).join(", ")}]`,
  ]);
}

function isAssigned(node: ts.Node): boolean {
  return ts.isBinaryExpression(node.parent) && node.parent.left === node;
}

function optionalChains(node: ts.Node): Made[] {
  const isChain =
    ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node) || ts.isCallExpression(node);
  if (!isChain || node.questionDotToken === undefined) return [];
  const before = node.expression.getText();
  const after = node
    .getText()
    .slice(before.length)
    .replace(/^\s*\?\./, "");
  return [["nullish", `${before}${ts.isPropertyAccessExpression(node) ? "." : ""}${after}`]];
}

/** Functions of which properties say that the order of what they are given does not matter (`fraction_test.ts`, `bounds_test.ts`). */
const IN_ANY_ORDER: ReadonlySet<string> = new Set([
  ...["add", "multiply", "greatestCommonDivisor"],
  ...["sumOf", "narrowed", "Math.min", "Math.max"],
]);

function exchanged(node: ts.Node): Made[] {
  if (!ts.isCallExpression(node) || node.arguments.some(ts.isSpreadElement)) return [];
  if (IN_ANY_ORDER.has(node.expression.getText())) return [];
  const texts = node.arguments.map((argument) => argument.getText());
  const callee = node.getText().slice(0, node.arguments.pos - node.getStart());
  return texts.slice(1).flatMap((text, index): Made[] => {
    const before = texts[index] ?? "";
    if (before === text) return [];
    return [["order", `${callee}${texts.toSpliced(index, 2, text, before).join(", ")})`]];
  });
}

const METHODS: Readonly<Record<string, string>> = {
  some: "every",
  every: "some",
  min: "max",
  max: "min",
  find: "findLast",
  indexOf: "lastIndexOf",
  startsWith: "endsWith",
  endsWith: "startsWith",
  padStart: "padEnd",
  floor: "ceil",
  ceil: "floor",
};
const STEPS: ReadonlySet<string> = new Set([
  "filter",
  "slice",
  "sort",
  "toReversed",
  "trim",
  "replace",
  "padStart",
]);

function methods(node: ts.Node): Made[] {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return [];
  const { expression, name } = node.expression;
  const rest = node.getText().slice(name.getEnd() - node.getStart());
  const other = METHODS[name.text];
  const made: Made[] = [];
  if (other !== undefined)
    made.push(["method", node.getText().slice(0, name.getStart() - node.getStart()) + other + rest]);
  if (STEPS.has(name.text)) made.push(["method", expression.getText()]);
  return made;
}
