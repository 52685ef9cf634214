import { ConfigError, parseConfig } from "../config.ts";
import {
  answers,
  exhaust,
  type Fault,
  findEmbeddedPostgres,
  freeze,
  kill,
  slow,
  type Victim,
} from "../local/mod.ts";

const HELP = `Usage: bun run break freeze|kill|exhaust|slow SECONDS

Does that to the running local database of this checkout for SECONDS (0.1 to 600), then heals it, also on Ctrl-C,
so that anyone can watch the service live through it.

  freeze   every process of the cluster stands still: connections stay open, nothing answers
  kill     the main process is killed; the server stays down, then recovers as after a crash
  exhaust  all its connections are taken and everyone else's are cut: new ones are refused
  slow     it runs 40 ms of every 400, so that statements take about ten times as long

The database is found by DATA_DIR (.data unless set). Watch http://localhost:8080/supersports/api/public/load-theme
and http://localhost:9091/status meanwhile.

Exit codes: 0 healed and answering, 1 failed, 64 wrong arguments, 78 wrong settings, 130 interrupted (and healed).`;

const FAULTS: Readonly<Record<string, (victim: Victim, forMs: number) => Promise<Fault>>> = {
  freeze,
  exhaust,
  slow: (victim) => slow(victim),
  kill: (victim, forMs) => kill(victim, { forMs }),
};

/** EX_USAGE and EX_CONFIG of sysexits.h; 128 + SIGINT. */
const EXIT = { failed: 1, usage: 64, config: 78, interrupted: 130 } as const;

/** What the arguments ask for, or what is wrong with them. */
function parseArguments(words: readonly string[]): { name: string; forMs: number } | { fault: string } {
  const flag = words.find((word) => word.startsWith("-"));
  if (flag !== undefined) return { fault: `Unknown flag ${flag}` };
  const [name, seconds, ...more] = words;
  if (name === undefined || !Object.hasOwn(FAULTS, name))
    return { fault: `Say which: ${Object.keys(FAULTS).sort().join(", ")}` };
  if (more.length > 0) return { fault: `Unknown argument ${more[0]}` };
  const forMs = /^\d+(\.\d+)?$/.test(seconds ?? "") ? Number(seconds) * 1000 : Number.NaN;
  if (!(forMs >= 100 && forMs <= 600_000)) return { fault: "SECONDS must be a number from 0.1 to 600" };
  return { name, forMs };
}

/** Resolves after `ms`, or true at once on Ctrl-C or SIGTERM. */
function waitOrInterrupt(ms: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), ms);
    const interrupt = () => {
      clearTimeout(timer);
      resolve(true);
    };
    process.once("SIGINT", interrupt);
    process.once("SIGTERM", interrupt);
  });
}

/** Milliseconds until a real connection works again, at most 30 s. */
async function untilAnswers(url: string): Promise<number | undefined> {
  const started = performance.now();
  while (performance.now() - started < 30_000) {
    if (await answers(url)) return performance.now() - started;
    await Bun.sleep(20);
  }
  return undefined;
}

async function run({ name, forMs }: { name: string; forMs: number }): Promise<number> {
  const { dataDir } = parseConfig(Bun.env).local;
  const victim = await findEmbeddedPostgres(dataDir);
  const fault = FAULTS[name];
  if (victim === undefined || fault === undefined) {
    console.error(
      `Cannot break the database of ${dataDir} as none runs there: bun start first, with the same DATA_DIR`,
    );
    return EXIT.failed;
  }
  const waiting = waitOrInterrupt(forMs); // before the fault begins: a Ctrl-C in its first moment must heal it too
  let interrupted = false;
  {
    await using held = await fault(victim, forMs);
    console.log(`${held.description} for ${forMs / 1000} s. Ctrl-C heals at once.`);
    interrupted = await waiting;
  }
  const tookMs = await untilAnswers(victim.ownerUrl);
  if (tookMs === undefined) {
    console.error("Healed, but Postgres did not answer within 30 s");
    return EXIT.failed;
  }
  console.log(`Healed${interrupted ? " early" : ""}: Postgres answers after ${Math.round(tookMs)} ms.`);
  return interrupted ? EXIT.interrupted : 0;
}

async function main(words: readonly string[]): Promise<number> {
  if (words.includes("--help") || words.includes("-h")) {
    console.log(HELP);
    return 0;
  }
  const asked = parseArguments(words);
  if ("fault" in asked) {
    console.error(`${asked.fault}\n\n${HELP}`);
    return EXIT.usage;
  }
  try {
    return await run(asked);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof ConfigError ? EXIT.config : EXIT.failed;
  }
}

process.exitCode = await main(Bun.argv.slice(2));
