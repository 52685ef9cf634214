import { readdirSync } from "node:fs";
import { join } from "node:path";

/** One stage of a Dockerfile: its base image, its name if it has one, and its instructions in order. */
export interface Stage {
  readonly base: string;
  readonly name: string | undefined;
  readonly instructions: readonly Instruction[];
}

export interface Instruction {
  readonly word: string;
  readonly rest: string;
}

/** The stages of a Dockerfile, with line continuations joined and comments left out. */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { base: string; name: string | undefined; instructions: Instruction[] }[] = [];
  for (const line of text.replaceAll(/\\\n/g, " ").split("\n")) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, word = "", rest = ""] = /^\s*(\w+)\s+(.*?)\s*$/.exec(line) ?? [];
    const [base = "", , name] = rest.split(/\s+/);
    if (word.toUpperCase() === "FROM") stages.push({ base, name, instructions: [] });
    else stages.at(-1)?.instructions.push({ word: word.toUpperCase(), rest });
  }
  return stages;
}

/** The sources that a stage copies from the build context, not from another stage. */
export function copiedSources(stage: Stage): readonly string[] {
  return stage.instructions
    .filter(({ word, rest }) => (word === "COPY" || word === "ADD") && !rest.includes("--from="))
    .flatMap(({ rest }) =>
      rest
        .split(/\s+/)
        .filter((part) => !part.startsWith("--"))
        .slice(0, -1),
    );
}

/**
 * Whether a `.dockerignore` keeps a path out of the build context. As BuildKit reads it: patterns in order, the last that
 * matches the path or a folder above it decides, `!` takes back, `**` crosses folders.
 */
export function isIgnored(path: string, dockerignore: string): boolean {
  const parts = path.split("/");
  const places = parts.map((_, index) => parts.slice(0, index + 1).join("/"));
  let ignored = false;
  for (const line of dockerignore.split("\n").map((raw) => raw.trim())) {
    if (line === "" || line.startsWith("#")) continue;
    const pattern = patternOf(line.replace(/^!/, ""));
    if (places.some((place) => pattern.test(place))) ignored = !line.startsWith("!");
  }
  return ignored;
}

function patternOf(glob: string): RegExp {
  const source = glob
    .replace(/^\.?\/+|\/+$/g, "")
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll(/\*\*\/?|\*|\?/g, (star) =>
      star === "?" ? "[^/]" : star === "*" ? "[^/]*" : star === "**" ? ".*" : "(?:.*/)?",
    );
  return new RegExp(`^${source}$`);
}

/** Whether a path of the repository ends up in the image: in the context, and below a source that the last stage copies. */
export function entersImage(path: string, files: { dockerfile: string; dockerignore: string }): boolean {
  const last = parseDockerfile(files.dockerfile).at(-1);
  if (last === undefined || isIgnored(path, files.dockerignore)) return false;
  return copiedSources(last).some(
    (source) => source === "." || path === source || path.startsWith(`${source}/`),
  );
}

/** Every file below a folder, relative to it, without the folders named. */
export function filesBelow(root: string, without: readonly string[]): readonly string[] {
  return readdirSync(root, { withFileTypes: true })
    .filter((entry) => !without.includes(entry.name))
    .flatMap((entry) =>
      entry.isDirectory()
        ? filesBelow(join(root, entry.name), without).map((path) => `${entry.name}/${path}`)
        : [entry.name],
    );
}
