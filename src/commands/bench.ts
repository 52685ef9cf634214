/**
 * `bun run bench`: what a read costs, how fast it leaves over HTTP, who starves whom, what is left of a service after a fault, and
 * how fast a feed's board is stored. A developer's command: the benches are a package of their own, and neither is in the image.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { EXIT, UsageError } from "./_command_line.ts";

const BENCHES = {
  reads:
    "one read, hot and in trouble, beside lru-cache, async-cache-dedupe, bentocache and cacheable (1 minute)",
  http: "load-theme over HTTP beside a bare Elysia route, nginx and others, and with Postgres frozen (15 minutes)",
  fairness: "what the other tenants notice when one sends 50 times its share (4 minutes)",
  metastable:
    "whether service returns after a fault, with clients that retry, beside a naive build (8 minutes)",
  ingest:
    "264,000 prices beside psql's copy and merge, unchanged and changed, and the worker with an 80 MB board (4 minutes)",
  bets: "200 clients of 5 tenants bet on one event, beside the same statements under pgbench (2 minutes)",
  settle:
    "100,000 open bets on one event, beside bare SQL that writes the same, among a million others, and beside placements (6 minutes)",
  stream: "2,000 readers of prices that change a thousand times a second, beside a naive build (1 minute)",
} as const;

type BenchName = keyof typeof BENCHES;

const HELP = `bun run bench <name> [--json] [--rounds N] [--seconds N]

${Object.entries(BENCHES)
  .map(([name, about]) => `  ${name.padEnd(12)}${about}`)
  .join("\n")}

  --json       print one JSON object instead of the tables
  --rounds N   interleaved rounds of each comparison (default 25; fewer are for a look, not for a figure)
  --seconds N  how long each fault of metastable lasts, prices move in stream, settle settles beside placements, and half of how long
               the crowd of bets bets (default 30)
  --help       this text

Each runs on a Postgres of its own and on loopback alone. http wants wrk, nginx and gunicorn (Debian: wrk, nginx-light, gunicorn);
ingest wants the stored boards (LINEHOLD_DATA) and psql (Debian: postgresql-client); bets wants pgbench (Debian:
postgresql-contrib). What is missing is named and its row not
measured, which fails only with REQUIRE=all; without its boards ingest does not begin.
Ends with 0 if every verdict holds, ${EXIT.failed} if not, ${EXIT.usage} for wrong arguments.`;

const ROOT = join(import.meta.dir, "../..");
const BENCH = join(ROOT, "bench");

interface Order {
  readonly name: BenchName;
  readonly options: { readonly json: boolean; readonly rounds: number; readonly seconds: number };
}

/** @throws {UsageError} For anything that is not exactly a bench and its flags. */
function readOrder(words: readonly string[]): Order | "help" {
  const number = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  const options = { json: flag, help: flag, rounds: number, seconds: number };
  const { positionals, values } = parseArgs({
    args: [...words],
    options,
    strict: true,
    allowPositionals: true,
  });
  if (values.help) return "help";
  const [name, stray] = positionals;
  if (name === undefined) throw new UsageError(`Name a bench: ${Object.keys(BENCHES).join(", ")}`);
  if (!isBench(name)) throw new UsageError(`There is no bench "${name}": ${Object.keys(BENCHES).join(", ")}`);
  if (stray !== undefined) throw new UsageError(`One bench at a time: "${stray}" is one too many`);
  return {
    name,
    options: {
      json: values.json,
      rounds: whole("rounds", values.rounds, { from: 1, to: 1000, fallback: 25 }),
      seconds: whole("seconds", values.seconds, { from: 2, to: 600, fallback: 30 }),
    },
  };
}

function isBench(name: string): name is BenchName {
  return Object.hasOwn(BENCHES, name);
}

function whole(
  name: string,
  value: string | undefined,
  { fallback, from, to }: { fallback: number; from: number; to: number },
): number {
  if (value === undefined) return fallback;
  const parsed = /^\d+$/.test(value) ? Number(value) : Number.NaN;
  if (parsed >= from && parsed <= to) return parsed;
  throw new UsageError(`--${name} must be a whole number from ${from} to ${to}: it is "${value}"`);
}

/** The peers are no business of the service: they are installed only where they are measured. */
async function installPeers(): Promise<boolean> {
  const manifest = await Bun.file(join(BENCH, "package.json")).json();
  const names = Object.keys(manifest.dependencies);
  if (names.every((name) => existsSync(join(BENCH, "node_modules", name, "package.json")))) return true;
  const install = Bun.spawn([process.execPath, "install", "--frozen-lockfile"], {
    cwd: BENCH,
    stdin: "ignore",
    stdout: 2,
    stderr: "inherit",
  });
  return (await install.exited) === 0;
}

/** A child, so that nothing of this process is part of what is measured; a signal to this process is the child's. */
async function runBench({ name, options }: Order): Promise<number> {
  const command = [process.execPath, join(BENCH, name, "main.ts"), JSON.stringify(options)];
  const child = Bun.spawn(command, { cwd: ROOT, stdin: "ignore", stdout: "inherit", stderr: "inherit" });
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  process.on("SIGINT", pass).on("SIGTERM", pass);
  return await child.exited;
}

async function main(words: readonly string[]): Promise<number> {
  const order = readOrder(words);
  if (order === "help") {
    console.log(HELP);
    return EXIT.done;
  }
  if (order.name === "reads" && !(await installPeers())) {
    console.error(`Cannot install what is measured beside Linehold: run bun install in ${BENCH} to see why`);
    return EXIT.failed;
  }
  return await runBench(order);
}

function isUsage(error: unknown): boolean {
  if (error instanceof UsageError) return true;
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

main(Bun.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    const said = isUsage(error) && error instanceof Error ? `${error.message}\n\n${HELP}` : error;
    console.error(said);
    process.exit(isUsage(error) ? EXIT.usage : EXIT.failed);
  },
);
