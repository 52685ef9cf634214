import { parseConfig } from "../config.ts";
import { createLog } from "../log.ts";
import { CommitUnknownError, openPool, type Pool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { openCommandDatabase } from "./_database.ts";

export interface CommandPoolOptions {
  /** As in `bun run <name>`. */
  readonly name: string;
  /** The role its transactions take. */
  readonly role: string;
  /** For a lease that names no deadline; the pool's own by default. */
  readonly deadlineMs?: number;
}

/**
 * Works over one connection to the database of `DATABASE_URL`, or to the embedded one. The environment is read, and the database
 * opened, only once the arguments hold.
 *
 * @throws {ConfigError | DatabaseUnavailableError | CommitUnknownError} The last says where to look.
 */
export async function withCommandPool<T>(
  { name, role, deadlineMs }: CommandPoolOptions,
  work: (pool: Pool) => Promise<T>,
): Promise<T> {
  const config = parseConfig(Bun.env);
  const write = (line: string) => process.stderr.write(line);
  const log = createLog({ process: name, level: "warn", clock: systemClock, write });
  await using database = await openCommandDatabase(config, { log });
  const patience = deadlineMs === undefined ? {} : { deadlineMs, overdueMs: deadlineMs };
  await using pool = openPool(
    { url: database.url, role, applicationName: `linehold ${name}`, max: 1, ...patience },
    { clock: systemClock, random: Math.random },
  );
  return await work(pool).catch((error: unknown) => {
    if (!(error instanceof CommitUnknownError)) throw error;
    throw new CommitUnknownError(`${error.message}: look with "bun run ${name} list"`, { cause: error });
  });
}
