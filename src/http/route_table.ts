/** A route as the app declares it, as in `GET /:tenant/api/public/sports`. */
export interface DeclaredRoute {
  readonly method: string;
  readonly path: string;
}

export interface MatchedRoute {
  /** The declared path: a bounded name for metrics, whatever the visitor wrote. */
  readonly pattern: string;
  /** Methods that this path answers; HEAD wherever GET is. */
  readonly methods: readonly string[];
}

/** Which declared route a path belongs to, by any method. */
export interface RouteTable {
  match(path: string): MatchedRoute | undefined;
}

interface Entry extends MatchedRoute {
  readonly segments: readonly string[];
  readonly methods: string[];
}

/** A table of the declared routes; literal segments win over parameters. A trailing slash is allowed, as in the router. */
export function createRouteTable(routes: readonly DeclaredRoute[]): RouteTable {
  const byLength = new Map<number, Entry[]>();
  for (const [pattern, methods] of methodsByPattern(routes)) {
    const segments = segmentsOf(pattern);
    const entries = byLength.get(segments.length) ?? [];
    byLength.set(segments.length, [...entries, { pattern, methods, segments }]);
  }
  for (const entries of byLength.values()) entries.sort((one, other) => parameters(one) - parameters(other));
  return {
    match(path) {
      const segments = segmentsOf(path);
      return byLength.get(segments.length)?.find((entry) => fits(entry.segments, segments));
    },
  };
}

function methodsByPattern(routes: readonly DeclaredRoute[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { method, path } of routes) {
    const methods = found.get(path) ?? [];
    methods.push(method);
    if (method === "GET") methods.push("HEAD");
    found.set(path, methods);
  }
  return found;
}

function segmentsOf(path: string): string[] {
  const trimmed = path.length > 1 && path.endsWith("/") ? path.slice(1, -1) : path.slice(1);
  return trimmed.split("/");
}

function parameters(entry: Entry): number {
  return entry.segments.filter((segment) => segment.startsWith(":")).length;
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.every((expected, at) => {
    const actual = segments[at];
    return actual === expected || (expected.charCodeAt(0) === 58 && actual !== undefined && actual !== "");
  });
}
