import { expect, test } from "bun:test";
import fc from "fast-check";
import { readHost, targetOf } from "../../src/http/mod.ts";

test.each([
  ["Acme.Example", "acme.example"],
  ["acme.example.", "acme.example"],
  ["acme.example:8080", "acme.example"],
  ["acme.example.:443", "acme.example"],
  ["127.0.0.1:8080", "127.0.0.1"],
  ["172.19.0.12:8000", "172.19.0.12"],
  ["[fdaa:0:1::3]:8080", "[fdaa:0:1::3]"],
  ["[::1]", "[::1]"],
  ["web_1", "web_1"],
  ["xn--bcher-kva.example", "xn--bcher-kva.example"],
])("readHost takes %p for the host %p", (header, host) => {
  expect(readHost(header)).toEqual({ kind: "named", host });
});

test.each([null, ""])("readHost calls %p absent, as HTTP/1.0 sends it", (header) => {
  expect(readHost(header)).toEqual({ kind: "absent" });
});

test.each([
  "a.example, b.example",
  "user@acme.example",
  "acme.example/evil",
  "acme.example?x",
  "acme.example#x",
  "acme example",
  "acme\texample",
  "http://acme.example",
  "acme.example:99999",
  "acme.example:",
  "acme..example",
  ".acme.example",
  "-acme.example",
  "acme-.example",
  "büch.example",
  "acme%2eexample",
  "acme\\example",
  "..",
  "/",
  "?",
  "[::1",
  "::1",
  `${"a".repeat(64)}.example`,
  `${"a.".repeat(130)}example`,
])("readHost calls %p hostile", (header) => {
  expect(readHost(header)).toEqual({ kind: "hostile" });
});

test("readHost never throws and never gives a host with more than letters, digits, dots and hyphens", () => {
  const anything = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.stringMatching(/^[a-zA-Z0-9.:@/,_[\]-]*$/),
    fc.domain(),
  );
  fc.assert(
    fc.property(anything, (header) => {
      const reading = readHost(header);
      if (reading.kind !== "named") return;
      expect(reading.host).toMatch(/^([a-z0-9._-]+|\[[0-9a-f:.]+\])$/);
      expect(reading.host.split(".").every((label) => label.length > 0 && label.length <= 63)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test.each([
  ["http://acme.example/a/b?q=1#f", "/a/b", "?q=1"],
  ["http://a/x", "/x", ""],
  ["http://acme.example", "/", ""],
  ["/a/b?q=http://x/y", "/a/b", "?q=http://x/y"],
  ["http://acme.example/a#f?g", "/a", ""],
  ["//evil/acme", "//evil/acme", ""],
  ["http://acme.example//evil/acme", "//evil/acme", ""],
])("targetOf reads %p as path %p and query %p", (url, path, query) => {
  expect(targetOf(url)).toEqual({ path, query });
});
