import type { FeedVendor } from "./feed.ts";
import { type SimulatedOptions, simulatedFeed } from "./simulated.ts";

/** The league that plays itself: one row of `feeds`, and no network. */
export function simulatedVendor(options: SimulatedOptions): FeedVendor {
  return { name: "simulated", kinds: ["simulated"], open: () => simulatedFeed(options) };
}
