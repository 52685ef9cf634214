import { expect, test } from "bun:test";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { openFaultProxy, seededRandom, until } from "./mod.ts";

/** A server that says back what it hears. */
async function openEcho(): Promise<{ port: number; open(): number } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    open: () => [...sockets].filter((socket) => !socket.closed).length,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Caller extends Disposable {
  /** What comes back for one word, or the error's code, or `silence` after 150 ms. */
  ask(word: string): Promise<string>;
  /** What comes back for one word until it has this length, however many pieces it comes in. */
  hear(word: string, length: number): Promise<string>;
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
    async hear(word, length) {
      let all = "";
      socket.on("data", (bytes) => {
        all += bytes.toString();
      });
      socket.write(word);
      await until(() => all.length >= length);
      return all;
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

test("jitter makes each answer later by another amount, the same ones for the same seed", async () => {
  await using echo = await openEcho();
  const lateness = async () => {
    await using proxy = await openFaultProxy(
      { hostname: "127.0.0.1", port: echo.port },
      { random: seededRandom(7) },
    );
    using caller = call(proxy.port);
    await caller.ask("word");
    await proxy.set({ delayMs: 5, jitterMs: 60 });
    const times: number[] = [];
    for (let i = 0; i < 6; i += 1) {
      const started = performance.now();
      await caller.ask("slow");
      times.push(performance.now() - started);
    }
    return times;
  };
  const random = seededRandom(7);
  const due = Array.from({ length: 6 }, () => 10 + (random() + random()) * 60);

  const times = await lateness();

  // Never earlier; how much later is the machine's business.
  for (const [i, ms] of times.entries()) expect(ms).toBeGreaterThanOrEqual((due[i] ?? 0) - 2);
  expect(Math.max(...due) - Math.min(...due)).toBeGreaterThan(30);
});

test("bytesPerSecond holds each direction to its rate, and loses nothing", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  using caller = call(proxy.port);
  await caller.ask("word");
  await proxy.set({ bytesPerSecond: 2000 });
  const word = "0123456789".repeat(40);

  const started = performance.now();
  const heard = await caller.hear(word, word.length);

  expect(heard).toBe(word);
  // 400 bytes at 2,000 a second, there and back; the echo begins before the last have arrived.
  expect(performance.now() - started).toBeGreaterThanOrEqual(195);
});

test("half_open leaves what is open without an end and without an answer, for good, and passes what comes", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  using before = call(proxy.port);
  await before.ask("word");

  await proxy.set("half_open");
  using after = call(proxy.port);
  expect(await before.ask("lost")).toBe("silence");
  expect(await after.ask("word")).toBe("word");
  before[Symbol.dispose]();
  await Bun.sleep(50);

  expect(echo.open()).toBe(2);
  await proxy.set("pass");
  expect(echo.open()).toBe(2);
});

test("established_only passes what is open and holds back who comes, until healed", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  using before = call(proxy.port);
  await before.ask("word");

  await proxy.set("established_only");
  using during = call(proxy.port);
  expect(await before.ask("word")).toBe("word");
  expect(await during.ask("held")).toBe("silence");
  const answer = during.ask("");
  await proxy.set("pass");

  expect(await answer).toBe("held");
});

test("cutAfterBytes passes that many bytes of each connection's answers, then resets it", async () => {
  await using echo = await openEcho();
  await using proxy = await openFaultProxy({ hostname: "127.0.0.1", port: echo.port });
  await proxy.set({ cutAfterBytes: 10 });

  for (let connection = 0; connection < 2; connection += 1) {
    using caller = call(proxy.port);
    expect(await caller.ask("12345678")).toBe("12345678");
    expect(await caller.ask("90abcdef")).toBe("90");
    expect(await caller.ask("gone")).toMatch(/ECONNRESET|EPIPE/);
  }
});
