import { describe, expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { closureOf, importsOf } from "./closure.ts";
import { commandsOf, parseFly } from "./fly_document.ts";
import { entersImage, filesBelow, isIgnored } from "./image.ts";
import { type ImageTexts, imageFindings } from "./image_rules.ts";
import { fileText, ROOT } from "./repository.ts";

const manifest: {
  readonly engines: { readonly bun: string };
  readonly dependencies: Readonly<Record<string, string>>;
} = JSON.parse(fileText("package.json"));
const texts: ImageTexts = {
  dockerfile: fileText("Dockerfile"),
  dockerignore: fileText(".dockerignore"),
  bun: manifest.engines.bun,
};
const inImage = filesBelow(ROOT, [".git", "node_modules", ".data"]).filter((path) =>
  entersImage(path, texts),
);
const entries = [...commandsOf(parseFly(fileText("fly.toml"))).values(), "bun src/processes/migrate.ts"].map(
  (command) => command.replace("bun ", ""),
);

describe("The image", () => {
  test("is built by rule", () => {
    expect(imageFindings(texts)).toEqual([]);
  });

  test("holds package.json, the contract and the service's own source, and nothing else of the checkout", () => {
    expect(
      inImage.filter(
        (path) =>
          !/^(package\.json|openapi\/(openapi\.json|problems\.md)|src\/.+\.(ts|sql|html|css|js|svg))$/.test(
            path,
          ),
      ),
    ).toEqual([]);
    expect(inImage).toContain("src/config.ts");
    expect(inImage).toContain("src/schema/migrations/0001_roles.sql");
  });

  for (const entry of entries) {
    test(`holds all that ${entry} loads, none of it from src/local or a developer's package`, () => {
      const { files, packages } = closureOf(ROOT, entry);

      expect(files.length).toBeGreaterThan(3);
      expect(files.filter((path) => !inImage.includes(path))).toEqual([]);
      expect(packages.filter((name) => !Object.hasOwn(manifest.dependencies, name))).toEqual([]);
    });
  }

  test("holds no file that imports what stays out", () => {
    const strays = inImage.flatMap((path) => {
      const { files, packages } = importsOf(ROOT, path);
      const missing = [
        ...files.filter((file) => !inImage.includes(file)),
        ...packages.filter((name) => !Object.hasOwn(manifest.dependencies, name)),
      ];
      return missing.map((target) => `${path} imports ${target}`);
    });

    expect(strays).toEqual([]);
  });

  const mutants: readonly [string, Partial<Record<keyof ImageTexts, [string, string]>>, readonly string[]][] =
    [
      ["src/local let in", { dockerignore: ["src/local\n", ""] }, ["content", "context"]],
      ["the commands let in", { dockerignore: ["src/commands\n", ""] }, ["content", "context"]],
      ["the launcher let in", { dockerignore: ["src/processes/start.ts\n", ""] }, ["content", "context"]],
      ["settings files let in", { dockerignore: ["**/.env*\n", ""] }, ["content", "context"]],
      ["tests beside the source let in", { dockerignore: ["**/*_test.ts\n", ""] }, ["content", "context"]],
      ["everything let into the build", { dockerignore: ["*\n", ""] }, ["context"]],
      ["a copy of everything", { dockerfile: ["COPY src src", "COPY . ."] }, ["content"]],
      [
        "the tests copied",
        { dockerignore: ["!src\n", "!src\n!tests\n"], dockerfile: ["COPY src src", "COPY src tests ./"] },
        ["content", "context"],
      ],
      [
        "whatever Bun is latest",
        { dockerfile: ["oven/bun:1.4.5-slim\nENV", "oven/bun:latest\nENV"] },
        ["base"],
      ],
      ["another Bun than package.json asks for", { bun: ["1.4.5", "1.4.6"] }, ["base"]],
      ["packages that are not locked", { dockerfile: [" --frozen-lockfile", ""] }, ["install"]],
      ["developers' packages", { dockerfile: [" --production", ""] }, ["install"]],
      ["the embedded Postgres", { dockerfile: [" --omit optional", ""] }, ["install"]],
      ["install scripts", { dockerfile: [" --ignore-scripts", ""] }, ["install"]],
      ["root", { dockerfile: ["USER bun", "USER root"] }, ["user"]],
      ["no user named", { dockerfile: ["USER bun\n", ""] }, ["user"]],
      ["no NODE_ENV", { dockerfile: ["ENV NODE_ENV=production\n", ""] }, ["environment"]],
      [
        "a shell between Fly and bun",
        { dockerfile: ['CMD ["bun", "src/processes/web.ts"]', "CMD bun src/processes/web.ts"] },
        ["command"],
      ],
      ["the base image's entry point", { dockerfile: ["ENTRYPOINT []\n", ""] }, ["command"]],
    ];
  for (const [name, changes, rules] of mutants) {
    test(`is refused with ${name}`, () => {
      const changed = { ...texts };
      for (const [key, [from, to]] of Object.entries(changes) as [keyof ImageTexts, [string, string]][]) {
        expect(changed[key]).toContain(from);
        changed[key] = changed[key].replace(from, to);
      }

      const found = new Set(imageFindings(changed).map(({ rule }) => rule));

      expect([...found].sort()).toEqual([...rules]);
    });
  }
});

describe("The reading of .dockerignore", () => {
  test("lets the last pattern decide that names a path or a folder above it", () => {
    const text = "# nothing\n*\n!src\n!docs/guide.md\nsrc/local\n!src/local/keep.ts\n**/*.log\nsrc/a?.ts";
    const kept = (path: string) => !isIgnored(path, text);

    expect(
      ["README.md", ".env", "docs/other.md", "src/local/x.ts", "src/x/y.log", "x.log", "src/ab.ts"].filter(
        kept,
      ),
    ).toEqual([]);
    const entering = [
      "src/app.ts",
      "src/http/mod.ts",
      "docs/guide.md",
      "src/local/keep.ts",
      "src/locals.ts",
      "src/abc.ts",
    ];
    expect(entering.filter(kept)).toEqual(entering);
  });
});

test("closureOf finds what the migrations load, and a file that reaches the embedded Postgres", () => {
  expect(closureOf(ROOT, "src/processes/migrate.ts").files).toContain("src/schema/migrate.ts");
  expect(closureOf(ROOT, "src/local/mod.ts").files).toContain("src/local/embedded_postgres.ts");
  expect(existsSync(join(ROOT, "src/local/mod.ts"))).toBe(true);
});
