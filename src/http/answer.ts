import { PUBLIC_HEADERS } from "./headers.ts";
import { ageSeconds, cacheStatus, type Provenance } from "./provenance.ts";
import { namesEtag, type Representation } from "./representation.ts";

/**
 * A finished representation as the answer to a public GET: its bytes with their provenance in headers, or 304 when the
 * caller already holds them. The same bytes whether fresh or stale.
 *
 * A default is not for keeping: `no-store` and no `ETag`, so that no cache between us and the visitor can pin it.
 */
export function answerPublic(
  request: Request,
  {
    representation,
    provenance,
    cacheControl,
  }: { representation: Representation; provenance: Provenance; cacheControl: string },
): Response {
  if (provenance.state === "default") return answerDefault(representation, provenance);
  const headers = {
    ...PUBLIC_HEADERS,
    "content-type": representation.contentType,
    "cache-control": cacheControl,
    "cache-status": cacheStatus(provenance),
    age: ageSeconds(provenance),
    etag: representation.etag,
  };
  const held = request.headers.get("if-none-match");
  if (held !== null && namesEtag(held, representation.etag))
    return new Response(null, { status: 304, headers });
  return new Response(representation.bytes, { headers });
}

function answerDefault(representation: Representation, provenance: Provenance): Response {
  return new Response(representation.bytes, {
    headers: {
      ...PUBLIC_HEADERS,
      "content-type": representation.contentType,
      "cache-control": "no-store",
      "cache-status": cacheStatus(provenance),
    },
  });
}
