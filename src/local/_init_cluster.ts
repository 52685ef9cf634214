import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Binaries } from "./_binaries.ts";
import type { ClusterHome, Secrets } from "./_cluster_home.ts";
import { runAs, type ServerUser } from "./_server_user.ts";
import { EmbeddedPostgresError } from "./errors.ts";

/** The superuser of an embedded cluster. */
export const OWNER = "linehold_owner";

/**
 * Makes the cluster unless it exists: passwords (SCRAM) for everyone, UTF-8, order by code point. Made aside and renamed, so
 * that a start killed half-way leaves no half of one.
 *
 * @throws {EmbeddedPostgresError} When initdb fails, or the cluster there is another major version's.
 */
export function initCluster(
  home: ClusterHome,
  { binaries, secrets, user }: InitOptions,
): { created: boolean } {
  removeHalfMade(home);
  if (existsSync(home.cluster)) {
    refuseOtherMajor(home, binaries.major);
    return { created: false };
  }
  const aside = join(home.folder, `cluster.new-${process.pid}`);
  const passwordFile = join(home.folder, `password-${process.pid}`);
  mkdirSync(aside);
  writeFileSync(passwordFile, secrets.owner, { mode: 0o600 });
  try {
    for (const path of [aside, passwordFile]) if (user.dropped) chownSync(path, user.uid, user.gid);
    chmodSync(aside, 0o700);
    const { ok, output } = runAs(user, [
      join(binaries.folder, "initdb"),
      ...initdbOptions(binaries.major, { aside, passwordFile }),
    ]);
    if (!ok) throw new EmbeddedPostgresError(`Cannot make a cluster in ${home.folder}: ${output.trim()}`);
    renameSync(aside, home.cluster);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(aside, { recursive: true, force: true });
  }
  return { created: true };
}

export interface InitOptions {
  readonly binaries: Binaries;
  readonly secrets: Secrets;
  readonly user: ServerUser;
}

function initdbOptions(
  major: number,
  { aside, passwordFile }: { aside: string; passwordFile: string },
): string[] {
  // From 17 on Postgres has C.UTF-8 of its own; before, the system's is the same order.
  const locale =
    major >= 17
      ? ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
      : ["--locale=C.UTF-8"];
  return [
    "-D",
    aside,
    "-U",
    OWNER,
    `--pwfile=${passwordFile}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--no-sync",
    ...locale,
  ];
}

function removeHalfMade({ folder }: ClusterHome): void {
  for (const name of readdirSync(folder)) {
    if (/^(cluster\.new|password)-\d+$/.test(name))
      rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function refuseOtherMajor({ cluster }: ClusterHome, major: number): void {
  const found = readFileSync(join(cluster, "PG_VERSION"), "utf8").trim();
  if (found === `${major}`) return;
  throw new EmbeddedPostgresError(
    `Cannot open ${cluster} with Postgres ${major} as Postgres ${found} made it: remove it or set DATA_DIR`,
  );
}
