import { type Clock, sleep } from "../resilience/mod.ts";
import type { TenantDirectory } from "../tenants/mod.ts";
import type { BrandingEvent } from "./events.ts";
import type { Branding } from "./read_branding.ts";

export interface PrewarmDeps {
  readonly branding: Branding;
  readonly directory: TenantDirectory;
  readonly clock: Clock;
  /** Told of every brand that was warmed, and of how many after each round. */
  readonly observe: (event: BrandingEvent) => void;
  /** Aborts when the process stops. */
  readonly signal: AbortSignal;
}

const ROUNDS_MAX = 5;
const PAUSE_MS = 2000;

/**
 * Loads every active tenant's brand in the background, in batches over one connection at a time, so that the first
 * visitors after a boot do not all ask the database. Begins when the directory is known; what a round could not load is
 * tried again, a few times.
 */
export async function prewarmBranding({
  branding,
  directory,
  clock,
  observe,
  signal,
}: PrewarmDeps): Promise<void> {
  await Promise.race([directory.firstLoaded, aborted(signal)]);
  const tenants = directory.activeTenants();
  const slugs = new Map(tenants.map(({ tenantId, slug }) => [tenantId, slug]));
  const warmed = new Set<string>();
  for (let round = 1; round <= ROUNDS_MAX && !signal.aborted; round += 1) {
    await branding.reader.warm(
      [...slugs.keys()].filter((tenantId) => !warmed.has(tenantId)),
      {
        signal,
        onWarmed(tenantId) {
          warmed.add(tenantId);
          observe({ kind: "branding_warmed", tenant: slugs.get(tenantId) ?? tenantId });
        },
      },
    );
    if (signal.aborted) return;
    observe({ kind: "branding_prewarmed", warmed: warmed.size, total: slugs.size });
    if (warmed.size >= slugs.size) return;
    await sleep(PAUSE_MS, { clock, signal }).catch(() => undefined);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
