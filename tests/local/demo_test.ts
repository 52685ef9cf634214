import { expect, test } from "bun:test";
import { createThemeReader, defaultBrand } from "../../src/branding/mod.ts";
import { type DemoPlayer, saveDemoPlayers, startDemoBetting } from "../../src/local/demo_players.ts";
import { DEMO_TENANTS, saveDemoTenants } from "../../src/local/demo_tenants.ts";
import { createLog } from "../../src/log.ts";
import { offerOf, readOffer } from "../../src/odds/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { isTenantSlug } from "../../src/tenants/mod.ts";
import { readBalance } from "../../src/wallets/mod.ts";
import { manualClock, openDatabase, seededRandom, type TestDatabase } from "../harness/mod.ts";

const AT = new Date("2025-09-19T12:00:00Z");

test("the demo brands are five, whole, valid and told apart at a glance", () => {
  const readTheme = createThemeReader();

  const readings = DEMO_TENANTS.map(({ document, slug }) => readTheme(document, defaultBrand(slug)));

  expect(readings.flatMap(({ faults }) => faults)).toEqual([]);
  expect(DEMO_TENANTS.every(({ slug }) => isTenantSlug(slug))).toBe(true);
  expect(DEMO_TENANTS.map(({ slug }) => slug)).toContain("supersports");
  for (const part of ["primary", "background"] as const) {
    expect(new Set(DEMO_TENANTS.map(({ document }) => document.colors[part])).size).toBe(5);
  }
  expect(new Set(DEMO_TENANTS.map(({ document }) => document.betting.currency)).size).toBe(5);
});

test("the demo offers can be saved as they are, and no two look alike", () => {
  const offers = DEMO_TENANTS.map(({ offer }) => offer);

  expect(offers.map(readOffer)).toEqual(offers.map((settings) => ({ settings })));
  const keys = offers
    .map((offer) => offerOf("demo", offer))
    .map(({ profile, switches }) => profile.key + switches.key);
  expect(new Set(keys).size).toBe(5);
  expect(new Set(offers.map(({ oddsFormat }) => oddsFormat))).toEqual(
    new Set(["decimal", "fractional", "american"]),
  );
  for (const { document, offer } of DEMO_TENANTS) expect(document.betting.oddsFormat).toBe(offer.oddsFormat);
});

test("saveDemoTenants adds what is missing and leaves a changed brand as it is", async () => {
  await using database = await openDatabase();
  const pool = database.pool("linehold_web");
  const first = await saveDemoTenants(pool, { at: AT });
  await database.owner("update branding set version = 7, document = '{}' where tenant_id = $1", [
    first.get("golaco"),
  ]);
  await database.owner("delete from branding where tenant_id = $1", [first.get("gridiron")]);

  const second = await saveDemoTenants(pool, { at: AT });

  expect(second).toEqual(first);
  const rows = await database.owner<{ slug: string; version: bigint }>(
    "select slug, version from tenants join branding using (tenant_id) order by slug",
  );
  expect(await database.owner("select 1 from tenant_offers")).toHaveLength(5);
  expect(rows.map(({ slug, version }) => `${slug} ${version}`)).toEqual([
    "golaco 7",
    "gridiron 1",
    "nattljus 1",
    "queensberry 1",
    "supersports 1",
  ]);
});

async function balancesOf(pool: Pool, players: readonly DemoPlayer[]): Promise<bigint[]> {
  const balances: bigint[] = [];
  for (const player of players) {
    await using lease = await pool.lease({ tenantId: player.tenantId });
    balances.push((await readBalance(lease.connection, player)).cashMinor);
  }
  return balances;
}

test("saveDemoPlayers gives each brand three players with money, once however often it runs", async () => {
  await using database = await openDatabase();
  const pool = database.pool("linehold_web");
  const tenants = await saveDemoTenants(pool, { at: AT });

  const first = await saveDemoPlayers(pool, { tenants, at: AT });
  const again = await saveDemoPlayers(pool, { tenants, at: AT });

  expect(first.length).toBe(15);
  expect(again).toEqual(first);
  expect(await balancesOf(pool, again)).toEqual(
    again.map(({ minStakeMinor }) => BigInt(minStakeMinor) * 1000n),
  );
});

/** A football match in an hour with a 1X2 market, and one that has begun. */
async function arrangeMatches(database: TestDatabase): Promise<void> {
  await database.owner("insert into feeds (source, last_poll_at, last_good_at) values ('test', $1, $1)", [
    AT,
  ]);
  for (const [id, hours] of [
    ["ahead", 1],
    ["begun", -1],
  ] as const) {
    const eventId = Bun.randomUUIDv7();
    const startsAt = new Date(AT.getTime() + hours * 3_600_000);
    await database.owner(
      `insert into events (event_id, source, source_event_id, sport, competition_id, competition, home, away, starts_at, status,
         source_version, updated_at)
       values ($1, 'test', $2, 'soccer', 'c', 'Cup', 'Home', 'Away', $3, 'scheduled', 1, $4)`,
      [eventId, id, startsAt, AT],
    );
    for (const outcome of ["home", "draw", "away"]) {
      await database.owner(
        `insert into prices (event_id, book, market_type, period, outcome, price_numerator, price_denominator, suspended, updated_at)
         values ($1, 'book', '1x2', 'regulation', $2, 5, 2, false, $3)`,
        [eventId, outcome, AT],
      );
    }
  }
}

test("demo players bet at the price shown, on what has not begun, and fill an empty purse", async () => {
  await using database = await openDatabase();
  const pool = database.pool("linehold_web");
  const tenants = await saveDemoTenants(pool, { at: AT });
  const players = await saveDemoPlayers(pool, { tenants, at: AT });
  // Of a tenant that takes a margin: 2.50 is shown as 2.42.
  const player = players.find(({ tenantId }) => tenantId === tenants.get("nattljus"));
  if (player === undefined) throw new RangeError("Cannot bet without a player");
  await arrangeMatches(database);
  const clock = { ...systemClock, epochMs: manualClock(AT.getTime()).epochMs };
  const log = createLog({ process: "test", level: "error", clock: systemClock });
  // The purse holds a thousand least stakes; this player stakes from four hundred to four thousand, and soon lacks the money.
  const spender = { ...player, minStakeMinor: player.minStakeMinor * 400 };

  const loop = startDemoBetting(
    { players: [spender], restMs: 1, priceAgeMaxMs: 60_000 },
    { pool, clock, random: seededRandom(3), log },
  );
  const deposits = async () =>
    (
      await database.owner(
        "select 1 from transfers where kind = 'deposit' and transfer_id in (select transfer_id from entries join accounts using (tenant_id, account_id) where player_id = $1)",
        [player.playerId],
      )
    ).length;
  for (const started = performance.now(); performance.now() - started < 10_000; await Bun.sleep(20)) {
    if ((await deposits()) > 1 && (await database.owner("select 1 from bets")).length > 1) break;
  }
  await loop[Symbol.asyncDispose]();

  expect(await deposits()).toBeGreaterThan(1);
  const legs = await database.owner<{ match: string; price: string }>(
    `select distinct events.source_event_id as match, price_numerator || '/' || price_denominator as price
     from bet_legs join events using (event_id)`,
  );
  expect(legs).toEqual([{ match: "ahead", price: "121/50" }]);
  const [sum] = await database.owner<{ sum: string }>(
    "select coalesce(sum(amount_minor), 0) as sum from entries",
  );
  expect(Number(sum?.sum)).toBe(0);
}, 60_000);
