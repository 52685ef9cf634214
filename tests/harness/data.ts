import { existsSync } from "node:fs";
import { resolve } from "node:path";

const DEFAULT_FOLDER = resolve(import.meta.dir, "../../../shared/data");

/**
 * A file or folder of the stored odds and results (`LINEHOLD_DATA`, else `../shared/data` beside the checkout), or `undefined`
 * when it is absent, for `test.skipIf`.
 *
 * @throws {RangeError} Instead of `undefined` when `REQUIRE` is `all`: a run that claims to be complete may not skip.
 */
export function dataPath(relative: string): string | undefined {
  const path = resolve(process.env["LINEHOLD_DATA"] ?? DEFAULT_FOLDER, relative);
  if (existsSync(path)) return path;
  if (process.env["REQUIRE"] === "all")
    throw new RangeError(`Cannot skip as REQUIRE is "all": "${path}" is missing`);
  return undefined;
}
