import { type Fraction, fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { Entry } from "../wallets/mod.ts";

/** What bets came to by the settlement that holds. */
export interface StandingSettlement {
  readonly betId: string;
  /** What was paid, before it was rounded. */
  readonly exact: Fraction;
}

const SELECT_STANDING_SETTLEMENTS = `
  select
    settlements.bet_id as "betId",
    settlements.return_numerator::text as numerator,
    settlements.return_denominator::text as denominator
  from bets
  join settlements using (tenant_id, bet_id, settlement_version)
  where bets.tenant_id = $1 and bets.bet_id = any ($2::uuid[])`;

/** The settlements that these bets stand settled by. */
export async function selectStandingSettlements(
  connection: Connection,
  { tenantId, betIds }: { readonly tenantId: string; readonly betIds: readonly string[] },
): Promise<StandingSettlement[]> {
  const rows = await connection.query<{
    readonly betId: string;
    readonly numerator: string;
    readonly denominator: string;
  }>(SELECT_STANDING_SETTLEMENTS, [tenantId, betIds]);
  return rows.map(({ betId, numerator, denominator }) => ({
    betId,
    exact: fraction(BigInt(numerator), BigInt(denominator)),
  }));
}

const SELECT_SETTLEMENT_ENTRIES = `
  select
    transfers.bet_id as "betId",
    entries.account_id as "accountId",
    entries.amount_minor as "amountMinor",
    coalesce(accounts.kind = 'player_cash', false) as "isCash"
  from unnest($2::uuid[], $3::integer[]) as wanted (bet_id, settlement_version)
  join transfers
    on transfers.tenant_id = $1
    and transfers.bet_id = wanted.bet_id
    and transfers.settlement_version = wanted.settlement_version
    and transfers.kind = 'settlement'
  join entries on entries.tenant_id = transfers.tenant_id and entries.transfer_id = transfers.transfer_id
  join accounts on accounts.tenant_id = entries.tenant_id and accounts.account_id = entries.account_id`;

/** An entry by which a bet was settled. */
export interface SettlementEntry extends Entry {
  readonly betId: string;
  readonly isCash: boolean;
}

/** By which entries these versions of bets were paid. */
export function selectSettlementEntries(
  connection: Connection,
  {
    tenantId,
    versions,
  }: {
    readonly tenantId: string;
    readonly versions: readonly { readonly betId: string; readonly settlementVersion: number }[];
  },
): Promise<SettlementEntry[]> {
  return connection.query<SettlementEntry>(SELECT_SETTLEMENT_ENTRIES, [
    tenantId,
    versions.map(({ betId }) => betId),
    versions.map(({ settlementVersion }) => settlementVersion),
  ]);
}

const INSERT_REVERSALS = `
  insert into settlement_reversals (
    tenant_id, bet_id, settlement_version, reverses_version, event_id, result_version, reason, reversed_at
  )
  select $1, reversed.bet_id, reversed.settlement_version, reversed.reverses_version, $2, $3, reversed.reason, $4
  from unnest($5::uuid[], $6::integer[], $7::integer[], $8::text[])
    as reversed (bet_id, settlement_version, reverses_version, reason)`;

/** Says of settlements that they did not hold; the keys refuse one that was reversed before. */
export async function insertReversals(
  connection: Connection,
  {
    tenantId,
    cause,
    reversed,
    at,
  }: {
    readonly tenantId: string;
    readonly cause: { readonly eventId: string; readonly resultVersion: number } | null;
    readonly reversed: readonly {
      readonly betId: string;
      readonly settlementVersion: number;
      readonly reversesVersion: number;
      readonly reason: string;
    }[];
    readonly at: Date;
  },
): Promise<void> {
  await connection.execute(INSERT_REVERSALS, [
    tenantId,
    cause?.eventId ?? null,
    cause?.resultVersion ?? null,
    at,
    reversed.map(({ betId }) => betId),
    reversed.map(({ settlementVersion }) => settlementVersion),
    reversed.map(({ reversesVersion }) => reversesVersion),
    reversed.map(({ reason }) => reason),
  ]);
}
