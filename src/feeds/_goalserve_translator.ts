import { type KnownMarketType, MARKET_TYPES, type Market, UNKNOWN_MARKET_TYPE } from "../markets/mod.ts";
import { goalserveMarket } from "./_goalserve_markets.ts";
import { isOfTeams, outcomeOf, type TeamNames } from "./_goalserve_outcomes.ts";
import { remembering } from "./_price_memory.ts";

/** What one of the vendor's markets is called here. */
export interface Translation {
  /** Its type and period, if its labels and lines fit. */
  readonly known: (Market & { readonly marketType: KnownMarketType }) | undefined;
  /** What it is kept as otherwise: the vendor's own name. */
  readonly unknown: Market;
}

/** Says what the vendor's words mean, each once: the same few hundred stand at a quarter of a million prices. */
export interface Translator {
  readonly market: (id: string, name: string) => Translation;
  /** The outcome a label names in a market of this type, or `undefined` if it names none. */
  readonly outcome: (marketType: KnownMarketType, label: string, teams: TeamNames) => string | undefined;
  /** The same text, shared with all that read alike. */
  readonly shared: (text: string) => string;
}

const NOBODY: TeamNames = { home: "", away: "" };

/** For one answer, as its memory is bounded but never let go. `sport` is the vendor's own name. */
export function createTranslator(sport: string): Translator {
  const market = remembering((key) => {
    const [id = "", ...name] = key.split("|");
    return translationOf(sport, id, name.join("|"));
  });
  const outcomes = Object.fromEntries(
    Object.keys(MARKET_TYPES).map((type) => [
      type,
      remembering((label) => outcomeOf(type as KnownMarketType, label, NOBODY) ?? null, 2000),
    ]),
  );
  const shared = remembering((text) => text);
  return {
    market: (id, name) => market(`${id}|${name}`),
    outcome: (marketType, label, teams) =>
      isOfTeams(marketType)
        ? outcomeOf(marketType, label, teams)
        : (outcomes[marketType]?.(label) ?? undefined),
    shared,
  };
}

function translationOf(sport: string, id: string, name: string): Translation {
  const found = goalserveMarket(sport, id, name);
  return {
    known: found && { ...found, label: "" },
    unknown: { marketType: UNKNOWN_MARKET_TYPE, period: UNKNOWN_MARKET_TYPE, label: name },
  };
}
