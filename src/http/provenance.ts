/** Where a value came from, as the read pipeline reports it. */
export interface Provenance {
  readonly state: "fresh" | "stale" | "default";
  /** Milliseconds since the load that last confirmed the value. */
  readonly ageMs: number;
  /** Milliseconds of freshness left; negative when stale. */
  readonly ttlMs: number;
  /** Loads this request waited for; 0 when the value was in memory. */
  readonly attempts: number;
  /** Whether the load waited for was also another request's. */
  readonly shared: boolean;
}

/**
 * `Cache-Control` of an answer that may be kept: whoever stands between us and the visitor may go on with a stale copy
 * while they ask again, and for a day when they get no answer (RFC 5861).
 */
export function lastingCacheControl(freshMs: number): string {
  const maxAge = Math.floor(freshMs / 1000);
  return `public, max-age=${maxAge}, stale-while-revalidate=${Math.max(maxAge, 30)}, stale-if-error=86400`;
}

/**
 * `Cache-Status` (RFC 9211): how our own cache came to this answer. A stale answer has a negative ttl, in whole seconds;
 * a load waited for is a forward, `collapsed` when it was shared with another request.
 */
export function cacheStatus(provenance: Provenance): string {
  if (provenance.state === "default") return "linehold; fwd=uri-miss; detail=default";
  const ttl = ttlSeconds(provenance);
  if (provenance.state === "stale") return `linehold; hit; ttl=${Math.min(-1, ttl)}`;
  if (provenance.attempts === 0) return `linehold; hit; ttl=${Math.max(0, ttl)}`;
  return `linehold; fwd=miss; stored${provenance.shared ? "; collapsed" : ""}; ttl=${Math.max(0, ttl)}`;
}

/** Whole seconds of freshness left, rounded down. */
export function ttlSeconds({ ttlMs }: Provenance): number {
  return Math.floor(ttlMs / 1000);
}

/** `Age` in whole seconds (RFC 9111 §5.1). */
export function ageSeconds({ ageMs }: Provenance): number {
  return Math.max(0, Math.floor(ageMs / 1000));
}
