import type { FactStatus } from "../results/mod.ts";
import type { AppliedRule } from "./contract.ts";
import { ruleInWords } from "./rule_words.ts";

/** The rules of one version, as they were published. */
export type RulesDocument = Readonly<Record<string, unknown>>;

/** A graded leg, as far as it says which rules had a part in it. */
export interface RuledLeg {
  readonly marketType: string;
  readonly period: string;
  readonly sport: string | null;
  readonly reason: string;
  /** Whether part of the winnings was kept. */
  readonly isDeducted: boolean;
  /** How the event stood, by the facts it was graded by. */
  readonly status: FactStatus | undefined;
}

/**
 * The sections of the published rules that had a part in a leg's grade, each as it was published and in plain words. Sections that the
 * version is silent on are absent. Pure.
 */
export function appliedRules(leg: RuledLeg, rules: RulesDocument): AppliedRule[] {
  return sectionsOf(leg).flatMap((name) => {
    const says = rules[name];
    if (says === undefined) return [];
    return [BY_KEY.has(name) ? keyed(name, says, leg) : listed(name, says, leg)].filter(
      (rule) => rule !== undefined,
    );
  });
}

const BY_KEY: ReadonlySet<string> = new Set([
  "postponed",
  "abandoned",
  "retired",
  "overtime",
  "dead_heat",
  "round_seconds",
]);

const BY_REASON: Readonly<Record<string, string>> = {
  result_void: "void_result",
  cancelled: "cancelled",
  walkover: "walkover",
  postponed: "postponed",
  abandoned: "abandoned",
  retired: "retired",
  disqualified: "retired",
  not_enough_play: "minimum_play",
  pitcher_changed: "listed_pitchers",
  did_not_take_part: "scorers",
  dead_heat: "dead_heat",
};

/** A market type that is decided by a rule of its own. */
const BY_MARKET: readonly (readonly [pattern: RegExp, section: string])[] = [
  [/^1x2/, "1x2"],
  [/cards_/, "card_points"],
  [/^rounds_total$/, "round_seconds"],
  [/_scorer$/, "scorers"],
];

const RUNNING: ReadonlySet<FactStatus> = new Set(["live", "interrupted"]);

function sectionsOf({ marketType, period, reason, isDeducted, status }: RuledLeg): readonly string[] {
  const byReason = BY_REASON[reason];
  const isPlayed = byReason === undefined || reason === "dead_heat";
  return [
    ...new Set([
      ...(byReason === undefined ? [] : [byReason]),
      ...(isPlayed
        ? BY_MARKET.filter(([pattern]) => pattern.test(marketType)).map(([, section]) => section)
        : []),
      ...(isPlayed && period === "match" ? ["overtime"] : []),
      ...(reason === "push" && marketType.startsWith("moneyline") ? ["level_winner"] : []),
      ...(isDeducted ? ["deductions"] : []),
      ...(isPlayed && status !== undefined && RUNNING.has(status) ? ["decided_markets"] : []),
      ...(isPlayed && status === "abandoned" ? ["abandoned"] : []),
      ...(isPlayed && (status === "retired" || status === "disqualified") ? ["retired"] : []),
    ]),
  ];
}

/** A rule by sport, or by market type: the one that is for the leg. */
function keyed(name: string, says: unknown, { marketType, sport }: RuledLeg): AppliedRule | undefined {
  const given = says as Readonly<Record<string, unknown>>;
  const key = name === "dead_heat" ? marketType : (sport ?? "default");
  const of = Object.hasOwn(given, key) ? key : "default";
  const own = given[of];
  if (own === undefined) return undefined;
  return { section: `${name}.${of}`, says: own, text: ruleInWords(name, own, of) };
}

function listed(name: string, says: unknown, { marketType, sport }: RuledLeg): AppliedRule | undefined {
  if (name !== "minimum_play") return { section: name, says, text: ruleInWords(name, says) };
  const of = (
    says as readonly { readonly sport: string; readonly market_types: "all" | readonly string[] }[]
  ).find(
    (one) => one.sport === sport && (one.market_types === "all" || one.market_types.includes(marketType)),
  );
  return of && { section: `${name}.${of.sport}`, says: of, text: ruleInWords(name, of) };
}
