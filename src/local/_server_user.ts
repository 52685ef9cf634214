import { EmbeddedPostgresError } from "./errors.ts";

/** The system user that the server runs as. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
  /** True when this process is root and must become that user, since Postgres refuses to run as root. */
  readonly dropped: boolean;
}

export interface Ran {
  readonly ok: boolean;
  readonly output: string;
}

/** Ourselves, or as root the `postgres` user of the system, else `nobody`: initdb needs one that the system knows. */
export function chooseServerUser(): ServerUser {
  const uid = process.getuid?.() ?? 0;
  if (uid !== 0) return { uid, gid: process.getgid?.() ?? 0, dropped: false };
  for (const name of ["postgres", "nobody"]) {
    const found = { uid: idOf("-u", name), gid: idOf("-g", name) };
    if (found.uid !== undefined && found.gid !== undefined)
      return { uid: found.uid, gid: found.gid, dropped: true };
  }
  throw new EmbeddedPostgresError(
    'Cannot run Postgres as root, and the system has neither a user "postgres" nor "nobody": set DATABASE_URL',
  );
}

function idOf(flag: "-u" | "-g", name: string): number | undefined {
  const { ok, output } = runAs(undefined, ["id", flag, name]);
  const id = Number(output.trim());
  return ok && Number.isInteger(id) && id !== 0 ? id : undefined;
}

/** Runs a short command to its end as that user, or as ourselves. A command that cannot even be started is one that failed. */
export function runAs(user: ServerUser | undefined, argv: readonly string[]): Ran {
  try {
    const { exitCode, stdout, stderr } = Bun.spawnSync([...argv], {
      cwd: "/",
      env: serverEnvironment(),
      stdin: "ignore",
      stdout: "pipe",
      stderr: "pipe",
      timeout: 60_000,
      ...(user?.dropped ? { uid: user.uid, gid: user.gid } : {}),
    });
    return { ok: exitCode === 0, output: `${stdout}${stderr}` };
  } catch (error) {
    return { ok: false, output: String(error) };
  }
}

/** What the server sees of our environment: nothing that could steer it (PGDATA, LC_*, TZ …). */
export function serverEnvironment(): Record<string, string> {
  return { PATH: process.env["PATH"] ?? "/usr/bin:/bin", LC_ALL: "C", TZ: "UTC" };
}

/**
 * The command that runs `argv` as that user and, on Linux, has the kernel send it `deathSignal` when this process ends
 * in whatever way: SIGKILL leaves no chance to do it ourselves.
 */
export function boundToUs(
  argv: readonly string[],
  { deathSignal, user }: { deathSignal: "INT" | "TERM"; user?: ServerUser },
): { argv: string[]; uid?: number; gid?: number } {
  const drop = user?.dropped ? { uid: user.uid, gid: user.gid } : {};
  const setpriv = process.platform === "linux" ? Bun.which("setpriv") : null;
  if (setpriv === null || !runAs(undefined, [setpriv, "--pdeathsig", deathSignal, "true"]).ok)
    return { argv: [...argv], ...drop };
  const become = user?.dropped ? ["--reuid", `${user.uid}`, "--regid", `${user.gid}`, "--clear-groups"] : [];
  return { argv: [setpriv, "--pdeathsig", deathSignal, ...become, ...argv] };
}
