import type { DebitedBet } from "../../src/bets/mod.ts";
import type { TestDatabase } from "../harness/mod.ts";

/** Takes money back from a player as the reversal of a settlement does, past all checks of funds; the debited bet. */
export async function takeBack(
  database: TestDatabase,
  taken: {
    readonly tenantId: string;
    readonly playerId: string;
    readonly betId?: string;
    readonly amountMinor: bigint;
    readonly settlementVersion?: number;
    readonly at: Date;
  },
): Promise<DebitedBet> {
  const { tenantId, playerId, amountMinor, settlementVersion = 2, at } = taken;
  const { betId = Bun.randomUUIDv7() } = taken;
  await database.owner(
    `with made as (
       insert into transfers (
         tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, bet_id, settlement_version, occurred_at
       )
       values ($1, $2, 'settlement/' || $3 || '/' || $4, 'reversal', 'EUR', 2, $3::uuid, $4::integer, $5)
     )
     insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
     select $1, $2, account_id, 'EUR', case kind when 'player_cash' then -$6::bigint else $6::bigint end
     from accounts
     where tenant_id = $1 and currency = 'EUR'
       and ((kind = 'player_cash' and player_id = $7) or kind = 'house_book')`,
    [
      tenantId,
      Bun.randomUUIDv7("hex", at.getTime()),
      betId,
      `${settlementVersion}`,
      at,
      amountMinor,
      playerId,
    ],
  );
  return { playerId, currency: "EUR", betId, settlementVersion };
}
