import { connect } from "node:net";
import type { Client } from "pg";

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

// Set by the driver from BackendKeyData, and missing from its types.
function backendKey(client: Client): { processID: number; secretKey: number } {
  const { processID, secretKey } = client as Client & {
    processID?: number | null;
    secretKey?: number | null;
  };
  return { processID: processID ?? 0, secretKey: secretKey ?? 0 };
}
