import {
  NEGATIVE_BALANCES,
  type NegativeBalance,
  readSettlementPolicy,
  saveSettlementPolicy,
} from "../bets/mod.ts";
import { EXIT, type Subcommand, subcommand, UsageError } from "./_command_line.ts";
import type { TenantLimitsDeps } from "./_tenant_limits.ts";
import { requiredFlag } from "./_words.ts";

const BY = "bun run tenant settlement";
const text = { type: "string" } as const;

interface Given {
  readonly slug?: string | undefined;
  readonly rules?: string | undefined;
  readonly "negative-balance"?: string | undefined;
  readonly "expect-version"?: string | undefined;
  readonly json?: boolean | undefined;
}

/** `bun run tenant settlement`: prints what a tenant has decided about settlement, or changes what is named of it. */
export function tenantSettlementCommand({ help, find, withPool, now }: TenantLimitsDeps): Subcommand {
  return subcommand("settlement", {
    name: "tenant",
    help,
    options: {
      slug: text,
      rules: text,
      "negative-balance": text,
      "expect-version": text,
      json: { type: "boolean" },
    },
    async run(given: Given) {
      const slug = requiredFlag(given.slug, "SLUG");
      const rulesVersion = rulesOf(given.rules);
      const negativeBalance = policyOf(given["negative-balance"]);
      const expectedVersion = wholeNumber("--expect-version", given["expect-version"]);
      const isChange = rulesVersion !== undefined || negativeBalance !== undefined;
      if (!isChange && expectedVersion !== undefined)
        throw new UsageError("--expect-version is for a change: say --rules or --negative-balance");
      const policy = await withPool(async (pool) => {
        const { tenantId } = await find(pool, slug);
        if (!isChange) {
          await using lease = await pool.lease({ tenantId });
          return await readSettlementPolicy(lease.connection, tenantId);
        }
        return await saveSettlementPolicy(
          {
            tenantId,
            change: (before) => ({
              rulesVersion: rulesVersion === undefined ? before.rulesVersion : rulesVersion,
              negativeBalance: negativeBalance ?? before.negativeBalance,
            }),
            ...(expectedVersion !== undefined && { expectedVersion }),
          },
          { pool, at: now(), actor: async () => ({ tenantId, system: BY }) },
        );
      });
      const { rulesInForce, version } = policy;
      const rules = policy.rulesVersion === null ? `the newest, ${rulesInForce}` : `${rulesInForce}`;
      const words = `Bets of ${slug} are taken under house rules ${rules}; a negative balance: ${policy.negativeBalance} (version ${version})`;
      process.stdout.write(`${given.json === true ? JSON.stringify(policy) : words}\n`);
      return EXIT.done;
    },
  });
}

/** `null` for the newest, `undefined` where nothing is said. */
function rulesOf(given: string | undefined): number | null | undefined {
  return given === "newest" ? null : wholeNumber("--rules", given, ' or "newest"');
}

function policyOf(given: string | undefined): NegativeBalance | undefined {
  if (given === undefined) return undefined;
  const known = NEGATIVE_BALANCES.find((policy) => policy === given);
  if (known === undefined)
    throw new UsageError(`--negative-balance must be ${NEGATIVE_BALANCES.join(", ")}: it is "${given}"`);
  return known;
}

function wholeNumber(flag: string, given: string | undefined, or = ""): number | undefined {
  if (given === undefined) return undefined;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  throw new UsageError(`${flag} must be a whole number${or}: it is "${given}"`);
}
