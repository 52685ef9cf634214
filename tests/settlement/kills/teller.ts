import type { Random } from "../../../src/resilience/mod.ts";
import type { TestDatabase } from "../../harness/test_database.ts";
import type { Scene } from "./scene.ts";
import { MANY_AT, makeWrongWords, type Reason, type Story, type Told, waitsForNothing } from "./story.ts";

/** Tenants' events with work to be done at any time: enough that no settler waits, few enough that what is told meets one that starts. */
const PENDING = 9;

/** Of what is told again, what concerns the event with many bets, and what those whose bets wait for others. */
const AGAIN = { many: 0.15, waiting: 0.15 };

/** What sources have to say, told no faster than it is settled. */
export interface Teller {
  /** How much was told so far. */
  readonly told: number;
  /**
   * Tells a little more if there is little to be done; `over` once everything is told and nothing is left to be done. With `forEver` there
   * is always more: an event is told wrongly again, for one of the reasons that are `sought` if there are any, and then rightly; and what
   * was quarantined on an event that is told of is tried anew.
   */
  tell(how: { readonly forEver: boolean; readonly sought: readonly Reason[] }): Promise<"more" | "over">;
}

export function openTeller(
  { database, scene, story }: { database: TestDatabase; scene: Scene; story: Story },
  { random, marksJobs }: { readonly random: Random; readonly marksJobs: boolean },
): Teller {
  const queue: Told[] = [...story.told];
  let told = 0;
  const poison = new Map(
    story.bets.filter((bet) => bet.poison).map(({ betId, legs }) => [legs[0]?.event, betId]),
  );
  const events = story.last.map((_, event) => event);
  const waiting = events.filter(waitsForNothing);
  const drawEvent = (): number => {
    const drawn = random();
    if (drawn < AGAIN.many) return Math.min(MANY_AT, events.length - 1);
    const among = drawn < AGAIN.many + AGAIN.waiting && waiting.length > 0 ? waiting : events;
    return among[Math.floor(random() * among.length)] ?? 0;
  };
  const tellAgain = (sought: readonly Reason[]): Told => {
    const event = drawEvent();
    const word = story.last[event];
    if (word === undefined) throw new RangeError("Cannot tell a story of no event");
    const [first = word, ...more] = [...makeWrongWords(word, random, sought), word];
    queue.push(...more.map((next) => ({ event, word: next })));
    return { event, word: first };
  };
  return {
    get told() {
      return told;
    },
    async tell({ forEver, sought }) {
      const pending = await countPending(database, marksJobs);
      await database.owner(FAILED_LONG_AGO);
      if (pending >= PENDING) return "more";
      const next = queue.shift() ?? (forEver ? tellAgain(sought) : undefined);
      if (next === undefined) return pending === 0 ? "over" : "more";
      if (forEver) await database.owner(TRY_ANEW, [poison.get(next.event) ?? null]);
      await scene.tell(next);
      told += 1;
      return "more";
    },
  };
}

// A bet that failed is left alone for a minute: nobody waits that long here.
const FAILED_LONG_AGO = `
  update bets
  set settlement_retry_at = null
  from (
    select tenant_id, bet_id
    from bets
    where settlement_retry_at is not null
    for no key update skip locked
  ) as failed
  where bets.tenant_id = failed.tenant_id and bets.bet_id = failed.bet_id`;

// What is told then may be nothing new: without being looked at again it would stay open for ever.
const TRY_ANEW = `
  with anew as (
    update bets
    set state = 'open', settlement_attempts = 0, settlement_failure = null
    where bet_id = $1 and state = 'quarantined'
    returning tenant_id, bet_id
  )
  update event_tenants
  set replan_at = now()
  from anew
  join bet_legs using (tenant_id, bet_id)
  where event_tenants.tenant_id = anew.tenant_id and event_tenants.event_id = bet_legs.event_id`;

// What is known of an event and was not taken up, what is to be looked at again, and what was taken up and is not done.
const PENDING_JOBS = `
  select (
    (select count(*) from settlement_jobs)
    + (select count(*) from event_tenants where fact_version > result_version or replan_at <= now())
  )::integer as count`;

// Of a settler that keeps no jobs.
const PENDING_BETS = `
  select count(distinct event_id)::integer as count
  from bets
  join bet_legs using (tenant_id, bet_id)
  join results using (event_id)
  where bets.state = 'open'`;

async function countPending(database: TestDatabase, marksJobs: boolean): Promise<number> {
  const [row] = await database.owner<{ readonly count: number }>(marksJobs ? PENDING_JOBS : PENDING_BETS);
  return row?.count ?? 0;
}
