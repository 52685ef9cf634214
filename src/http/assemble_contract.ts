import { type AnyElysia, Elysia } from "elysia";
import { problemSchema } from "./contract.ts";
import { isJson, type Json, sortNames, tidyContract } from "./tidy_contract.ts";

export interface ContractOptions {
  readonly version: string;
  /** Component schemas of every room. */
  readonly schemas: Readonly<Record<string, object>>;
}

const DESCRIPTION = `Many sportsbook brands from one deployment. What a visitor can see keeps being served while the
database is slow, full, frozen or gone; what touches money is either true or refused.

Every operation says in \`x-degradation\` what it does when the database cannot answer:

- \`none-needed\`: the same answer, from memory;
- \`default\`: fresh, else stale of any age, else the built-in default: always 200;
- \`stale\`: fresh, else stale; 503 when nothing was ever loaded, never an empty 200;
- \`marked\`: as \`stale\`, and prices past their age limit are shown suspended;
- \`truth\`: the truth or 503.

Where an answer comes from travels in its headers: \`Cache-Status\` (RFC 9211), \`Age\`, \`ETag\`. Errors are problem details
(RFC 9457); each \`type\` is described under \`/docs/problems\`.`;

const TAGS = [
  { name: "branding", description: "A tenant's public face" },
  { name: "odds", description: "What a tenant shows: sports, events, prices, results" },
  { name: "players", description: "Who is betting: registration, sign-in, limits, exclusion" },
  { name: "wallet", description: "A player's money" },
  { name: "bets", description: "Placing a bet and reading it back" },
  { name: "admin", description: "What an operator does for a tenant, each change with its audit row" },
  { name: "health", description: "For whoever routes traffic" },
  { name: "docs", description: "This contract" },
];

const text = (description: string, example: string) => ({ description, schema: { type: "string" }, example });

const HEADERS = {
  Age: {
    description: "Seconds since the load that last confirmed the answer",
    schema: { type: "integer", minimum: 0 },
    example: 17,
  },
  CacheControl: text(
    "How long others may keep the answer",
    "public, max-age=60, stale-while-revalidate=60, stale-if-error=86400",
  ),
  CacheStatus: text("How this service's own cache came to the answer (RFC 9211)", "linehold; hit; ttl=43"),
  ETag: text("Names these very bytes", '"2n1XoCDW1EJxUaDpgjBLHHbvLmk"'),
  RequestId: text("Names this request; the caller's own X-Request-Id if it sent one", "5f2c9a10b7d3e481-2a"),
  RetryAfter: {
    description: "Seconds after which asking again makes sense",
    schema: { type: "integer", minimum: 1 },
    example: 2,
  },
};

const SECURITY_SCHEMES = {
  player: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "The `accessToken` of a session of the tenant in the path",
  },
  operator: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "lho_<id>_<secret><checksum>",
    description: "A key of the tenant in the path, made by `bun run tenant key`",
  },
};

/**
 * The OpenAPI 3.1 document of an app's routes, its names in order.
 *
 * @throws {TypeError} If the plugin's answer is not a document.
 */
export async function assembleContract(app: AnyElysia, { version, schemas }: ContractOptions): Promise<Json> {
  // Loaded here alone: a serving process has no use for it, and it is 25 to 40 ms of a start.
  const { swagger } = await import("@elysiajs/swagger");
  const documented = new Elysia().use(app).use(
    swagger({
      path: "/contract",
      excludeStaticFile: false,
      documentation: {
        openapi: "3.1.0",
        info: {
          title: "Linehold",
          version,
          description: DESCRIPTION,
          license: { name: "MIT", identifier: "MIT" },
        },
        servers: [{ url: "/", description: "The deployment that serves this document" }],
        security: [],
        tags: TAGS,
        components: {
          securitySchemes: SECURITY_SCHEMES,
          headers: HEADERS,
          schemas: { ...schemas, Problem: problemSchema },
        },
      } as object,
    }),
  );
  const response = await documented.handle(new Request("http://linehold.internal/contract/json"));
  const printed: unknown = await response.json();
  const tidied = sortNames(tidyContract(printed));
  if (!isJson(tidied) || !isJson(tidied["paths"]))
    throw new TypeError("Cannot assemble the contract as the app printed none");
  const { openapi, info, servers, security, tags, paths, components } = tidied;
  return { openapi, info, servers, security, tags, paths, components };
}
