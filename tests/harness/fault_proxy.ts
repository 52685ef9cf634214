import { connect, createServer, type Server, type Socket } from "node:net";
import { findFreePort } from "./ports.ts";

/**
 * What happens to traffic: `pass` forwards · `refuse` closes the port and cuts what is open · `blackhole` accepts and
 * forwards nothing, neither bytes nor ends, until healed · `reset` answers every connection, old and new, with RST ·
 * `{ delayMs }` forwards each piece that much later, in each direction.
 */
export type FaultMode = "pass" | "refuse" | "blackhole" | "reset" | { readonly delayMs: number };

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

/** A proxy to `upstream` on a free port of 127.0.0.1, passing. */
export async function openFaultProxy(upstream: {
  readonly hostname: string;
  readonly port: number;
}): Promise<FaultProxy> {
  const port = await findFreePort();
  const pairs = new Set<{ client: Socket; server: Socket | undefined }>();
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
    const pair: { client: Socket; server: Socket | undefined } = { client, server: undefined };
    pairs.add(pair);
    client.once("close", () => pairs.delete(pair));
    client.pause();
    void passing().then(() => {
      if (client.destroyed) return;
      const server = connect({
        host: upstream.hostname,
        port: upstream.port,
        allowHalfOpen: true,
        noDelay: true,
      });
      pair.server = server;
      forward(client, server);
      forward(server, client);
    });
  }

  /** Resolves at once unless everything is held back. */
  async function passing(): Promise<void> {
    while (mode === "blackhole") await healed.promise;
  }

  function forward(from: Socket, to: Socket): void {
    let line = Promise.resolve();
    const inTurn = (act: () => void) => {
      const dueAt = performance.now() + (typeof mode === "object" ? mode.delayMs : 0);
      line = line.then(async () => {
        const earlyMs = dueAt - performance.now();
        if (earlyMs > 0) await Bun.sleep(earlyMs);
        await passing();
        if (!to.destroyed) act();
      });
    };
    from.on("data", (bytes) => inTurn(() => to.write(bytes)));
    from.on("end", () => inTurn(() => to.end()));
    // A broken side breaks the other, as a router that lost the connection would.
    from.on("error", () => inTurn(() => to.resetAndDestroy()));
    from.resume();
  }

  function cut(): void {
    for (const { client, server } of pairs) {
      client.resetAndDestroy();
      server?.destroy();
    }
    pairs.clear();
  }

  async function set(next: FaultMode): Promise<void> {
    mode = next;
    if (next === "refuse" || next === "reset") cut();
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
    open: () => pairs.size,
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
