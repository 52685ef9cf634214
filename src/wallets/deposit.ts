import type { Connection } from "../pool/mod.ts";
import { readHouseAccount, readPlayerAccount } from "./accounts.ts";
import { DepositRefusedError, TransferRepeatedError } from "./errors.ts";
import { selectEntriesByKey } from "./queries.ts";
import { transfer } from "./transfer.ts";

/**
 * Gives a player demo money from the tenant's clearing account. The same key deposits once. Needs a write lease of the
 * tenant, in which the player was read.
 *
 * @throws {DepositRefusedError} `player_not_verified`, or `idempotency_key_reused` if the key served for something else.
 * @throws {RangeError} If the amount is not above zero.
 * @throws {AccountMissingError}
 */
export async function depositDemo(
  connection: Connection,
  deposit: {
    readonly tenantId: string;
    readonly player: { readonly playerId: string; readonly state: string; readonly currency: string };
    readonly amountMinor: bigint;
    readonly idempotencyKey: string;
    readonly at: Date;
  },
): Promise<void> {
  const { tenantId, player, amountMinor, at } = deposit;
  if (amountMinor <= 0n)
    throw new RangeError(`Cannot deposit as the amount is not above zero: ${amountMinor}`);
  if (player.state !== "verified") throw new DepositRefusedError("player_not_verified");
  const { playerId, currency } = player;
  const accounts = await readPlayerAccount(connection, { tenantId, playerId, currency });
  const clearing = await readHouseAccount(connection, { tenantId, kind: "clearing", currency });
  const idempotencyKey = `deposit/${playerId}/${deposit.idempotencyKey}`;
  const entries = [
    { accountId: accounts.cashAccountId, amountMinor },
    { accountId: clearing, amountMinor: -amountMinor },
  ];
  try {
    await transfer(connection, {
      tenantId,
      idempotencyKey,
      kind: "deposit",
      currency,
      entries,
      occurredAt: at,
    });
  } catch (error) {
    if (!(error instanceof TransferRepeatedError)) throw error;
    const stored = await selectEntriesByKey(connection, tenantId, idempotencyKey);
    const same = stored.some(
      (entry) => entry.accountId === accounts.cashAccountId && entry.amountMinor === amountMinor,
    );
    if (!same) throw new DepositRefusedError("idempotency_key_reused");
  }
}
