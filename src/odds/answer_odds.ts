import { answerPublic } from "../http/mod.ts";
import { ODDS_FRESH_MS } from "./read_boards.ts";
import type { PricedAnswer } from "./read_odds.ts";

/**
 * Prices as an answer. `max-age` never exceeds their remaining life, and there is no `stale-*` directive, so that no cache downstream
 * keeps a price bettable longer than we would.
 */
export function answerOdds(request: Request, { outcome, lifeMs }: PricedAnswer): Response {
  const maxAge = Math.floor(Math.min(ODDS_FRESH_MS, lifeMs) / 1000);
  return answerPublic(request, {
    representation: outcome.value,
    provenance: outcome,
    cacheControl: `public, max-age=${maxAge}, must-revalidate`,
  });
}
