import type { Writable } from "node:stream";
import { type Client, Query } from "pg";
import { nextTurn } from "../resilience/mod.ts";

/** Rows on their way into a `copy … from stdin`. */
export interface CopyIn {
  /**
   * Settles when the server has: with how many rows it stored, or with what the source of the rows threw, after which the
   * transaction has failed like any other. Rejects with the driver's error.
   */
  readonly sent: Promise<{ readonly rows: number } | { readonly fault: unknown }>;
  /** Sends nothing more and has the server undo it: by itself it would wait for rows, deaf to a cancel. */
  stop(): void;
}

export interface CopyInOptions {
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Called whenever the server has taken what was sent: it is alive. */
  readonly onTaken?: () => void;
}

// What the driver's connection has for COPY, and its types lack.
interface CopyWire {
  readonly stream: Writable;
  sendCopyFromChunk(chunk: Buffer): void;
  endCopyFrom(): void;
  sendCopyFail(reason: string): void;
}

const GIVEN_UP = "the sender gave up";

/** Begins a COPY on a connection that runs nothing else until it has settled (PostgreSQL manual, 53.2.6). */
export function startCopyIn(client: Client, text: string, { chunks, onTaken }: CopyInOptions): CopyIn {
  const { promise: sent, resolve, reject } = Promise.withResolvers<{ rows: number } | { fault: unknown }>();
  let wire: CopyWire | undefined;
  let fault: { readonly fault: unknown } | undefined;
  let stopped = false;
  let over = false;

  const pump = async (to: CopyWire) => {
    try {
      for await (const chunk of chunks) {
        if (over || stopped) return;
        to.sendCopyFromChunk(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
        await taken(to.stream);
        onTaken?.();
      }
      if (!over && !stopped) to.endCopyFrom();
    } catch (error) {
      fault = { fault: error };
      if (!over && !stopped) to.sendCopyFail(GIVEN_UP);
    }
  };
  // The driver takes a query of its own kind only, whose answer to the server's invitation is to refuse: ours is to send.
  const query = Object.assign(new Query(text), {
    handleCopyInResponse(to: CopyWire) {
      wire = to;
      if (stopped) to.sendCopyFail(GIVEN_UP);
      else void pump(to);
    },
    callback(error: Error | null | undefined, result: { readonly rowCount: number | null }) {
      over = true;
      if (fault !== undefined) resolve(fault);
      else if (error) reject(error);
      else resolve({ rows: result.rowCount ?? 0 });
    },
  });
  client.query(query);
  return {
    sent,
    stop() {
      if (over || stopped) return;
      stopped = true;
      wire?.sendCopyFail(GIVEN_UP);
    },
  };
}

/** Resolves when the socket has room again, or is gone; after a turn of the event loop in any case. */
async function taken(stream: Writable): Promise<void> {
  if (!stream.writableNeedDrain || stream.destroyed) {
    await nextTurn();
    return;
  }
  const { promise, resolve } = Promise.withResolvers<void>();
  const done = () => resolve();
  stream.once("drain", done).once("close", done);
  await promise;
  stream.off("drain", done).off("close", done);
}
