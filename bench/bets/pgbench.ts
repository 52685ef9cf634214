import { join } from "node:path";
import type { Recording, Statement } from "./recording.ts";

/** Where pgbench is, or `undefined`. */
export function findPgbench(): string | undefined {
  return Bun.which("pgbench") ?? undefined;
}

/** What must be another in every transaction, as it was when it was recorded. */
export interface Varying {
  readonly key: string;
  readonly betId: string;
}

export interface Frame {
  readonly role: string;
  readonly tenantId: string;
}

/**
 * A recorded placement as a script of pgbench: the same statements in the same pipelines, the same values, and for key, bet and transfer
 * others each time.
 */
export function scriptOf(recording: Recording, { key, betId }: Varying, { role, tenantId }: Frame): string {
  const transferId = transferIdIn(recording);
  const vary = (sql: string) =>
    sql
      .replaceAll(
        transferId,
        `${transferId.slice(0, 20)}' || substr(${HEX}, 1, 3) || '-' || substr(${HEX}, 4, 12) || E'`,
      )
      .replaceAll(betId, `' || lpad(${HEX}, 32, '0')::uuid || E'`)
      .replaceAll(key, `' || ${HEX} || E'`);
  const frame: Statement = {
    text: `select set_config('role', '${role}', true), set_config('app.tenant', '${tenantId}', true),
      set_config('statement_timeout', '1480', true), set_config('idle_in_transaction_session_timeout', '6480', true)`,
    values: [],
  };
  const [first = [], ...rest] = recording;
  const groups = [[{ text: "begin", values: [] }, frame, ...first], ...rest];
  const lines = groups.flatMap((group) => [
    "\\startpipeline",
    ...group.map((statement) => `${vary(inlined(statement)).replaceAll(/\s*\n\s*/g, " ")};`),
    "\\endpipeline",
  ]);
  return ["\\set r random(1, 1000000000000000000)", ...lines, ""].join("\n");
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const HEX = "lpad(to_hex(:r::bigint), 15, '0')";

/** The statement with its values in it. Types stay as the text casts them, or as the server infers them of a literal. */
function inlined({ text, values }: Statement): string {
  return text.replaceAll(/\$(\d+)\b/g, (_whole, number: string) => literal(values[Number(number) - 1]));
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (typeof value === "bigint" || typeof value === "number" || typeof value === "boolean") return `${value}`;
  if (value instanceof Date) return `(${quoted(value.toISOString())})::timestamptz`;
  if (Array.isArray(value)) return `(${quoted(arrayText(value))})`;
  const text = String(value);
  return UUID.test(text) ? `(${quoted(text)})::uuid` : `(${quoted(text)})`;
}

// pgbench takes a colon with a letter behind it for a variable, also within quotes.
function quoted(text: string): string {
  return `E'${text.replaceAll("\\", "\\\\").replaceAll("'", "''").replaceAll(":", "\\072")}'`;
}

function arrayText(values: readonly unknown[]): string {
  const items = values.map((value) => {
    if (value === null) return "NULL";
    const text = value instanceof Date ? value.toISOString() : String(value);
    return `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;
  });
  return `{${items.join(",")}}`;
}

/** The one that the ledger's insert names second. */
function transferIdIn(recording: Recording): string {
  const insert = recording.flat().find(({ text }) => text.includes("insert into transfers"));
  return String(insert?.values[1]);
}

export interface PgbenchRun {
  readonly tps: number;
  readonly latencyMs: number;
}

/** Runs scripts, each as often as the others, by so many clients for so long. */
export async function runPgbench(
  program: string,
  {
    url,
    scripts,
    folder,
    clients,
    seconds,
  }: {
    readonly url: string;
    readonly scripts: readonly string[];
    readonly folder: string;
    readonly clients: number;
    readonly seconds: number;
  },
): Promise<PgbenchRun> {
  const files = await Promise.all(
    scripts.map(async (script, index) => {
      const path = join(folder, `script-${index}.sql`);
      await Bun.write(path, script);
      return path;
    }),
  );
  const flags = ["-n", "-M", "extended", "-c", `${clients}`, "-j", "1", "-T", `${seconds}`];
  const child = Bun.spawn([program, ...flags, ...files.flatMap((file) => ["-f", file]), url], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const [said, complained, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  const tps = Number(/^tps = ([\d.]+)/m.exec(said)?.[1]);
  const latencyMs = Number(/^latency average = ([\d.]+) ms/m.exec(said)?.[1]);
  if (code !== 0 || Number.isNaN(tps))
    throw new RangeError(`Cannot run pgbench as it ended with ${code}: ${complained.slice(0, 1500)}`);
  return { tps, latencyMs };
}
