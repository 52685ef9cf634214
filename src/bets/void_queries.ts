import type { Connection } from "../pool/mod.ts";

/** A bet that may be voided, as far as its stake is to be given back. Its row is held until the transaction ends. */
export interface VoidableBet {
  readonly playerId: string;
  readonly currency: string;
  readonly stakeMinor: bigint;
  readonly state: "open" | "quarantined" | "settled";
  /** Of the last thing that the ledger has paid for it, 0 before the first. */
  readonly settlementVersion: number;
}

// Whoever settles the bet holds its row: this waits, and then finds it settled. Whoever comes to settle it after this finds it void.
const LOCK_VOIDABLE_BET = `
  select
    player_id as "playerId",
    currency,
    stake_minor as "stakeMinor",
    state,
    settlement_version as "settlementVersion"
  from bets
  where tenant_id = $1 and bet_id = $2 and state <> 'void'
  for no key update`;

/** Holds a bet that is not void yet; `undefined` if there is none. */
export async function lockVoidableBet(
  connection: Connection,
  { tenantId, betId }: { readonly tenantId: string; readonly betId: string },
): Promise<VoidableBet | undefined> {
  const [row] = await connection.query<VoidableBet>(LOCK_VOIDABLE_BET, [tenantId, betId]);
  return row;
}

const MARK_BET_VOID = `
  update bets
  set state = 'void',
      settlement_version = $3,
      voided_at = $4,
      voided_by = $5,
      void_reason = $6,
      void_rule = $7
  where tenant_id = $1 and bet_id = $2`;

/** Ends a bet that is held. */
export async function markBetVoid(
  connection: Connection,
  voided: {
    readonly tenantId: string;
    readonly betId: string;
    /** Of the void itself. */
    readonly settlementVersion: number;
    readonly at: Date;
    readonly by: string;
    readonly reason: string;
    readonly rule: string;
  },
): Promise<void> {
  const { tenantId, betId, settlementVersion, at, by, reason, rule } = voided;
  await connection.execute(MARK_BET_VOID, [tenantId, betId, settlementVersion, at, by, reason, rule]);
}
