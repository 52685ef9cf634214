import type { Odds } from "../../src/odds/contract.ts";
import { TICK_BASE } from "./stream_crowd.ts";

/** Raw SQL as the owner of the database. */
export type Sql = <R extends object>(text: string, values?: readonly unknown[]) => Promise<R[]>;

/** Events whose prices change at a steady rate. */
export interface Market {
  readonly eventIds: readonly string[];
  /** When each tick was committed, in milliseconds since 1970; its number is its place. */
  readonly committedAt: readonly number[];
  /** How long the latest ticks came behind their time, in milliseconds. */
  readonly lateMs: number;
  /** Changes prices, `eventsPerTick` events at a time, for so long. */
  run(ms: number): Promise<void>;
  /** Whether a board shows what is stored. */
  differences(
    shown: readonly { readonly eventId: string; readonly odds: Odds | undefined }[],
  ): Promise<number>;
}

export interface MarketOptions {
  readonly events: number;
  /** A multiple of three: home, draw and away of so many books. */
  readonly pricesPerEvent: number;
  readonly eventsPerTick: number;
  readonly pricesPerTick: number;
  readonly tickMs: number;
}

const SOURCE = "bench";

/** Stores the events, each with its prices. */
export async function arrangeMarket(
  { events, eventsPerTick, pricesPerEvent, pricesPerTick, tickMs }: MarketOptions,
  { now, sql }: { readonly sql: Sql; readonly now: () => number },
): Promise<Market> {
  await sql(
    "insert into feeds (source, last_poll_at, last_good_at) values ($1, now(), now()) on conflict (source) do update set last_good_at = now()",
    [SOURCE],
  );
  const eventIds: string[] = Array.from({ length: events }, () => Bun.randomUUIDv7());
  await sql(
    `insert into events (event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status,
       source_version, updated_at)
     select event_id, $1, event_id::text, 'soccer', 'bench:1', 'Bench', 'Home', 'Away', now() + interval '1 day', 'scheduled', 1, now()
     from unnest($2::uuid[]) as event_id`,
    [SOURCE, eventIds],
  );
  await sql(
    `insert into prices (event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator,
       suspended, updated_at)
     select event_id, 'book ' || book, '1x2', 'regulation', '', null, outcome, 200 + book, 100, false, now()
     from unnest($1::uuid[]) as event_id, generate_series(1, $2) as book, unnest(array['home', 'draw', 'away']) as outcome`,
    [eventIds, pricesPerEvent / 3],
  );
  const committedAt: number[] = [];
  let lateMs = 0;
  const change = async (tick: number): Promise<void> => {
    const changed = Array.from(
      { length: Math.min(eventsPerTick, events) },
      (_, at) => eventIds[(tick * eventsPerTick + at) % events],
    );
    const books = Array.from(
      { length: pricesPerTick },
      (_, at) => `book ${1 + ((tick + at) % (pricesPerEvent / 3))}`,
    );
    // One statement, one transaction: the prices, and that they changed.
    await sql(
      `with changed as (
         update prices set price_numerator = $3, price_denominator = 100, updated_at = now()
         where event_id = any ($1::uuid[]) and book = any ($2::text[]) and outcome = 'home' returning event_id)
       select count(*), (select count(*) from (select record_change('odds', event_id::text) from unnest($1::uuid[]) as event_id) as told)
       from changed`,
      [changed, books, TICK_BASE + BigInt(tick)],
    );
    committedAt[tick] = now();
  };
  let ticks = 0;
  return {
    eventIds,
    committedAt,
    get lateMs() {
      return lateMs;
    },
    async run(ms) {
      const startedAt = now();
      for (let at = 0; at < ms; at += tickMs) {
        const waitMs = startedAt + at - now();
        if (waitMs > 0) await Bun.sleep(waitMs);
        else lateMs = Math.max(lateMs, -waitMs);
        ticks += 1;
        await change(ticks);
      }
    },
    async differences(shown) {
      const rows = await sql<{
        event_id: string;
        book: string;
        outcome: string;
        n: string;
        d: string;
        suspended: boolean;
      }>(
        `select event_id, book, outcome, price_numerator::text as n, price_denominator::text as d, suspended
         from prices where event_id = any ($1::uuid[])`,
        [eventIds],
      );
      const stored = Map.groupBy(rows, (row) => row.event_id);
      const found = new Map<Odds, boolean>();
      return shown.filter(({ eventId, odds }) => {
        if (odds === undefined) return true;
        const isSame = found.get(odds) ?? isStored(odds, stored.get(eventId) ?? []);
        found.set(odds, isSame);
        return !isSame;
      }).length;
    },
  };
}

function isStored(
  { expired, markets }: Odds,
  rows: readonly { book: string; outcome: string; n: string; d: string; suspended: boolean }[],
): boolean {
  const shown = new Map(
    markets.flatMap(({ book, outcomes }) =>
      outcomes.map(
        ({ fraction, outcome, suspended }) =>
          [
            `${book}/${outcome}`,
            { ratio: Number(fraction.numerator) / Number(fraction.denominator), suspended },
          ] as const,
      ),
    ),
  );
  return (
    !expired &&
    shown.size === rows.length &&
    rows.every(({ book, d, n, outcome, suspended }) => {
      const one = shown.get(`${book}/${outcome}`);
      return one?.ratio === Number(n) / Number(d) && one.suspended === suspended;
    })
  );
}
