import { type Fraction, fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";

/** A bet of a tenant. */
interface BetOfTenant {
  readonly tenantId: string;
  readonly betId: string;
}

/** One time that a bet was decided and paid. */
export interface Settlement {
  readonly settlementVersion: number;
  /** The event that decided it, and the version of what was known of it then. */
  readonly eventId: string;
  readonly resultVersion: number;
  /**
   * Of each leg, by its number, the version of what was known of its event that it was paid by; `null` for one that the bet was decided
   * without. `null` in whole for a single, whose one leg is of `resultVersion`.
   */
  readonly legVersions: readonly (number | null)[] | null;
  readonly exact: Fraction;
  readonly returnMinor: bigint;
  readonly settledAt: Date;
}

interface SettlementRow extends Omit<Settlement, "exact"> {
  readonly returnNumerator: string;
  readonly returnDenominator: string;
}

const SELECT_SETTLEMENTS = `
  select
    settlement_version as "settlementVersion",
    event_id as "eventId",
    result_version as "resultVersion",
    leg_versions as "legVersions",
    return_numerator::text as "returnNumerator",
    return_denominator::text as "returnDenominator",
    return_minor as "returnMinor",
    settled_at as "settledAt"
  from settlements
  where tenant_id = $1 and bet_id = $2
  order by settlement_version`;

/** Every settlement that a bet ever had, the oldest first. */
export async function selectSettlements(
  connection: Connection,
  { tenantId, betId }: BetOfTenant,
): Promise<Settlement[]> {
  const rows = await connection.query<SettlementRow>(SELECT_SETTLEMENTS, [tenantId, betId]);
  return rows.map(({ returnNumerator, returnDenominator, ...row }) => ({
    ...row,
    exact: fraction(BigInt(returnNumerator), BigInt(returnDenominator)),
  }));
}

/** One time that a settlement was taken back. */
export interface ReversalMade {
  readonly settlementVersion: number;
  /** The settlement it undoes. */
  readonly reversesVersion: number;
  /** The event that changed, and to which version of what is known of it; `null` where no fact was the cause. */
  readonly eventId: string | null;
  readonly resultVersion: number | null;
  readonly reason: string;
  readonly reversedAt: Date;
}

const SELECT_REVERSALS = `
  select
    settlement_version as "settlementVersion",
    reverses_version as "reversesVersion",
    event_id as "eventId",
    result_version as "resultVersion",
    reason,
    reversed_at as "reversedAt"
  from settlement_reversals
  where tenant_id = $1 and bet_id = $2
  order by settlement_version`;

/** Every settlement of a bet that was taken back, the oldest first. */
export function selectReversals(
  connection: Connection,
  { tenantId, betId }: BetOfTenant,
): Promise<ReversalMade[]> {
  return connection.query<ReversalMade>(SELECT_REVERSALS, [tenantId, betId]);
}

/** House rules as they were published. */
export interface PublishedRules {
  readonly document: Readonly<Record<string, unknown>>;
  readonly publishedAt: Date;
}

const SELECT_PUBLISHED_RULES = `
  select document, published_at as "publishedAt"
  from house_rules
  where rules_version = $1`;

/** The house rules of one version, or `undefined` if none were published under it. */
export async function selectPublishedRules(
  connection: Connection,
  rulesVersion: number,
): Promise<PublishedRules | undefined> {
  const [row] = await connection.query<PublishedRules>(SELECT_PUBLISHED_RULES, [rulesVersion]);
  return row;
}
