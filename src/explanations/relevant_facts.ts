import type { Selection } from "../markets/mod.ts";
import type { KnownFact } from "../results/mod.ts";
import { isCancelledBy } from "./cancelled_bets.ts";
import type { KnownFactView } from "./contract.ts";

/** A graded leg, as far as it says which facts bear on it. */
export interface FactsBearingOn extends Selection {
  readonly sport: string | null;
  readonly placedAt: Date;
}

/** What any grade may rest on, whatever the market. */
const ALWAYS: ReadonlySet<string> = new Set(["status", "start", "played", "retired", "withdrawn"]);

/**
 * Of all that was known of an event, what bears on one leg's grade: graded by these alone, the leg has the same grade. Squads, counts of
 * something else and cancellations that are not its own are left out. The status comes first. Pure.
 */
export function relevantFacts(leg: FactsBearingOn, rows: readonly KnownFact[]): KnownFact[] {
  const statistics = statisticsOf(leg, rows);
  const bearing = rows.filter(({ fact, statistic, subject, detail }) => {
    switch (fact) {
      case "count":
        return statistic !== null && statistics.has(statistic);
      case "goal":
        return isOfGoals(leg);
      case "player":
        return subject === leg.outcome;
      case "winner":
        return leg.marketType.startsWith("moneyline");
      case "bout":
        return leg.marketType === "rounds_total";
      case "pitcher":
        return leg.sport === "baseball";
      case "cancelled":
        return isCancelledBy(leg, detail ?? {});
      default:
        return ALWAYS.has(fact);
    }
  });
  const isStatus = ({ fact }: KnownFact) => fact === "status";
  return [...bearing.filter(isStatus), ...bearing.filter((fact) => !isStatus(fact))];
}

function isOfGoals({ marketType }: FactsBearingOn): boolean {
  return marketType.endsWith("_scorer") || marketType.endsWith("_to_score");
}

const SETS_AND_GAMES = ["sets", "games", "score"] as const;

function statisticsOf(
  { marketType, sport }: FactsBearingOn,
  rows: readonly KnownFact[],
): ReadonlySet<string> {
  const counted = countedBy(marketType);
  // Whether a player who gave up had lost a set decides what becomes of every market of the match.
  if (rows.some(({ fact }) => fact === "retired")) return new Set([...counted, ...SETS_AND_GAMES]);
  const isOfSets = sport === "tennis" || sport === "volleyball";
  return new Set(isOfSets && counted.includes("score") ? SETS_AND_GAMES : counted);
}

function countedBy(marketType: string): readonly string[] {
  if (marketType.includes("corners")) return ["corners"];
  if (marketType.includes("cards")) return ["yellow_cards", "red_cards"];
  if (marketType.includes("hits")) return ["hits"];
  if (marketType.startsWith("games_")) return ["games"];
  if (/^(sets_|set_|straight_sets_)/.test(marketType)) return ["sets"];
  return ["score"];
}

/** A fact as it is shown. The note of whoever entered it stays out: nobody has promised that it names no person. Pure. */
export function factView(fact: KnownFact): KnownFactView {
  const { subject, detail, trueAt, knownAt } = fact;
  return {
    fact: fact.fact,
    statistic: fact.statistic,
    period: fact.period,
    side: fact.side,
    subject: subject === "" ? null : subject,
    value: fact.value,
    detail: detail === null ? null : { ...detail },
    final: fact.final,
    source: fact.source,
    certainty: fact.certainty,
    actor: fact.actor,
    trueAt: trueAt.toISOString(),
    knownAt: knownAt.toISOString(),
    version: fact.version,
  };
}
