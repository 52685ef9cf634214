import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./schema.d.ts";

export type { components, paths } from "./schema.d.ts";

/** The body of every refusal (RFC 9457). */
export type Problem = components["schemas"]["Problem"];

export interface LineholdClientOptions {
  /** Where the service answers, as in `https://sportsbook.example`, without a trailing slash. */
  readonly baseUrl: string;
  /** Sends the requests; the platform's own by default. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

export type LineholdClient = Client<paths>;

/**
 * A client of the contract in this folder. Paths, parameters and bodies are checked by the compiler; each call gives `data`
 * or `error` (a problem), and the `response` with its provenance headers.
 */
export function createLineholdClient({ baseUrl, fetch }: LineholdClientOptions): LineholdClient {
  return createClient<paths>({ baseUrl, ...(fetch && { fetch }) });
}
