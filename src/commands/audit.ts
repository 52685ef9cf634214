import type { Pool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { findTenant, listTenants, type Tenant } from "../tenants/mod.ts";
import { INVARIANTS, SEALED } from "./_audit_invariants.ts";
import { type AuditReport, runAudit } from "./_audit_run.ts";
import { EXIT, runCommand } from "./_command_line.ts";
import { withCommandPool } from "./_command_pool.ts";
import { createProgress } from "./_progress.ts";
import { plain, say } from "./_words.ts";

const HELP = `
Usage: bun run audit [--tenant SLUG] [--json]

Works out from the ledger's entries whether every promise about money holds, and names what breaks one. It changes nothing, and may run
beside bets: each promise is looked at by one statement, which sees one moment.

${[SEALED, ...INVARIANTS].map(({ name, promise }) => `  ${name}\n      ${promise}`).join("\n")}

Cash, bonus and held stakes are held against zero as they are now. A past moment of business time is not: a debit that waited for a credit
may carry the earlier time of the two.

  --tenant  only this tenant's; all of them unless given
  --json    print JSON
  --help    print this

Without DATABASE_URL it uses the embedded server of DATA_DIR (.data unless set), also while "bun start" runs.
With it, run "bun run migrate" first.

Exit codes: 0 every promise holds, 1 one is broken or could not be looked at, 64 wrong arguments, 78 wrong settings.
`;

/** One statement over a ledger of a hundred million entries. */
const DEADLINE_MS = 1_800_000;

await runCommand({
  name: "audit",
  help: HELP,
  options: { tenant: { type: "string" }, json: { type: "boolean" } },
  async run({ tenant: slug, json }) {
    const progress = createProgress({ stream: process.stderr, clock: systemClock });
    const report = await withCommandPool(
      { name: "audit", role: "linehold_web", deadlineMs: DEADLINE_MS },
      async (pool) => {
        const tenants = await tenantsOf(pool, slug);
        const show = (text: string) => progress.show(text);
        return await runAudit(pool, { tenants, deadlineMs: DEADLINE_MS, progress: show });
      },
    );
    progress.clear();
    say(json, report, wordsOf(report));
    return report.ok ? EXIT.done : EXIT.failed;
  },
});

async function tenantsOf(pool: Pool, slug: string | undefined): Promise<Tenant[]> {
  await using lease = await pool.lease();
  const { connection } = lease;
  return slug === undefined ? await listTenants(connection) : [await findTenant(connection, slug)];
}

function wordsOf({ ok, tenants, entries, bets, checks, invariants, breaches, more }: AuditReport): string {
  const size = `${entries} entries and ${bets} bets of ${tenants} tenants, by ${checks} checks`;
  if (ok) return `Every promise holds: ${size}`;
  const named = invariants.filter((one) => !one.ok);
  const lines = named.flatMap(({ name, promise }) => [
    `Not true that ${promise} (${name}):`,
    ...breaches
      .filter(({ invariant }) => invariant === name)
      .map(
        ({ tenant, subject, detail }) => `  ${tenant ?? "the database"}  ${plain(subject)}: ${plain(detail)}`,
      ),
  ]);
  const rest = more ? ["More are broken than are told"] : [];
  return [`Broken: ${named.map(({ name }) => name).join(", ")}`, ...lines, ...rest, `Looked at ${size}`].join(
    "\n",
  );
}
