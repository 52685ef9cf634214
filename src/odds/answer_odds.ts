import { answerPublic } from "../http/mod.ts";
import type { Outcome } from "../reads/mod.ts";
import { type Board, expiredRepresentation, remainingLifeMs } from "./board.ts";
import { ODDS_FRESH_MS } from "./read_catalogue.ts";

/**
 * The prices of an event as an answer: as they are while they hold, all suspended and with their age once they do not.
 *
 * `max-age` never exceeds the prices' remaining life, and there is no `stale-*` directive, so that no cache downstream keeps
 * a price bettable longer than we would.
 */
export function answerOdds(
  request: Request,
  outcome: Outcome<Board>,
  { epochMs, ageMaxMs }: { epochMs: number; ageMaxMs: number },
): Response {
  const board = outcome.value;
  const lifeMs = remainingLifeMs(board, { epochMs, ageMaxMs });
  const representation = lifeMs > 0 ? board.representation : expiredRepresentation(board, epochMs);
  const maxAge = Math.floor(Math.min(ODDS_FRESH_MS, lifeMs) / 1000);
  return answerPublic(request, {
    representation,
    provenance: outcome,
    cacheControl: `public, max-age=${maxAge}, must-revalidate`,
  });
}
