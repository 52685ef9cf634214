const DOUBLED = /""|\\\\/g;

/**
 * The fields of a row as Postgres writes it as text (PostgreSQL 18, 8.16.6): `(a,"b, c",,t)`, where quotes and backslashes inside quotes
 * are doubled. Null, nothing between two commas, is the empty text.
 *
 * @throws {RangeError} If it is not one whole row.
 */
export function parseRow(row: string): string[] {
  const fields: string[] = [];
  const last = row.length - 1;
  if (row.charAt(0) !== "(" || row.charAt(last) !== ")") throw brokenRow();
  for (let at = 1; at <= last; at += 1) {
    if (row.charAt(at) === '"') {
      const end = endOfQuoted(row, at + 1);
      const quoted = row.slice(at + 1, end);
      fields.push(quoted.includes('"') || quoted.includes("\\") ? undoubled(quoted) : quoted);
      at = end + 1;
    } else {
      const comma = row.indexOf(",", at);
      const end = comma < 0 ? last : comma;
      fields.push(row.slice(at, end));
      at = end;
    }
    if (at !== last && row.charAt(at) !== ",") throw brokenRow();
  }
  return fields;
}

function brokenRow(): RangeError {
  return new RangeError("Cannot read a row of text as it is not whole");
}

/** Where the quotes are closed: by the first that is not doubled. */
function endOfQuoted(row: string, from: number): number {
  for (let at = row.indexOf('"', from); at >= 0; at = row.indexOf('"', at + 2))
    if (row.charAt(at + 1) !== '"') return at;
  throw brokenRow();
}

/**
 * The rows of a text that begins with their number, a line each. There are more lines than rows only where a quoted field has a line feed
 * in it: no name has one that came in at the edge, and all that is spent on it is a comparison.
 *
 * @throws {RangeError} If they are not so many.
 */
export function splitRows(text: string): string[] {
  if (text === "") return [];
  const [count, ...lines] = text.split("\n");
  const rows = lines.length === Number(count) ? lines : joinOpen(lines);
  if (rows.length === Number(count)) return rows;
  throw new RangeError(`Cannot read rows of text: ${count} were announced and there are ${rows.length}`);
}

/** A row that is not over has opened more quotes than it has closed. */
function joinOpen(lines: readonly string[]): string[] {
  const rows: string[] = [];
  let open: string | undefined;
  for (const line of lines) {
    const row = open === undefined ? line : `${open}\n${line}`;
    open = row.split('"').length % 2 === 0 ? row : undefined;
    if (open === undefined) rows.push(row);
  }
  return rows;
}

function undoubled(quoted: string): string {
  return quoted.replace(DOUBLED, (pair) => pair.charAt(0));
}
