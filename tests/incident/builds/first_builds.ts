import { type Child, endingsOf, spawnLines, tailsOf } from "../children.ts";
import type { Build, OpenOptions, RunningBuild } from "./build.ts";
import { countFirstWork, createFirstTables, insertOperators, renameOperator } from "./first_tables.ts";
import { type BuildSettings, buildEnvironment } from "./settings.ts";

/** gunicorn's `-w` in the first system's fly.toml. */
const GUNICORN_WORKERS = 3;

export const naiveBuild: Build = {
  name: "naive",
  about:
    "before the incident: pool.query on one pool shared with the workers, no stale cache, health asks the database",
  open: (options) => openFirstSystem(options, ["naive_web.ts"]),
};

export const remediedBuild: Build = {
  name: "remedied",
  about: "the first system with its seven remedies, served by gunicorn -w 3 -k gthread",
  open: (options) => openFirstSystem(options, ["remedied_web.ts", "remedied_worker.ts"]),
};

async function openFirstSystem(options: OpenOptions, entries: readonly string[]): Promise<RunningBuild> {
  const { owner, postgres, slugs, tuning } = options;
  const databaseUrl = await createFirstTables(owner, postgres);
  await insertOperators(owner, slugs);
  const settings: BuildSettings = {
    databaseUrl,
    poolMax: tuning.poolMax,
    ttlMs: tuning.brandingTtlSeconds * 1000,
    slots: GUNICORN_WORKERS * tuning.gunicornThreads,
  };
  await using opened = new AsyncDisposableStack();
  const children = entries.map((file) => opened.use(startEntry(file, settings)));
  const [web] = children;
  const line = (await web?.line((said) => said.startsWith("listening "))) ?? "";
  const owned = opened.move();
  return {
    port: Number(line.split(" ")[1]),
    begin: () => undefined,
    addTenants: (added) => insertOperators(owner, added),
    rename: (slug, name) => renameOperator(owner, { slug, name }),
    workSince: (moment) => countFirstWork(owner, moment),
    endings: () => endingsOf(children),
    tails: () => tailsOf(children),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

function startEntry(file: string, settings: BuildSettings): Child {
  const entry = new URL(`./${file}`, import.meta.url).pathname;
  return spawnLines({ name: file.replace(".ts", ""), entry, env: buildEnvironment(settings) });
}
