/** A text is no CSV, or lacks a column that is needed. */
export class CsvUnreadableError extends Error {
  override readonly name = "CsvUnreadableError";
  readonly code = "csv_unreadable";

  constructor(why: string, { row }: { readonly row?: number } = {}) {
    super(`Cannot read the file as CSV as ${why}${row === undefined ? "" : `: it is row ${row}`}`);
  }
}

const FIELD = /[^\S\r\n]*(?:"((?:[^"]|"")*)"[^\S\r\n]*|([^",\r\n]*))(,|\r?\n|$)/y;

/**
 * The rows of a CSV text (RFC 4180) by the names of its header, blank rows left out. Fields are trimmed unless they are quoted.
 *
 * @throws {CsvUnreadableError} If it is no CSV, a row has another number of fields than the header, or a column is missing.
 */
export function csvRecords<const C extends string>(
  text: string,
  columns: readonly C[],
): Readonly<Record<C, string>>[] {
  const [header, ...rows] = rowsOf(text.replace(/^\uFEFF/, ""));
  if (header === undefined) throw new CsvUnreadableError("it is empty");
  const missing = columns.filter((name) => !header.includes(name));
  if (missing.length > 0) throw new CsvUnreadableError(`it has no column ${missing.join(", ")}`);
  return rows.map((row, index) => {
    if (row.length !== header.length)
      throw new CsvUnreadableError(`it has ${row.length} fields where the header has ${header.length}`, {
        row: index + 2,
      });
    return Object.fromEntries(columns.map((name) => [name, row[header.indexOf(name)] ?? ""])) as Record<
      C,
      string
    >;
  });
}

/** One row of a table whose columns are the reader's own choice. */
export interface CsvRow {
  /** In the file, from 1; the header's included. */
  readonly line: number;
  /** By column; a column that the file does not have is not here. */
  readonly fields: ReadonlyMap<string, string>;
}

/**
 * The rows of a CSV text by the names of its header, whichever of the known columns it has.
 *
 * @throws {CsvUnreadableError} As `csvRecords`, and if a column is none of those known or stands twice.
 */
export function csvTable(text: string, known: readonly string[]): CsvRow[] {
  const [header, ...rows] = numberedRows(text.replace(/^\uFEFF/, ""));
  if (header === undefined) throw new CsvUnreadableError("it is empty");
  const names = header.fields;
  const strange = names.find((name, at) => !known.includes(name) || names.indexOf(name) !== at);
  if (strange !== undefined)
    throw new CsvUnreadableError(`a column is none of those known, or stands twice: it is "${strange}"`);
  return rows.map(({ line, fields }) => {
    if (fields.length !== names.length)
      throw new CsvUnreadableError(`it has ${fields.length} fields where the header has ${names.length}`, {
        row: line,
      });
    return { line, fields: new Map(names.map((name, at) => [name, fields[at] ?? ""])) };
  });
}

function rowsOf(text: string): string[][] {
  return numberedRows(text).map(({ fields }) => fields);
}

function numberedRows(text: string): { readonly line: number; readonly fields: string[] }[] {
  const rows: { readonly line: number; readonly fields: string[] }[] = [];
  let row: string[] = [];
  let [line, begun] = [1, 1];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const [whole = "", quoted, plain = "", end] = FIELD.exec(text) ?? [];
    if (end === undefined) throw new CsvUnreadableError("a field of it does not end", { row: line });
    row.push(quoted?.replaceAll('""', '"') ?? plain.trim());
    line += whole.split("\n").length - 1;
    if (end === ",") continue;
    if (row.some((field) => field !== "")) rows.push({ line: begun, fields: row });
    row = [];
    begun = line;
  }
  if (row.some((field) => field !== "")) rows.push({ line: begun, fields: [...row, ""] });
  return rows;
}
