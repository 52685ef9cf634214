import type { TSchema } from "@sinclair/typebox";
import { Value } from "@sinclair/typebox/value";
import { themeSchema } from "./contract.ts";

/** One token of a document that cannot be used. */
export interface ThemeFault {
  /** As in `colors.primary` or `social[0].url`; empty for the document as a whole. */
  readonly path: string;
  /** What would do, as in `must be one of "flat", "outlined", "raised"`. */
  readonly expected: string;
}

/** Who it is and how often it was saved are not the document's to say. */
const IDENTITY = new Set(["tenant", "version"]);

/**
 * Everything in a document that keeps it from being saved: a token that the theme does not have (a misspelt one is not to
 * be lost in silence), or a value that the contract does not allow. A token left out is no fault: it stays as built in.
 * A document without faults is used whole by `createThemeReader`.
 */
export function findThemeFaults(document: unknown): ThemeFault[] {
  return faultsOf(themeSchema, document, "").filter(({ path }) => !IDENTITY.has(path));
}

function faultsOf(schema: TSchema, given: unknown, path: string, whole = false): ThemeFault[] {
  if (schema["type"] === "object") return faultsOfObject(schema, given, { path, whole });
  if (schema["type"] === "array") return faultsOfArray(schema, given, path);
  if (!Value.Check(schema, given)) return [fault(path, `must be ${wordsFor(schema)}`)];
  if (typeof given !== "string" || isStorable(given)) return [];
  return [fault(path, "must not hold U+0000 or half of a surrogate pair")];
}

function faultsOfObject(
  schema: TSchema,
  given: unknown,
  { path, whole }: { path: string; whole: boolean },
): ThemeFault[] {
  if (typeof given !== "object" || given === null || Array.isArray(given))
    return [fault(path, "must be an object")];
  const properties: Readonly<Record<string, TSchema>> = schema["properties"];
  const below = (name: string) => (path === "" ? name : `${path}.${name}`);
  const missing = whole ? Object.keys(properties).filter((name) => !Object.hasOwn(given, name)) : [];
  return [
    ...missing.map((name) => fault(below(name), "is missing")),
    ...Object.entries(given).flatMap(([name, value]) => {
      const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
      if (property !== undefined) return faultsOf(property, value, below(name), whole);
      return [fault(below(name), `is not known here: known are ${Object.keys(properties).join(", ")}`)];
    }),
  ];
}

/** Items are used whole or not at all, so that nothing may be left out of one. */
function faultsOfArray(schema: TSchema, given: unknown, path: string): ThemeFault[] {
  if (!Array.isArray(given)) return [fault(path, "must be a list")];
  const items: TSchema = schema["items"];
  const limit: number = schema["maxItems"];
  const long = given.length > limit ? [fault(path, `must have at most ${limit} items`)] : [];
  return [...long, ...given.flatMap((item, at) => faultsOf(items, item, `${path}[${at}]`, true))];
}

/** What jsonb can keep. */
function isStorable(text: string): boolean {
  return !text.includes("\u0000") && text.isWellFormed();
}

/** An example stands at the value itself or at the choice it belongs to. */
function wordsFor(schema: TSchema, example: unknown = schema["examples"]?.[0]): string {
  const choices: readonly TSchema[] | undefined = schema["anyOf"];
  if (choices !== undefined) return wordsForChoice(choices, example);
  const { type, pattern, maxLength, minimum, maximum } = schema;
  if (type === "null") return "null";
  if (type === "boolean") return "true or false";
  if (type === "integer") return `a whole number from ${minimum} to ${maximum}`;
  if (pattern === undefined) return `a text of at most ${maxLength} characters`;
  return example === undefined ? `a text that matches ${pattern}` : `a text like ${JSON.stringify(example)}`;
}

function wordsForChoice(choices: readonly TSchema[], example: unknown): string {
  const values = choices.flatMap((choice) => ("const" in choice ? [JSON.stringify(choice["const"])] : []));
  if (values.length === choices.length) return `one of ${values.join(", ")}`;
  return choices.map((choice) => wordsFor(choice, example)).join(", or ");
}

function fault(path: string, expected: string): ThemeFault {
  return { path, expected };
}
