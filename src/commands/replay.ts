import { basename } from "node:path";
import { parseConfig } from "../config.ts";
import { FOOTBALL_DATA_BOOKS, readFootballDataColumns } from "../feeds/mod.ts";
import { createLog } from "../log.ts";
import { openPool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { readAnswerFile } from "./_answer_file.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";
import { createProgress, type Progress } from "./_progress.ts";
import {
  isReplayMarket,
  REPLAY_MARKETS,
  type ReplayedMarket,
  type ReplayMarket,
  replayedMarket,
} from "./_replay_markets.ts";
import { type MarketReport, type ReplayOptions, type ReplayReport, replaySeason } from "./_replay_season.ts";
import { openThrowawayDatabase } from "./_throwaway_database.ts";
import { requiredFlag, say } from "./_words.ts";

const HELP = `
Usage: bun run replay --feed football_data --file PATH --book B365 --markets 1x2,totals,asian_handicap --stake 1000 [--json]

Replays a season through the real path, day by day in its own time: fixtures and prices in, one flat bet on each match and market,
results in, the settlement worker's step until nothing is left to do.

  --feed     football_data: a season of football-data.co.uk, CSV of either column family
  --file     the file
  --source   the source it belongs to, where the file does not say: football_data/E0; else the file's name tells, as in E0.csv
  --book     whose prices, by the beginning K of their columns: ${Object.keys(FOOTBALL_DATA_BOOKS).join(" ")}
  --markets  any of these, with commas; all of them unless given
               1x2             the home side, at KH
               totals          over 2.5 goals, at K>2.5; BbAv>2.5 where the file has no such column
               asian_handicap  the home side, at KAHH with the line AHh (or KAH); BbAvAHH with BbAHh where there is no such column
             Closing prices are not used. Pinnacle's columns begin with PS for 1x2 and with P for the others.
  --stake    of each bet, in minor units: 1000 unless given
  --json     print one JSON object: ledger_sum_minor, markets (by name: bets, won, half_won, void, half_lost, lost, staked_minor,
             returned_minor, skipped by reason), rows, matches, rows_without_score, rows_unreadable, rows_repeated, seconds
  --help     print this

A row without a score is no match. Every match is a bet or skipped:
  price_blank, price_not_above_one, price_unreadable, line_not_quarter
  overround_out_of_bounds, spread_total_swapped   the book's prices of the match cannot be meant together
  result_contradicted                             the row's goals, letter and half time exclude each other
  column_missing                                  the file does not price the market
  suspended, or the reason of a refusal           the bet was not taken

Without DATABASE_URL it works in a database of its own on the embedded server of DATA_DIR (.data unless set), also while "bun start"
runs, and drops it. With it, run "bun run migrate" first, on a database that nobody uses: what is replayed stays, under a source and a
tenant of its own, and it is refused while bets in it wait for settlement.

Exit codes: 0 done, 1 failed, 64 wrong arguments, 78 wrong settings.
`;

const FEED = "football_data";
/** For the whole of a day's work on one event or one answer; each is some milliseconds. */
const DEADLINE_MS = 30_000;
/** No season's returns are then beyond what JSON numbers hold. */
const STAKE_MAX_MINOR = 1_000_000_000n;
/** The site names its files by their divisions; what tells none is of a division of its own. */
const NAMED = /^([A-Z]{1,3}\d?)(?![A-Za-z\d])/;
const NO_DIVISION = "X";

await runCommand({
  name: "replay",
  help: HELP,
  options: {
    feed: { type: "string" },
    file: { type: "string" },
    source: { type: "string" },
    book: { type: "string" },
    markets: { type: "string" },
    stake: { type: "string" },
    json: { type: "boolean" },
  },
  async run({ feed, file, source, book, markets, stake = "1000", json }) {
    if (requiredFlag(feed, `--feed ${FEED}`) !== FEED)
      throw new UsageError(`Unknown feed "${feed}": known is ${FEED}`);
    const asked = {
      path: requiredFlag(file, "--file PATH"),
      source,
      prefix: bookFlag(book),
      names: marketsFlag(markets),
      stakeMinor: stakeFlag(stake),
    };
    const config = parseConfig(Bun.env);
    const startedAt = systemClock.now();
    const progress = createProgress({ stream: process.stderr, clock: systemClock });
    const options = await readSeason(asked, progress).finally(progress.clear);
    const report = await replay(options, { config, progress }).finally(progress.clear);
    const seconds = Math.round(systemClock.now() - startedAt) / 1000;
    say(json, { ...toldOf(report), seconds }, inWords(report, seconds));
    return EXIT.done;
  },
});

function bookFlag(book: string | undefined): string {
  const prefix = requiredFlag(book, "--book B365");
  if (Object.hasOwn(FOOTBALL_DATA_BOOKS, prefix)) return prefix;
  throw new UsageError(`Unknown book "${prefix}": known are ${Object.keys(FOOTBALL_DATA_BOOKS).join(", ")}`);
}

function marketsFlag(markets: string | undefined): ReplayMarket[] {
  if (markets === undefined) return [...REPLAY_MARKETS];
  const names = [...new Set(markets.split(",").map((name) => name.trim()))];
  return names.map((name) => {
    if (isReplayMarket(name)) return name;
    throw new UsageError(`Unknown market "${name}": known are ${REPLAY_MARKETS.join(", ")}`);
  });
}

function stakeFlag(stake: string): bigint {
  const stakeMinor = /^\d{1,10}$/.test(stake) ? BigInt(stake) : 0n;
  if (stakeMinor >= 1n && stakeMinor <= STAKE_MAX_MINOR) return stakeMinor;
  throw new UsageError(`--stake must be from 1 to ${STAKE_MAX_MINOR} minor units: it is "${stake}"`);
}

interface Asked {
  readonly path: string;
  readonly source: string | undefined;
  readonly prefix: string;
  readonly names: readonly ReplayMarket[];
  readonly stakeMinor: bigint;
}

async function readSeason(asked: Asked, progress: Progress): Promise<ReplayOptions> {
  const { path, source, prefix, names, stakeMinor } = asked;
  const division = source?.split("/")[1] ?? NAMED.exec(basename(path))?.[1] ?? NO_DIVISION;
  // Any moment before the season: a match that has ended says so by itself.
  const at = new Date(0);
  const snapshot = await readAnswerFile({ path, feed: FEED, source, sport: division, at, progress });
  const columns = await readFootballDataColumns(Bun.file(path).stream(), path);
  const markets = names.map((name): ReplayedMarket => replayedMarket(name, { prefix, columns }));
  return { snapshot, markets, stakeMinor };
}

async function replay(
  options: ReplayOptions,
  { config, progress }: { readonly config: ReturnType<typeof parseConfig>; readonly progress: Progress },
): Promise<ReplayReport> {
  const log = createLog({
    process: "replay",
    level: "warn",
    clock: systemClock,
    write: (line) => process.stderr.write(line),
  });
  progress.show("Opening the database");
  await using database = await openThrowawayDatabase(config, { name: "replay", log });
  await using pools = new AsyncDisposableStack();
  const open = (role: string, max: number) =>
    pools.use(
      openPool(
        {
          url: database.url,
          role,
          applicationName: "linehold replay",
          max,
          deadlineMs: DEADLINE_MS,
          overdueMs: DEADLINE_MS,
        },
        { clock: systemClock, random: Math.random },
      ),
    );
  return await replaySeason(options, {
    odds: open("linehold_odds", 1),
    web: open("linehold_web", options.markets.length),
    settlement: open("linehold_settlement", 1),
    progress,
  });
}

function toldOf({ ledger_sum_minor, markets, counts }: ReplayReport) {
  return {
    ledger_sum_minor,
    markets,
    rows: counts.rows,
    matches: counts.matches,
    rows_without_score: counts.withoutScore,
    rows_unreadable: counts.unreadable,
    rows_repeated: counts.repeated,
  };
}

function inWords({ ledger_sum_minor, markets, counts }: ReplayReport, seconds: number): string {
  return [
    `${counts.matches} matches in ${counts.rows} rows, replayed in ${seconds} s; the ledger sums to ${ledger_sum_minor}`,
    ...Object.entries(markets).map(([name, market]) => `${name}: ${wordsOf(market)}`),
  ].join("\n");
}

function wordsOf(market: MarketReport): string {
  const ends = (["won", "half_won", "void", "half_lost", "lost"] as const)
    .map((end) => `${market[end]} ${end.replace("_", " ")}`)
    .join(", ");
  const skipped = Object.entries(market.skipped).map(([reason, count]) => `${count} ${reason}`);
  const left = skipped.length === 0 ? "" : `; skipped ${skipped.join(", ")}`;
  return `${market.bets} bets (${ends}), staked ${market.staked_minor}, returned ${market.returned_minor}${left}`;
}
