import { minorToJson } from "../http/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { StuckBetsView } from "./stuck_contract.ts";
import {
  type NamedOutcome,
  type StuckBetRow,
  type StuckLegRow,
  selectStuckBets,
  selectStuckLegs,
  selectWaitingOutcomes,
  type WaitingOutcomeRow,
} from "./stuck_queries.ts";
import { failureWords, undecidedWords } from "./stuck_words.ts";

/** Most of each list: who has more of them has one cause to see to, and sees it in the first. */
export const STUCK_MAX = 200;
/** After its planned start an event should be over: a match with extra time and penalties takes half of it. */
const OVER_AFTER_MS = 6 * 60 * 60 * 1000;

/** After so many failures a correction is not tried any more (`SETTLEMENT_LIMITS`). */
const ATTEMPTS_MAX = 3;

/** Everything of a tenant that is not settled and should be, and why. Needs a lease of the tenant's. */
export async function readStuckBets(
  connection: Connection,
  { tenantId, at }: { readonly tenantId: string; readonly at: Date },
): Promise<StuckBetsView> {
  const bets = await selectStuckBets(connection, {
    tenantId,
    attemptsMax: ATTEMPTS_MAX,
    limit: STUCK_MAX + 1,
  });
  const shown = bets.slice(0, STUCK_MAX);
  const betIds = shown.map(({ betId }) => betId);
  const legs = betIds.length === 0 ? [] : await selectStuckLegs(connection, { tenantId, betIds });
  const byBet = Map.groupBy(legs, ({ betId }) => betId);
  const overFrom = new Date(at.getTime() - OVER_AFTER_MS);
  const outcomes = await selectWaitingOutcomes(connection, { tenantId, overFrom, limit: STUCK_MAX + 1 });
  return {
    bets: shown.map((bet) => betViewOf(bet, byBet.get(bet.betId) ?? [])),
    outcomes: outcomes.slice(0, STUCK_MAX).map(outcomeViewOf),
    moreBets: bets.length > STUCK_MAX,
    moreOutcomes: outcomes.length > STUCK_MAX,
  };
}

function betViewOf(bet: StuckBetRow, legs: readonly StuckLegRow[]): StuckBetsView["bets"][number] {
  const { stakeMinor, placedAt, retryAt, failure, state, ...rest } = bet;
  return {
    ...rest,
    state: state === "void" ? "settled" : state,
    stakeMinor: minorToJson(stakeMinor),
    placedAt: placedAt.toISOString(),
    retryAt: retryAt?.toISOString() ?? null,
    failure,
    reason: failureWords(failure),
    legs: legs.map(({ betId: _, ...leg }) => ({ ...leg, ...named(leg) })),
  };
}

function outcomeViewOf(row: WaitingOutcomeRow): StuckBetsView["outcomes"][number] {
  const { why, missing, ...outcome } = row;
  return { ...outcome, ...named(outcome), why: why ?? "nothing_known", reason: undecidedWords(why, missing) };
}

function named({ startsAt }: NamedOutcome): { readonly startsAt: string } {
  return { startsAt: startsAt.toISOString() };
}
