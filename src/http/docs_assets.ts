import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { DocsAssets } from "./docs.ts";
import { renderProblemPage } from "./problem_page.ts";
import { type Representation, represent } from "./representation.ts";

// What Swagger UI needs: of the package's 12 MB, these.
const FILES: Readonly<Record<string, string>> = {
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
  "favicon-32x32.png": "image/png",
};

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Linehold</title>
<link rel="icon" type="image/png" href="/docs/assets/favicon-32x32.png">
<link rel="stylesheet" href="/docs/assets/swagger-ui.css">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/docs/assets/swagger-ui-bundle.js"></script>
<script src="/docs/assets/start.js"></script>
</body>
</html>
`;

// `validatorUrl` would otherwise send the contract to a service on the internet.
const START = `SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  docExpansion: "list",
  validatorUrl: null,
});
`;

/**
 * Reads the contract, the problem descriptions and Swagger UI's files, once.
 *
 * @param folder Where `openapi.json` and `problems.md` are.
 * @throws {Error} With code `ENOENT` when one of them is missing.
 */
export function readDocsAssets(folder: string): DocsAssets {
  const uiFolder = dirname(Bun.resolveSync("swagger-ui-dist/package.json", import.meta.dir));
  const files: Record<string, Representation> = {
    "start.js": represent("text/javascript; charset=utf-8", START),
  };
  for (const [name, contentType] of Object.entries(FILES)) {
    files[name] = represent(contentType, readFileSync(join(uiFolder, name)));
  }
  return {
    contract: represent("application/json; charset=utf-8", readFileSync(join(folder, "openapi.json"))),
    problems: represent(
      "text/html; charset=utf-8",
      renderProblemPage(readFileSync(join(folder, "problems.md"), "utf8")),
    ),
    page: represent("text/html; charset=utf-8", PAGE),
    files,
  };
}
