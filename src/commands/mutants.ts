/**
 * `bun run mutants`: what grades and pays, changed in one small place at a time. A developer's command: what it runs lives with the
 * tests, and neither is in the image.
 */
import { join } from "node:path";
import { Glob } from "bun";
import {
  AREAS,
  inWords,
  OPERATORS,
  openMemory,
  reportOf,
  runMutants,
  SURVIVORS,
} from "../../tests/mutants/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";
import { createProgress } from "./_progress.ts";

const HELP = `Usage: bun run mutants [--files GLOB] [--only ID] [--jobs N] [--resume] [--json]

Changes one small thing at a time in the files that grade and that count money, and runs their tests, which must notice. What is changed is
taken from the syntax tree; a mutant that the compiler refuses is counted by itself. A survivor is either a hole in the tests or does the
same as the file; tests/mutants/survivors.ts says of each why. Only tests without a database are run, so that what is bound to one is left out:
tests/mutants/areas.ts has the files, their tests, and what is left out.

${Object.entries(OPERATORS)
  .map(([name, what]) => `  ${name.padEnd(10)} ${what}`)
  .join("\n")}

  --files GLOB   only files whose path matches, as in "src/settlement/**"
  --only ID      only this mutant; may be given more than once
  --jobs N       how many at once (default 2)
  --resume       take from earlier runs what they found, as far as nothing that it rests on has changed since
  --json         prints one JSON object
  --help         this text

Exit codes: 0 every survivor is explained, 1 one is not or an explanation is outdated, 64 wrong arguments.`;

const ROOT = join(import.meta.dir, "../..");

await runCommand({
  name: "mutants",
  help: HELP,
  options: {
    files: { type: "string" },
    only: { type: "string", multiple: true },
    jobs: { type: "string" },
    resume: { type: "boolean" },
    json: { type: "boolean" },
  },
  async run({ files, only, jobs = "2", resume, json }) {
    if (!/^[1-9]\d?$/.test(jobs))
      throw new UsageError(`--jobs must be a whole number from 1 to 99: it is "${jobs}"`);
    const wrong = only?.find((id) => !/^[0-9a-f]{8}$/.test(id));
    if (wrong !== undefined)
      throw new UsageError(`--only must be eight hexadecimal digits: it is "${wrong}"`);
    const pattern = files === undefined ? undefined : new Glob(files);
    const memory = openMemory(ROOT, AREAS);
    if (resume !== true) memory.forget();
    const stopping = new AbortController();
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());
    const progress = createProgress({ stream: process.stderr, clock: systemClock });
    const startedAt = systemClock.now();
    const tried = await runMutants({
      root: ROOT,
      areas: AREAS,
      jobs: Number(jobs),
      isWanted: (file) => pattern?.match(file) ?? true,
      ...(only === undefined ? {} : { only: new Set(only) }),
      ...memory,
      observe: ({ file, done, of, survived }) =>
        progress.show(`${done} of ${of} mutants, ${survived} survived; ${file}`),
      signal: stopping.signal,
    });
    progress.clear();
    if (tried.length === 0) throw new UsageError("No file, or no mutant, has such a name");
    const report = reportOf(tried, { table: SURVIVORS, isWhole: only === undefined });
    const tookMs = Math.round(systemClock.now() - startedAt);
    const words = `${inWords(report)}\nin ${Math.round(tookMs / 1000)} s`;
    process.stdout.write(`${json === true ? JSON.stringify({ ...report, tookMs }) : words}\n`);
    return report.unexplained + report.outdated.length === 0 ? EXIT.done : EXIT.failed;
  },
});
