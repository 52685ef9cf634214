import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./errors.ts";

/**
 * The port a cluster listens on: the given one, else the one it had the last time, else a free one.
 *
 * @throws {EmbeddedPostgresError} When the given one is taken.
 */
export async function choosePort(folder: string, given?: number): Promise<number> {
  if (given !== undefined) {
    if (await isFree(given)) return given;
    throw new EmbeddedPostgresError(`Cannot start Postgres as its port ${given} is taken on 127.0.0.1`);
  }
  const file = join(folder, "port");
  const last = existsSync(file) ? Number(readFileSync(file, "utf8")) : Number.NaN;
  const port = last > 1023 && last < 65_536 && (await isFree(last)) ? last : await findPort();
  writeFileSync(file, `${port}`);
  return port;
}

/**
 * Below the ports that systems hand out to outgoing connections: while a server is down, a client that keeps calling such a
 * port can be given that very port, connect to itself, and then hold it against the returning server.
 */
export async function findPort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 15_500 + Math.floor(Math.random() * 14_500);
    if (await isFree(port)) return port;
  }
  throw new EmbeddedPostgresError("Cannot find a free port for Postgres from 15500 to 29999 on 127.0.0.1");
}

/** Whether this process could listen there now. */
export function isFree(port: number, hostname = "127.0.0.1"): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: hostname, exclusive: true }, () => server.close(() => resolve(true)));
  });
}
