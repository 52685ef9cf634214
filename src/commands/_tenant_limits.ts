import { limitsOfDocument, saveLimits, selectAllLimits } from "../bets/mod.ts";
import type { Pool } from "../pool/mod.ts";
import { EXIT, type Subcommand, subcommand, UsageError } from "./_command_line.ts";
import { readJsonFile } from "./_json_file.ts";
import { requiredFlag } from "./_words.ts";

export interface TenantLimitsDeps {
  readonly help: string;
  /** The tenant's id by its slug. */
  readonly find: (pool: Pool, slug: string) => Promise<{ readonly tenantId: string }>;
  readonly withPool: <T>(work: (pool: Pool) => Promise<T>) => Promise<T>;
  readonly now: () => Date;
}

const BY = "bun run tenant limits";
const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;

interface Given {
  readonly slug?: string | undefined;
  readonly file?: string | undefined;
  readonly open?: boolean | undefined;
  readonly closed?: boolean | undefined;
  readonly "expect-version"?: string | undefined;
}

/** `bun run tenant limits`: prints them, or saves what a file and the switch say. */
export function tenantLimitsCommand({ help, find, withPool, now }: TenantLimitsDeps): Subcommand {
  return subcommand("limits", {
    name: "tenant",
    help,
    options: { slug: text, file: text, open: flag, closed: flag, "expect-version": text },
    async run(given: Given) {
      const slug = requiredFlag(given.slug, "SLUG");
      const expectedVersion = versionOf(given["expect-version"]);
      const switched = switchOf(given);
      const document =
        given.file === undefined ? undefined : limitsOfDocument(await readJsonFile(given.file));
      const isChange = document !== undefined || switched !== undefined;
      if (!isChange && expectedVersion !== undefined)
        throw new UsageError("--expect-version is for a change: say --file, --open or --closed");
      const limits = await withPool(async (pool) => {
        const { tenantId } = await find(pool, slug);
        if (!isChange) {
          await using lease = await pool.lease({ tenantId });
          return await selectAllLimits(lease.connection, tenantId);
        }
        return await saveLimits(
          {
            tenantId,
            change: (before) => ({
              limits: document?.limits ?? before.limits,
              bettingOpen: switched ?? document?.bettingOpen ?? before.bettingOpen,
            }),
            ...(expectedVersion !== undefined && { expectedVersion }),
          },
          { pool, at: now(), actor: async () => ({ tenantId, system: BY }) },
        );
      });
      process.stdout.write(`${JSON.stringify(limits, undefined, 2)}\n`);
      return EXIT.done;
    },
  });
}

function switchOf({ open, closed }: Given): boolean | undefined {
  if (open === true && closed === true) throw new UsageError("--open or --closed: not both");
  if (open === true) return true;
  return closed === true ? false : undefined;
}

function versionOf(given: string | undefined): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,15}$/.test(given)) return Number(given);
  throw new UsageError(`--expect-version must be a whole number: it is "${given}"`);
}
