import { ruleInWords } from "./rule_words.ts";

/** One rule of a published document. */
export interface RuleText {
  /** As in `postponed`. */
  readonly section: string;
  /** The sport or market type it is for; `null` for all that no other rule of the section is for. */
  readonly for: string | null;
  /** As it was published. */
  readonly says: unknown;
  /** The same in plain words. */
  readonly text: string;
}

/** Sections that hold a rule a sport or a market type. */
const KEYED: ReadonlySet<string> = new Set([
  "postponed",
  "abandoned",
  "retired",
  "overtime",
  "dead_heat",
  "round_seconds",
]);

/** From what every bet may meet to what few do. The database keeps a document's sections in an order of its own. */
const IN_ORDER: readonly string[] = [
  ...[
    "1x2",
    "overtime",
    "decided_markets",
    "postponed",
    "abandoned",
    "cancelled",
    "void_result",
    "walkover",
    "retired",
  ],
  ...["level_winner", "minimum_play", "dead_heat", "deductions", "listed_pitchers", "scorers", "card_points"],
  ...["round_seconds", "rounding"],
];

/** All of a document of house rules, rule by rule, each in plain words; sections that nobody knows come last. Pure. */
export function houseRulesInWords(document: Readonly<Record<string, unknown>>): RuleText[] {
  const place = (section: string) => {
    const known = IN_ORDER.indexOf(section);
    return known < 0 ? IN_ORDER.length : known;
  };
  const sections = Object.entries(document).sort(([one], [other]) => place(one) - place(other));
  return sections.flatMap(([section, says]) =>
    partsOf(section, says).map(({ of, part }) => ({
      section,
      for: of === "default" ? null : of,
      says: part,
      text: ruleInWords(section, part, of),
    })),
  );
}

function partsOf(section: string, says: unknown): readonly { readonly of: string; readonly part: unknown }[] {
  if (KEYED.has(section) && typeof says === "object" && says !== null)
    return inOrderOfWhom(Object.entries(says).map(([of, part]) => ({ of, part })));
  if (section === "minimum_play" && Array.isArray(says))
    return says.map((part: { readonly sport?: string }) => ({ of: part.sport ?? "default", part }));
  return [{ of: "default", part: says }];
}

/** What is for everybody first, then by name. */
function inOrderOfWhom<T extends { readonly of: string }>(parts: readonly T[]): T[] {
  const name = ({ of }: T) => (of === "default" ? "" : of);
  return parts.toSorted((one, other) => (name(one) < name(other) ? -1 : 1));
}
