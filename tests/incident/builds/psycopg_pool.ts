import { Client } from "pg";
import type { Clock } from "../../../src/resilience/mod.ts";

/**
 * The behaviour of psycopg_pool's `ConnectionPool`, on which the first system stood, over pg's client (read from its
 * source, 3.2): a caller without a connection waits up to the timeout whatever the cause, so a dead server costs the
 * whole wait; lost connections are replaced behind the scenes after 1, 2, 4 … s; nothing is checked when handed out.
 */
export interface PsycopgPool {
  /** Borrows a connection, works, returns it. @throws {PoolTimeoutError} @throws {OperationalError} */
  use<T>(work: (client: Client) => Promise<T>): Promise<T>;
}

/** "couldn't get a connection after 5.00 sec" */
export class PoolTimeoutError extends Error {
  override readonly name = "PoolTimeoutError";
  readonly code = "pool_timeout";

  constructor(timeoutMs: number) {
    super(`Couldn't get a connection after ${(timeoutMs / 1000).toFixed(2)} sec`);
  }
}

/** The connection broke under a statement: psycopg's `OperationalError`. */
export class OperationalError extends Error {
  override readonly name = "OperationalError";
  readonly code = "operational_error";
}

export interface PsycopgPoolOptions {
  readonly url: string;
  readonly min: number;
  readonly max: number;
  readonly timeoutMs: number;
}

const FIRST_RETRY_MS = 1000;

/** A pool of `min` connections that grows to `max`. Lives as long as its process. */
export function openPsycopgPool(options: PsycopgPoolOptions, { clock }: { clock: Clock }): PsycopgPool {
  const { max, min, timeoutMs, url } = options;
  const idle: Client[] = [];
  const waiting: ((client: Client) => void)[] = [];
  const broken = new WeakSet<Client>();
  let size = 0;
  let growing = false;

  const putBack = (client: Client) => {
    if (broken.has(client)) {
      client.end().catch(() => undefined);
      void add({ grows: false, retryMs: FIRST_RETRY_MS });
      return;
    }
    const next = waiting.shift();
    if (next) next(client);
    else idle.push(client);
  };
  const connect = async (): Promise<Client> => {
    const client = new Client({ connectionString: url });
    client.on("error", () => broken.add(client));
    client.on("end", () => broken.add(client));
    await client.connect();
    return client;
  };
  const add = async ({ grows, retryMs }: { grows: boolean; retryMs: number }): Promise<void> => {
    try {
      putBack(await connect());
    } catch {
      clock.after(retryMs, () => void add({ grows, retryMs: retryMs * 2 }));
      return;
    }
    if (!grows) return;
    growing = false;
    if (waiting.length > 0) grow();
  };
  const grow = () => {
    if (size >= max || growing) return;
    size += 1;
    growing = true;
    void add({ grows: true, retryMs: FIRST_RETRY_MS });
  };
  const borrow = (): Promise<Client> => {
    const ready = idle.shift();
    if (ready) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const take = (client: Client) => {
        timer[Symbol.dispose]();
        resolve(client);
      };
      const timer = clock.after(timeoutMs, () => {
        waiting.splice(waiting.indexOf(take), 1);
        reject(new PoolTimeoutError(timeoutMs));
      });
      waiting.push(take);
      grow();
    });
  };

  for (; size < min; size++) void add({ grows: false, retryMs: FIRST_RETRY_MS });
  return {
    async use(work) {
      const client = await borrow();
      try {
        return await work(client);
      } catch (error) {
        broken.add(client);
        throw new OperationalError("The connection failed under a statement", { cause: error });
      } finally {
        putBack(client);
      }
    },
  };
}
