import type { By } from "./house_rules.ts";

/** One place of a document, which can say what is wrong with it. */
export interface Document {
  in(name: string): Document;
  fault(why: string): void;
}

/** Collects every fault of a document, so that whoever writes one is told all of them at once. */
export class DocumentReader {
  readonly faults: string[] = [];

  at(path: string): Document {
    return {
      in: (name) => this.at(`${path}.${name}`),
      fault: (why) => {
        this.faults.push(`${path}: ${why}`);
      },
    };
  }
}

/** An object with no other fields than these, where they are named. */
export function record(
  said: unknown,
  at: Document,
  fields?: readonly string[],
): Readonly<Record<string, unknown>> | undefined {
  if (typeof said !== "object" || said === null || Array.isArray(said)) {
    at.fault("it must be an object");
    return undefined;
  }
  for (const name of Object.keys(said))
    if (fields !== undefined && !fields.includes(name)) at.in(name).fault("nothing is known by this name");
  return said as Record<string, unknown>;
}

export function array(said: unknown, at: Document): readonly unknown[] {
  if (Array.isArray(said)) return said;
  at.fault("it must be a list");
  return [];
}

export function oneOf<const T extends string>(said: unknown, at: Document, words: readonly T[]): T {
  const word = words.find((known) => known === said);
  if (word === undefined) at.fault(`it must be ${words.map((known) => `"${known}"`).join(" or ")}`);
  return word ?? (words[0] as T);
}

export function wholeNumber(
  said: unknown,
  at: Document,
  { least = 0, most }: { readonly least?: number; readonly most: number },
): number {
  if (Number.isSafeInteger(said) && Number(said) >= least && Number(said) <= most) return Number(said);
  at.fault(`it must be a whole number from ${least} to ${most}`);
  return least;
}

export function required(said: unknown, at: Document): string {
  if (typeof said === "string" && NAME.test(said)) return said;
  at.fault("it must be a name");
  return "";
}

const NAME = /^[a-z0-9_]+$/;

/** One rule for all, under `default`, and others by name. */
export function by<T>(said: unknown, at: Document, read: (one: unknown, at: Document) => T): By<T> {
  const given = record(said, at) ?? {};
  if (given["default"] === undefined) at.in("default").fault("it is missing");
  const of = new Map<string, T>();
  for (const [name, one] of Object.entries(given)) {
    if (name === "default") continue;
    if (!NAME.test(name)) at.in(name).fault("it must be the name of a sport or market type");
    of.set(name, read(one, at.in(name)));
  }
  return { default: read(given["default"], at.in("default")), of };
}
