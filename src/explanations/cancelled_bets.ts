import type { Selection } from "../markets/mod.ts";

/** A bet's selection, and when it was placed. */
export interface PlacedSelection extends Selection {
  readonly placedAt: Date;
}

const NAMES = ["marketType", "period", "label", "lineQuarters", "outcome"] as const;

/** Whether a cancellation, as the facts say it, is of such a bet: what it leaves unsaid is any, and its window ends before its last moment. Pure. */
export function isCancelledBy(bet: PlacedSelection, said: Readonly<Record<string, unknown>>): boolean {
  const { placedFrom, placedBefore } = said;
  const isNamed = NAMES.every((name) => said[name] === undefined || said[name] === bet[name]);
  const begun = placedFrom === undefined || bet.placedAt >= instant(placedFrom);
  const isOver = placedBefore !== undefined && bet.placedAt >= instant(placedBefore);
  return isNamed && begun && !isOver;
}

function instant(said: unknown): Date {
  return said instanceof Date ? said : new Date(String(said));
}
