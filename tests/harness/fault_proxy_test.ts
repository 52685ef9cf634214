import { expect, test } from "bun:test";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { openFaultProxy } from "./mod.ts";

/** A server that says back what it hears. */
async function openEcho(): Promise<{ port: number } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Caller extends Disposable {
  /** What comes back for one word, or the error's code, or `silence` after 150 ms. */
  ask(word: string): Promise<string>;
  readonly connected: Promise<string>;
}

function call(port: number): Caller {
  const socket = connect({ port, host: "127.0.0.1" });
  let failed = "";
  const ended = new Promise<string>((resolve) => {
    socket.on("error", (error: NodeJS.ErrnoException) => {
      failed = error.code ?? "error";
    });
    socket.on("close", () => resolve(failed || "closed"));
  });
  const heard = () =>
    new Promise<string>((resolve) => socket.once("data", (bytes) => resolve(bytes.toString())));
  return {
    connected: Promise.race([
      new Promise<string>((resolve) => socket.once("connect", () => resolve("connected"))),
      ended,
    ]),
    ask(word) {
      const answer = heard();
      socket.write(word);
      return Promise.race([answer, ended, Bun.sleep(150).then(() => "silence")]);
    },
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

test("openFaultProxy passes bytes both ways", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  using caller = call(proxy.port);

  expect(await caller.ask("word")).toBe("word");
  expect(proxy.open()).toBe(1);
});

test("a black hole accepts, says nothing, and lets what it held go on once healed", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  using before = call(proxy.port);
  await before.ask("word");
  await proxy.set("blackhole");
  using during = call(proxy.port);

  expect(await during.connected).toBe("connected");
  expect(await during.ask("held")).toBe("silence");
  expect(await before.ask("late")).toBe("silence");

  const answers = [before.ask(""), during.ask("")];
  await proxy.set("pass");
  expect(await Promise.all(answers)).toEqual(["late", "held"]);
});

test("refuse cuts what is open, refuses what comes, and listens again once healed", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  using before = call(proxy.port);
  await before.ask("word");
  await proxy.set("refuse");
  using during = call(proxy.port);

  expect(await during.connected).toBe("ECONNREFUSED");
  expect(await before.ask("word")).not.toBe("word");

  await proxy.set("pass");
  using after = call(proxy.port);
  expect(await after.ask("word")).toBe("word");
});

test("reset ends every connection with RST", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  using before = call(proxy.port);
  await before.ask("word");
  await proxy.set("reset");
  using during = call(proxy.port);

  expect(await before.ask("word")).toMatch(/ECONNRESET|EPIPE/);
  expect(await during.ask("word")).toMatch(/ECONNRESET|EPIPE/);
});

test("delayMs makes an answer take twice as long, once for each direction", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  using caller = call(proxy.port);
  await caller.ask("word");
  await proxy.set({ delayMs: 40 });

  const started = performance.now();
  expect(await caller.ask("slow")).toBe("slow");

  expect(performance.now() - started).toBeGreaterThanOrEqual(78);
});
