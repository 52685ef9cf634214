import { parse } from "smol-toml";

/** One thing wrong with a deployment file: the rule that found it, where, and what it should be. */
export interface Finding {
  readonly rule: string;
  readonly path: string;
  readonly message: string;
}

export type Table = Readonly<Record<string, unknown>>;

/** A section that binds to process groups, with the place it stands in. */
export interface Section {
  readonly path: string;
  readonly table: Table;
}

/** @throws {TypeError} If the text is no TOML table. */
export function parseFly(text: string): Table {
  const document: unknown = parse(text);
  if (!isTable(document)) throw new TypeError("Cannot read fly.toml as it holds no table");
  return document;
}

export function isTable(value: unknown): value is Table {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** The table at a key, or an empty one. */
export function tableAt(table: Table, key: string): Table {
  const value = table[key];
  return isTable(value) ? value : {};
}

/** The tables at a key, whether it holds one or an array of them, each with its path. */
export function sectionsAt(table: Table, key: string, prefix = ""): readonly Section[] {
  const value = table[key];
  const path = `${prefix}${key}`;
  if (isTable(value)) return [{ path, table: value }];
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: unknown, index) =>
    isTable(item) ? [{ path: `${path}[${index}]`, table: item }] : [],
  );
}

/** The tables below a key whose names are the author's own, such as `[checks.NAME]`. */
export function namedSectionsAt(table: Table, key: string): readonly Section[] {
  return Object.entries(tableAt(table, key)).flatMap(([name, value]) =>
    isTable(value) ? [{ path: `${key}.${name}`, table: value }] : [],
  );
}

export function stringAt(table: Table, key: string): string | undefined {
  const value = table[key];
  return typeof value === "string" ? value : undefined;
}

export function numberAt(table: Table, key: string): number | undefined {
  const value = table[key];
  return typeof value === "number" ? value : undefined;
}

export function stringsAt(table: Table, key: string): readonly string[] {
  const value = table[key];
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
}

/** The names and commands of `[processes]`. */
export function commandsOf(document: Table): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(tableAt(document, "processes")).map(([group, command]) => [group, String(command)]),
  );
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 };

/** A duration as Go writes it (`1m30s`, `2s`, `500ms`) in milliseconds, or `undefined`. Bare numbers count `bareUnitMs` each. */
export function durationMs(value: unknown, bareUnitMs = 1): number | undefined {
  if (typeof value === "number") return value >= 0 ? value * bareUnitMs : undefined;
  if (typeof value !== "string" || !/^(\d+(\.\d+)?(ms|h|m|s))+$/.test(value)) return undefined;
  const parts = value.matchAll(/(\d+(?:\.\d+)?)(ms|h|m|s)/g);
  return [...parts].reduce((total, [, count, unit]) => total + Number(count) * (UNIT_MS[unit ?? ""] ?? 0), 0);
}

/** A size such as `512mb` or `1gb` in megabytes, or `undefined`. */
export function sizeMb(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  const match = typeof value === "string" ? /^(\d+)\s*(mb|gb)$/i.exec(value) : null;
  if (match === null) return undefined;
  return Number(match[1]) * (match[2]?.toLowerCase() === "gb" ? 1024 : 1);
}
