import { CommitUnknownError, type Connection, type Lease, type Pool } from "../../src/pool/mod.ts";
import type { Crash } from "./actions.ts";

/** The process went down amid a transaction: whoever asked hears nothing. */
export class CrashError extends Error {
  override readonly name = "CrashError";
}

/** The real pool, whose first lease meets the crash, if it lives to see it. */
export function crashingPool(
  pool: Pool,
  crash: Crash | null,
  { terminate }: { readonly terminate: (pid: number) => Promise<unknown> },
): Pool {
  if (crash === null) return pool;
  let leases = 0;
  return {
    ...pool,
    async lease(options) {
      leases += 1;
      // The read-back of a lost commit, which then finds no way to the database either.
      if (leases > 1 && crash.kind === "lost_answer" && !crash.readable)
        throw new CrashError("There is no way back");
      const lease = await pool.lease(options);
      if (leases > 1) return lease;
      return crash.kind === "lost_answer" ? losingAnswer(lease, crash) : crashingAt(lease, crash, terminate);
    },
  };
}

function losingAnswer(lease: Lease, { committed }: { readonly committed: boolean }): Lease {
  return {
    ...lease,
    async commit() {
      if (committed) await lease.commit();
      throw new CommitUnknownError("The answer was lost");
    },
  };
}

function crashingAt(
  lease: Lease,
  { kind, statement }: { readonly kind: "roll_back" | "cut"; readonly statement: number },
  terminate: (pid: number) => Promise<unknown>,
): Lease {
  let sent = 0;
  let down: Promise<unknown> | undefined;
  const { connection } = lease;
  const cut = async () => {
    const [row] = await connection.query<{ readonly pid: number }>("select pg_backend_pid() as pid");
    await terminate(row?.pid ?? 0);
  };
  const meet = async <T>(run: () => Promise<T>): Promise<T> => {
    const isIt = sent === statement;
    sent += 1;
    if (isIt && kind === "cut") down = cut();
    if (isIt && kind === "roll_back") down = Promise.resolve();
    if (down === undefined) return run();
    await down.catch(() => undefined);
    if (kind === "roll_back") throw new CrashError("The process went down");
    return run();
  };
  const crashing: Connection = {
    query: (text, values) => meet(() => connection.query(text, values)),
    execute: (text, values) => meet(() => connection.execute(text, values)),
    copyIn: (text, chunks) => meet(() => connection.copyIn(text, chunks)),
  };
  return {
    ...lease,
    connection: crashing,
    async commit() {
      if (down === undefined) return lease.commit();
      await down.catch(() => undefined);
      if (kind === "roll_back") throw new CrashError("The process went down");
      return lease.commit();
    },
  };
}
