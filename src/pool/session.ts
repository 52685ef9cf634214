import type { Connection } from "./connection.ts";
import { classify } from "./signatures.ts";
import { createClient, rawConnection, type WireOptions } from "./wire.ts";

/** One connection outside every pool, for the owner's work: migrations and tests. Statements run in no frame. */
export interface Session extends Connection, AsyncDisposable {}

/**
 * Opens one connection as the URL's user.
 *
 * @throws {DatabaseUnavailableError} If it cannot be opened in `connectTimeoutMs`.
 */
export async function openSession(options: WireOptions): Promise<Session> {
  const client = createClient(options);
  const connection = rawConnection(client);
  const typed = <T>(work: Promise<T>): Promise<T> =>
    work.catch((error: unknown) => {
      throw classify(error);
    });
  await typed(client.connect());
  return {
    query: (text, values) => typed(connection.query(text, values)),
    execute: (text, values) => typed(connection.execute(text, values)),
    copyIn: (text, chunks) => typed(connection.copyIn(text, chunks)),
    [Symbol.asyncDispose]: () => client.end(),
  };
}
