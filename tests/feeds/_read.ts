import { readGoalserve, type Snapshot } from "../../src/feeds/mod.ts";
import type { OfferedPrice } from "../../src/markets/mod.ts";
import { board, type Entry, type Json, match } from "./_board.ts";

export function pricesOf(snapshot: Snapshot): readonly OfferedPrice[] {
  return snapshot.events.flatMap((event) => event.prices ?? []);
}

/** The bytes of a text in pieces, as a network brings them. */
export async function* bytesOf(text: string | Uint8Array, piece = 65_536): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  for (let from = 0; from < bytes.length; from += piece) yield bytes.subarray(from, from + piece);
}

/** What the adapter makes of a whole answer, which tells its sport itself. */
export function readBoard(answer: unknown): Promise<Snapshot> {
  const context = { source: "goalserve", at: new Date("2025-03-01T12:00:00Z") };
  return readGoalserve(bytesOf(JSON.stringify(answer)), context);
}

/** What the adapter makes of one match with these odds. */
export function read(
  odds: Json,
  { sport = "soccer", over = {} }: { sport?: string; over?: Entry } = {},
): Promise<Snapshot> {
  return readBoard(board([match(odds, over)], { sport }));
}

/** Type, period, line and outcome of each price, in short. */
export function named(snapshot: Snapshot): string[] {
  return pricesOf(snapshot).map(({ marketType, period, lineQuarters, outcome }) =>
    [marketType, period, lineQuarters ?? "", outcome].join(" ").replace(/ +/g, " "),
  );
}
