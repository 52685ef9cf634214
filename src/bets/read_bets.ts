import type { Connection } from "../pool/mod.ts";
import type { BetList, BetView, LegView } from "./contract.ts";
import { BetNotFoundError } from "./errors.ts";
import {
  type BetFilter,
  type StandingBetRow,
  type StandingLeg,
  selectBet,
  selectBets,
  selectStandingLegs,
} from "./read_queries.ts";
import { viewOf } from "./view.ts";

/**
 * One bet as it stands.
 *
 * @throws {BetNotFoundError} If the tenant, or the player that is named, has no such bet.
 */
export async function readBet(
  connection: Connection,
  asked: { readonly tenantId: string; readonly betId: string; readonly playerId?: string },
): Promise<BetView> {
  const { tenantId, betId } = asked;
  const [row, legs] = await Promise.all([
    selectBet(connection, asked),
    selectStandingLegs(connection, { tenantId, betIds: [betId] }),
  ]);
  if (row === undefined) throw new BetNotFoundError(betId);
  return standingViewOf(row, legs);
}

/** A page of a player's bets, the latest first. */
export async function readBets(connection: Connection, filter: BetFilter): Promise<BetList> {
  const rows = await selectBets(connection, filter);
  const { tenantId, limit } = filter;
  const betIds = rows.map(({ betId }) => betId);
  const legs = betIds.length === 0 ? [] : await selectStandingLegs(connection, { tenantId, betIds });
  const byBet = Map.groupBy(legs, ({ betId }) => betId);
  return {
    items: rows.map((row) => standingViewOf(row, byBet.get(row.betId) ?? [])),
    next: rows.length < limit ? null : (betIds.at(-1) ?? null),
  };
}

function standingViewOf(row: StandingBetRow, legs: readonly StandingLeg[]): BetView {
  const { state, limitsVersion, returnMinor, settledAt, voidedAt, voidReason, voidRule } = row;
  const bet = {
    betId: row.betId,
    playerId: row.playerId,
    currency: row.currency,
    stakeMinor: row.stakeMinor,
    rulesVersion: row.rulesVersion,
    terms: row.terms,
    limitsVersion: limitsVersion === null ? null : Number(limitsVersion),
    placedAt: row.placedAt,
    legs: legs.map(({ betId: _, resultVersion: __, result: ___, voidHalves: ____, ...leg }) => leg),
  };
  return viewOf(bet, {
    state,
    legs: legs.map((leg) => ({ state: legStateOf(leg), resultVersion: leg.resultVersion })),
    settled: returnMinor === null || settledAt === null ? null : { returnMinor, at: settledAt },
    voided:
      voidedAt === null || voidReason === null || voidRule === null
        ? null
        : { reason: voidReason, rule: voidRule, at: voidedAt },
  });
}

/** What a grade comes to, as one says it. Pure. */
function legStateOf({ result, voidHalves }: Pick<StandingLeg, "result" | "voidHalves">): LegView["state"] {
  if (result === null || voidHalves === null) return "open";
  if (voidHalves === 2) return "void";
  if (voidHalves === 1) return result === 1 ? "half_won" : "half_lost";
  return result === 1 ? "won" : "lost";
}
