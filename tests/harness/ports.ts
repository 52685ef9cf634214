import { createServer } from "node:net";

/**
 * A port of 127.0.0.1 that is free now, for what cannot listen on port 0. Below the range of outgoing connections, one of which
 * could otherwise be given it before it is used.
 */
export async function findFreePort(): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = 10_500 + Math.floor(Math.random() * 5000);
    if (await isFree(port)) return port;
  }
  throw new RangeError("Cannot find a free port: none of 100 from 10500 to 15499 was");
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(true)));
  });
}
