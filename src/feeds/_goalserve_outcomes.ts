import { isOutcomeOf, type KnownMarketType, MARKET_TYPES } from "../markets/mod.ts";

export interface TeamNames {
  readonly home: string;
  readonly away: string;
}

type Labels = Readonly<Record<string, string>>;

const DOUBLE_CHANCE: Labels = {
  "home/draw": "home_or_draw",
  "home/away": "home_or_away",
  "draw/away": "draw_or_away",
};
const HALVES: Labels = { "1st half": "first_half", "2nd half": "second_half" };
const QUARTERS: Labels = {
  "1st quarter": "first_quarter",
  "2nd quarter": "second_quarter",
  "3rd quarter": "third_quarter",
  "4th quarter": "fourth_quarter",
};
// The vendor's "Draw" where nobody scores: at the price of 0:0 in all stored matches, and beside a "Score Draw" of its own.
const MARGIN: Labels = { draw: "goalless_draw", "score draw": "score_draw" };
const NOBODY_SCORES: Labels = { draw: "none" };
const OVER_UNDER_BOTH: Labels = {
  "o/yes": "over_yes",
  "o/no": "over_no",
  "u/yes": "under_yes",
  "u/no": "under_no",
};

/** Where a label is not just the outcome in other letters. The same words mean other things elsewhere ("Home/Draw", "Draw"). */
const LABELS: Readonly<Partial<Record<KnownMarketType, Labels>>> = {
  double_chance: DOUBLE_CHANCE,
  highest_half: HALVES,
  team_highest_half_home: HALVES,
  team_highest_half_away: HALVES,
  highest_quarter: QUARTERS,
  winning_margin: MARGIN,
  first_to_score: NOBODY_SCORES,
  last_to_score: NOBODY_SCORES,
  total_both_to_score: OVER_UNDER_BOTH,
};
const PAIRS: ReadonlySet<KnownMarketType> = new Set(["1x2_total", "moneyline_total", "1x2_both_to_score"]);
const MORE = /^more (\d{1,2})$/;
const MARGIN_OF = /^([12]) by (\d\+?)$/;

/** The outcome a label names within a market of this type, or `undefined` if it names none. */
export function outcomeOf(marketType: KnownMarketType, label: string, teams: TeamNames): string | undefined {
  const outcome = translate(marketType, label, teams);
  return outcome !== undefined && isOutcomeOf(MARKET_TYPES[marketType], outcome) ? outcome : undefined;
}

/** Whether a type's labels name the teams, so that they mean something in one match alone. */
export function isOfTeams(marketType: KnownMarketType): boolean {
  return marketType === "half_time_full_time";
}

function translate(marketType: KnownMarketType, label: string, teams: TeamNames): string | undefined {
  if (marketType === "half_time_full_time") return halfAndFull(label, teams);
  const { outcomes } = MARKET_TYPES[marketType];
  if (outcomes === "name") return label === "No Goalscorer" ? "none" : label;
  const words = label.toLowerCase();
  const named = LABELS[marketType];
  if (named !== undefined && Object.hasOwn(named, words)) return named[words];
  // "more 3" beside 0, 1 and 2 is three and more.
  if (outcomes === "count") return words.replace(MORE, "$1+");
  if (marketType === "winning_margin") return marginOf(words);
  return PAIRS.has(marketType) ? words.replace("/", "_") : words;
}

function marginOf(words: string): string | undefined {
  const [, side, margin] = MARGIN_OF.exec(words) ?? [];
  return side && `${side === "1" ? "home" : "away"}_by_${margin}`;
}

/** Half and full time are written in words, as 1/X/2, or with the teams' own names, which may hold a slash themselves. */
function halfAndFull(label: string, { home, away }: TeamNames): string | undefined {
  if (home === away) return undefined;
  const alphabets = [
    { home: "Home", draw: "Draw", away: "Away" },
    { home: "1", draw: "X", away: "2" },
    { home, draw: "Draw", away },
  ];
  const sides = ["home", "draw", "away"] as const;
  for (const alphabet of alphabets) {
    for (const half of sides) {
      for (const full of sides) {
        if (label === `${alphabet[half]}/${alphabet[full]}`) return `${half}/${full}`;
      }
    }
  }
  return undefined;
}
