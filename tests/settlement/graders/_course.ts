import fc from "fast-check";
import { MARKET_TYPES } from "../../../src/markets/mod.ts";
import type { CountFact, FactPeriod, Facts, GoalFact, Side } from "../../../src/results/mod.ts";
import type { Leg } from "../../../src/settlement/mod.ts";
import { counted, hoursAfter, KICK_OFF, leg } from "./_known.ts";

/** What happens in a football match, in order. */
export interface Happening {
  readonly what: "goal" | "corner" | "yellow" | "red";
  readonly side: Side;
  readonly half: "first_half" | "second_half";
  readonly player: string;
  readonly ownGoal: boolean;
}

export const PLAYERS = ["A. One", "B. Two", "C. Three"];
const happening = fc.record({
  what: fc.constantFrom(
    "goal" as const,
    "goal" as const,
    "corner" as const,
    "yellow" as const,
    "red" as const,
  ),
  side: fc.constantFrom("home" as const, "away" as const),
  player: fc.constantFrom(...PLAYERS),
  ownGoal: fc.boolean(),
});

/** Any course of play, the first half's happenings first. */
export const course: fc.Arbitrary<readonly Happening[]> = fc
  .tuple(fc.array(happening, { maxLength: 8 }), fc.array(happening, { maxLength: 8 }))
  .map(([first, second]) => [
    ...first.map((one) => ({ ...one, half: "first_half" as const })),
    ...second.map((one) => ({ ...one, half: "second_half" as const })),
  ]);

const COUNTED = [
  ["goal", "score"],
  ["corner", "corners"],
  ["yellow", "yellow_cards"],
  ["red", "red_cards"],
] as const;

/** A moment of a course of play: how much of it has happened, and which part of it is over. */
export interface Moment {
  readonly happened: number;
  readonly over: "nothing" | "first_half" | "regulation";
}

/** Every moment at which something is new, in order. */
export function momentsOf(happenings: readonly Happening[]): Moment[] {
  const first = happenings.filter(({ half }) => half === "first_half").length;
  const before = Array.from({ length: first + 1 }, (_, happened) => ({ happened, over: "nothing" as const }));
  const after = Array.from({ length: happenings.length - first + 1 }, (_, more) => ({
    happened: first + more,
    over: "first_half" as const,
  }));
  return [...before, ...after, { happened: happenings.length, over: "regulation" }];
}

/** All that can be known of a course of play at a moment. */
export function knownAt(happenings: readonly Happening[], { happened, over }: Moment): Facts {
  const so = happenings.slice(0, happened);
  const counts = COUNTED.flatMap(([what, statistic]): CountFact[] => {
    const of = (side: Side, half?: FactPeriod) =>
      so.filter((one) => one.what === what && one.side === side && (half === undefined || one.half === half))
        .length;
    const firstHalf = [of("home", "first_half"), of("away", "first_half")] as const;
    return [
      ...counted("first_half", firstHalf, { statistic, final: over !== "nothing" }),
      ...counted("regulation", [of("home"), of("away")], { statistic, final: over === "regulation" }),
    ];
  });
  const list: GoalFact[] = so
    .filter(({ what }) => what === "goal")
    .map(({ side, player, ownGoal, half }) => ({ side, player, ownGoal, period: half }));
  return {
    asOf: hoursAfter(1),
    status: over === "regulation" ? "ended" : "live",
    starts: { planned: KICK_OFF },
    counts,
    goals: { list, final: over === "regulation" },
    players: PLAYERS.map((name, index) => ({
      name,
      side: "home",
      enteredAfterGoals: index === 2 ? null : 0,
    })),
  };
}

const LINES = { none: [""], total: ["2.5", "3", "9.75"], handicap: ["-1", "-0.75", "0.5"] } as const;
const OUTCOMES = {
  score: ["0:0", "1:0", "0:1", "1:1", "2:1", "1:2"],
  count: ["0", "1", "2", "3", "4+"],
  name: [...PLAYERS, "none"],
} as const;
const NOT_FOOTBALL =
  /^(games_|sets_|set_score|straight_sets_|rounds_|hits_|team_hits_|highest_quarter|moneyline)/;

/** Selections of every market type that football has, over whole matches and halves. */
export const FOOTBALL: readonly Leg[] = Object.entries(MARKET_TYPES)
  .filter(([type]) => !NOT_FOOTBALL.test(type))
  .flatMap(([type, { line, outcomes }]) => {
    const names: readonly string[] = typeof outcomes === "string" ? OUTCOMES[outcomes] : outcomes;
    return LINES[line].flatMap((at) =>
      names
        .filter((name) => name !== "none" || type !== "anytime_scorer")
        .flatMap((outcome) =>
          (["regulation", "first_half", "second_half"] as const).map((period) =>
            leg(`${type} ${outcome.replaceAll(" ", "_")} ${at}`.trim(), { outcome, period }),
          ),
        ),
    );
  });
