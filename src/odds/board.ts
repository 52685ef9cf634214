import { type Representation, representJson } from "../http/mod.ts";
import type { Odds } from "./contract.ts";
import { expireOdds } from "./view.ts";

/** An event's prices, finished, with what decides how long they may be bet on. */
export interface Board {
  readonly odds: Odds;
  readonly representation: Representation;
  /** When the source last answered well, in milliseconds since 1970. */
  readonly confirmedAtMs: number | undefined;
  /** Until when the event's own state lets anyone bet: its start, no end while it is live, long past in any other state. */
  readonly opensUntilMs: number;
}

/** The board of these odds. */
export function boardOf(odds: Odds): Board {
  return {
    odds,
    representation: representJson(odds),
    confirmedAtMs: odds.confirmedAt === null ? undefined : Date.parse(odds.confirmedAt),
    opensUntilMs: opensUntil(odds),
  };
}

function opensUntil({ event }: Odds): number {
  if (event.status === "live") return Number.POSITIVE_INFINITY;
  const awaited = event.status === "scheduled" || event.status === "delayed";
  return awaited ? Date.parse(event.startsAt) : Number.NEGATIVE_INFINITY;
}

/** Milliseconds for which the prices may still be bet on; 0 when their time is over. */
export function remainingLifeMs(
  board: Board,
  { epochMs, ageMaxMs }: { epochMs: number; ageMaxMs: number },
): number {
  if (board.confirmedAtMs === undefined) return 0;
  return Math.max(0, Math.min(board.confirmedAtMs + ageMaxMs, board.opensUntilMs) - epochMs);
}

/** The board as it is shown once the prices' time is over: all suspended, with their age. */
export function expiredRepresentation(board: Board, epochMs: number): Representation {
  const { confirmedAtMs } = board;
  const age = confirmedAtMs === undefined ? null : Math.max(0, Math.floor((epochMs - confirmedAtMs) / 1000));
  return representJson(expireOdds(board.odds, age));
}
