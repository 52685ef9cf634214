import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { nextTurn } from "../resilience/mod.ts";

/** One remembered value: whose, under which key, as of when, as its plan encodes it. */
export interface SnapshotEntry {
  readonly plan: string;
  readonly key: string;
  /** Milliseconds since 1970 of the load that confirmed it: its age survives the restart. */
  readonly loadedAtEpochMs: number;
  readonly data: unknown;
}

/** What the values of each plan look like, by its name. */
export type Shapes = ReadonlyMap<string, string>;

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
  /** A hash of each plan's shape: values that another release shaped otherwise are not read, the rest of its file is. */
  readonly schemas: Readonly<Record<string, string>>;
}

const FORMAT = "linehold snapshot";
const VERSION = 1;
/** Written at once, and read between two turns of the event loop: whoever is being served does not wait for a whole file. */
const PIECE = { characters: 64 * 1024, lines: 50 } as const;

/**
 * Writes the entries aside and renames: whoever reads finds the old file or the new one, never half of one, also when
 * several processes save to the same path.
 *
 * A line with the SHA-256 of all that follows it, a line of header (format, version, a hash of each plan's shape), then a
 * line an entry, all JSON.
 *
 * @returns How many entries were written.
 */
export async function writeSnapshot(
  path: string,
  shapes: Shapes,
  entries: Iterable<SnapshotEntry>,
): Promise<number> {
  const header: Header = { format: FORMAT, version: VERSION, schemas: schemasOf(shapes) };
  await mkdir(dirname(path), { recursive: true });
  const aside = `${path}.${randomUUID()}${ASIDE}`;
  const file = await open(aside, "w", 0o600);
  try {
    const written = await writeSigned(file, header, entries);
    await file.sync();
    await file.close();
    await rename(aside, path);
    return written;
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(aside, { force: true });
    throw error;
  }
}

const ASIDE = ".writing";

/** The checksum is of what follows it, and so is written last, into the place kept for it. */
async function writeSigned(
  file: FileHandle,
  header: Header,
  entries: Iterable<SnapshotEntry>,
): Promise<number> {
  const hash = createHash("sha256");
  let piece = `${JSON.stringify(header)}\n`;
  let written = 0;
  await file.writeFile(`${"0".repeat(64)}\n`);
  const put = async () => {
    hash.update(piece);
    await file.writeFile(piece);
    piece = "";
  };
  for (const entry of entries) {
    piece += `${JSON.stringify(entry)}\n`;
    written += 1;
    if (piece.length >= PIECE.characters) await put();
  }
  await put();
  await file.write(hash.digest("hex"), 0);
  return written;
}

/** Removes what saves that were killed half-way left beside the file; `before` is in milliseconds since 1970. */
export async function removeLeftovers(path: string, { before }: { before: number }): Promise<void> {
  const folder = dirname(path);
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    if (!name.startsWith(`${basename(path)}.`) || !name.endsWith(ASIDE)) continue;
    const leftover = join(folder, name);
    const { mtimeMs } = await stat(leftover).catch(() => ({ mtimeMs: before }));
    if (mtimeMs < before) await rm(leftover, { force: true }).catch(() => undefined);
  }
}

/**
 * The entries of a file whose plans still have the shape they were written in.
 *
 * @throws {SnapshotRefusedError} `absent`, `torn` (a byte is not as it was written) or `foreign` (another format, or no plan
 *   has the shape it had).
 */
export async function* readSnapshot(path: string, shapes: Shapes): AsyncGenerator<SnapshotEntry> {
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new SnapshotRefusedError(cause.code === "ENOENT" ? "absent" : "torn", { cause });
  });
  const end = bytes.indexOf("\n") + 1;
  const signed = bytes.subarray(end);
  if (`${checksum(signed)}\n` !== bytes.toString("latin1", 0, end)) throw new SnapshotRefusedError("torn");
  const [first = "{}", ...lines] = signed.toString("utf8").split("\n").filter(Boolean);
  const header = parse<Partial<Header>>(first);
  if (header.format !== FORMAT || header.version !== VERSION) throw new SnapshotRefusedError("foreign");
  const known = Object.entries(schemasOf(shapes)).filter(([plan, hash]) => header.schemas?.[plan] === hash);
  if (known.length === 0) throw new SnapshotRefusedError("foreign");
  const plans = new Set(known.map(([plan]) => plan));
  for (const [at, line] of lines.entries()) {
    if (at % PIECE.lines === PIECE.lines - 1) await nextTurn();
    const entry = parse<SnapshotEntry>(line);
    if (plans.has(entry.plan)) yield entry;
  }
}

function schemasOf(shapes: Shapes): Readonly<Record<string, string>> {
  return Object.fromEntries([...shapes].map(([plan, shape]) => [plan, checksum(shape)]));
}

function parse<T>(line: string): T {
  try {
    return JSON.parse(line) as T;
  } catch (cause) {
    throw new SnapshotRefusedError("torn", { cause });
  }
}

function checksum(text: string | Uint8Array): string {
  return createHash("sha256").update(text).digest("hex");
}
