import type { CountClaim, FactPeriod } from "../results/mod.ts";
import {
  type Fixture,
  halfTimeScore,
  MATCH_MS,
  MINUTE_MS,
  scoreAt,
  secondHalfAt,
} from "./_simulated_league.ts";
import type { KnownOfEvent, Score } from "./snapshot.ts";

/** What is known of a match of the league at a moment since its kick-off: the score of each stretch, and the goals in their order. */
export function simulatedKnown(fixture: Fixture, now: number): KnownOfEvent {
  const { goals, startsAt } = fixture;
  const tenMinutesAt = startsAt + 10 * MINUTE_MS;
  const breakAt = secondHalfAt(fixture);
  const isOver = now >= startsAt + MATCH_MS;
  const isSecondHalf = now >= breakAt;
  const scored = goals.filter(({ at }) => at <= now);
  return {
    counts: [
      ...countsOf("first_10_minutes", scoreAt(fixture, Math.min(now, tenMinutesAt)), now > tenMinutesAt),
      ...countsOf("first_half", isSecondHalf ? halfTimeScore(fixture) : scoreAt(fixture, now), isSecondHalf),
      ...countsOf("regulation", scoreAt(fixture, now), isOver),
    ],
    goals: {
      goals: scored.map(({ at, side }) => ({
        side,
        period: at <= tenMinutesAt ? "first_10_minutes" : at < breakAt ? "rest_of_first_half" : "second_half",
      })),
      final: isOver,
    },
  };
}

function countsOf(period: FactPeriod, { home, away }: Score, final: boolean): CountClaim[] {
  const count = { statistic: "score", period, final } as const;
  return [
    { ...count, side: "home", value: home },
    { ...count, side: "away", value: away },
  ];
}
