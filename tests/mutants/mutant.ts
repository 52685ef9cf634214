import { createHash } from "node:crypto";

/** What names a mutant, in any version of its file that still has the place: no line, no offset. */
export interface Identity {
  /** Its path from the root, as in `src/settlement/payout.ts`. */
  readonly file: string;
  /** The declarations around it, outermost first, as in `SECTIONS.retired.read`; empty at the top of a file. */
  readonly within: string;
  /** What kind of change it is. */
  readonly operator: Operator;
  /** The text that is changed, white space as one blank and cut at 100 characters. */
  readonly original: string;
  /** What stands there instead, in the same way. */
  readonly replacement: string;
  /** Which of those that are alike in all of that, from 1. */
  readonly occurrence: number;
}

/** One small change of one file. */
export interface Mutant extends Identity {
  /** Eight hexadecimal digits of the identity, to be named by. */
  readonly id: string;
  /** Where it is now: the line from 1, and the place in the text. */
  readonly line: number;
  readonly start: number;
  /** The whole text of the changed file. */
  readonly text: string;
}

/** Every kind of change that is made. */
export const OPERATORS = {
  relation: "< for <= and the like, and the opposite",
  equality: "=== for !== and the other way round",
  arithmetic: "plus for minus, times for divided by, and the like",
  logic: "&& for ||, and either side alone",
  nullish: "either side of ?? alone, and . for ?.",
  condition: "a condition that is always true, or always false",
  negation: "without its ! or its minus",
  literal: "true for false, and a number one more or one less",
  word: "another word of the same closed union",
  removal: "a statement, a case, a throw, a return, or an element of a list left out",
  order: "two arguments exchanged",
  method: "some for every, min for max, and the like, or the step left out",
} as const satisfies Readonly<Record<string, string>>;
export type Operator = keyof typeof OPERATORS;

/** The short name of an identity. */
export function idOf(identity: Identity): string {
  const { file, within, operator, original, replacement, occurrence } = identity;
  const whole = [file, within, operator, original, replacement, occurrence].join("\u001f");
  return createHash("sha256").update(whole).digest("hex").slice(0, 8);
}

/** A mutant in one line, without its file. */
export function inShort({ within, operator, original, replacement, occurrence }: Identity): string {
  const nth = occurrence === 1 ? "" : ` (${occurrence})`;
  const place = within === "" ? "" : `${within}: `;
  return `${place}${operator}: ${original} → ${replacement === "" ? "nothing" : replacement}${nth}`;
}

/** Text as identities have it. */
export function shortened(text: string): string {
  const plain = text.replace(/\s+/g, " ").trim();
  return plain.length <= 100 ? plain : `${plain.slice(0, 99)}…`;
}
