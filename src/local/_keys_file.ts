import { hkdfSync, randomBytes } from "node:crypto";
import { chmodSync, linkSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** The keys of a data directory cannot be used. They are not made anew: who was excluded would no longer be known. */
export class KeysFileError extends Error {
  override readonly name = "KeysFileError";
  readonly code = "keys_file_unusable";
  readonly path: string;

  constructor(path: string) {
    super(
      `Cannot start as the keys kept in ${path} cannot be used: restore the file, or remove it with the whole folder`,
    );
    this.path = path;
  }
}

/** What a data directory keeps for itself alone. */
export interface LocalKeys {
  /** As the settings of these names take them. */
  readonly playerTokenKeys: string;
  readonly identityKey: string;
  /** Bytes that are the same at every start, for the keys and passwords of the demonstration. */
  demoBytes(purpose: string, count: number): Uint8Array;
}

const NAMES = ["PLAYER_TOKEN_KEYS", "IDENTITY_KEY", "DEMO_SEED"] as const;
const KEY = /^(?:[A-Za-z0-9_-]{1,32}:)?[A-Za-z0-9_-]{43}$/;

/**
 * The keys of a data directory, made at its first start and readable to its owner alone.
 *
 * @throws {KeysFileError}
 */
export function keepKeys(dataDir: string): LocalKeys {
  const path = join(dataDir, "keys.env");
  const text = readIfThere(path) ?? make(path);
  const kept = new Map([...text.matchAll(/^([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name, value]));
  const [playerTokenKeys, identityKey, seed] = NAMES.map((name) => kept.get(name) ?? "");
  if (playerTokenKeys === undefined || identityKey === undefined || seed === undefined)
    throw new KeysFileError(path);
  if (![playerTokenKeys, identityKey, seed].every((key) => KEY.test(key))) throw new KeysFileError(path);
  return {
    playerTokenKeys,
    identityKey,
    demoBytes: (purpose, count) =>
      new Uint8Array(
        hkdfSync("sha256", Buffer.from(seed, "base64url"), "", `linehold demo ${purpose}`, count),
      ),
  };
}

/** Written aside and then named: a start that is cut off leaves no half of it, and of two at once one wins. */
function make(path: string): string {
  const key = () => randomBytes(32).toString("base64url");
  const text = `# Made at the first start. Whoever has IDENTITY_KEY can find out whether a person is excluded.\nPLAYER_TOKEN_KEYS=k1:${key()}\nIDENTITY_KEY=${key()}\nDEMO_SEED=${key()}\n`;
  const aside = `${path}.${process.pid}`;
  writeFileSync(aside, text, { mode: 0o600 });
  chmodSync(aside, 0o600);
  try {
    linkSync(aside, path);
  } catch (error) {
    if (!isThere(error)) throw error;
  } finally {
    rmSync(aside, { force: true });
  }
  return readFileSync(path, "utf8");
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new KeysFileError(path);
  }
}

function isThere(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EEXIST";
}
