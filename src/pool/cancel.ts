import { connect } from "node:net";
import type { Client } from "pg";

const CANCEL_REQUEST = 80_877_102;

/**
 * Asks the server to end what this connection runs: the CancelRequest of the PostgreSQL protocol (manual, 53.2.8), over a
 * socket of its own, through a pooler too.
 *
 * Resolves when the server has closed that socket, which it does once the signal is sent, or after `timeoutMs`. Until
 * then the connection must not be used: a cancel that arrives late ends the next borrower's statement instead.
 */
export function requestCancel(client: Client, { timeoutMs }: { timeoutMs: number }): Promise<void> {
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
    socket.setTimeout(timeoutMs, () => socket.destroy());
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve());
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
