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

function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  FIELD.lastIndex = 0;
  while (FIELD.lastIndex < text.length) {
    const [, quoted, plain = "", end] = FIELD.exec(text) ?? [];
    if (end === undefined)
      throw new CsvUnreadableError("a field of it does not end", { row: rows.length + 1 });
    row.push(quoted?.replaceAll('""', '"') ?? plain.trim());
    if (end === ",") continue;
    if (row.some((field) => field !== "")) rows.push(row);
    row = [];
  }
  if (row.some((field) => field !== "")) rows.push([...row, ""]);
  return rows;
}
