import { findFreePort } from "../../tests/harness/ports.ts";
import { startProgram } from "./program.ts";
import type { Server } from "./server.ts";

export function findGunicorn(): string | undefined {
  // Debian's own: one of another Python would look for its packages elsewhere.
  return Bun.which("/usr/bin/gunicorn") ?? undefined;
}

const THREADS = 8;

/** One gthread worker of gunicorn, as the first system ran three of. */
export async function startGunicorn(
  gunicorn: string,
  { folder, themeFile }: { folder: string; themeFile: string },
): Promise<Server> {
  const port = await findFreePort();
  const chdir = new URL("./servers", import.meta.url).pathname;
  const program = await startProgram({
    name: "gunicorn",
    command: [
      gunicorn,
      ...["-w", "1", "-k", "gthread", "--threads", String(THREADS), "-b", `127.0.0.1:${port}`],
      ...["--keep-alive", "75", "--chdir", chdir, "wsgi_theme:app"],
    ],
    cwd: folder,
    env: { THEME_FILE: themeFile, PYTHONDONTWRITEBYTECODE: "1", HOME: folder },
    port,
  });
  return { ...program, name: `gunicorn gthread, 1 worker of ${THREADS} threads`, port };
}
