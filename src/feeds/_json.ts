export type JsonRecord = Readonly<Record<string, unknown>>;

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The record under `key`, empty if there is none. */
export function recordAt(record: JsonRecord, key: string): JsonRecord {
  const value = record[key];
  return isRecord(value) ? value : {};
}

/** The records under `key`: a converter from XML writes a list of one as the thing itself, and an empty list as "" or null. */
export function listAt(record: JsonRecord, key: string): readonly JsonRecord[] {
  const value = record[key];
  if (Array.isArray(value)) return value.filter(isRecord);
  return isRecord(value) ? [value] : [];
}

/** Far beyond any name of a market or player, and well below what an index row of Postgres can hold. */
const TEXT_MAX = 200;

/** The text under `key`, trimmed and bounded; "" if there is none. Postgres stores no NUL, so none is kept. */
export function textAt(record: JsonRecord, key: string): string {
  const value = record[key];
  if (typeof value === "string") return value.replaceAll("\0", "").trim().slice(0, TEXT_MAX);
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

/** The text under a key that a converter from XML may have marked as an attribute, as in "@id". */
export function attributeAt(record: JsonRecord, key: string): string {
  return textAt(record, Object.hasOwn(record, key) ? key : `@${key}`);
}
