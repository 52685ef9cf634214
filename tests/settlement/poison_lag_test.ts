import { expect, setDefaultTimeout, test } from "bun:test";
import { readStuckBets } from "../../src/bets/mod.ts";
import { countClaims, type FactRow, recordFacts, statusClaim } from "../../src/results/mod.ts";
import { type BettingHouse, KICK_OFF, openHouse, type Seat, SOURCE } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { audit } from "./audit.ts";
import { settleNaively } from "./naive_settlement.ts";
import { AFTER, openStepper } from "./stepping.ts";

setDefaultTimeout(120_000);

const TENANTS = 3;
const EVENTS = 3;
const BETS_EACH = 3;
/** Small, so that it takes many steps and one that is wasted shows. */
const LIMITS = { batchMax: 2, batchesMax: 3 };
/** What poison may cost the others: a step. */
const STEPS_MORE = 1;

interface Scene {
  readonly database: TestDatabase;
  readonly house: BettingHouse;
  readonly seats: readonly Seat[];
  /** The first is the one that something is wrong with. */
  readonly events: readonly string[];
  readonly bets: readonly { readonly betId: string; readonly eventId: string; readonly seat: Seat }[];
}

/** Bets of several tenants on several events, of which none has a result. */
async function arrange(database: TestDatabase): Promise<Scene> {
  const house = openHouse(database);
  const seats = [];
  for (let count = 0; count < TENANTS; count++) seats.push(await house.addPlayer({ depositMinor: 100_000n }));
  const events = [];
  for (let count = 0; count < EVENTS; count++)
    events.push(await house.addEvent({ home: `Home ${count}`, away: `Away ${count}` }));
  const bets = [];
  for (const eventId of events) {
    for (const seat of seats) {
      for (let count = 0; count < BETS_EACH; count++) {
        const { betId } = await house.place(seat, { eventId, outcome: "home", stakeMinor: 100n });
        bets.push({ betId, eventId, seat });
      }
    }
  }
  return { database, house, seats, events, bets };
}

interface Played {
  /** Until every bet that nothing is wrong with was settled. */
  readonly steps: number;
  readonly scene: Scene;
}

/**
 * Lets the results of all events come at once, the first event's in its own way, and steps until the bets are settled that nothing is wrong
 * with. Business time stands still: what was put off is not tried again.
 */
async function play(
  database: TestDatabase,
  {
    poison = async () => undefined,
    tellFirst,
    isSick = () => false,
  }: {
    readonly poison?: (scene: Scene) => Promise<unknown>;
    readonly tellFirst?: readonly FactRow[];
    readonly isSick?: (bet: Scene["bets"][number], scene: Scene) => boolean;
  } = {},
): Promise<Played> {
  const scene = await arrange(database);
  await poison(scene);
  const [first = "", ...others] = scene.events;
  if (tellFirst === undefined) await scene.house.recordResult(first, { score: [1, 0] });
  else await tell(database, first, tellFirst);
  for (const eventId of others) await scene.house.recordResult(eventId, { score: [1, 0] });
  const sound = scene.bets.filter((bet) => !isSick(bet, scene)).map(({ betId }) => betId);
  const stepper = openStepper(database, { limits: LIMITS });
  for (let steps = 1; ; steps++) {
    await stepper.step();
    const [row] = await database.owner<{ open: number }>(
      "select count(*)::integer as open from bets where bet_id = any ($1::uuid[]) and state <> 'settled'",
      [sound],
    );
    if (row?.open === 0) return { steps, scene };
    if (steps === 200) throw new RangeError(`Cannot go on as ${row?.open} bets are not settled`);
  }
}

async function tell(database: TestDatabase, eventId: string, facts: readonly FactRow[]): Promise<void> {
  const pool = database.pool("linehold_odds", { max: 1 });
  await using lease = await pool.lease({ access: "write" });
  await lease.connection.query("select event_lock($1)", [eventId]);
  await recordFacts(lease.connection, { eventId, source: SOURCE, facts, at: KICK_OFF });
  await lease.commit();
}

async function stuckOf(database: TestDatabase, { tenantId }: Seat) {
  const pool = database.pool("linehold_web", { max: 1 });
  await using lease = await pool.lease({ tenantId });
  return await readStuckBets(lease.connection, { tenantId, at: AFTER });
}

let clean: Promise<number> | undefined;
/** Steps that the same bets take when nothing is wrong. */
function cleanSteps(): Promise<number> {
  clean ??= (async () => {
    await using database = await openDatabase();
    return (await play(database)).steps;
  })();
  return clean;
}

const score = (home: number, away: number, period: "regulation" | "first_half") =>
  countClaims({ statistic: "score", period, home, away, final: true }, KICK_OFF);
const ENDED = statusClaim("ended", KICK_OFF);

