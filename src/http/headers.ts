/**
 * What every answer carries, so that a browser neither guesses a type, frames an answer, nor runs it as a page.
 * HSTS is ignored by browsers over plain HTTP and holds wherever a TLS proxy stands in front.
 */
export const SECURITY_HEADERS = Object.freeze({
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
  "strict-transport-security": "max-age=31536000",
});

/** Provenance and identity, which a page of another origin may read. */
const EXPOSED = "Age, Cache-Control, Cache-Status, ETag, Retry-After, X-Request-Id";

/** Public GETs are open to every origin; without `Access-Control-Allow-Credentials`, no cookie ever rides along. */
export const PUBLIC_HEADERS = Object.freeze({
  ...SECURITY_HEADERS,
  "cross-origin-resource-policy": "cross-origin",
  "access-control-allow-origin": "*",
  "access-control-expose-headers": EXPOSED,
});

/**
 * The answer to a CORS preflight (Fetch standard §3.3), beside the methods of the path. Every origin may ask: whoever acts for a player
 * or an operator says so in `Authorization`, which no browser adds by itself as it does a cookie.
 */
export const PREFLIGHT_HEADERS = Object.freeze({
  ...SECURITY_HEADERS,
  "access-control-allow-origin": "*",
  "access-control-allow-headers":
    "Accept, Authorization, Content-Type, Idempotency-Key, If-None-Match, Last-Event-ID, Traceparent, X-Request-Id",
  "access-control-max-age": "86400",
});

/** What an answer to one caller carries: nobody else may see it, and no cache may keep it. */
export const PRIVATE_HEADERS = Object.freeze({ ...PUBLIC_HEADERS, "cache-control": "no-store" });
