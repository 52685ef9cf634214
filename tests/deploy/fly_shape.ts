import { durationMs, type Finding, isTable, sizeMb, type Table } from "./fly_document.ts";
import { FLY_KEYS, FLY_WORDS, type KeyTable, type Shape } from "./fly_keys.ts";

const PLAIN: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: (value) => typeof value === "string" && value !== "",
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  duration: (value) => durationMs(value) !== undefined,
  size: (value) => sizeMb(value) !== undefined,
  strings: (value) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  map: (value) => isTable(value) && Object.values(value).every((item) => typeof item === "string"),
  any: () => true,
};

/** Every key of the document that flyctl would not read, and every value it could not read. */
export function shapeFindings(document: Table): readonly Finding[] {
  return inTable(document, FLY_KEYS, "", "");
}

function inTable(table: Table, keys: KeyTable, path: string, kind: string): readonly Finding[] {
  return Object.entries(table).flatMap(([key, value]) => {
    const here = path === "" ? key : `${path}.${key}`;
    const shape = Object.hasOwn(keys, key) ? keys[key] : undefined;
    if (shape === undefined)
      return [{ rule: "unknown_key", path: here, message: "flyctl passes over this key" }];
    return inValue(value, shape, here, kind === "" ? key : `${kind}.${key}`);
  });
}

function inValue(value: unknown, shape: Shape, path: string, kind: string): readonly Finding[] {
  if (typeof shape === "string") return inPlain(value, shape, path, kind);
  const wrong = [{ rule: "value_type", path, message: "must be a table" }];
  const name = lastName(kind);
  if ("table" in shape) return isTable(value) ? inTable(value, shape.table, path, name) : wrong;
  const keys = "tables" in shape ? shape.tables : shape.named;
  if (Array.isArray(value) && "tables" in shape) {
    return value.flatMap((item: unknown, index) => inValue(item, { table: keys }, `${path}[${index}]`, name));
  }
  if (!isTable(value)) return wrong;
  if ("tables" in shape) return inTable(value, keys, path, name);
  return Object.entries(value).flatMap(([given, item]) =>
    inValue(item, { table: keys }, `${path}.${given}`, name),
  );
}

function inPlain(value: unknown, shape: string, path: string, kind: string): readonly Finding[] {
  if (PLAIN[shape]?.(value) !== true) {
    const rule = shape === "duration" ? "duration" : "value_type";
    return [{ rule, path, message: `must be of the kind ${shape}: it is ${JSON.stringify(value)}` }];
  }
  const words = FLY_WORDS[kind];
  if (words === undefined || words.some((word) => word === value)) return [];
  return [{ rule: "word", path, message: `must be one of ${words.join(", ")}: it is "${String(value)}"` }];
}

function lastName(kind: string): string {
  return kind.split(".").at(-1) ?? kind;
}
