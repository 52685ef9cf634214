import { parseConfig } from "../config.ts";
import { type Snapshot, type WriteReport, writeSnapshot } from "../feeds/mod.ts";
import { createLog } from "../log.ts";
import { openPool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { FEEDS, readAnswerFile } from "./_answer_file.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";
import { openCommandDatabase } from "./_database.ts";
import { countsOf, type IngestCounts } from "./_ingest_counts.ts";
import { createProgress } from "./_progress.ts";

const HELP = `
Usage: bun run ingest --feed FORMAT --file PATH [--source NAME] [--json]

Stores one file of odds or scores through the real adapter and writer: what differs from what is stored.

  --feed    the format of the file:
              goalserve            an answer of getodds, bare or as stored, of every sport, or of the score feed, told apart
              goalserve/scores     an answer of the score feed: of soccer, unless --source names another sport
              the_odds_api         an answer of v4 /odds, decimal or American, or of /scores, told apart
              the_odds_api/scores  an answer of v4 /scores
              football_data        a season or fixtures of football-data.co.uk, CSV of either column family
            Archives in the SportsbookReview layout (two rows a game, or its scraped JSON) are read by none of these.
  --file    the file
  --source  the source it belongs to, where the file does not say: football_data/E0 for a CSV file without a division
  --json    print one JSON object: events, markets, prices, open, suspended, quarantined (by reason), unknownMarkets
            (price elements by the source's name), results, changed, seconds
  --help    print this

Every price element of the file is counted as exactly one of open, suspended (a stop flag at any level wins; a lay price is
never on offer) or quarantined (it would be offered and is implausible). A result that contradicts itself is quarantined beside
them. "changed" counts the rows written: nothing, when the file is stored already, or when something newer of the same source
is, which is then said on standard error.

Without DATABASE_URL it uses the embedded server of DATA_DIR (.data unless set), also while "bun start" runs.
With it, run "bun run migrate" first.

Exit codes: 0 done, 1 failed (nothing of the file is stored), 64 wrong arguments, 78 wrong settings.
`;

/** For the whole of a large file; the writer bounds each of its transactions itself. */
const WRITE_DEADLINE_MS = 120_000;
/** Of the names of unknown markets, in words; JSON has them all. */
const NAMES_SHOWN_MAX = 5;

await runCommand({
  name: "ingest",
  help: HELP,
  options: {
    feed: { type: "string" },
    file: { type: "string" },
    source: { type: "string" },
    json: { type: "boolean" },
  },
  async run({ feed, file, source, json }) {
    assertFeed(feed);
    if (file === undefined || file === "") throw new UsageError("Say which file: --file PATH");
    const config = parseConfig(Bun.env);
    const startedAt = systemClock.now();
    const at = new Date(systemClock.epochMs());
    const progress = createProgress({ stream: process.stderr, clock: systemClock });
    const snapshot = await readAnswerFile({ path: file, feed, source, at, progress }).finally(progress.clear);
    progress.show(`Storing ${snapshot.counts.prices} prices of ${snapshot.counts.events} events`);
    const report = await store(snapshot, config).finally(progress.clear);
    const seconds = Math.round(systemClock.now() - startedAt) / 1000;
    if (report.outcome !== "written") process.stderr.write(`${notTaken(snapshot, report)}\n`);
    const told = { ...countsOf(snapshot), changed: report.changed, seconds };
    process.stdout.write(`${json === true ? JSON.stringify(told) : inWords(snapshot, told)}\n`);
    return EXIT.done;
  },
});

function assertFeed(feed: string | undefined): asserts feed is string {
  const known = FEEDS.join(", ");
  if (feed === undefined) throw new UsageError(`Say which feed: --feed ${known}`);
  if (!FEEDS.includes(feed)) throw new UsageError(`Unknown feed "${feed}": known are ${known}`);
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

function notTaken({ source, feed = source, version }: Snapshot, { outcome }: WriteReport): string {
  return outcome === "older"
    ? `Nothing of it is stored, as a newer state of ${feed} is: the file's version is ${version}`
    : `Nothing of it is stored, as it holds no state of ${feed}`;
}

interface Told extends IngestCounts {
  readonly changed: number;
  readonly seconds: number;
}

function inWords({ source, feed = source }: Snapshot, told: Told): string {
  const { events, markets, prices, open, suspended, results, changed, seconds } = told;
  const reasons = Object.entries(told.quarantined).map(([reason, count]) => `${count} ${reason}`);
  const quarantined = reasons.length === 0 ? "none quarantined" : `quarantined ${reasons.join(", ")}`;
  const unknown = Object.entries(told.unknownMarkets);
  const names = unknown.slice(0, NAMES_SHOWN_MAX).map(([name, count]) => `${count} ${name}`);
  const more = unknown.length > names.length ? ` and ${unknown.length - names.length} more names` : "";
  return [
    `${feed}: ${events} events, ${markets} markets, ${prices} prices (${open} open, ${suspended} suspended, ${quarantined})`,
    ...(results === 0 ? [] : [`${results} results`]),
    ...(names.length === 0 ? [] : [`of unknown markets ${names.join(", ")}${more}`]),
    `${changed} rows changed in ${seconds} s`,
  ].join("; ");
}
