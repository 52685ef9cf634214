/** A table for people: the first column to the left, the others to the right. */
export interface Table {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What one must know to read it. */
  readonly notes?: readonly string[];
}

export function renderTable({ columns, notes = [], rows, title }: Table): string {
  const lines = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? "").length)));
  const render = (line: readonly string[]) =>
    widths
      .map((width, at) => (at === 0 ? (line[at] ?? "").padEnd(width) : (line[at] ?? "").padStart(width)))
      .join("  ")
      .trimEnd();
  const rule = widths.map((width) => "-".repeat(width)).join("  ");
  return [title, ...[columns].map(render), rule, ...rows.map(render), ...notes].join("\n");
}
