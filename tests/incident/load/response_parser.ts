/** A whole HTTP/1.1 response. Header names are in lower case; the last of a repeated header is kept. */
export interface ParsedResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** Whether the connection may carry another request. */
  readonly reusable: boolean;
}

/** Eats the bytes of one response as they come. Enough of RFC 9112 for the servers measured here, and strict about it. */
export interface ResponseParser {
  /** Whether any byte of the response has come. */
  readonly begun: boolean;
  /**
   * Takes the next bytes; the response once it is whole.
   *
   * @throws {MalformedResponseError} For bytes that are no HTTP/1.1 response, or that go on after its end.
   */
  push(chunk: Uint8Array): ParsedResponse | undefined;
  /** The peer has closed: the response if closing is what ends it, else undefined. */
  end(): ParsedResponse | undefined;
}

export class MalformedResponseError extends Error {
  override readonly name = "MalformedResponseError";
  readonly code = "malformed_response";

  constructor(reason: string) {
    super(`Cannot read the response as ${reason}`);
  }
}

interface Head {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly bodyStart: number;
}

/** A parser for exactly one response to a GET. */
export function createResponseParser(): ResponseParser {
  let bytes = Buffer.alloc(0);
  let head: Head | undefined;
  return {
    get begun() {
      return bytes.length > 0;
    },
    push(chunk) {
      bytes = Buffer.concat([bytes, chunk]);
      head ??= readHead(bytes);
      if (head === undefined) return undefined;
      const body = readBody(bytes.subarray(head.bodyStart), head);
      return body === undefined ? undefined : finish(head, body);
    },
    end() {
      const closes = head !== undefined && !isFramed(head);
      return closes && head ? finish(head, bytes.subarray(head.bodyStart), false) : undefined;
    },
  };
}

function finish(head: Head, body: Uint8Array, keeps = true): ParsedResponse {
  const reusable = keeps && head.headers.get("connection")?.toLowerCase() !== "close";
  return { status: head.status, headers: head.headers, body: new TextDecoder().decode(body), reusable };
}

function readHead(bytes: Buffer): Head | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end < 0) return undefined;
  const [statusLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const status = /^HTTP\/1\.1 (\d{3})( |$)/.exec(statusLine)?.[1];
  if (status === undefined) throw new MalformedResponseError("its first line is no HTTP/1.1 status line");
  const headers = new Map(lines.map(readHeader));
  return { status: Number(status), headers, bodyStart: end + 4 };
}

function readHeader(line: string): [name: string, value: string] {
  const colon = line.indexOf(":");
  if (colon <= 0) throw new MalformedResponseError("a header line has no colon");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}

function isFramed({ headers, status }: Head): boolean {
  return status === 204 || status === 304 || headers.has("content-length") || isChunked(headers);
}

function isChunked(headers: ReadonlyMap<string, string>): boolean {
  return headers.get("transfer-encoding")?.toLowerCase() === "chunked";
}

function readBody(rest: Buffer, head: Head): Uint8Array | undefined {
  if (isChunked(head.headers)) return readChunks(rest);
  if (!isFramed(head)) return undefined;
  const length = Number(head.headers.get("content-length") ?? 0);
  if (!Number.isSafeInteger(length)) throw new MalformedResponseError("its length is no number");
  if (rest.length > length) throw new MalformedResponseError("bytes follow its end");
  return rest.length === length ? rest : undefined;
}

function readChunks(rest: Buffer): Uint8Array | undefined {
  const chunks: Buffer[] = [];
  let at = 0;
  while (true) {
    const lineEnd = rest.indexOf("\r\n", at);
    if (lineEnd < 0) return undefined;
    const size = Number.parseInt(rest.subarray(at, lineEnd).toString("latin1"), 16);
    if (!(size >= 0)) throw new MalformedResponseError("a chunk has no size");
    const start = lineEnd + 2;
    if (rest.length < start + size + 2) return undefined;
    if (size === 0) return Buffer.concat(chunks);
    chunks.push(rest.subarray(start, start + size));
    at = start + size + 2;
  }
}
