import { saveOffer } from "../../src/odds/mod.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** An event as a test wants it. */
export interface EventWanted {
  readonly sport?: string;
  readonly competitionId?: string;
  readonly startsAt: Date;
  readonly status?: string;
  readonly source?: string;
  readonly home?: string;
}

/** Saves an event as a feed would, and gives its id. */
export async function arrangeEvent(database: TestDatabase, wanted: EventWanted): Promise<string> {
  const {
    sport = "soccer",
    competitionId = "test:1",
    status = "scheduled",
    source = "test",
    home = "Home",
  } = wanted;
  const eventId = Bun.randomUUIDv7();
  await database.owner(
    `insert into events (event_id, source, source_event_id, sport, competition_id, competition, home, away,
       starts_at, status, source_version, updated_at)
     values ($1::uuid, $2, $1::uuid::text, $3, $4, $5, $6, 'Away', $7, $8, 1, $7)`,
    [eventId, source, sport, competitionId, `Competition ${competitionId}`, home, wanted.startsAt, status],
  );
  return eventId;
}

/** Says when a source last answered well. */
export async function arrangeFeed(
  database: TestDatabase,
  lastGoodAt: Date | null,
  source = "test",
): Promise<void> {
  await database.owner(
    `insert into feeds (source, last_poll_at, last_good_at) values ($1, $2, $3)
     on conflict (source) do update set last_good_at = excluded.last_good_at`,
    [source, lastGoodAt ?? new Date(0), lastGoodAt],
  );
}

export interface PriceWanted {
  readonly outcome: string;
  readonly price: readonly [numerator: number, denominator: number];
  readonly marketType?: string;
  readonly label?: string;
  readonly lineQuarters?: number;
  readonly suspended?: boolean;
  readonly book?: string;
}

/** Saves prices of an event as a feed would. */
export async function arrangePrices(
  database: TestDatabase,
  eventId: string,
  prices: readonly PriceWanted[],
): Promise<void> {
  for (const {
    outcome,
    price,
    marketType = "1x2",
    label = "",
    lineQuarters,
    suspended = false,
    book = "bet365",
  } of prices) {
    await database.owner(
      `insert into prices (event_id, book, market_type, period, label, line_quarters, outcome,
         price_numerator, price_denominator, suspended, updated_at)
       values ($1, $2, $3, 'regulation', $4, $5, $6, $7, $8, $9, $10)`,
      [eventId, book, marketType, label, lineQuarters ?? null, outcome, ...price, suspended, new Date(0)],
    );
  }
}

/** Records a version of an event's result. */
export async function arrangeResult(
  database: TestDatabase,
  eventId: string,
  {
    version = 1,
    score = [2, 1],
    recordedAt,
  }: { version?: number; score?: readonly [number, number]; recordedAt: Date },
): Promise<void> {
  await database.owner(
    `insert into results (event_id, version, state, home_score, away_score, source, recorded_at)
     values ($1, $2, 'final', $3, $4, 'test', $5)`,
    [eventId, version, ...score, recordedAt],
  );
}

/** Sets a tenant's offer as `bun run tenant set` would. */
export async function arrangeOffer(
  database: TestDatabase,
  tenantId: string,
  settings: unknown,
): Promise<void> {
  await using pool = database.pool("linehold_web", { max: 1 });
  await saveOffer({ tenantId, change: () => settings }, { pool, at: new Date(0) });
}
