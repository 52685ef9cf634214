import { expect, test } from "bun:test";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { Client } from "pg";
import { requestCancel } from "../../src/pool/cancel.ts";
import { findFreePort, until } from "../harness/mod.ts";

/** A server that notes what it is sent and answers nothing. */
async function openSilent() {
  const sockets: Socket[] = [];
  const heard: Buffer[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => heard.push(Buffer.from(bytes)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    sockets,
    heard,
    client: new Client({ host: "127.0.0.1", port }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

test("requestCancel sends one CancelRequest and is done when the server closes the socket", async () => {
  await using silent = await openSilent();

  const asking = requestCancel(silent.client, { timeoutMs: 5000 });
  await until(() => silent.heard.length === 1);
  expect(Bun.peek.status(asking)).toBe("pending");
  silent.sockets[0]?.end();

  expect(await asking).toBe(true);
  expect(silent.heard[0]?.length).toBe(16);
  expect(silent.heard[0]?.readInt32BE(4)).toBe(80_877_102);
});

test("requestCancel is in doubt when it takes too long, and does not hang up on who may be passing it on", async () => {
  await using silent = await openSilent();

  expect(await requestCancel(silent.client, { timeoutMs: 50 })).toBe(false);
  await Bun.sleep(50);

  expect(silent.sockets.map(({ closed, readyState }) => [closed, readyState])).toEqual([[false, "open"]]);
});

test("requestCancel is in doubt when nobody listens", async () => {
  const port = await findFreePort();

  expect(await requestCancel(new Client({ host: "127.0.0.1", port }), { timeoutMs: 5000 })).toBe(false);
});
