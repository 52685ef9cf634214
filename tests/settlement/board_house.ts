import { placeBet } from "../../src/bets/mod.ts";
import { recordResult, type Score, writeSnapshot } from "../../src/feeds/mod.ts";
import { fraction } from "../../src/markets/mod.ts";
import { LIMITS, NOW, openHouse, type Seat } from "../bets/betting_house.ts";
import { readBoard } from "../feeds/_read.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** A bet to place: the source's id of the match, the outcome, and how much. */
export interface Pick {
  readonly match: string;
  readonly outcome: string;
  readonly stakeMinor: bigint;
}

/** How a match ended, as told by the source. */
export interface Ending {
  readonly match: string;
  /** Absent when nothing was decided. */
  readonly score?: Score;
}

/** A board of GoalServe's, taken by the real adapter and writer, with bets placed by the real verb. */
export interface BoardHouse {
  readonly matches: readonly string[];
  addPlayer(depositMinor: bigint): Promise<Seat>;
  cash(seat: Seat): Promise<bigint>;
  /** What placing said: `placed`, or the code of its refusal. */
  place(seat: Seat, pick: Pick): Promise<string>;
  /** Through the feeds' own verb, as the odds worker does. */
  record(endings: readonly Ending[]): Promise<void>;
  /** Returns in minor units by `match/outcome`, as stored with the settlements. */
  returns(): Promise<Readonly<Record<string, bigint>>>;
}

/** Business time is noon on 19 September 2025, when none of the boards' matches had begun. */
export async function openBoardHouse(
  database: TestDatabase,
  board: unknown,
  { at = NOW }: { readonly at?: Date } = {},
): Promise<BoardHouse> {
  const odds = database.pool("linehold_odds");
  await writeSnapshot(await readBoard(board), { lease: (options) => odds.lease(options), at });
  const clock = { epochMs: () => at.getTime() };
  const house = openHouse(database, { clock });
  const events = await database.owner<{ match: string; event_id: string }>(
    "select source_event_id as match, event_id from events order by source_event_id",
  );
  const eventIds = new Map(events.map(({ match, event_id }) => [match, event_id]));
  return {
    matches: events.map(({ match }) => match),
    addPlayer: (depositMinor) => house.addPlayer({ depositMinor }),
    cash: async (seat) => (await house.balance(seat)).cashMinor,
    async place(seat, { match, outcome, stakeMinor }) {
      const [shown] = await database.owner<{ book: string; top: bigint; below: bigint }>(
        `select book, price_numerator as top, price_denominator as below
         from prices
         where event_id = $1 and market_type = '1x2' and period = 'regulation' and outcome = $2`,
        [eventIds.get(match), outcome],
      );
      if (shown === undefined) return "not shown";
      const leg = {
        eventId: eventIds.get(match) ?? "",
        book: shown.book,
        marketType: "1x2",
        period: "regulation",
        label: "",
        lineQuarters: null,
        outcome,
        price: fraction(shown.top, shown.below),
      };
      const { tenantId, playerId } = seat;
      const request = { tenantId, playerId, idempotencyKey: `${match}/${outcome}`, stakeMinor, legs: [leg] };
      return await placeBet(request, { pool: house.pool, clock, limits: LIMITS }).then(
        () => "placed",
        (error: unknown) => (error instanceof Error && "code" in error ? String(error.code) : "bug"),
      );
    },
    async record(endings) {
      await using lease = await odds.lease({ access: "write" });
      for (const { match, score } of endings) {
        const facts =
          score === undefined ? ({ state: "void" } as const) : ({ state: "final", score } as const);
        const eventId = eventIds.get(match) ?? "";
        await recordResult(lease.connection, { eventId, facts, source: "goalserve/soccer", at });
      }
      await lease.commit();
    },
    async returns() {
      const rows = await database.owner<{ bet: string; minor: bigint }>(
        `select source_event_id || '/' || outcome as bet, return_minor as minor
         from settlements
         join bet_legs using (tenant_id, bet_id, event_id)
         join events using (event_id)`,
      );
      return Object.fromEntries(rows.map(({ bet, minor }) => [bet, minor]));
    },
  };
}

/** The same board with every stop flag, at every level, saying that nothing is stopped. */
export function withoutStops(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutStops);
  if (typeof node !== "object" || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([name, value]) => [name, name === "stop" ? "False" : withoutStops(value)]),
  );
}
