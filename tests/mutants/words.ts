import ts from "typescript";

/** Beyond so many members a union is a vocabulary, in which the next word says as much as all. */
const FEW = 3;

/** The words that the compiler would take in a literal's place: all others of a small closed union, the next one of a large one. */
export function otherWordsOf(node: ts.StringLiteral, checker: ts.TypeChecker): string[] {
  const wanted = wantedType(node, checker);
  if (wanted === undefined) return [];
  const members = wanted.isUnion() ? wanted.types : [wanted];
  // One that takes any text is no closed one.
  if (members.some((member) => (member.flags & ts.TypeFlags.String) !== 0)) return [];
  const words = members.flatMap((member) => (member.isStringLiteral() ? [member.value] : [])).sort();
  const at = words.indexOf(node.text);
  if (at < 0 || words.length < 2) return [];
  const others = words.filter((word) => word !== node.text);
  return words.length <= FEW ? others : [words[(at + 1) % words.length] ?? node.text];
}

/** What is asked of a literal: by what it is held against, by the switch that it is a case of, or by its place. */
function wantedType(node: ts.StringLiteral, checker: ts.TypeChecker): ts.Type | undefined {
  const { parent } = node;
  if (ts.isBinaryExpression(parent) && /^[!=]==$/.test(parent.operatorToken.getText())) {
    const other = parent.left === node ? parent.right : parent.left;
    return checker.getTypeAtLocation(other);
  }
  if (ts.isCaseClause(parent)) return checker.getTypeAtLocation(parent.parent.parent.expression);
  return checker.getContextualType(node);
}
