import type { Finding } from "./fly_document.ts";
import { copiedSources, entersImage, isIgnored, parseDockerfile, type Stage } from "./image.ts";

export interface ImageTexts {
  readonly dockerfile: string;
  readonly dockerignore: string;
  /** The version of Bun that package.json asks for. */
  readonly bun: string;
}

/** Paths that may lie in a checkout, one of each kind that must stay out of the image. */
const KEPT_OUT = [
  ".env",
  ".env.production",
  "secrets/.env",
  "src/.env",
  "src/http/.env.local",
  ".data/postgres/PG_VERSION",
  ".git/config",
  ".npmrc",
  "node_modules/pg/package.json",
  "src/local/mod.ts",
  "src/local/embedded_postgres.ts",
  "src/processes/start.ts",
  "src/commands/break.ts",
  "tests/harness/mod.ts",
  "src/http/host_test.ts",
  "bench/incident/run.ts",
  "deploy/pgbouncer.ini",
  "fly.toml",
  "id_ed25519",
  "dump.sql",
];

/** Everything wrong with the Dockerfile and what it lets in. */
export function imageFindings(texts: ImageTexts): readonly Finding[] {
  const stages = parseDockerfile(texts.dockerfile);
  const last = stages.at(-1);
  if (last === undefined) return [finding("stages", "there is no stage")];
  return [
    ...bases(stages, texts.bun),
    ...install(stages),
    ...user(last),
    ...command(last),
    ...keptOut(stages, texts),
  ];
}

function bases(stages: readonly Stage[], bun: string): Finding[] {
  const wrong = stages.filter(({ base }) => base !== `oven/bun:${bun}-slim`);
  return [
    ...(stages.length > 1 ? [] : [finding("stages", "packages must be installed in a stage of their own")]),
    ...wrong.map(({ base }) => finding("base", `must be oven/bun:${bun}-slim: it is ${base}`)),
  ];
}

function install(stages: readonly Stage[]): Finding[] {
  const runs = stages.flatMap(({ instructions }) => instructions).filter(({ word }) => word === "RUN");
  const installs = runs.filter(({ rest }) => rest.includes("install")).map(({ rest }) => rest);
  const wanted = ["--frozen-lockfile", "--production", "--omit optional", "--ignore-scripts"];
  const [only = ""] = installs;
  const missing = wanted.filter((flag) => !only.includes(flag));
  if (installs.length === 1 && missing.length === 0) return [];
  return [finding("install", `must be one bun install; missing: ${missing.join(" ") || "nothing"}`)];
}

function user({ instructions }: Stage): Finding[] {
  const users = instructions.filter(({ word }) => word === "USER").map(({ rest }) => rest);
  return users.at(-1) === "bun" ? [] : [finding("user", `must be bun: it is ${users.at(-1) ?? "root"}`)];
}

function command({ instructions }: Stage): Finding[] {
  const of = (name: string) => instructions.findLast(({ word }) => word === name)?.rest;
  const production = instructions.some(
    ({ word, rest }) => word === "ENV" && rest.includes("NODE_ENV=production"),
  );
  return [
    ...(production ? [] : [finding("environment", "must be NODE_ENV=production")]),
    // In the exec form bun is the process itself, and is who receives the signal.
    ...(of("CMD") === '["bun", "src/processes/web.ts"]' && of("ENTRYPOINT") === "[]"
      ? []
      : [finding("command", "must be bun itself, in the exec form, behind no entry point")]),
  ];
}

function keptOut(stages: readonly Stage[], { dockerfile, dockerignore }: ImageTexts): Finding[] {
  const sources = stages.flatMap(copiedSources);
  const exposed = KEPT_OUT.filter((path) => !isIgnored(path, dockerignore));
  const entering = KEPT_OUT.filter((path) => entersImage(path, { dockerfile, dockerignore }));
  return [
    ...exposed.map((path) => finding("context", `${path} reaches the build`)),
    ...entering.map((path) => finding("content", `${path} enters the image`)),
    ...(sources.includes(".") ? [finding("content", "copies whatever is there")] : []),
  ];
}

function finding(rule: string, message: string): Finding {
  return { rule, path: "Dockerfile", message };
}
