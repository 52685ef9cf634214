import { join } from "node:path";
import type { Owner } from "../../tests/incident/database.ts";

/** Loads the same rows into the same tables by psql: the way of whoever has a file and knows Postgres well. */
export interface Psql {
  /** Milliseconds from its start to its end. */
  load(): Promise<number>;
}

/** Where psql is, or `undefined`. */
export function findPsql(): string | undefined {
  return Bun.which("psql") ?? undefined;
}

const PRICE_COLUMNS =
  "event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator, suspended";

/** Keeps what is stored now as files, so that psql has what it loads at hand. */
export async function preparePsql(
  program: string,
  { owner, ownerUrl, folder }: { readonly owner: Owner; readonly ownerUrl: string; readonly folder: string },
): Promise<Psql> {
  const events = join(folder, "events.tsv");
  const prices = join(folder, "prices.tsv");
  await run(program, ownerUrl, [
    `\\copy (select * from events) to '${events}'`,
    `\\copy (select ${PRICE_COLUMNS}, updated_at from prices) to '${prices}'`,
  ]);
  const [row] = await owner.query<{ version: string }>(
    "select max(source_version)::text as version from events",
  );
  const script = [
    "begin",
    "select set_config('app.price_writer', 'feeds', true) \\g /dev/null",
    "create temporary table new_events (like events) on commit drop",
    "create temporary table new_prices (like prices) on commit drop",
    `\\copy new_events from '${events}'`,
    `\\copy new_prices (${PRICE_COLUMNS}, updated_at) from '${prices}'`,
    `insert into events select * from new_events
     on conflict (source, source_event_id) do update set status = excluded.status`,
    // Measured beside "merge into": as fast, within what the machine varies.
    `with written as (
       insert into prices (${PRICE_COLUMNS}, updated_at) select ${PRICE_COLUMNS}, updated_at from new_prices
       on conflict (event_id, book, market_type, period, label, line_quarters, outcome) do update
       set price_numerator = excluded.price_numerator, price_denominator = excluded.price_denominator,
           suspended = excluded.suspended, updated_at = excluded.updated_at
       where (prices.price_numerator, prices.price_denominator, prices.suspended)
         is distinct from (excluded.price_numerator, excluded.price_denominator, excluded.suspended)
       returning *)
     insert into price_history (${PRICE_COLUMNS}, changed_at, source_version)
     select ${PRICE_COLUMNS}, updated_at, ${row?.version ?? 0} from written`,
    "commit",
  ];
  return {
    async load() {
      const startedAt = performance.now();
      await run(program, ownerUrl, script);
      return performance.now() - startedAt;
    },
  };
}

async function run(program: string, url: string, statements: readonly string[]): Promise<void> {
  const text = statements.map((one) => (/^\\|\\g/.test(one) ? one : `${one};`)).join("\n");
  const child = Bun.spawn([program, "-X", "-q", "-v", "ON_ERROR_STOP=1", url], {
    stdin: new Blob([`${text}\n`]),
    stdout: "ignore",
    stderr: "pipe",
  });
  const [said, code] = await Promise.all([new Response(child.stderr).text(), child.exited]);
  if (code !== 0) throw new RangeError(`Cannot load by psql as it ended with ${code}: ${said.slice(0, 500)}`);
}
