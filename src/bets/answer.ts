import type { PlacedBet } from "./bet.ts";
import { viewOf } from "./view.ts";

/** What a placement is answered with: the bet as it is at that moment. Kept, and sent again as it is. */
export function answerTextOf(bet: PlacedBet): string {
  const legs = bet.legs.map(() => ({ state: "open", resultVersion: null }) as const);
  return JSON.stringify(viewOf(bet, { state: "open", legs, settled: null, voided: null }));
}
