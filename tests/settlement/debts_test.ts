import { expect, setDefaultTimeout, test } from "bun:test";
import { type NegativeBalance, saveSettlementPolicy } from "../../src/bets/mod.ts";
import { withdraw } from "../../src/wallets/mod.ts";
import { NOW } from "../bets/betting_house.ts";
import { audit } from "./audit.ts";
import { ended, openToldHouse } from "./telling.ts";

setDefaultTimeout(60_000);

test.each<[NegativeBalance, cashMinor: bigint, actions: string[], code: string]>([
  ["debt", -2250n, [], "insufficient_funds"],
  ["write_off", 0n, ["debt.written_off"], "insufficient_funds"],
  ["freeze", -2250n, ["player.frozen"], "player_frozen"],
])(
  "a corrected result that takes back winnings which are spent follows the policy %s, once",
  async (policy, cashMinor, actions, code) => {
    await using scope = new AsyncDisposableStack();
    const house = await openToldHouse(scope);
    const seat = await house.addPlayer({ depositMinor: 1000n });
    const { tenantId, playerId, currency } = seat;
    const eventId = await house.addEvent();
    await saveSettlementPolicy(
      { tenantId, change: (before) => ({ ...before, negativeBalance: policy }) },
      { pool: house.pool, at: NOW, actor: async () => ({ tenantId, system: "test" }) },
    );
    // Two bets of one player, settled and corrected in one transaction.
    await house.place(seat, { eventId, outcome: "home", stakeMinor: 500n });
    await house.place(seat, { eventId, outcome: "home", stakeMinor: 500n });
    await house.tell(eventId, ended(1, 0));
    await using lease = await house.pool.lease({ access: "write", tenantId });
    const out = { tenantId, playerId, currency, amountMinor: 2250n, idempotencyKey: "out", at: NOW };
    await withdraw(lease.connection, out);
    await lease.commit();
    // Corrected, and then corrected to what changes nothing.
    await house.tell(eventId, ended(0, 1));
    await house.tell(eventId, ended(0, 2));

    const acts = await house.database.owner<{ action: string }>(
      "select action from audit_acts where subject_id = $1 and actor_id = 'worker_settlement'",
      [playerId],
    );
    const next = await house.addEvent();
    const refusal = await house
      .place(seat, { eventId: next, outcome: "home", stakeMinor: 1n })
      .catch((error: unknown) => error);

    expect(await house.balance(seat)).toMatchObject({ cashMinor, heldMinor: 0n });
    expect(acts.map(({ action }) => action)).toEqual(actions);
    expect(refusal).toMatchObject({ code });
    expect(await audit(house.database)).toEqual([]);
  },
);
