import { expect, test } from "bun:test";
import fc from "fast-check";
import { createResponseParser, MalformedResponseError } from "./response_parser.ts";

const bytes = (text: string) => new TextEncoder().encode(text);
const FRAMED = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nCache-Status: a; hit\r\n\r\nhello";
const CHUNKED =
  "HTTP/1.1 503 Service Unavailable\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n";

test("the parser reads status, headers and body however the bytes are cut", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(FRAMED, CHUNKED),
      fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1 }),
      (text, sizes) => {
        const parser = createResponseParser();
        let response: ReturnType<typeof parser.push>;
        for (let at = 0, turn = 0; at < text.length; turn++) {
          expect(response).toBeUndefined();
          const size = sizes[turn % sizes.length] ?? 1;
          response = parser.push(bytes(text.slice(at, at + size)));
          at += size;
        }

        expect(response?.status).toBe(text === FRAMED ? 200 : 503);
        expect(response?.body).toBe(text === FRAMED ? "hello" : "hello!");
        expect(response?.reusable).toBe(true);
      },
    ),
  );
});

test("the parser gives headers by their lower-case names and heeds Connection: close", () => {
  const response = createResponseParser().push(
    bytes(`${FRAMED.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")}`),
  );

  expect(response?.headers.get("cache-status")).toBe("a; hit");
  expect(response?.reusable).toBe(false);
});

test("the parser takes a body without a length to end with the connection", () => {
  const parser = createResponseParser();

  expect(parser.push(bytes("HTTP/1.1 200 OK\r\n\r\nhel"))).toBeUndefined();
  expect(parser.push(bytes("lo"))).toBeUndefined();
  expect(parser.end()).toMatchObject({ status: 200, body: "hello", reusable: false });
});

test("the parser does not take a cut response for a whole one", () => {
  const parser = createResponseParser();
  parser.push(bytes(FRAMED.slice(0, -1)));

  expect(parser.begun).toBe(true);
  expect(parser.end()).toBeUndefined();
});

test("the parser refuses what is no HTTP/1.1 response and what goes on after its end", () => {
  expect(() => createResponseParser().push(bytes("SSH-2.0-OpenSSH\r\n\r\n"))).toThrow(MalformedResponseError);
  expect(() => createResponseParser().push(bytes(`${FRAMED}x`))).toThrow(MalformedResponseError);
});
