import { createHash } from "node:crypto";
import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";

/** One remembered value: whose, under which key, as of when, as its plan encodes it. */
export interface SnapshotEntry {
  readonly plan: string;
  readonly key: string;
  /** Milliseconds since 1970 of the load that confirmed it: its age survives the restart. */
  readonly loadedAtEpochMs: number;
  readonly data: unknown;
}

/** Why a file was not used; a first start has none, which is no fault. */
export class SnapshotRefusedError extends Error {
  override readonly name = "SnapshotRefusedError";
  readonly code = "snapshot_refused";
  readonly reason: "absent" | "torn" | "foreign";

  constructor(reason: "absent" | "torn" | "foreign", options: { cause?: unknown } = {}) {
    super(`Cannot use the snapshot as it is ${reason}`, options);
    this.reason = reason;
  }
}

interface Header {
  readonly format: "linehold snapshot";
  readonly version: 1;
  /** What the encoded values look like; another release's are not read. */
  readonly schema: string;
  readonly entries: number;
}

const FORMAT = "linehold snapshot";
const VERSION = 1;

/**
 * Writes the entries aside and renames: whoever reads finds the old file or the new one, never half of one.
 *
 * A line with the SHA-256 of all that follows it, a line of header (format, version, schema hash, count), then a line an
 * entry, both JSON.
 */
export async function writeSnapshot(
  path: string,
  schema: string,
  entries: readonly SnapshotEntry[],
): Promise<void> {
  const header: Header = { format: FORMAT, version: VERSION, schema, entries: entries.length };
  const text = [header, ...entries].map((line) => `${JSON.stringify(line)}\n`).join("");
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.writing`;
  const file = await open(aside, "w", 0o600);
  try {
    await file.writeFile(`${checksum(text)}\n${text}`);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(aside, path);
}

/**
 * The entries of a file written under the same schema.
 *
 * @throws {SnapshotRefusedError} `absent`, `torn` (a byte is not as it was written) or `foreign` (another format or schema).
 */
export async function readSnapshot(path: string, schema: string): Promise<SnapshotEntry[]> {
  const text = await readFile(path, "utf8").catch((cause: NodeJS.ErrnoException) => {
    throw new SnapshotRefusedError(cause.code === "ENOENT" ? "absent" : "torn", { cause });
  });
  const end = text.indexOf("\n") + 1;
  const signed = text.slice(end);
  if (checksum(signed) !== text.slice(0, end).trimEnd()) throw new SnapshotRefusedError("torn");
  const [first = "{}", ...lines] = signed.split("\n").filter(Boolean);
  const header = parse<Header>(first);
  if (header.format !== FORMAT || header.version !== VERSION || header.schema !== schema) {
    throw new SnapshotRefusedError("foreign");
  }
  return lines.map((line) => parse<SnapshotEntry>(line));
}

function parse<T>(line: string): T {
  try {
    return JSON.parse(line) as T;
  } catch (cause) {
    throw new SnapshotRefusedError("torn", { cause });
  }
}

function checksum(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
