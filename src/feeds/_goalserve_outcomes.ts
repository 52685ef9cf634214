import { marketTypeEntry } from "../markets/mod.ts";

export interface TeamNames {
  readonly home: string;
  readonly away: string;
}

const SCORE = /^\d{1,3}:\d{1,3}$/;

const DOUBLE_CHANCE: Readonly<Record<string, string>> = {
  "home/draw": "home_or_draw",
  "home/away": "home_or_away",
  "draw/away": "draw_or_away",
};

/**
 * The outcome a label names within a market of this type, or `undefined` if it names none: the same words mean other things
 * elsewhere ("Home/Draw" is a double chance here, half and full time there).
 */
export function outcomeOf(marketType: string, label: string, teams: TeamNames): string | undefined {
  const outcomes = marketTypeEntry(marketType)?.outcomes;
  if (outcomes === undefined) return undefined;
  if (outcomes === "score") return SCORE.test(label) ? label : undefined;
  const outcome = translate(marketType, label, teams);
  return outcome !== undefined && outcomes.includes(outcome) ? outcome : undefined;
}

function translate(marketType: string, label: string, teams: TeamNames): string | undefined {
  const words = label.toLowerCase();
  if (marketType === "double_chance") return DOUBLE_CHANCE[words];
  if (marketType === "half_time_full_time") return halfAndFull(label, teams);
  return words;
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
