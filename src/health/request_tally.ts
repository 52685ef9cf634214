import type { RequestAnswered } from "../http/mod.ts";

/** One combination of labels and how often it came. */
export interface RequestCount {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly count: number;
}

/**
 * Requests by route, method and status, and how long they took by route.
 *
 * Plain numbers on the way of a request, made into text only when somebody asks: prom-client's own `inc` and `observe` with
 * labels take 2 to 3 µs together (measured under Bun 1.4.5), an eighth of what a whole answer from memory costs.
 */
export interface RequestTally {
  answered(event: Omit<RequestAnswered, "kind">): void;
  counts(): Generator<RequestCount>;
  /** The durations as a histogram in Prometheus' text format, in seconds. */
  renderDurations(): string;
}

const METHODS = new Set(["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]);
const BOUNDS_MS = [1, 5, 10, 25, 50, 75, 100, 250, 500, 1000, 1600, 3000];
const NAME = "linehold_http_request_seconds";

interface RouteTally {
  readonly byMethod: Map<string, Map<number, number>>;
  /** One more than there are bounds: the last is for what took longer. */
  readonly buckets: number[];
  sumMs: number;
}

/** An empty tally. Routes and statuses are the callers' closed sets; methods that no standard names are one. */
export function createRequestTally(): RequestTally {
  const routes = new Map<string, RouteTally>();
  const open = (route: string): RouteTally => {
    const opened = { byMethod: new Map(), buckets: BOUNDS_MS.map(() => 0).concat(0), sumMs: 0 };
    routes.set(route, opened);
    return opened;
  };
  return {
    answered({ route, method, status, ms }) {
      const tally = routes.get(route) ?? open(route);
      const named = METHODS.has(method) ? method : "other";
      const statuses = tally.byMethod.get(named) ?? new Map<number, number>();
      if (statuses.size === 0) tally.byMethod.set(named, statuses);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      tally.sumMs += ms;
      const bucket = bucketOf(ms);
      tally.buckets[bucket] = (tally.buckets[bucket] ?? 0) + 1;
    },
    *counts() {
      for (const [route, { byMethod }] of routes)
        for (const [method, statuses] of byMethod)
          for (const [status, count] of statuses) yield { route, method, status, count };
    },
    renderDurations: () =>
      [
        `# HELP ${NAME} Time from the request's arrival at the door to its answer`,
        `# TYPE ${NAME} histogram`,
        ...[...routes].flatMap(([route, tally]) => linesOf(route, tally)),
        "",
      ].join("\n"),
  };
}

function bucketOf(ms: number): number {
  let at = 0;
  while (at < BOUNDS_MS.length && ms > (BOUNDS_MS[at] ?? 0)) at += 1;
  return at;
}

/** Buckets are cumulative, as Prometheus asks. Routes are declared patterns: nothing in them needs escaping. */
function linesOf(route: string, { buckets, sumMs }: RouteTally): string[] {
  let total = 0;
  const lines = buckets.map((count, at) => {
    total += count;
    const bound = BOUNDS_MS[at];
    const le = bound === undefined ? "+Inf" : String(bound / 1000);
    return `${NAME}_bucket{le="${le}",route="${route}"} ${total}`;
  });
  return [
    ...lines,
    `${NAME}_sum{route="${route}"} ${sumMs / 1000}`,
    `${NAME}_count{route="${route}"} ${total}`,
  ];
}
