import {
  countClaim,
  type FactRow,
  type Facts,
  goalClaims,
  playerClaim,
  retiredClaim,
  statusClaim,
} from "../../src/results/mod.ts";

/** The facts as the claims that a source would make. */
export function claimsOf({ status, counts, goals, players = [], retired }: Facts, trueAt: Date): FactRow[] {
  const list = goals?.list.map(({ side, period, player, ownGoal }) => ({
    side,
    period,
    ...(player !== undefined && { player }),
    ...(ownGoal !== undefined && { ownGoal }),
  }));
  return [
    statusClaim(status, trueAt),
    ...counts.map((count) => countClaim(count, trueAt)),
    ...(list === undefined ? [] : goalClaims({ goals: list, final: goals?.final ?? false }, trueAt)),
    ...players.map((player) => playerClaim(player, trueAt)),
    ...(retired === undefined ? [] : [retiredClaim(retired.side, trueAt)]),
  ];
}
