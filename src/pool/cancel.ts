import { connect } from "node:net";
import type { Client } from "pg";
import type { Clock } from "../resilience/mod.ts";

const CANCEL_REQUEST = 80_877_102;

/** How long the socket of a request that nobody waits for is left open. */
const LINGER_MS = 30_000;

/**
 * Asks the server to end what this connection runs: the CancelRequest of the PostgreSQL protocol (manual, 53.2.8), over a
 * socket of its own, through a pooler too.
 *
 * Resolves with true when the server has closed that socket, which it does once the signal is sent; with false if that
 * fails, or after `timeoutMs`. The connection must not be used before, and never again after false: a cancel that arrives
 * late ends the next borrower's statement instead.
 *
 * The socket is not closed from here even then: PgBouncer up to 1.19 ends as a whole when the sender of a cancel that it
 * passes on hangs up (pgbouncer issue 801; seen 3 times in 8 partitions with 1.18).
 */
export function requestCancel(client: Client, { timeoutMs }: { timeoutMs: number }): Promise<boolean> {
  const { processID, secretKey } = backendKey(client);
  const request = Buffer.alloc(16);
  request.writeInt32BE(16, 0);
  request.writeInt32BE(CANCEL_REQUEST, 4);
  request.writeInt32BE(processID, 8);
  request.writeInt32BE(secretKey, 12);
  return new Promise((resolve) => {
    const where = client.host.startsWith("/")
      ? { path: `${client.host}/.s.PGSQL.${client.port}` }
      : { host: client.host, port: client.port };
    const socket = connect(where, () => socket.write(request));
    socket.setTimeout(timeoutMs, () => {
      resolve(false);
      socket.unref();
      socket.setTimeout(LINGER_MS, () => socket.destroy());
    });
    socket.on("error", () => socket.destroy());
    socket.on("close", (failed) => resolve(!failed));
    socket.resume();
  });
}

/** The first pause before a cancel is asked for again; each one is twice as long as the one before. */
const AGAIN_MS = 100;

/**
 * Asks until the statement has ended: a cancel that overtakes its statement on the way, or finds it waiting in PgBouncer,
 * meets nothing and is lost.
 *
 * @returns Whether no cancel is on its way any more, as `requestCancel` has it.
 */
export async function cancelUntilEnded(
  client: Client,
  { ended, isOver, clock, timeoutMs }: CancelUntilOptions,
): Promise<boolean> {
  for (let pauseMs = AGAIN_MS; ; pauseMs *= 2) {
    if (!(await requestCancel(client, { timeoutMs }))) return false;
    if ((await endsWithin(ended, pauseMs, clock)) || isOver()) return true;
  }
}

export interface CancelUntilOptions {
  /** Settles when the statement has. */
  readonly ended: Promise<unknown>;
  /** Whether the connection was given up meanwhile. */
  readonly isOver: () => boolean;
  readonly clock: Clock;
  /** For each request. */
  readonly timeoutMs: number;
}

async function endsWithin(ended: Promise<unknown>, ms: number, clock: Clock): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<false>();
  const timer = clock.after(ms, () => resolve(false));
  try {
    return await Promise.race([ended.then(() => true), late]);
  } finally {
    timer[Symbol.dispose]();
  }
}

// Set by the driver from BackendKeyData, and missing from its types.
function backendKey(client: Client): { processID: number; secretKey: number } {
  const { processID, secretKey } = client as Client & {
    processID?: number | null;
    secretKey?: number | null;
  };
  return { processID: processID ?? 0, secretKey: secretKey ?? 0 };
}
