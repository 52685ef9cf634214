/** A PgBouncer configuration: its general settings, and per alias of `[databases]` the connection string's. */
export interface PoolerFile {
  readonly settings: ReadonlyMap<string, string>;
  readonly aliases: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/**
 * Reads a `pgbouncer.ini`: two sections, `name = value` lines, `;` and `#` comments.
 *
 * @throws {RangeError} On a line that is none of these, or a name given twice.
 */
export function parsePoolerFile(text: string): PoolerFile {
  const sections = new Map([
    ["databases", new Map<string, string>()],
    ["pgbouncer", new Map<string, string>()],
  ]);
  let current: Map<string, string> | undefined;
  for (const line of text.split("\n").map((raw) => raw.trim())) {
    if (line === "" || /^[;#]/.test(line)) continue;
    const heading = /^\[(\w+)\]$/.exec(line);
    const pair = /^([\w.-]+)\s*=\s*(.*)$/.exec(line);
    if (heading !== null) current = sections.get(heading[1] ?? "");
    else if (pair?.[1] === undefined || current === undefined || current.has(pair[1]))
      throw new RangeError(`Cannot read the pooler's settings as a line is wrong: it is "${line}"`);
    else current.set(pair[1], pair[2] ?? "");
  }
  const databases = [...(sections.get("databases") ?? [])];
  return {
    settings: sections.get("pgbouncer") ?? new Map(),
    aliases: new Map(databases.map(([name, value]) => [name, connectionString(value)])),
  };
}

function connectionString(text: string): ReadonlyMap<string, string> {
  return new Map(
    text.split(/\s+/).map((part) => {
      const [name = "", value = ""] = part.split("=", 2);
      return [name, value];
    }),
  );
}

/** The numbers of `alter system set NAME = NUMBER;` lines. */
export function parseServerSettings(sql: string): ReadonlyMap<string, number> {
  return new Map(
    [...sql.matchAll(/^alter system set (\w+) = (\d+);$/gm)].map(([, name = "", value]) => [
      name,
      Number(value),
    ]),
  );
}
