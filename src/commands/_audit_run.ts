import type { Pool } from "../pool/mod.ts";
import { INVARIANTS, type Invariant, SEALED } from "./_audit_invariants.ts";

/** One broken promise. */
export interface Breach {
  readonly invariant: string;
  /** The tenant's slug; `null` for what is of none. */
  readonly tenant: string | null;
  /** Which: ids and names of accounts, transfers, bets, keys. */
  readonly subject: string;
  readonly detail: string;
}

export interface AuditReport {
  readonly ok: boolean;
  readonly tenants: number;
  /** Statements that ran; a breach is a row of one. */
  readonly checks: number;
  readonly entries: number;
  readonly bets: number;
  readonly invariants: readonly { readonly name: string; readonly promise: string; readonly ok: boolean }[];
  readonly breaches: readonly Breach[];
  /** Whether there are more than are told: at most 20 of a kind and tenant are. */
  readonly more: boolean;
}

export interface AuditOptions {
  readonly tenants: readonly { readonly tenantId: string; readonly slug: string }[];
  /** For one statement: over a large ledger it takes its time. */
  readonly deadlineMs: number;
  readonly progress: (text: string) => void;
}

const TOLD_MAX = 20;

/**
 * Looks at every promise of every tenant, a statement each, which the database works out in its own bounded memory: what comes back is
 * breaches alone.
 */
export async function runAudit(pool: Pool, options: AuditOptions): Promise<AuditReport> {
  const { tenants, deadlineMs, progress } = options;
  const breaches: Breach[] = [];
  const broken = new Set<string>();
  const counted = { entries: 0n, bets: 0n };
  let checks = 0;
  let more = false;
  const check = async (
    invariant: Invariant,
    tenant: { readonly tenantId: string; readonly slug: string } | null,
  ) => {
    checks += 1;
    const found = await breachesOf(pool, invariant, { tenantId: tenant?.tenantId, deadlineMs });
    if (found.length > 0) broken.add(invariant.name);
    if (found.length > TOLD_MAX) more = true;
    for (const { subject, detail } of found.slice(0, TOLD_MAX))
      breaches.push({ invariant: invariant.name, tenant: tenant?.slug ?? null, subject, detail });
  };

  progress(SEALED.name);
  await check(SEALED, null);
  for (const [index, tenant] of tenants.entries()) {
    for (const invariant of INVARIANTS) {
      progress(`${tenant.slug}, ${index + 1} of ${tenants.length}: ${invariant.name}`);
      await check(invariant, tenant);
    }
    const { entries, bets } = await countOf(pool, { tenantId: tenant.tenantId, deadlineMs });
    counted.entries += entries;
    counted.bets += bets;
  }
  return {
    ok: broken.size === 0,
    tenants: tenants.length,
    checks,
    entries: Number(counted.entries),
    bets: Number(counted.bets),
    invariants: [SEALED, ...INVARIANTS].map(({ name, promise }) => ({
      name,
      promise,
      ok: !broken.has(name),
    })),
    breaches,
    more,
  };
}

interface BreachRow {
  readonly subject: string;
  readonly detail: string;
}

async function breachesOf(
  pool: Pool,
  { breaches }: Invariant,
  { tenantId, deadlineMs }: { readonly tenantId: string | undefined; readonly deadlineMs: number },
): Promise<BreachRow[]> {
  const values = tenantId === undefined ? [] : [tenantId];
  await using lease = await pool.lease({ criticality: "report", deadlineMs, ...(tenantId && { tenantId }) });
  return await lease.connection.query<BreachRow>(`${breaches}\nlimit ${TOLD_MAX + 1}`, values);
}

async function countOf(
  pool: Pool,
  { tenantId, deadlineMs }: { readonly tenantId: string; readonly deadlineMs: number },
): Promise<{ readonly entries: bigint; readonly bets: bigint }> {
  await using lease = await pool.lease({ tenantId, deadlineMs });
  const [row] = await lease.connection.query<{ entries: bigint; bets: bigint }>(
    `select
       (select count(*) from entries where tenant_id = $1) as entries,
       (select count(*) from bets where tenant_id = $1) as bets`,
    [tenantId],
  );
  return row ?? { entries: 0n, bets: 0n };
}
