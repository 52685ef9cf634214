import type { Connection } from "../pool/mod.ts";

/** A bet that was just voided, as far as its stake is to be given back. */
export interface VoidedBet {
  readonly playerId: string;
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly settlementVersion: number;
}

// Whoever settles the bet holds its row: this waits, and then finds it settled. Whoever comes to settle it after this finds it void.
const MARK_BET_VOID = `
  update bets
  set state = 'void',
      settlement_version = settlement_version + 1,
      voided_at = $3,
      voided_by = $4,
      void_reason = $5,
      void_rule = $6
  where tenant_id = $1 and bet_id = $2 and state in ('open', 'quarantined')
  returning
    player_id as "playerId",
    currency,
    stake_minor as "stakeMinor",
    settlement_version as "settlementVersion"`;

/** Ends an open or quarantined bet; `undefined`, and nothing changed, if there is none. */
export async function markBetVoid(
  connection: Connection,
  voided: {
    readonly tenantId: string;
    readonly betId: string;
    readonly at: Date;
    readonly by: string;
    readonly reason: string;
    readonly rule: string;
  },
): Promise<VoidedBet | undefined> {
  const { tenantId, betId, at, by, reason, rule } = voided;
  const [row] = await connection.query<VoidedBet>(MARK_BET_VOID, [tenantId, betId, at, by, reason, rule]);
  return row;
}
