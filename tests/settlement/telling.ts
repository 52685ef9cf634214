import type { Placement } from "../../src/bets/mod.ts";
import { fraction } from "../../src/markets/mod.ts";
import {
  cancelledClaim,
  countClaims,
  type FactRow,
  type FactStatus,
  type RecordedFacts,
  recordFacts,
  retraction,
  statusClaim,
} from "../../src/results/mod.ts";
import { type BettingHouse, KICK_OFF, NOW, openHouse, type Seat } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { openStepper, type Stepper } from "./stepping.ts";

/** Price of either side of a total. */
export const EVENS = fraction(2n);

/** A house whose events have totals beside the three ways, whose business time can be moved, and of whose events can be told. */
export interface ToldHouse extends BettingHouse {
  readonly database: TestDatabase;
  readonly stepper: Stepper;
  /** Later placements are made at this time. */
  at(moment: Date): void;
  addTotals(eventId: string): Promise<void>;
  total(seat: Seat, bet: { eventId: string; over: number; stakeMinor: bigint }): Promise<Placement>;
  /** Says it, for all, and settles until nothing is left to do; what that did. */
  tell(eventId: string, facts: readonly FactRow[]): Promise<Record<string, number>>;
  /** Says it, and settles nothing. */
  say(eventId: string, facts: readonly FactRow[], tenantId?: string): Promise<RecordedFacts>;
  stateOf(bet: Placement): Promise<Readonly<{ state: string; version: number }>>;
}

export async function openToldHouse(scope: AsyncDisposableStack): Promise<ToldHouse> {
  const database = scope.use(await openDatabase());
  let now = NOW.getTime();
  const house = openHouse(database, { clock: { epochMs: () => now } });
  const odds = database.pool("linehold_odds", { max: 2 });
  const stepper = openStepper(database);
  const say: ToldHouse["say"] = async (eventId, facts, tenantId) => {
    await using lease = await (tenantId === undefined
      ? odds.lease({ access: "write" })
      : house.pool.lease({ access: "write", tenantId }));
    const recorded = await recordFacts(lease.connection, {
      eventId,
      tenantId,
      facts,
      source: "told",
      at: KICK_OFF,
    });
    await lease.commit();
    return recorded;
  };
  return {
    ...house,
    database,
    stepper,
    at(moment) {
      now = moment.getTime();
    },
    addTotals: (eventId) =>
      database
        .owner(
          `insert into prices (
             event_id, book, market_type, period, label, line_quarters, outcome, price_numerator, price_denominator,
             suspended, updated_at
           )
           select $1, 'book', market, 'regulation', '', line, outcome, 2, 1, false, $2
           from (values ('total', 2), ('total', 6), ('total', 10), ('total', 14), ('asian_total', 9)) as lines (market, line)
           cross join unnest(array['over', 'under']) as outcome`,
          [eventId, NOW],
        )
        .then(() => {}),
    total: (seat, { eventId, over, stakeMinor }) =>
      house.place(seat, {
        ...{ eventId, outcome: "over", stakeMinor, price: EVENS },
        leg: { marketType: "total", lineQuarters: over * 4 },
      }),
    say,
    async tell(eventId, facts) {
      await say(eventId, facts);
      return await stepper.drain();
    },
    async stateOf({ betId }) {
      const [row] = await database.owner<{ state: string; version: number }>(
        "select state, settlement_version as version from bets where bet_id = $1",
        [betId],
      );
      return row ?? { state: "missing", version: 0 };
    },
  };
}

const TRUE_AT = KICK_OFF;

export const status = (name: FactStatus) => [statusClaim(name, TRUE_AT)];

/** The score so far, or the last one. */
export function score(home: number, away: number, { final }: { readonly final: boolean }): FactRow[] {
  return countClaims({ statistic: "score", period: "regulation", home, away, final }, TRUE_AT);
}

export const live = (home: number, away: number) => [
  ...status("live"),
  ...score(home, away, { final: false }),
];
export const ended = (home: number, away: number) => [
  ...status("ended"),
  ...score(home, away, { final: true }),
];

export const CANCELLATION = {
  cancellationId: "cancelled-1",
  marketType: "1x2",
  reason: "incorrect_odds",
  rule: "Palpable errors",
} as const;

export const cancel = (window: { readonly placedFrom?: Date; readonly placedBefore?: Date }) => [
  cancelledClaim({ ...CANCELLATION, ...window }, TRUE_AT),
];
export const uncancel = () => [
  retraction(
    { fact: "cancelled", statistic: null, period: null, side: null, subject: CANCELLATION.cancellationId },
    TRUE_AT,
  ),
];
