import { openStage, type Stage, type StageOptions } from "../app/stage.ts";
import { arrangeTenant } from "../app/tenants.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** Business time of these tests. */
export const NOON = Date.UTC(2025, 8, 19, 12);
const HOUR = 3_600_000;
/** So many hours after it. */
export const at = (hours: number) => new Date(NOON + hours * HOUR);

/** The application with an active and a suspended tenant, and what the test arranges. */
export async function openOdds(
  arrange: (database: TestDatabase) => Promise<unknown>,
  options: StageOptions = {},
): Promise<Stage> {
  const stage = await openStage({
    epochMs: () => NOON,
    ...options,
    async arrange(database) {
      await arrangeTenant(database, { slug: "acme" });
      await arrangeTenant(database, { slug: "gone", state: "suspended" });
      await arrange(database);
    },
  });
  if (options.fault === undefined) await stage.directory.firstLoaded;
  return stage;
}

/** Where the tenant `acme` answers. */
export const PUBLIC = "/acme/api/public";
