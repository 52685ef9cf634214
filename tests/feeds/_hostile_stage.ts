import { readFileSync } from "node:fs";
import { openDatabase, type TestDatabase, until } from "../harness/mod.ts";
import { type OddsWorker, startOddsWorker } from "../processes/odds_worker.ts";
import { goodBoard, type HostileAnswer } from "./_hostile_answers.ts";

/** The sport whose feed is hostile, unless a test has several. */
const HOSTILE = "soccer";
/** The sport whose feed is polled beside them, and must notice nothing. */
const OTHER = "basketball";
/** A feed is silent after this: seconds, so that a test does not take minutes, and enough of them for a busy machine. */
export const SILENCE_MS = 4000;
const POLL_MS = 100;
/**
 * How large JavaScriptCore takes the machine for, which decides when it collects: on a machine of 16 GB garbage made one and the same
 * legal answer peak at 177 to 216 MB, as on one of this size at 177 to 185. What is held is then what is measured.
 */
const MACHINE_BYTES = 256 * 2 ** 20;

export interface HostileStage extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly worker: OddsWorker;
  /** What a hostile source answers from now on. */
  answer(next: HostileAnswer, sport?: string): void;
  /** How often it was asked since it answers that. */
  asked(sport?: string): number;
  feed(sport?: string): Promise<FeedState>;
  /** Prices of a feed in short, ordered. */
  prices(sport?: string): Promise<string[]>;
  /** How the feed beside the hostile ones stands. */
  other(): Promise<FeedState>;
  /** As if all cooldowns had passed. */
  hurry(): Promise<void>;
  /** The most memory that the worker has had so far. */
  peakMegabytes(): number;
}

export interface FeedState {
  readonly failure: string | null;
  readonly silent: boolean;
  readonly version: bigint;
  readonly ageMs: number;
}

/** A real worker that has taken one good board of each feed from a vendor on this machine, some of which then turn hostile. */
export async function openHostileStage(
  env: Readonly<Record<string, string>> = {},
  hostile: readonly string[] = [HOSTILE],
): Promise<HostileStage> {
  const scope = new AsyncDisposableStack();
  const database = scope.use(await openDatabase());
  const answers = new Map<string, HostileAnswer>();
  const asked = new Map<string, number>();
  const vendor = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 60,
    fetch(request) {
      const sport = request.url.slice(request.url.lastIndexOf("/") + 1);
      const nth = (asked.get(sport) ?? 0) + 1;
      asked.set(sport, nth);
      return answers.get(sport)?.(nth) ?? goodBoard(sport === OTHER ? Date.now() : 100, sport);
    },
  });
  scope.defer(() => vendor.stop(true));
  const worker = scope.use(
    await startOddsWorker({
      DATABASE_URL: database.url,
      FEEDS: "goalserve",
      GOALSERVE_URL: `http://127.0.0.1:${vendor.port}/{sport}`,
      GOALSERVE_SPORTS: [...hostile, OTHER].join(","),
      FEED_POLL_INTERVAL: `${POLL_MS / 1000}`,
      PRICE_MAX_AGE: `${SILENCE_MS / 1000}`,
      FEED_DEADLINE: "1.5",
      BUN_JSC_forceRAMSize: `${MACHINE_BYTES}`,
      ...env,
    }),
  );
  const stateOf = async (sport: string): Promise<FeedState> => {
    const [row] = await database.owner<FeedState>(SELECT_STATE, [`goalserve/${sport}`]);
    return row ?? { failure: null, silent: false, version: 0n, ageMs: Number.POSITIVE_INFINITY };
  };
  const began = [...hostile, OTHER].map((sport) => async () => (await stateOf(sport)).version > 0n);
  for (const one of began) await until(one, 40_000);
  return {
    database,
    worker,
    answer(next, sport = HOSTILE) {
      asked.set(sport, 0);
      answers.set(sport, next);
    },
    asked: (sport = HOSTILE) => asked.get(sport) ?? 0,
    feed: (sport = HOSTILE) => stateOf(sport),
    other: () => stateOf(OTHER),
    async prices(sport = HOSTILE) {
      const rows = await database.owner<{ words: string }>(SELECT_PRICES, [`goalserve/${sport}`]);
      return rows.map(({ words }) => words);
    },
    hurry: async () => void (await database.owner("update feeds set cooldown_until = null, due_at = now()")),
    peakMegabytes: () => Number(/VmHWM:\s+(\d+) kB/.exec(statusOf(worker))?.[1] ?? Number.NaN) / 1024,
    [Symbol.asyncDispose]: () => scope.disposeAsync(),
  };
}

function statusOf(worker: OddsWorker): string {
  return readFileSync(`/proc/${worker.child.pid}/status`, "utf8");
}

const SELECT_STATE = `
  select
    last_failure as failure,
    silent_since is not null as silent,
    source_version as version,
    (extract(epoch from now() - last_good_at) * 1000)::float8 as "ageMs"
  from feeds
  where source = $1`;

const SELECT_PRICES = `
  select concat_ws(' ', outcome, price_numerator || '/' || price_denominator, case when prices.suspended then 'suspended' end) as words
  from prices
  join events using (event_id)
  where events.source = $1
  order by market_type, label, line_quarters, outcome`;
