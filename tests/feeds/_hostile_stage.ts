import { readFileSync } from "node:fs";
import { openDatabase, type TestDatabase, until } from "../harness/mod.ts";
import { type OddsWorker, startOddsWorker } from "../processes/odds_worker.ts";
import { goodBoard, type HostileAnswer } from "./_hostile_answers.ts";

/** Of the two feeds of one vendor, soccer is the hostile one; basketball is polled beside it, and must notice nothing. */
const HOSTILE = "goalserve/soccer";
const OTHER = "goalserve/basketball";
/** A feed is silent after this, so that a test of silence takes seconds. */
const SILENCE_MS = 2000;
const POLL_MS = 150;

export interface HostileStage extends AsyncDisposable {
  readonly database: TestDatabase;
  readonly worker: OddsWorker;
  /** What the hostile source answers from now on. */
  answer(next: HostileAnswer): void;
  /** How often the hostile source was asked since it answers that. */
  asked(): number;
  /** The hostile feed's row. */
  feed(): Promise<FeedState>;
  /** Prices of the hostile feed in short, ordered. */
  prices(): Promise<string[]>;
  /** Waits until the hostile feed is silent; then how the other one stands. */
  silence(): Promise<FeedState>;
  other(): Promise<FeedState>;
  /** As if its cooldown had passed. */
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

/** A real worker that has taken one good board of each feed from a vendor on this machine, which then turns hostile. */
export async function openHostileStage(env: Readonly<Record<string, string>> = {}): Promise<HostileStage> {
  const scope = new AsyncDisposableStack();
  const database = scope.use(await openDatabase());
  let answer: HostileAnswer = () => goodBoard(100);
  let asked = 0;
  const vendor = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 60,
    fetch(request) {
      if (request.url.endsWith("/basketball")) return goodBoard(Date.now(), "basketball");
      asked += 1;
      return answer(asked);
    },
  });
  scope.defer(() => vendor.stop(true));
  const worker = scope.use(
    await startOddsWorker({
      DATABASE_URL: database.url,
      FEEDS: "goalserve",
      GOALSERVE_URL: `http://127.0.0.1:${vendor.port}/{sport}`,
      GOALSERVE_SPORTS: "soccer,basketball",
      FEED_POLL_INTERVAL: `${POLL_MS / 1000}`,
      PRICE_MAX_AGE: `${SILENCE_MS / 1000}`,
      FEED_DEADLINE: "1.5",
      ...env,
    }),
  );
  const stateOf = async (source: string): Promise<FeedState> => {
    const [row] = await database.owner<FeedState>(SELECT_STATE, [source]);
    return row ?? { failure: null, silent: false, version: 0n, ageMs: Number.POSITIVE_INFINITY };
  };
  await until(
    async () => (await stateOf(HOSTILE)).version === 100n && (await stateOf(OTHER)).version > 0n,
    30_000,
  );
  return {
    database,
    worker,
    answer(next) {
      asked = 0;
      answer = next;
    },
    asked: () => asked,
    feed: () => stateOf(HOSTILE),
    other: () => stateOf(OTHER),
    async prices() {
      const rows = await database.owner<{ words: string }>(SELECT_PRICES, [HOSTILE]);
      return rows.map(({ words }) => words);
    },
    async silence() {
      await until(async () => (await stateOf(HOSTILE)).silent, 30_000);
      return await stateOf(OTHER);
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
