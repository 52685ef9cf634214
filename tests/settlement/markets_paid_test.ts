import { expect, setDefaultTimeout, test } from "bun:test";
import { placeBet } from "../../src/bets/mod.ts";
import { recordResult } from "../../src/feeds/mod.ts";
import { fraction } from "../../src/markets/mod.ts";
import { GRADE_REASONS } from "../../src/settlement/mod.ts";
import { LIMITS, NOW, openHouse } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { audit } from "./audit.ts";
import { openStepper } from "./stepping.ts";

setDefaultTimeout(60_000);

/**
 * A match that ends 2-1 after 1-0 at half time, worked by hand: bets of 10.01 at 2.50 on these outcomes, and what each returns.
 * Won 25.025 is 25.03; half won 17.5175 is 17.52; half lost 5.005 is 5.01.
 */
const WON = 2503n;
const LOST = 0n;
const BACK = 1001n;
const HALF_WON = 1752n;
const HALF_LOST = 501n;
const BETS: Readonly<Record<string, bigint>> = {
  "1x2 regulation home": WON,
  "1x2 regulation draw": LOST,
  "1x2 first_half home": WON,
  "1x2 second_half draw": WON,
  "draw_no_bet regulation away": LOST,
  "draw_no_bet second_half home": BACK,
  "double_chance regulation home_or_away": WON,
  "double_chance second_half home_or_away": LOST,
  "total regulation over 10": WON,
  "total regulation over 12": BACK,
  "total regulation under 10": LOST,
  "total first_half under 6": WON,
  "total second_half over 6": WON,
  "asian_total regulation over 11": HALF_WON,
  "asian_total regulation under 11": HALF_LOST,
  "asian_total first_half over 5": HALF_LOST,
  "team_total_home regulation over 6": WON,
  "team_total_away second_half over 2": WON,
  "asian_handicap regulation home -3": HALF_WON,
  "asian_handicap regulation away -3": HALF_LOST,
  "asian_handicap regulation home -4": BACK,
  "asian_handicap regulation home -5": HALF_LOST,
  "asian_handicap second_half away 1": HALF_LOST,
  "european_handicap regulation draw -4": WON,
  "european_handicap regulation home -4": LOST,
  "european_handicap first_half away -4": LOST,
  "both_to_score regulation yes": WON,
  "both_to_score first_half yes": LOST,
  "both_to_score second_half yes": WON,
  "clean_sheet_home regulation yes": LOST,
  "clean_sheet_home first_half yes": WON,
  "clean_sheet_away regulation no": WON,
  "correct_score regulation 2:1": WON,
  "correct_score regulation 1:2": LOST,
  "correct_score first_half 1:0": WON,
  "odd_even regulation odd": WON,
  "odd_even second_half odd": LOST,
  "team_odd_even_home regulation even": WON,
  "team_odd_even_away regulation even": LOST,
  "exact_goals regulation 3": WON,
  "exact_goals second_half 5+": LOST,
  "team_exact_goals_home regulation 2": WON,
  "team_exact_goals_away regulation 3+": LOST,
  "half_time_full_time regulation home/home": WON,
  "half_time_full_time regulation draw/home": LOST,
  "winning_margin regulation home_by_1": WON,
  "winning_margin second_half score_draw": WON,
};

const SOURCE = "goalserve/soccer";
const PRICE = fraction(5n, 2n);

interface Bet {
  readonly words: string;
  readonly leg: {
    readonly marketType: string;
    readonly period: string;
    readonly label: "";
    readonly lineQuarters: number | null;
    readonly outcome: string;
  };
}

const bets = Object.keys(BETS).map((words): Bet => {
  const [marketType = "", period = "", outcome = "", line] = words.split(" ");
  const lineQuarters = line === undefined ? null : Number(line);
  return { words, leg: { marketType, period, label: "", lineQuarters, outcome } };
});

