/*
 * The odds worker as it was before feeds were claimed, kept to show that the tests of claims can tell: it polls its feeds in turn at
 * its own pace, knows of no other worker, and writes whatever it has in hand whenever it comes to it.
 */
import { parseConfig } from "../../src/config.ts";
import { writeSnapshot } from "../../src/feeds/mod.ts";
import { openPool } from "../../src/pool/mod.ts";
import { configuredVendors } from "../../src/processes/_feed_vendors.ts";
import { systemClock } from "../../src/resilience/mod.ts";

const config = parseConfig(Bun.env);
const pool = openPool(
  {
    url: config.database.url?.reveal() ?? "",
    role: "linehold_odds",
    applicationName: "linehold naive worker_odds",
    max: 2,
  },
  { clock: systemClock, random: Math.random },
);
const deps = {
  fetch,
  clock: systemClock,
  resolve: async (hostname: string) => [hostname],
  privateHosts: new Set(config.feeds.privateHosts),
};

async function pollForEver(): Promise<never> {
  for (;;) {
    for (const { vendor, feeds } of configuredVendors(config, deps)) {
      for (const row of feeds) {
        const at = new Date(systemClock.epochMs());
        const request = { at, unfinished: async () => [], signal: new AbortController().signal };
        try {
          const snapshot = await vendor.open(row).poll(request);
          if (snapshot !== undefined)
            await writeSnapshot(snapshot, { lease: (options) => pool.lease(options), at });
        } catch (error) {
          console.error(error);
        }
        await Bun.sleep(config.feeds.pollMs);
      }
    }
  }
}

void pollForEver();
