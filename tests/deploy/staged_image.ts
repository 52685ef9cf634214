import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { entersImage, filesBelow, parseDockerfile } from "./image.ts";
import { fileText, ROOT } from "./repository.ts";

/** A folder with what the image would hold under its working directory. */
export interface StagedImage extends Disposable {
  readonly folder: string;
}

/**
 * Copies what enters the image and installs the packages by the Dockerfile's own line. No engine is needed, so that what is
 * missing from an image shows in a test and not in a deploy.
 *
 * @returns `undefined` where the packages can be had neither from the cache nor from the registry.
 * @throws {RangeError} Instead, when `REQUIRE` is `all`.
 */
export function stageImage(): StagedImage | undefined {
  const files = { dockerfile: fileText("Dockerfile"), dockerignore: fileText(".dockerignore") };
  const folder = mkdtempSync(join(tmpdir(), "linehold-image-"));
  const entering = filesBelow(ROOT, [".git", "node_modules", ".data"]).filter(
    (path) => path === "bun.lock" || entersImage(path, files),
  );
  for (const path of entering) cpSync(join(ROOT, path), join(folder, path));
  const installed = Bun.spawnSync([process.execPath, ...installArguments(files.dockerfile)], { cwd: folder });
  const staged = { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
  if (installed.success) return staged;
  staged[Symbol.dispose]();
  if (process.env["REQUIRE"] === "all")
    throw new RangeError(`Cannot skip as REQUIRE is "all": ${installed.stderr}`);
  return undefined;
}

/** The words after `bun` in the Dockerfile's `RUN bun install …`. */
function installArguments(dockerfile: string): readonly string[] {
  const run = parseDockerfile(dockerfile)
    .flatMap(({ instructions }) => instructions)
    .find(({ word, rest }) => word === "RUN" && rest.startsWith("bun install"));
  return run?.rest.split(/\s+/).slice(1) ?? [];
}
