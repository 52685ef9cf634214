import { Client } from "pg";

/** All slots of a server held, and kept against whoever wants one. Disposing gives them back. */
export interface Occupation extends AsyncDisposable {
  /** Connections held now. */
  held(): number;
  /** Connections of others ended so far. */
  ended(): number;
}

const NAME = "linehold exhaust";
const AT_ONCE = 16;
const LOOK_EVERY_MS = 50;

const END_OTHERS = `
  select pg_terminate_backend(pid)
  from pg_stat_activity
  where backend_type = 'client backend'
    and application_name <> $1`;

/**
 * Connects as a superuser until the server refuses, ends everyone else, takes what that freed, and does so again until
 * nobody else is left; then looks every 50 ms whether one came in between.
 */
export async function occupySlots(ownerUrl: string): Promise<Occupation> {
  const held = new Set<Client>();
  let ended = 0;
  const first = await connect(ownerUrl);
  if (first instanceof Error) throw first;
  keep(first);

  function keep(client: Client): void {
    held.add(client);
    client.once("end", () => held.delete(client));
  }

  async function takeFree(): Promise<void> {
    for (let refused = false; !refused; ) {
      const tried = await Promise.all(Array.from({ length: AT_ONCE }, () => connect(ownerUrl)));
      for (const result of tried) if (result instanceof Client) keep(result);
      refused = tried.some((result) => result instanceof Error);
    }
  }

  /** How many others there were. */
  async function endOthers(): Promise<number> {
    for (const client of held) {
      const found = await client.query(END_OTHERS, [NAME]).catch(() => undefined);
      if (found === undefined) continue; // this one was lost: ask through another
      ended += found.rowCount ?? 0;
      return found.rowCount ?? 0;
    }
    return 0;
  }

  await takeFree();
  for (let round = 0; round < 50 && (await endOthers()) > 0; round += 1) await takeFree();

  const healing = new AbortController();
  const watch = (async () => {
    while (!healing.signal.aborted) {
      if ((await endOthers()) > 0) await takeFree();
      await Bun.sleep(LOOK_EVERY_MS);
    }
  })();
  return {
    held: () => held.size,
    ended: () => ended,
    async [Symbol.asyncDispose]() {
      healing.abort();
      await watch;
      await Promise.all([...held].map((client) => client.end().catch(() => undefined)));
    },
  };
}

async function connect(url: string): Promise<Client | Error> {
  const client = new Client({
    connectionString: url,
    application_name: NAME,
    connectionTimeoutMillis: 2000,
    query_timeout: 2000,
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    return error instanceof Error ? error : new Error(String(error));
  }
}
