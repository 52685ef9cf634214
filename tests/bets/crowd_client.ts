import type { Socket } from "bun";

export interface Answer {
  readonly status: number;
  readonly text: string;
}

/** The connection ended before the answer did: whether the request was heeded is for its key to tell. */
export class AnswerLostError extends Error {
  override readonly name = "AnswerLostError";
  readonly code = "answer_lost";

  constructor() {
    super("Cannot tell the answer as the connection ended before it");
  }
}

/**
 * One client over one connection at a time, one request at a time, on a bare socket: `fetch` would repeat by itself what was reset, and
 * costs as much as what it asks for.
 */
export interface CrowdClient extends Disposable {
  /** @throws {AnswerLostError} */
  post(
    path: string,
    request: { readonly bearer: string; readonly key: string; readonly body: string },
  ): Promise<Answer>;
}

interface Pending {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

/** A client of a server on this machine; it connects when it first asks, and anew after a connection that ended. */
export function createCrowdClient(port: number): CrowdClient {
  let socket: Socket | undefined;
  let pending: Pending | undefined;
  let received = "";
  const lose = () => {
    socket = undefined;
    received = "";
    const waiting = pending;
    pending = undefined;
    waiting?.reject(new AnswerLostError());
  };
  const take = (text: string) => {
    received += text;
    const answer = answerIn(received);
    if (answer === undefined) return;
    received = "";
    const waiting = pending;
    pending = undefined;
    waiting?.resolve(answer);
  };
  const connect = async () => {
    const opened = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: {
        data: (_socket, bytes) => take(bytes.toString("utf8")),
        close: (closed) => {
          if (closed === socket || socket === undefined) lose();
        },
        error: lose,
        connectError: lose,
      },
    });
    socket = opened;
    return opened;
  };
  return {
    async post(path, { bearer, key, body }) {
      const open = socket ?? (await connect().catch(() => undefined));
      if (open === undefined) throw new AnswerLostError();
      const { promise, resolve, reject } = Promise.withResolvers<Answer>();
      pending = { resolve, reject };
      open.write(
        `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
          `Authorization: Bearer ${bearer}\r\nIdempotency-Key: ${key}\r\n` +
          `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
      );
      return promise;
    },
    [Symbol.dispose]: () => void socket?.end(),
  };
}

/** A whole answer, or `undefined` while more of it is to come. Bodies here are ASCII. */
function answerIn(received: string): Answer | undefined {
  const end = received.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const head = received.slice(0, end);
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  if (received.length < end + 4 + length) return undefined;
  return { status: Number(head.slice(9, 12)), text: received.slice(end + 4, end + 4 + length) };
}
