import { openPool, openSession, type Pool, type PoolOptions, type Session } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { seededRandom } from "./random.ts";
import { suiteServer } from "./suite_server.ts";

/** A migrated database of one test's own on the run's server; dropped when disposed, with whatever is still connected. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string;
  /** As the superuser: row-level security does not hold for it. */
  readonly ownerUrl: string;
  /** As the application's login. */
  readonly url: string;
  /** A pool whose transactions take `role`, closed with the database. */
  pool(role: string, options?: Partial<PoolOptions>): Pool;
  /** One statement as the owner, to arrange and to assert. */
  owner<R extends object>(text: string, values?: readonly unknown[]): Promise<R[]>;
}

/** A clone of the migrated template. The first call of a run starts the server. */
export async function openDatabase(): Promise<TestDatabase> {
  const server = await suiteServer();
  const name = server.newName();
  await server.admin.execute(`create database ${name} template ${server.template} strategy file_copy`);
  const open = new AsyncDisposableStack();
  open.defer(async () => void (await server.admin.execute(`drop database ${name} with (force)`)));
  const ownerUrl = server.ownerUrl(name);
  const url = server.loginUrl(name);
  let session: Promise<Session> | undefined;
  const asOwner = () => {
    session ??= openSession({
      url: ownerUrl,
      applicationName: "linehold test owner",
      connectTimeoutMs: 5000,
    }).then((opened) => open.use(opened));
    return session;
  };
  return {
    name,
    ownerUrl,
    url,
    pool: (role, options = {}) =>
      open.use(
        openPool(
          { url, role, applicationName: "linehold tests", max: 4, min: 0, ...options },
          { clock: systemClock, random: seededRandom(1) },
        ),
      ),
    owner: async (text, values) => (await asOwner()).query(text, values),
    [Symbol.asyncDispose]: () => open.disposeAsync(),
  };
}
