/** What a Host header says: a name to look up, nothing (HTTP/1.0 and empty hosts), or something no honest client sends. */
export type HostReading =
  | { readonly kind: "named"; readonly host: string }
  | { readonly kind: "absent" }
  | { readonly kind: "hostile" };

const ABSENT: HostReading = { kind: "absent" };
const HOSTILE: HostReading = { kind: "hostile" };

// Labels of letters, digits, hyphens and underscores (container networks use them), at most 63 each, one trailing dot, one port.
const NAME =
  /^((?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?)\.?(?::(\d{1,5}))?$/;
const IPV6 = /^(\[[0-9a-f:.]{2,45}\])(?::(\d{1,5}))?$/;

/**
 * Reads a Host header by hand: `new URL(request.url)` throws on what a hostile client may send, and two Host headers
 * arrive joined by a comma, of which the URL would name the first.
 *
 * @returns The host in lower case without port and trailing dot; `hostile` for whatever is not a host (RFC 9110 §7.2).
 */
export function readHost(header: string | null): HostReading {
  if (header === null || header === "") return ABSENT;
  if (header.length > 260) return HOSTILE;
  const text = header.toLowerCase();
  const match = NAME.exec(text) ?? IPV6.exec(text);
  const host = match?.[1];
  if (host === undefined || host.length > 253) return HOSTILE;
  return Number(match?.[2] ?? 0) <= 65_535 ? { kind: "named", host } : HOSTILE;
}

/**
 * The path of a request as it was asked for, with its query, never through a URL parser.
 * Bun gives the bare path as `request.url` when the Host header cannot be part of a URL.
 */
export function targetOf(url: string): { readonly path: string; readonly query: string } {
  const start = url.charCodeAt(0) === 47 ? 0 : url.indexOf("/", url.indexOf("//") + 2);
  if (start < 0) return { path: "/", query: "" };
  const end = endOfPath(url, start);
  const fragment = url.indexOf("#", end);
  return { path: url.slice(start, end), query: fragment < 0 ? url.slice(end) : url.slice(end, fragment) };
}

function endOfPath(url: string, start: number): number {
  for (let at = start; at < url.length; at += 1) {
    const character = url.charCodeAt(at);
    if (character === 63 || character === 35) return at;
  }
  return url.length;
}
