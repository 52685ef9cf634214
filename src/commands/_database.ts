import type { Config } from "../config.ts";
import { openEmbeddedPostgres } from "../local/mod.ts";
import type { Log } from "../log.ts";
import { migrate } from "../schema/mod.ts";

/** The database a command works on. */
export interface CommandDatabase extends AsyncDisposable {
  /** As the application's login. */
  readonly url: string;
}

/**
 * `DATABASE_URL` as it is, its schema being the business of `bun run migrate`; without it the embedded server of `DATA_DIR`, the one
 * of a running `bun start` if there is one, brought up to date.
 *
 * @throws {EmbeddedPostgresError} If there is neither.
 */
export async function openCommandDatabase(
  { database, local }: Pick<Config, "database" | "local">,
  { log }: { log: Log },
): Promise<CommandDatabase> {
  if (database.url !== undefined) {
    return { url: database.url.reveal(), [Symbol.asyncDispose]: () => Promise.resolve() };
  }
  await using opening = new AsyncDisposableStack();
  const { ownerUrl, loginUrl } = opening.use(await openEmbeddedPostgres({ dataDir: local.dataDir }, { log }));
  await migrate({ ownerUrl, loginUrl });
  const opened = opening.move();
  return { url: loginUrl, [Symbol.asyncDispose]: () => opened.disposeAsync() };
}
