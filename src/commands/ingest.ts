import { parseConfig } from "../config.ts";
import {
  FeedUnreadableError,
  type ReadAnswer,
  readGoalserve,
  type Snapshot,
  type WriteReport,
  writeSnapshot,
} from "../feeds/mod.ts";
import { createLog } from "../log.ts";
import { openPool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";
import { openCommandDatabase } from "./_database.ts";

const HELP = `
Usage: bun run ingest --feed goalserve --file PATH [--json]

Stores one file of odds through the real adapter and writer: what differs from what is stored, in one transaction.

  --feed   the format of the file: goalserve (a getodds answer, bare or as stored; every sport but cricket)
  --file   the file
  --json   print one JSON object: events, markets, prices, open, suspended, quarantined (by reason), changed, seconds
  --help   print this

Every price element of the file is counted as exactly one of open, suspended (a stop flag at any level wins) or
quarantined (it would be offered and is implausible). "changed" counts the rows written: nothing, when the file is stored
already, or when something newer of the same sport is, which is then said on standard error.

Without DATABASE_URL it uses the embedded server of DATA_DIR (.data unless set), also while "bun start" runs.
With it, run "bun run migrate" first.

Exit codes: 0 done, 1 failed (nothing of the file is stored), 64 wrong arguments, 78 wrong settings.
`;

/** The largest answer known is 80 MB. */
const FILE_BYTES_MAX = 512 * 1024 * 1024;
/** For the whole of a large file; the writer bounds each of its transactions itself. */
const WRITE_DEADLINE_MS = 120_000;

const FEEDS = { goalserve: readGoalserve } as const;

await runCommand({
  name: "ingest",
  help: HELP,
  options: { feed: { type: "string" }, file: { type: "string" }, json: { type: "boolean" } },
  async run({ feed, file, json }) {
    const read = readerOf(feed);
    if (file === undefined || file === "") throw new UsageError("Say which file: --file PATH");
    const config = parseConfig(Bun.env);
    const startedAt = systemClock.now();
    progress(`Reading ${file}`);
    const at = new Date(systemClock.epochMs());
    const snapshot = await read(await openFile(file), { source: file, at });
    progress(`Storing ${snapshot.counts.prices} prices`);
    const report = await store(snapshot, config);
    progress("");
    const seconds = Math.round(systemClock.now() - startedAt) / 1000;
    if (report.outcome !== "written") process.stderr.write(`${notTaken(snapshot, report)}\n`);
    process.stdout.write(
      json === true ? `${asJson(snapshot, report, seconds)}\n` : `${inWords(snapshot, report, seconds)}\n`,
    );
    return EXIT.done;
  },
});

function readerOf(feed: string | undefined): ReadAnswer {
  const known = Object.keys(FEEDS).join(", ");
  if (feed === undefined) throw new UsageError(`Say which feed: --feed ${known}`);
  if (feed !== "goalserve") throw new UsageError(`Unknown feed "${feed}": known is ${known}`);
  return FEEDS[feed];
}

/** The file may be broken, missing or no file at all: whatever it is, the error names it. */
async function openFile(path: string): Promise<AsyncIterable<Uint8Array>> {
  const file = Bun.file(path);
  const { size, isFile } = await file.stat().then(
    (stat) => ({ size: stat.size, isFile: stat.isFile() }),
    (cause: unknown) => {
      throw new FeedUnreadableError(path, "the file cannot be read", { cause });
    },
  );
  if (!isFile) throw new FeedUnreadableError(path, "it is no file");
  if (size > FILE_BYTES_MAX) throw new FeedUnreadableError(path, `it is larger than ${FILE_BYTES_MAX} bytes`);
  return file.stream();
}

async function store(snapshot: Snapshot, config: ReturnType<typeof parseConfig>): Promise<WriteReport> {
  const log = createLog({
    process: "ingest",
    level: "warn",
    clock: systemClock,
    write: (line) => process.stderr.write(line),
  });
  await using database = await openCommandDatabase(config, { log });
  await using pool = openPool(
    {
      url: database.url,
      role: "linehold_odds",
      applicationName: "linehold ingest",
      max: 1,
      overdueMs: WRITE_DEADLINE_MS,
    },
    { clock: systemClock, random: Math.random },
  );
  return await writeSnapshot(snapshot, {
    lease: (options) => pool.lease(options),
    at: new Date(systemClock.epochMs()),
    deadlineMs: WRITE_DEADLINE_MS,
  });
}

function notTaken({ source, version }: Snapshot, { outcome }: WriteReport): string {
  return outcome === "older"
    ? `Nothing of it is stored, as a newer state of ${source} is: the file's version is ${version}`
    : `Nothing of it is stored, as it holds no state of ${source}`;
}

function asJson({ counts }: Snapshot, { changed }: WriteReport, seconds: number): string {
  const { events, markets, prices, open, suspended, quarantined } = counts;
  return JSON.stringify({ events, markets, prices, open, suspended, quarantined, changed, seconds });
}

function inWords({ source, counts }: Snapshot, { changed }: WriteReport, seconds: number): string {
  const reasons = Object.entries(counts.quarantined).map(([reason, count]) => `${count} ${reason}`);
  const quarantined = reasons.length === 0 ? "none quarantined" : `quarantined ${reasons.join(", ")}`;
  const { events, markets, prices, open, suspended } = counts;
  return `${source}: ${events} events, ${markets} markets, ${prices} prices (${open} open, ${suspended} suspended, ${quarantined}); ${changed} rows changed in ${seconds} s`;
}

/** One line that is written over, for people at a terminal alone. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
}