test("a bet on every kind of football market is placed, settled, and returns what is worked by hand", async () => {
  await using database = await openDatabase();
  const { house, eventId } = await openMatch(database);
  const seat = await house.addPlayer({ depositMinor: 100_000n });

  const placed = new Map<string, string>();
  for (const { words, leg } of bets) {
    const request = { ...seat, idempotencyKey: words, stakeMinor: 1001n };
    const legs = [{ ...leg, eventId, book: "book", price: PRICE }];
    placed.set((await placeBet({ ...request, legs }, { ...house.deps, limits: LIMITS })).betId, words);
  }
  await record(database, eventId, { halfTime: true });
  const stepper = openStepper(database);
  const done = await stepper.drain();

  expect(stepper.failures).toEqual([]);
  expect(done).toMatchObject({ settled: bets.length, failed: 0 });
  const rows = await database.owner<{ bet_id: string; minor: bigint }>(
    "select bet_id, return_minor as minor from settlements",
  );
  expect(Object.fromEntries(rows.map(({ bet_id, minor }) => [placed.get(bet_id), minor]))).toEqual(BETS);
  expect(await audit(database)).toEqual([]);
});

test("a bet that its result does not decide is never graded by guess: a trader sees which fact is missing", async () => {
  await using database = await openDatabase();
  const { house, eventId } = await openMatch(database);
  const seat = await house.addPlayer({ depositMinor: 100_000n });
  for (const { words, leg } of bets) {
    const legs = [{ ...leg, eventId, book: "book", price: PRICE }];
    await placeBet(
      { ...seat, idempotencyKey: words, stakeMinor: 1001n, legs },
      { ...house.deps, limits: LIMITS },
    );
  }
  await record(database, eventId, { halfTime: false });

  const stepper = openStepper(database);
  await stepper.drain();

  const waiting = await database.owner<{ missing: string; count: bigint }>(
    `select undecided_why || ': ' || missing as missing, count(*)
     from outcome_grades
     join bet_legs using (tenant_id, event_id, market_type, period, label, outcome)
     join bets using (tenant_id, bet_id)
     where state = 'open' and settlement_attempts = 0 and settlement_failure is null and not decided
       and outcome_grades.line_quarters is not distinct from bet_legs.line_quarters
     group by 1
     order by 1`,
  );
  // Five goals of the second half alone are lost by a full time of 2-1, whatever the half time was.
  const ofHalves = bets.filter(
    ({ words, leg }) =>
      (leg.period !== "regulation" || leg.marketType.startsWith("half_time")) && !words.endsWith("5+"),
  );
  expect(waiting.reduce((sum, { count }) => sum + Number(count), 0)).toBe(ofHalves.length);
  for (const { missing } of waiting) expect(missing).toMatch(/^fact_missing: score (first|second)_half/);
  expect(await database.owner("select 1 from settlement_jobs")).toEqual([]);
  expect(await audit(database)).toEqual([]);
});

test("the database takes every reason that a grade can have, and no other", async () => {
  await using database = await openDatabase();

  const [check] = await database.owner<{ text: string }>(
    `select pg_get_constraintdef(oid) as text from pg_constraint where conname = 'settlements_reason_check'`,
  );

  const allowed = [...(check?.text ?? "").matchAll(/'(\w+)'/g)].map(([, reason]) => reason);
  expect(allowed.sort()).toEqual([...GRADE_REASONS].sort());
});

/** A match of a source that tells half times, with a price of 2.50 on each outcome. */
async function openMatch(database: TestDatabase) {
  const house = openHouse(database);
  const eventId = await house.addEvent();
  await database.owner("update feeds set source = $1", [SOURCE]);
  await database.owner("update events set source = $1", [SOURCE]);
  await database.owner("delete from prices");
  for (const { leg } of bets) {
    await database.owner(
      `insert into prices (
         event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator,
         suspended, updated_at
       ) values ($1, 'book', $2, $3, '', $4, $5, 5, 2, false, $6)`,
      [eventId, leg.marketType, leg.period, leg.lineQuarters, leg.outcome, NOW],
    );
  }
  return { house, eventId };
}

async function record(
  database: TestDatabase,
  eventId: string,
  { halfTime }: { readonly halfTime: boolean },
): Promise<void> {
  await using lease = await database.pool("linehold_odds").lease({ access: "write" });
  const half = halfTime ? { halfTimeScore: { home: 1, away: 0 } } : {};
  const facts = { state: "final", score: { home: 2, away: 1 }, ...half } as const;
  await recordResult(lease.connection, { eventId, facts, source: SOURCE, at: NOW });
  await lease.commit();
}
