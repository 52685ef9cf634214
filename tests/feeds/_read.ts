import { readGoalserve, type Snapshot } from "../../src/feeds/mod.ts";
import type { OfferedPrice } from "../../src/markets/mod.ts";
import { board, type Entry, type Json, match } from "./_board.ts";

export function pricesOf(snapshot: Snapshot): readonly OfferedPrice[] {
  return snapshot.events.flatMap((event) => event.prices);
}

/** What the adapter makes of one match with these odds. */
export function read(
  odds: Json,
  { sport = "soccer", over = {} }: { sport?: string; over?: Entry } = {},
): Snapshot {
  return readGoalserve(board([match(odds, over)], { sport }));
}

/** Type, period, line and outcome of each price, in short. */
export function named(snapshot: Snapshot): string[] {
  return pricesOf(snapshot).map(({ marketType, period, lineQuarters, outcome }) =>
    [marketType, period, lineQuarters ?? "", outcome].join(" ").replace(/ +/g, " "),
  );
}
