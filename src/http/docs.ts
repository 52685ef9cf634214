import { Elysia } from "elysia";
import { problems } from "./contract.ts";
import { PUBLIC_HEADERS, SECURITY_HEADERS } from "./headers.ts";
import { content, operation, plainResponse, problemResponses } from "./operation.ts";
import { namesEtag, type Representation } from "./representation.ts";

/** The contract and its reading room, finished: bytes read once at the start. */
export interface DocsAssets {
  /** `openapi/openapi.json`. */
  readonly contract: Representation;
  /** `openapi/problems.md`, rendered. */
  readonly problems: Representation;
  /** The page of Swagger UI and what it loads, by file name. */
  readonly page: Representation;
  readonly files: Readonly<Record<string, Representation>>;
}

// Everything from this origin alone. Swagger UI draws its icons as data URLs; nothing of it needs inline code or inline style.
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

const PAGE_HEADERS = {
  ...SECURITY_HEADERS,
  "content-security-policy": PAGE_POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
};

/** Swagger UI from our own files, the contract and the problem descriptions. Needs neither a tenant nor the database. */
export function docsRoutes({ contract, problems: problemPage, page, files }: DocsAssets) {
  return new Elysia({ name: "http/docs" })
    .get("/docs", ({ request }) => answer(request, page, PAGE_HEADERS), { detail: getDocs })
    .get("/docs/problems", ({ request }) => answer(request, problemPage, PAGE_HEADERS), {
      detail: getProblems,
    })
    .get(
      "/docs/assets/:file",
      ({ request, params }) => {
        const file = Object.hasOwn(files, params.file) ? files[params.file] : undefined;
        if (file === undefined) throw new AssetNotFoundError(params.file);
        return answer(request, file, PAGE_HEADERS);
      },
      { detail: getAsset },
    )
    .get("/openapi.json", ({ request }) => answer(request, contract, PUBLIC_HEADERS), {
      detail: getContract,
    });
}

/** No file of that name belongs to the documentation page. */
class AssetNotFoundError extends Error {
  override readonly name = "AssetNotFoundError";
  readonly code = "route_not_found";

  constructor(file: string) {
    super(`Cannot serve the file as the page has none of that name: file is "${file}"`);
  }
}

function answer(
  request: Request,
  { bytes, contentType, etag }: Representation,
  base: Readonly<Record<string, string>>,
): Response {
  const headers = { ...base, "content-type": contentType, "cache-control": "public, max-age=300", etag };
  const held = request.headers.get("if-none-match");
  if (held !== null && namesEtag(held, etag)) return new Response(null, { status: 304, headers });
  return new Response(bytes, { headers });
}

const common = { tag: "docs", degradation: "none-needed" } as const;
const notFound = problemResponses(problems, ["route_not_found"]);
const refusals = problemResponses(problems, ["host_invalid"]);
const unchanged = {
  304: { description: "The caller holds these very bytes: If-None-Match named their ETag" },
};
const html = (example: string) => content("text/html", { schema: { type: "string" }, example });

const getDocs = operation({
  ...common,
  operationId: "getDocs",
  summary: "This contract, to read and to try",
  description: "Swagger UI, from this service's own files.",
  responses: { ...plainResponse("The page", html("<!doctype html>…")), ...unchanged, ...refusals },
});

const getProblems = operation({
  ...common,
  operationId: "getProblems",
  summary: "What each problem means",
  description: "The headings that the type of a problem points to.",
  responses: { ...plainResponse("The page", html("<!doctype html>…")), ...unchanged, ...refusals },
});

const getAsset = operation({
  ...common,
  operationId: "getDocsAsset",
  summary: "A file of the documentation page",
  description: "Script, style and icon of Swagger UI.",
  parameters: [
    {
      name: "file",
      in: "path",
      required: true,
      description: "Which file",
      schema: { type: "string" },
      example: "swagger-ui.css",
    },
  ],
  responses: {
    ...plainResponse("The file", content("*/*", { schema: { type: "string" }, example: ".swagger-ui { }" })),
    ...unchanged,
    ...refusals,
    ...notFound,
  },
});

const getContract = operation({
  ...common,
  operationId: "getContract",
  summary: "This contract as JSON",
  description: "The OpenAPI 3.1 document.",
  responses: {
    ...plainResponse(
      "The document",
      content("application/json", { schema: { type: "object" }, example: { openapi: "3.1.0" } }),
    ),
    ...unchanged,
    ...refusals,
  },
});
