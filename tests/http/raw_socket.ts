import { connect } from "node:net";

/** What came back over a socket of our own: no client in between mends, retries or refuses anything. */
export interface RawAnswer {
  /** 0 when nothing that is an answer came. */
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the peer cut the connection with a reset. */
  readonly reset: boolean;
}

/** Sends bytes as they are and reads until the peer closes, or `waitMs` pass. */
export function sendRaw(
  port: number,
  bytes: string | Uint8Array,
  { waitMs = 2000 }: { waitMs?: number } = {},
): Promise<RawAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let reset = false;
    const socket = connect({ port, host: "127.0.0.1" });
    const late = setTimeout(() => socket.destroy(), waitMs);
    socket.on("data", (chunk) => chunks.push(Buffer.from(chunk)));
    socket.on("error", () => {
      reset = true;
    });
    socket.on("close", () => {
      clearTimeout(late);
      resolve({ ...parse(Buffer.concat(chunks).toString("utf8")), reset });
    });
    socket.write(bytes);
  });
}

/** A GET with these very Host bytes, on a connection of its own. */
export function getWithHost(port: number, path: string, host: string): Promise<RawAnswer> {
  const head = Buffer.from(`GET ${path} HTTP/1.1\r\nHost: `);
  return sendRaw(
    port,
    Buffer.concat([head, Buffer.from(host, "utf8"), Buffer.from("\r\nConnection: close\r\n\r\n")]),
  );
}

function parse(text: string): Omit<RawAnswer, "reset"> {
  const end = text.indexOf("\r\n\r\n");
  const [first = "", ...lines] = (end < 0 ? text : text.slice(0, end)).split("\r\n");
  const headers = Object.fromEntries(
    lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
    }),
  );
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1] ?? 0);
  return { status, headers, body: end < 0 ? "" : text.slice(end + 4) };
}
