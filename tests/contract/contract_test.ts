import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { generateContract, lintContract } from "../../src/commands/_contract_files.ts";
import { DEGRADATIONS, problemHeadings } from "../../src/http/mod.ts";
import { openStage } from "../app/stage.ts";
import { OPENAPI_FOLDER, publishedOperations } from "./document.ts";

const read = (path: string) => readFileSync(join(OPENAPI_FOLDER, path), "utf8");
const toDocumented = (path: string) => path.replaceAll(/:(\w+)/g, "{$1}");

test("the published contract and client are what the routes say, byte for byte", async () => {
  const { files, faults } = await generateContract({ folder: OPENAPI_FOLDER });

  expect(faults).toEqual([]);
  expect(Object.keys(files).sort()).toEqual(["client/schema.d.ts", "openapi.json"]);
  for (const [path, text] of Object.entries(files))
    expect(read(path) === text ? path : `${path} drifted`).toBe(path);
}, 30_000);

test("the linter would find a fault", async () => {
  const broken = read("openapi.json").replace('"operationId": "loadTheme"', '"operationId": "getOdds"');

  expect(await lintContract(broken)).not.toEqual([]);
  expect(await lintContract(read("openapi.json"))).toEqual([]);
}, 30_000);

test("every operation says by one of the closed words what it does without the database", () => {
  const shown = publishedOperations().filter(({ degradation }) => degradation !== "truth");
  const classes = Object.fromEntries(shown.map(({ path, degradation }) => [path, degradation]));

  expect(
    publishedOperations().filter(({ degradation }) => !DEGRADATIONS.some((known) => known === degradation)),
  ).toEqual([]);
  expect(classes).toEqual({
    "/docs": "none-needed",
    "/docs/assets/{file}": "none-needed",
    "/docs/problems": "none-needed",
    "/health": "none-needed",
    "/healthz": "none-needed",
    "/openapi.json": "none-needed",
    "/readyz": "none-needed",
    "/{tenant}/api/public/competitions": "stale",
    "/{tenant}/api/public/events": "stale",
    "/{tenant}/api/public/events/{eventId}": "stale",
    "/{tenant}/api/public/events/{eventId}/odds": "marked",
    "/{tenant}/api/public/house-rules": "stale",
    "/{tenant}/api/public/house-rules/{rulesVersion}": "stale",
    "/{tenant}/api/public/load-theme": "default",
    "/{tenant}/api/public/manifest.webmanifest": "default",
    "/{tenant}/api/public/odds": "marked",
    "/{tenant}/api/public/odds/stream": "marked",
    "/{tenant}/api/public/results": "stale",
    "/{tenant}/api/public/sports": "stale",
    "/{tenant}/api/public/theme.css": "default",
  });
});

test("what a visitor sees is at public paths, and all else that has a tenant is the truth or refused", () => {
  const ofTenant = publishedOperations().filter(({ path }) => path.startsWith("/{tenant}/"));
  const misplaced = ofTenant.filter(
    ({ path, degradation }) => path.startsWith("/{tenant}/api/public/") === (degradation === "truth"),
  );

  expect(misplaced.map(({ operationId }) => operationId)).toEqual([]);
  expect(ofTenant.filter(({ degradation }) => degradation === "truth").length).toBeGreaterThan(8);
});

test("every route of the app is documented, and every documented operation is a route", async () => {
  await using stage = await openStage();

  const routes = stage.app.routes.routes.map(({ method, path }) => `${method} ${toDocumented(path)}`);
  const documented = publishedOperations().map(({ method, path }) => `${method} ${path}`);

  expect(documented.sort()).toEqual(routes.sort());
});

test("operations have ids, each its own, and every success with a body has an example", () => {
  const operations = publishedOperations();

  expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  const bare = operations.flatMap(({ operationId, requestBody, responses }) =>
    [responses[200], responses[201], requestBody].flatMap((shown) =>
      Object.values(shown?.content ?? {}).flatMap(({ example }) =>
        example === undefined ? [operationId] : [],
      ),
    ),
  );
  expect(bare).toEqual([]);
});

test("every problem has one heading in problems.md, and every heading is a problem", async () => {
  await using stage = await openStage();

  const codes = Object.keys(stage.app.problems.table);

  expect(problemHeadings(read("problems.md")).sort()).toEqual(codes.sort());
});

test("every problem an operation documents is served with a heading of its own", async () => {
  await using stage = await openStage();

  const page = await (await stage.get("/docs/problems")).text();

  for (const code of Object.keys(stage.app.problems.table)) expect(page).toContain(`<h2 id="${code}">`);
});

test("the served contract is the published one", async () => {
  await using stage = await openStage();

  expect(await (await stage.get("/openapi.json")).text()).toBe(read("openapi.json"));
});

test.each([
  [["--help"], 0],
  [["--check"], 0],
  [["--wrong"], 64],
])(
  "bun run contract %p ends with %p",
  async (flags, code) => {
    const command = join(import.meta.dir, "../../src/commands/contract.ts");
    const child = Bun.spawn([process.execPath, command, ...flags], { stdout: "pipe", stderr: "pipe" });

    expect(await child.exited).toBe(code);
  },
  30_000,
);
