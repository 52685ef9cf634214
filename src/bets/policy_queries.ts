import type { Connection } from "../pool/mod.ts";
import type { NegativeBalance, SettlementPolicy } from "./settlement_policy.ts";

interface PolicyRow extends Omit<SettlementPolicy, "version"> {
  readonly version: bigint;
}

// Of the newest only among those that this release knows: while a release rolls out, the one before must not freeze what it cannot grade.
const SELECT_SETTLEMENT_POLICY = `
  select
    coalesce(tenant_settlement.version, 0) as version,
    tenant_settlement.rules_version as "rulesVersion",
    coalesce(tenant_settlement.rules_version, newest.rules_version) as "rulesInForce",
    coalesce(tenant_settlement.negative_balance, 'debt') as "negativeBalance"
  from (
    select max(rules_version) as rules_version
    from house_rules
    where rules_version = any ($2::integer[])
  ) as newest
  left join tenant_settlement on tenant_settlement.tenant_id = $1`;

/** What a tenant has decided about settlement, or what holds without a word. */
export async function selectSettlementPolicy(
  connection: Connection,
  { tenantId, rulesKnown }: { readonly tenantId: string; readonly rulesKnown: readonly number[] },
): Promise<SettlementPolicy> {
  const [row] = await connection.query<PolicyRow>(SELECT_SETTLEMENT_POLICY, [tenantId, rulesKnown]);
  if (row === undefined) throw new RangeError("Cannot read the settlement policy as there was no answer");
  return { ...row, version: Number(row.version) };
}

const SELECT_PUBLISHED_RULES = `
  select rules_version as "rulesVersion"
  from house_rules
  order by rules_version`;

/** The numbers of all published house rules, rising. */
export async function selectPublishedRules(connection: Connection): Promise<number[]> {
  const rows = await connection.query<{ readonly rulesVersion: number }>(SELECT_PUBLISHED_RULES);
  return rows.map(({ rulesVersion }) => rulesVersion);
}

const INSERT_SETTLEMENT_POLICY = `
  insert into tenant_settlement (tenant_id, version, rules_version, negative_balance, updated_at)
  select $1, 1, $3, $4, $5
  where $2 = 0
  on conflict (tenant_id) do nothing`;

const UPDATE_SETTLEMENT_POLICY = `
  update tenant_settlement
  set version = version + 1, rules_version = $3, negative_balance = $4, updated_at = $5
  where tenant_id = $1 and version = $2`;

/** Saves the next version; `false`, and nothing saved, when another than the expected one is there. */
export async function replaceSettlementPolicy(
  connection: Connection,
  written: {
    readonly tenantId: string;
    /** 0 for none. */
    readonly expected: number;
    readonly rulesVersion: number | null;
    readonly negativeBalance: NegativeBalance;
    readonly at: Date;
  },
): Promise<boolean> {
  const { tenantId, expected, rulesVersion, negativeBalance, at } = written;
  const statement = expected === 0 ? INSERT_SETTLEMENT_POLICY : UPDATE_SETTLEMENT_POLICY;
  const values = [tenantId, expected, rulesVersion, negativeBalance, at];
  return (await connection.execute(statement, values)) === 1;
}
