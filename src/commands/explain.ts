import { BetNotFoundError } from "../bets/mod.ts";
import { type BetExplanation, readExplanation } from "../explanations/mod.ts";
import type { Pool } from "../pool/mod.ts";
import { findTenant, listTenants, type Tenant } from "../tenants/mod.ts";
import { EXIT, runCommand } from "./_command_line.ts";
import { withCommandPool } from "./_command_pool.ts";
import { explanationInWords } from "./_explanation_words.ts";
import { idFlag, requiredFlag, say } from "./_words.ts";

const HELP = `
Usage: bun run explain --bet ID [--tenant SLUG] [--json]

Tells why a bet was paid what it was: what was known of its events, from whom and since when, the rules that had a part in it, the grade of
each leg, the return before it was rounded, the ledger's entries, and everything that became of it before. It changes nothing.

  --bet     the bet's id
  --tenant  whose bet it is; looked for with every tenant unless given
  --json    print the document that the player's own route answers with: "bun examples/recompute.ts" works the bet out again from it alone
  --help    print this

Without DATABASE_URL it uses the embedded server of DATA_DIR (.data unless set), also while "bun start" runs.
With it, run "bun run migrate" first.

Exit codes: 0 done, 1 no such bet or failed, 64 wrong arguments, 78 wrong settings.
`;

await runCommand({
  name: "explain",
  help: HELP,
  options: { bet: { type: "string" }, tenant: { type: "string" }, json: { type: "boolean" } },
  async run({ bet, tenant: slug, json }) {
    const betId = idFlag(requiredFlag(bet, "--bet ID"), "--bet");
    const explained = await withCommandPool({ name: "explain", role: "linehold_web" }, async (pool) => {
      const tenants = await tenantsOf(pool, slug);
      return await findExplanation(pool, { betId, tenants });
    });
    say(json, explained, explanationInWords(explained));
    return EXIT.done;
  },
});

async function tenantsOf(pool: Pool, slug: string | undefined): Promise<Tenant[]> {
  await using lease = await pool.lease();
  const { connection } = lease;
  return slug === undefined ? await listTenants(connection) : [await findTenant(connection, slug)];
}

/** A bet's rows are seen by its own tenant alone: each is asked in turn. */
async function findExplanation(
  pool: Pool,
  { betId, tenants }: { readonly betId: string; readonly tenants: readonly Tenant[] },
): Promise<BetExplanation> {
  for (const { tenantId } of tenants) {
    await using lease = await pool.lease({ tenantId });
    try {
      return await readExplanation(lease.connection, { tenantId, betId, at: new Date() });
    } catch (error) {
      if (!(error instanceof BetNotFoundError)) throw error;
    }
  }
  throw new BetNotFoundError(betId);
}