/** Bets that cannot be settled, one of each tenant. */
const SICK_BETS = [
  {
    name: "that always throws",
    change: "update bets set currency = 'USD' where bet_id = any ($1::uuid[])",
    failure: "account_missing",
    reason: "Its player has no account in its currency",
  },
  {
    name: "on a market that the feed has renamed to what nobody grades",
    change: "update bet_legs set market_type = 'full_time_result' where bet_id = any ($1::uuid[])",
    failure: "leg_ungradable",
    reason: "No rule grades its market",
  },
  {
    name: "on an outcome that the market has no more",
    change: "update bet_legs set outcome = 'Home (90 mins)' where bet_id = any ($1::uuid[])",
    failure: "leg_ungradable",
    reason: "No rule grades its market",
  },
] as const;

for (const { name, change, failure, reason } of SICK_BETS) {
  test(`a bet ${name} costs the others of its batch, event and tenant no step, and each trader sees which it is and why`, async () => {
    await using database = await openDatabase();
    const sickOf = ({ bets, seats, events }: Scene) =>
      seats.map((seat) => bets.find((bet) => bet.seat === seat && bet.eventId === events[0])?.betId ?? "");

    const { steps, scene } = await play(database, {
      poison: (arranged) => database.owner(change, [sickOf(arranged)]),
      isSick: ({ betId }, arranged) => sickOf(arranged).includes(betId),
    });

    expect(steps).toBeLessThanOrEqual((await cleanSteps()) + STEPS_MORE);
    for (const [index, seat] of scene.seats.entries()) {
      const { bets, outcomes } = await stuckOf(database, seat);
      expect(bets).toMatchObject([
        {
          ...{ betId: sickOf(scene)[index] ?? "", state: "open", attempts: 1, failure, reason },
          legs: [{ eventId: scene.events[0] ?? "", home: "Home 0", away: "Away 0" }],
        },
      ]);
      expect(outcomes.filter(({ why }) => why !== "no_grader")).toEqual([]);
    }
  });
}

/** What a source can say that decides nothing. */
const SICK_RESULTS = [
  {
    name: "whose score is below that of its first half",
    facts: [ENDED, ...score(1, 0, "regulation"), ...score(2, 0, "first_half")],
    why: "facts_contradict",
    reason: /^Two facts exclude each other about: .*score/,
  },
  {
    name: "with a status that nobody understands",
    facts: [statusClaim("unknown", KICK_OFF), ...score(1, 0, "regulation")],
    why: "fact_missing",
    reason: /^It is not known: status$/,
  },
  {
    name: "without a score",
    facts: [ENDED],
    why: "fact_missing",
    reason: /^It is not known: .*score/,
  },
] as const;

for (const { name, facts, why, reason } of SICK_RESULTS) {
  test(`a result ${name} settles nothing, costs other events no step, and each trader sees of which event and why`, async () => {
    await using database = await openDatabase();

    const { steps, scene } = await play(database, {
      tellFirst: facts,
      isSick: ({ eventId }, { events }) => eventId === events[0],
    });

    expect(steps).toBeLessThanOrEqual((await cleanSteps()) + STEPS_MORE);
    for (const seat of scene.seats) {
      expect(await stuckOf(database, seat)).toMatchObject({
        bets: [],
        outcomes: [
          {
            ...{ eventId: scene.events[0] ?? "", home: "Home 0", away: "Away 0", outcome: "home" },
            ...{ bets: BETS_EACH, why, reason: expect.stringMatching(reason) },
          },
        ],
      });
    }
    // Whoever says what was meant has those bets paid, and nothing is stuck any more.
    await tell(database, scene.events[0] ?? "", [
      ENDED,
      ...score(2, 0, "regulation"),
      ...score(2, 0, "first_half"),
    ]);
    await openStepper(database).drain();
    const left = await database.owner("select state from bets where state <> 'settled'");
    expect(left).toEqual([]);
    for (const seat of scene.seats)
      expect(await stuckOf(database, seat)).toMatchObject({ bets: [], outcomes: [] });
    expect(await audit(database)).toEqual([]);
  });
}

test("a score that no event can have is refused before it is stored", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const eventId = await house.addEvent();

  for (const value of [-1, 1.5, 2 ** 31, Number.NaN])
    expect(tell(database, eventId, [ENDED, ...score(value, 0, "regulation")])).rejects.toThrow(RangeError);
  const stored = await database.owner("select 1 from facts");

  expect(stored).toEqual([]);
});

test("a settlement that takes bets as they come pays nobody beside one that throws: the control of the tests above", async () => {
  await using database = await openDatabase();
  const { house, events, bets } = await arrange(database);
  for (const eventId of events) await house.recordResult(eventId, { score: [1, 0] });
  await database.owner(
    "update bet_legs set price_numerator = 9000000000000000000, price_denominator = 1 where bet_id = $1",
    [bets[0]?.betId],
  );

  for (let tries = 0; tries < 3; tries++)
    await expect(settleNaively(database.owner, 1000)).rejects.toThrow("22003");

  expect(await database.owner("select distinct state from bets")).toEqual([{ state: "open" }]);
});
