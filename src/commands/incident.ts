/**
 * `bun run incident`: the incident replayed on three builds, side by side. A developer's command: what it runs lives
 * with the tests, and neither is in the image.
 */
import { parseArgs } from "node:util";
import {
  DEFAULTS,
  type IncidentOptions,
  PHASE_SECONDS_MIN,
  renderReport,
  replayIncident,
} from "../../tests/incident/mod.ts";
import { systemClock } from "../resilience/mod.ts";

const HELP = `bun run incident [--seconds N] [--rate N] [--tenants N] [--threads N] [--seed N] [--json]

Replays the incident on three builds, one after the other: the naive service, the first system with its seven remedies,
and Linehold. Each gets a Postgres of its own and the same load while that Postgres is frozen, killed and filled up.

  --seconds N   length of each of the seven phases (default ${DEFAULTS.seconds}, at least ${PHASE_SECONDS_MIN})
  --rate N      requests a second (default ${DEFAULTS.rate})
  --tenants N   tenants held in memory before the load begins (default ${DEFAULTS.heldTenants}, at least 200)
  --threads N   threads of each of the first system's three gunicorn workers (default ${DEFAULTS.gunicornThreads}, as gunicorn's)
  --seed N      decides the schedule, the same for every build (default ${DEFAULTS.seed})
  --json        print one JSON object instead of the report
  --help        this text

Takes about ${Math.ceil((DEFAULTS.seconds * 7 * 3 + 40) / 60)} minutes. Ends with 0 only if every verdict holds, 1 if not, 2 for wrong arguments.`;

/** Arguments that cannot be taken as they are. */
class UsageError extends Error {
  override readonly name = "UsageError";
  readonly code = "usage";
}

async function main(argv: readonly string[]): Promise<number> {
  const { values } = readArguments(argv);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const options: IncidentOptions = {
    ...DEFAULTS,
    seconds: whole("seconds", values.seconds, {
      from: PHASE_SECONDS_MIN,
      to: 600,
      fallback: DEFAULTS.seconds,
    }),
    rate: whole("rate", values.rate, { from: 20, to: 5000, fallback: DEFAULTS.rate }),
    heldTenants: whole("tenants", values.tenants, { from: 200, to: 5000, fallback: DEFAULTS.heldTenants }),
    gunicornThreads: whole("threads", values.threads, {
      from: 1,
      to: 1000,
      fallback: DEFAULTS.gunicornThreads,
    }),
    seed: whole("seed", values.seed, { from: 0, to: 2 ** 31 - 1, fallback: DEFAULTS.seed }),
  };
  // Between two builds nothing may be pending but the end of a server, which does not hold this process. Should it end
  // all the same before the verdicts, that is no success.
  process.exitCode = 1;
  setInterval(() => undefined, 1000);
  const result = await replayIncident(options, {
    clock: systemClock,
    progress: progressLine(),
    signal: stopSignal(),
  });
  console.log(values.json ? JSON.stringify(result) : renderReport(result.builds, result));
  return result.verdicts.every(({ holds }) => holds) ? 0 : 1;
}

function readArguments(argv: readonly string[]) {
  const number = { type: "string" } as const;
  const flag = { type: "boolean", default: false } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        seconds: number,
        rate: number,
        tenants: number,
        threads: number,
        seed: number,
        json: flag,
        help: flag,
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
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

/** One line that is written over, on a terminal; nothing in a pipe. */
function progressLine(): (line: string) => void {
  if (!process.stderr.isTTY) return () => undefined;
  process.on("exit", () => process.stderr.write("\r\x1b[K"));
  return (line) => process.stderr.write(`\r\x1b[K${line}`);
}

/** Ctrl-C closes the databases and processes before it ends this one. */
function stopSignal(): AbortSignal {
  const stopping = new AbortController();
  const stop = () => stopping.abort(new DOMException("Stopped by a signal", "AbortError"));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return stopping.signal;
}

main(Bun.argv.slice(2)).then(
  (code) => process.exit(code),
  (error: unknown) => {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${HELP}`);
      process.exit(2);
    }
    const wasStopped = error instanceof DOMException && error.name === "AbortError";
    console.error(wasStopped ? error.message : error);
    process.exit(wasStopped ? 130 : 1);
  },
);
