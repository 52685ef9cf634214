/**
 * `bun run model`: random histories against a plain model. A developer's command: what it runs lives with the tests, and neither is in
 * the image.
 */

import { closeSuiteServer, type HistoriesReport, openDatabase, runHistories } from "../../tests/model/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";
import { createProgress } from "./_progress.ts";
import { say } from "./_words.ts";

const HELP = `
Usage: bun run model [--histories N] [--seed N] [--path PATH] [--workers N] [--json]

Plays random histories of two accounts of one person (deposits, withdrawals, adjustments, bets, voids, limits, pauses, exclusions, keys sent
again, and crashes amid any of them) against the real verbs on a Postgres started for it, and beside them in a plain model in memory that
shares no code with them. Every answer, every balance and a past one must be the model's; at the end the whole ledger is audited.

  --histories  how many, 10000 unless given
  --seed       of the first worker, the others' following on it; by the clock unless given, and printed
  --path       with a seed, where a failure was: that history alone is played again
  --workers    histories at once, 4 unless given
  --json       print JSON
  --help       print this

A failure is shortened as far as it goes and told with the seed and path that play it again.

Exit codes: 0 the service and the model agree, 1 they do not, 64 wrong arguments.
`;

await runCommand({
  name: "model",
  help: HELP,
  options: {
    histories: { type: "string" },
    seed: { type: "string" },
    path: { type: "string" },
    workers: { type: "string" },
    json: { type: "boolean" },
  },
  async run({ histories, seed, path, workers, json }) {
    const wanted = {
      histories: numberOf(histories, { flag: "--histories", min: 1, max: 1_000_000, otherwise: 10_000 }),
      seed: numberOf(seed, {
        flag: "--seed",
        min: 0,
        max: 2_147_483_000,
        otherwise: systemClock.epochMs() % 1_000_000,
      }),
      workers: numberOf(workers, { flag: "--workers", min: 1, max: 16, otherwise: 4 }),
    };
    if (path !== undefined && !/^\d+(:\d+)*$/.test(path))
      throw new UsageError(`--path must be as a failure told it: it is "${path}"`);
    const progress = createProgress({ stream: process.stderr, clock: systemClock });
    const startedAt = systemClock.now();
    const show = (played: number) =>
      progress.show(`${played} of ${wanted.histories} histories, seed ${wanted.seed}`);
    const report = await played({ ...wanted, path, progress: show });
    progress.clear();
    const seconds = Math.round(systemClock.now() - startedAt) / 1000;
    say(json, { seed: wanted.seed, seconds, ...report }, wordsOf(report, { seed: wanted.seed, seconds }));
    return report.ok ? EXIT.done : EXIT.failed;
  },
});

async function played(options: Parameters<typeof runHistories>[1]): Promise<HistoriesReport> {
  try {
    await using database = await openDatabase();
    return await runHistories(database, options);
  } finally {
    await closeSuiteServer();
  }
}

interface Bounds {
  readonly flag: string;
  readonly min: number;
  readonly max: number;
  readonly otherwise: number;
}

function numberOf(given: string | undefined, { flag, min, max, otherwise }: Bounds): number {
  if (given === undefined) return otherwise;
  const number = /^\d{1,10}$/.test(given) ? Number(given) : -1;
  if (number < min || number > max)
    throw new UsageError(`${flag} must be from ${min} to ${max}: it is "${given}"`);
  return number;
}

function wordsOf(
  { ok, histories, steps, crashes, bets, entries, failure, faults }: HistoriesReport,
  { seed, seconds }: { readonly seed: number; readonly seconds: number },
): string {
  const size = `${histories} histories of ${steps} steps with ${crashes} crashes, ${bets} bets and ${entries} entries, seed ${seed}, ${seconds} s`;
  if (ok) return `The service and the model agree: ${size}`;
  const lines = faults.map(({ fault, subject }) => `${fault}: ${subject}`);
  if (failure !== null) {
    lines.unshift(
      failure.message,
      JSON.stringify(failure.history),
      `Again: bun run model --seed ${failure.seed} --path ${failure.path}`,
    );
  }
  return ["The service and the model have come apart", ...lines, `After ${size}`].join("\n");
}
