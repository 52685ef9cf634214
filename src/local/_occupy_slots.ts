import { openSession, type Session } from "../pool/mod.ts";

/** All slots of a server held, and kept against whoever wants one. Disposing gives them back. */
export interface Occupation extends AsyncDisposable {
  /** Connections held when all were taken. */
  readonly held: number;
  /** Connections of others ended until then. */
  readonly ended: number;
}

const NAME = "linehold exhaust";
const AT_ONCE = 16;
const LOOK_EVERY_MS = 50;
const ROUNDS_MAX = 50;

const END_OTHERS = `
  select pid, pg_terminate_backend(pid)
  from pg_stat_activity
  where backend_type = 'client backend'
    and application_name <> $1`;

const COUNT_OWN = `
  select count(*)::integer as own
  from pg_stat_activity
  where application_name = $1`;

/**
 * Connects as a superuser until the server refuses, ends everyone else, takes what that freed, and does so again until
 * nobody else is left; then looks every 50 ms whether one came in between.
 *
 * @throws {DatabaseUnavailableError} When not even one connection can be had.
 */
export async function occupySlots(ownerUrl: string): Promise<Occupation> {
  const connect = () => openSession({ url: ownerUrl, applicationName: NAME, connectTimeoutMs: 2000 });
  const held: Session[] = [await connect()];

  async function takeFree(): Promise<void> {
    for (let refused = false; !refused; ) {
      const tried = await Promise.allSettled(Array.from({ length: AT_ONCE }, connect));
      for (const result of tried) {
        if (result.status === "fulfilled") held.push(result.value);
        else refused = true;
      }
    }
  }

  /** Asks through the first of ours that answers. */
  async function ask<R extends object>(text: string): Promise<R[]> {
    for (const session of held) {
      const rows = await session.query<R>(text, [NAME]).catch(() => undefined);
      if (rows !== undefined) return rows;
    }
    return [];
  }

  /** How many others there were. */
  const endOthers = async () => (await ask(END_OTHERS)).length;

  await takeFree();
  let ended = 0;
  for (let round = 0, others = -1; round < ROUNDS_MAX && others !== 0; round += 1) {
    others = await endOthers();
    ended += others;
    if (others > 0) await takeFree();
  }
  const [counted] = await ask<{ own: number }>(COUNT_OWN);
  const full = counted?.own ?? 0;

  const healing = new AbortController();
  const watch = (async () => {
    while (!healing.signal.aborted) {
      const others = await endOthers();
      const [now] = await ask<{ own: number }>(COUNT_OWN);
      if (others > 0 || (now?.own ?? 0) < full) await takeFree();
      await Bun.sleep(LOOK_EVERY_MS);
    }
  })();
  return {
    held: full,
    ended,
    async [Symbol.asyncDispose]() {
      healing.abort();
      await watch;
      await Promise.allSettled(held.map((session) => session[Symbol.asyncDispose]()));
    },
  };
}
