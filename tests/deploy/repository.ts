import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, parseConfig } from "../../src/config.ts";
import type { FlyContext } from "./fly_context.ts";
import { entersImage } from "./image.ts";

/** The checkout that the tests read. */
export const ROOT = join(import.meta.dir, "../..");

/** The text of a file of the checkout. */
export function fileText(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** What the rules of fly.toml need to know of this checkout. */
export function flyContext(): FlyContext {
  const files = { dockerfile: fileText("Dockerfile"), dockerignore: fileText(".dockerignore") };
  return {
    inImage: (path) => existsSync(join(ROOT, path)) && entersImage(path, files),
    settings: settingsRead(),
    secrets: secretSettings(),
    degradationOf: existsSync(join(ROOT, "openapi/openapi.json"))
      ? degradationIn(JSON.parse(fileText("openapi/openapi.json")))
      : undefined,
  };
}

/** The names of every setting that `parseConfig` looks at. */
export function settingsRead(): ReadonlySet<string> {
  const names = new Set<string>();
  const env = new Proxy<Record<string, string | undefined>>(
    {},
    {
      get(_, name) {
        if (typeof name === "string") names.add(name);
        return undefined;
      },
    },
  );
  parseConfig(env);
  return names;
}

/** Those whose value the configuration hides: what is set shows as `***`. */
export function secretSettings(): ReadonlySet<string> {
  return new Set([...settingsRead()].filter(isHidden));
}

/** One of them is what the setting may be: a URL, a key, a list of named keys. */
const SAMPLES = [
  "postgres://login:word@host/database",
  Buffer.alloc(32).toString("base64"),
  `k1:${Buffer.alloc(32).toString("base64")}`,
];

function isHidden(name: string): boolean {
  return SAMPLES.some((sample) => {
    try {
      return JSON.stringify(parseConfig({ [name]: sample })).includes('"***"');
    } catch (error) {
      if (error instanceof ConfigError) return false;
      throw error;
    }
  });
}

interface ContractOfPaths {
  readonly paths?: Readonly<Record<string, { readonly get?: { readonly "x-degradation"?: string } }>>;
}

function degradationIn(contract: ContractOfPaths) {
  return (path: string) => contract.paths?.[path]?.get?.["x-degradation"];
}
