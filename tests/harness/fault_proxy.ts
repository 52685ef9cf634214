import { connect, createServer, type Server, type Socket } from "node:net";
import type { Random } from "../../src/resilience/mod.ts";
import { findFreePort } from "./ports.ts";
import { seededRandom } from "./random.ts";

/**
 * What happens to traffic: `pass` forwards · `refuse` closes the port and cuts what is open · `blackhole` accepts and
 * forwards nothing, neither bytes nor ends, until healed · `reset` answers every connection, old and new, with RST ·
 * `half_open` swallows, for good, all that the clients of the connections open now send, their ends too, and passes new
 * connections · `established_only` passes what is open, and holds back whoever comes, as `blackhole` does · `{ delayMs, jitterMs }` forwards each piece that much later, and up to `jitterMs` more by chance, in each
 * direction · `{ bytesPerSecond }` forwards no faster, in each direction of each connection · `{ cutAfterBytes }` passes
 * that many bytes of each connection's answers, counted from its beginning, and then resets it.
 */
export type FaultMode =
  | "pass"
  | "refuse"
  | "blackhole"
  | "reset"
  | "half_open"
  | "established_only"
  | { readonly delayMs: number; readonly jitterMs?: number }
  | { readonly bytesPerSecond: number }
  | { readonly cutAfterBytes: number };

/** A TCP proxy before a server, whose faults are switched while it runs. Disposing cuts everything. */
export interface FaultProxy extends AsyncDisposable {
  readonly port: number;
  /** The URL with this proxy in its server's place. */
  through(url: string): string;
  /** Holds from when it resolves, for open connections too. */
  set(mode: FaultMode): Promise<void>;
  /** Connections open to clients now. */
  open(): number;
  /** Connections accepted since the start. */
  accepted(): number;
}

interface Pair {
  readonly client: Socket;
  server: Socket | undefined;
  /** Bytes of answers passed on. */
  answered: number;
  /** Whether the server hears nothing any more. */
  deaf: boolean;
}

/** A proxy to `upstream` on a free port of 127.0.0.1, passing. `random` decides the jitter. */
export async function openFaultProxy(
  upstream: { readonly hostname: string; readonly port: number },
  { random = seededRandom(1) }: { readonly random?: Random } = {},
): Promise<FaultProxy> {
  const port = await findFreePort();
  const pairs = new Set<Pair>();
  let mode: FaultMode = "pass";
  let healed = Promise.withResolvers<void>();
  let accepted = 0;
  let listener: Server | undefined = await listen(port, accept);

  function accept(client: Socket): void {
    accepted += 1;
    client.on("error", () => undefined);
    if (mode === "reset") {
      client.resetAndDestroy();
      return;
    }
    const pair: Pair = { client, server: undefined, answered: 0, deaf: false };
    pairs.add(pair);
    client.once("close", () => {
      // A deaf server never learns of it: its side stays until all is cut.
      if (!pair.deaf) pairs.delete(pair);
    });
    client.pause();
    void admitted().then(() => {
      if (client.destroyed) return;
      const server = connect({
        host: upstream.hostname,
        port: upstream.port,
        allowHalfOpen: true,
        noDelay: true,
      });
      pair.server = server;
      forward(client, server, (bytes) => ask(pair, server, bytes));
      forward(server, client, (bytes) => answer(pair, bytes));
    });
  }

  /** Resolves at once unless everything is held back. */
  async function passing(): Promise<void> {
    while (mode === "blackhole") await healed.promise;
  }

  async function admitted(): Promise<void> {
    while (mode === "blackhole" || mode === "established_only") await healed.promise;
  }

  function lateness(): number {
    if (typeof mode !== "object" || !("delayMs" in mode)) return 0;
    return mode.delayMs + random() * (mode.jitterMs ?? 0);
  }

  function forward(from: Socket, to: Socket, write: (bytes: Uint8Array) => Promise<void>): void {
    let line = Promise.resolve();
    const inTurn = (act: () => unknown) => {
      const dueAt = performance.now() + lateness();
      line = line.then(async () => {
        const earlyMs = dueAt - performance.now();
        if (earlyMs > 0) await Bun.sleep(earlyMs);
        await passing();
        if (!to.destroyed) await act();
      });
    };
    from.on("data", (bytes) => inTurn(() => write(typeof bytes === "string" ? Buffer.from(bytes) : bytes)));
    from.on("end", () => inTurn(() => isDeaf(to) || to.end()));
    // A broken side breaks the other, as a router that lost the connection would.
    from.on("error", () => inTurn(() => isDeaf(to) || to.resetAndDestroy()));
    from.resume();
  }

  function isDeaf(to: Socket): boolean {
    for (const { deaf, server } of pairs) if (deaf && server === to) return true;
    return false;
  }

  async function ask(pair: Pair, server: Socket, bytes: Uint8Array): Promise<void> {
    if (!pair.deaf) await paced(bytes, server);
  }

  async function answer(pair: Pair, bytes: Uint8Array): Promise<void> {
    const left =
      typeof mode === "object" && "cutAfterBytes" in mode ? mode.cutAfterBytes - pair.answered : Infinity;
    await paced(bytes.subarray(0, Math.max(0, left)), pair.client);
    pair.answered += bytes.length;
    // Written first and reset a moment later: RST would overtake what is still to be sent.
    if (bytes.length >= left) setTimeout(() => cut(pair), 1);
  }

  /** In pieces of a fiftieth of a second each, when there is a rate to keep. */
  async function paced(bytes: Uint8Array, to: Socket): Promise<void> {
    for (let rest = bytes; rest.length > 0 && !to.destroyed; ) {
      const rate = typeof mode === "object" && "bytesPerSecond" in mode ? mode.bytesPerSecond : undefined;
      const size = rate === undefined ? rest.length : Math.max(1, Math.floor(rate / 50));
      const piece = rest.subarray(0, size);
      if (rate !== undefined) await Bun.sleep((piece.length / rate) * 1000);
      to.write(piece);
      rest = rest.subarray(size);
    }
  }

  function cut(pair: Pair): void {
    pair.client.resetAndDestroy();
    pair.server?.destroy();
    pairs.delete(pair);
  }

  async function set(next: FaultMode): Promise<void> {
    mode = next;
    if (next === "refuse" || next === "reset") for (const pair of pairs) cut(pair);
    if (next === "half_open") for (const pair of pairs) pair.deaf = true;
    if (next === "refuse") {
      await close(listener);
      listener = undefined;
    } else listener ??= await listen(port, accept);
    if (next !== "blackhole") {
      healed.resolve();
      healed = Promise.withResolvers<void>();
    }
  }

  return {
    port,
    set,
    open: () => [...pairs].filter(({ client }) => !client.destroyed).length,
    accepted: () => accepted,
    through(url) {
      const changed = new URL(url);
      changed.hostname = "127.0.0.1";
      changed.port = `${port}`;
      return changed.href;
    },
    async [Symbol.asyncDispose]() {
      await set("refuse");
    },
  };
}

function listen(port: number, accept: (client: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ allowHalfOpen: true, noDelay: true }, accept);
    server.once("error", reject);
    server.listen({ port, host: "127.0.0.1" }, () => resolve(server));
  });
}

function close(server: Server | undefined): Promise<void> {
  return new Promise((resolve) => {
    if (server === undefined) resolve();
    else server.close(() => resolve());
  });
}
