import fc from "fast-check";
import { saveOutcomeGrades, voidBet } from "../../src/bets/mod.ts";
import { type Fraction, fraction } from "../../src/markets/mod.ts";
import {
  cancelledClaim,
  type FactRow,
  keyOfFact,
  readFacts,
  recordFacts,
  retraction,
  statusClaim,
} from "../../src/results/mod.ts";
import { gradePlacing } from "../../src/settlement/mod.ts";
import { readBalance, withdraw } from "../../src/wallets/mod.ts";
import { KICK_OFF, NOW } from "../bets/betting_house.ts";
import type { TestDatabase } from "../harness/mod.ts";
import { course, type Happening, knownAt, momentsOf } from "../settlement/graders/_course.ts";
import { rules2 } from "../settlement/graders/_known.ts";
import { AFTER, openStepper } from "../settlement/stepping.ts";
import { claimsOf } from "./claims_of.ts";
import { type ManyBets, RUNNERS } from "./many_bets.ts";

/** Business times of what is said, in order. */
const HALF_TIME = new Date("2025-09-20T15:00:00Z");
const END = new Date("2025-09-20T16:00:00Z");
const LATER = new Date("2025-09-21T09:00:00Z");

/**
 * What becomes of many bets, all by the worker's own step: half times first, then ends; then half of the results are corrected, some are
 * taken back, some events declared void, and bets of some windows cancelled, which for some is taken back again. Places of races are
 * shared, and runners were withdrawn. The player takes what was won, so that corrections leave a debt, which the tenant writes off; and a
 * trader voids bets, settled and open.
 */
export async function playOut(database: TestDatabase, many: ManyBets): Promise<void> {
  const { seat, matches, races } = many;
  const { tenantId } = seat;
  const odds = database.pool("linehold_odds", { max: 1 });
  const stepper = openStepper(database);
  const say = async (eventId: string, facts: readonly FactRow[], at: Date) => {
    await using lease = await odds.lease({ access: "write" });
    const known = await readFacts(lease.connection, { eventId });
    const said = new Set(facts.map(keyOfFact));
    const gone = (known?.rows ?? []).filter((row) => !said.has(keyOfFact(row)));
    const news = [...facts, ...gone.map((row) => retraction(row, at))];
    await recordFacts(lease.connection, { eventId, source: "test", certainty: "confirmed", facts: news, at });
    await lease.commit();
  };
  const courses = fc.sample(course, { numRuns: 2 * matches.length, seed: 5 });
  const ended = (match: number, played: readonly Happening[]) => {
    const moment = momentsOf(played).at(-1) ?? { happened: 0, over: "regulation" };
    return claimsOf(knownAt(played, moment), match % 2 === 0 ? END : LATER);
  };
  for (const [match, eventId] of matches.entries()) {
    const played = courses[match] ?? [];
    const half = momentsOf(played).find(({ over }) => over === "first_half");
    if (half !== undefined) await say(eventId, claimsOf(knownAt(played, half), HALF_TIME), HALF_TIME);
  }
  await stepper.drain();
  // One match is never told the end of.
  for (const [match, eventId] of matches.entries())
    if (match > 0) await say(eventId, ended(match, courses[match] ?? []), END);
  for (const [race, eventId] of races.entries())
    await placeRunners(database, {
      tenantId,
      eventId,
      race,
      say: () => say(eventId, [statusClaim("ended", END)], END),
    });
  await stepper.drain();
  await takeWinnings(database, many);
  for (const [match, eventId] of matches.entries()) {
    const corrected = ended(match, courses[matches.length + match] ?? []);
    const from = new Date(NOW.getTime() + 400_000);
    const cancelled = cancelledClaim(
      { cancellationId: "slip", placedFrom: from, reason: "incorrect_odds", rule: "4.2" },
      LATER,
    );
    if (match % 4 === 1) await say(eventId, corrected, LATER);
    if (match % 8 === 2) await say(eventId, [statusClaim("void", LATER)], LATER);
    if (match % 8 === 3) await say(eventId, [...ended(match, courses[match] ?? []), cancelled], LATER);
    if (match % 8 === 4) await say(eventId, [statusClaim("live", LATER)], LATER);
  }
  await stepper.drain();
  for (const [match, eventId] of matches.entries())
    if (match % 8 === 3 || match % 16 === 4) await say(eventId, ended(match, courses[match] ?? []), AFTER);
  await stepper.drain();
  await voidSome(database, many);
  const [failed] = stepper.failures;
  if (failed !== undefined) throw new RangeError(`Cannot go on: ${failed.failure}`);
}

