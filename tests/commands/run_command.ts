import { join } from "node:path";

export interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** A command as a person runs it, with no more of the environment than it is given. */
export async function runCommandFile(
  file: string,
  words: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<Run> {
  const child = Bun.spawn([process.execPath, join(import.meta.dir, "../../src/commands", file), ...words], {
    env: { PATH: Bun.env["PATH"] ?? "", ...env },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [out, err] = await Promise.all([child.stdout.text(), child.stderr.text()]);
  return { code: await child.exited, out, err };
}
