import { expect, setDefaultTimeout, test } from "bun:test";
import { freezePlayers } from "../../src/players/mod.ts";
import type { Stage } from "../app/stage.ts";
import { NOW } from "../bets/betting_house.ts";
import { betBody, type Desk, openDesk, SLUG } from "../bets/desk.ts";

setDefaultTimeout(60_000);

const told = async (response: Response) => (await response.json()) as Record<string, unknown>;
const asOperator = (desk: Desk, path: string, body?: object): ReturnType<Stage["ask"]> =>
  desk.stage.ask(body === undefined ? "GET" : "POST", `/${SLUG}/api/admin/players/${path}`, {
    bearer: desk.operator,
    headers: { "idempotency-key": crypto.randomUUID() },
    ...(body !== undefined && { body }),
  });

/** As a correction does it: `betId` is of nothing here but its name. */
async function freeze({ house, tenantId }: Desk, playerId: string, betId = Bun.randomUUIDv7()) {
  await using lease = await house.pool.lease({ access: "write", tenantId });
  const causes = [{ playerId, betId, settlementVersion: 2 }];
  const frozen = await freezePlayers(lease.connection, { tenantId, causes, at: NOW });
  await lease.commit();
  return frozen;
}

test("a frozen player neither bets nor withdraws, reads since when, and may deposit; an operator lifts it, audited", async () => {
  await using desk = await openDesk();
  const player = await desk.addPlayer();
  const eventId = await desk.addEvent();
  const money = { amountMinor: 100, currency: "EUR" };
  const me = () => desk.stage.ask("GET", `/${SLUG}/api/players/me`, player);
  await freeze(desk, player.playerId);

  const bet = await desk.place(player, betBody([{ eventId }]));
  const withdrawal = await asOperator(desk, `${player.playerId}/withdrawals`, money);
  const deposit = await asOperator(desk, `${player.playerId}/deposits`, money);
  const frozen = await told(await me());
  const lifted = await asOperator(desk, `${player.playerId}/unfreeze`, { reason: "debt paid" });
  const again = await asOperator(desk, `${player.playerId}/unfreeze`, { reason: "twice" });
  const betAfter = await desk.place(player, betBody([{ eventId }]));
  const withdrawalAfter = await asOperator(desk, `${player.playerId}/withdrawals`, money);

  const refusal = { code: "player_frozen", since: NOW.toISOString() };
  expect([bet.status, await told(bet)]).toMatchObject([403, refusal]);
  expect([withdrawal.status, await told(withdrawal)]).toMatchObject([403, refusal]);
  expect([deposit.status, frozen["frozenSince"]]).toEqual([201, NOW.toISOString()]);
  expect([lifted.status, (await told(lifted))["frozenSince"]]).toEqual([200, null]);
  expect([again.status, betAfter.status, withdrawalAfter.status]).toEqual([200, 201, 201]);
  const acts = await desk.stage.database.owner(
    "select actor_kind, subject_id, facts from audit_acts where action = 'player.unfrozen'",
  );
  expect(acts).toEqual([
    { actor_kind: "operator", subject_id: player.playerId, facts: { reason: "debt paid" } },
  ]);
});

test("each cause freezes once, a lifted freeze stays lifted by it, and another cause freezes again", async () => {
  await using desk = await openDesk();
  const { playerId } = await desk.addPlayer();
  const betId = Bun.randomUUIDv7();

  const first = await freeze(desk, playerId, betId);
  const meanwhile = await freeze(desk, playerId);
  await asOperator(desk, `${playerId}/unfreeze`, { reason: "debt paid" });
  const sameCause = await freeze(desk, playerId, betId);
  const another = await freeze(desk, playerId);

  expect([first, meanwhile, sameCause, another]).toEqual([[playerId], [], [], [playerId]]);
  const listed = await told(await asOperator(desk, playerId));
  expect(listed["frozenSince"]).toBe(NOW.toISOString());
});

test("a bet that waits for the player's debits sees the freeze that is committed meanwhile", async () => {
  await using desk = await openDesk();
  const { database } = desk.stage;
  const player = await desk.addPlayer();
  const eventId = await desk.addEvent();
  const { tenantId } = desk;
  await using lease = await desk.house.pool.lease({ access: "write", tenantId });
  await lease.connection.query(
    "select lock_debited_accounts(array(select account_id from accounts where player_id = $1))",
    [player.playerId],
  );

  const placing = desk.place(player, betBody([{ eventId }]));
  await waitForWaiter(database);
  const causes = [{ playerId: player.playerId, betId: Bun.randomUUIDv7(), settlementVersion: 2 }];
  await freezePlayers(lease.connection, { tenantId, causes, at: NOW });
  await lease.commit();

  expect((await placing).status).toBe(403);
  expect(await database.owner("select from bets")).toEqual([]);
});

async function waitForWaiter(database: Stage["database"]): Promise<void> {
  for (const startedAt = performance.now(); performance.now() - startedAt < 10_000; await Bun.sleep(5)) {
    const [row] = await database.owner<{ waiting: bigint }>(
      "select count(*) as waiting from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    if ((row?.waiting ?? 0n) > 0n) return;
  }
  throw new RangeError("Nobody waited for the lock");
}