async function takeWinnings(database: TestDatabase, { seat }: ManyBets): Promise<void> {
  const { tenantId } = seat;
  await database.owner(
    `insert into tenant_settlement (tenant_id, version, negative_balance, updated_at) values ($1, 1, 'write_off', $2)`,
    [tenantId, END],
  );
  await using lease = await database.pool("linehold_web", { max: 1 }).lease({ access: "write", tenantId });
  const { cashMinor: amountMinor } = await readBalance(lease.connection, seat);
  await withdraw(lease.connection, { ...seat, amountMinor, idempotencyKey: "winnings", at: AFTER });
  await lease.commit();
}

/** Every fortieth bet, whatever it has come to. */
async function voidSome(database: TestDatabase, { seat, bets }: ManyBets): Promise<void> {
  const { tenantId } = seat;
  const operator = { tenantId, keyId: "4fQz8LrT1cXa", name: "trading desk" };
  const at = new Date(AFTER.getTime() + 1000);
  await using lease = await database.pool("linehold_web", { max: 1 }).lease({ access: "write", tenantId });
  for (const [index, { betId }] of bets.entries())
    if (index % 40 === 0)
      await voidBet(lease.connection, { betId, reason: "A slip of the pen", rule: "4.2" }, { operator, at });
  await lease.commit();
}

/** Which places runners shared, how many of them, and what withdrawn runners had been priced at. */
const FINISHES: readonly {
  readonly position?: number;
  readonly tied?: number;
  readonly withdrawn?: readonly Fraction[];
}[] = [
  { position: 1 },
  { position: 2, tied: 3 },
  { position: 3, tied: 2, withdrawn: [fraction(4n)] },
  { position: 3, tied: 7, withdrawn: [fraction(3n), fraction(9n)] },
  { position: 1, withdrawn: [fraction(11n, 10n), fraction(3n, 2n)] },
  {},
];

/**
 * Grades the runners of a race as its finish is worked out, since no market of the catalogue has places: as the worker would have planned
 * it. All that follows is the worker's own.
 */
async function placeRunners(
  database: TestDatabase,
  {
    tenantId,
    eventId,
    race,
    say,
  }: { readonly tenantId: string; readonly eventId: string; readonly race: number; say(): Promise<void> },
): Promise<void> {
  await say();
  const pool = database.pool("linehold_settlement", { max: 1 });
  const outcomes = [1, 2].flatMap((rulesVersion) =>
    RUNNERS.map((selection, index) => {
      const { position, tied = 1, withdrawn = [] } = FINISHES[(index + race) % FINISHES.length] ?? {};
      const placing = { marketType: selection.marketType, places: 3, position, tied, withdrawn };
      const graded = gradePlacing(placing, rules2());
      return { ...selection, rulesVersion, plannedAt: KICK_OFF, cancellationId: null, graded };
    }),
  );
  {
    await using lease = await pool.lease({ access: "write", tenantId });
    const planned = { tenantId, eventId, resultVersion: 1, outcomes, at: END };
    await saveOutcomeGrades(lease.connection, planned);
    await lease.commit();
  }
  await database.owner("update event_tenants set result_version = 1 where event_id = $1", [eventId]);
  await database.owner(
    "insert into settlement_jobs (tenant_id, event_id, result_version, due_at, planned) values ($1, $2, 1, $3, true)",
    [tenantId, eventId, END],
  );
}
