import { expect, setDefaultTimeout, test } from "bun:test";
import {
  applyNegativeBalance,
  type DebitedBet,
  type NegativeBalance,
  saveSettlementPolicy,
} from "../../src/bets/mod.ts";
import type { ArrangedPlayer } from "../app/players.ts";
import { takeBack } from "./_corrections.ts";
import { NOW } from "./betting_house.ts";
import { betBody, type Desk, openDesk, SLUG } from "./desk.ts";

setDefaultTimeout(60_000);

/** Each thing is a millisecond after the last: entries are listed in the order of their times. */
let lastMs = NOW.getTime();
const tick = () => new Date(++lastMs);

const told = async (response: Response) => (await response.json()) as Record<string, unknown>;

async function decide({ house, tenantId }: Desk, negativeBalance: NegativeBalance): Promise<void> {
  await saveSettlementPolicy(
    { tenantId, change: (before) => ({ ...before, negativeBalance }) },
    { pool: house.pool, at: NOW, actor: async () => ({ tenantId, system: "test" }) },
  );
}

/** As the settlement worker does it, in its role. */
async function apply({ stage, tenantId }: Desk, debited: readonly DebitedBet[]) {
  const pool = stage.database.pool("linehold_settlement", { max: 1 });
  await using lease = await pool.lease({ access: "write", tenantId });
  const asked = { tenantId, debited, by: "worker_settlement", at: tick() };
  const applied = await applyNegativeBalance(lease.connection, asked);
  await lease.commit();
  return applied.map(({ policy, balanceMinor, betId }) => ({ policy, balanceMinor, betId }));
}

async function entriesOf(desk: Desk, { bearer }: ArrangedPlayer) {
  const response = await desk.stage.ask("GET", `/${SLUG}/api/wallet/entries`, { bearer });
  const { items } = (await response.json()) as {
    readonly items: readonly { kind: string; amountMinor: number; balanceMinor: number; betId: string }[];
  };
  return items.map(({ kind, amountMinor, balanceMinor, betId }) => ({
    kind,
    amountMinor,
    balanceMinor,
    betId,
  }));
}

const actsOf = (desk: Desk) =>
  desk.stage.database.owner(
    "select actor_kind, actor_id, action, subject_id, facts from audit_acts where actor_id = 'worker_settlement'",
  );

test("a debt stands without a word: stakes and withdrawals are refused as not covered, and a deposit pays it", async () => {
  await using desk = await openDesk({ epochMs: () => tick().getTime() });
  const { stage } = desk;
  const player = await desk.addPlayer({ depositMinor: 1000n });
  const { playerId } = player;
  const eventId = await desk.addEvent();
  const debited = await takeBack(stage.database, { ...player, at: tick(), amountMinor: 1500n });
  const move = (what: string, amountMinor: number) =>
    stage.ask("POST", `/${SLUG}/api/admin/players/${playerId}/${what}`, {
      bearer: desk.operator,
      headers: { "idempotency-key": crypto.randomUUID() },
      body: { amountMinor, currency: "EUR" },
    });

  const applied = await apply(desk, [debited]);
  const bet = await desk.place(player, betBody([{ eventId }]));
  const withdrawal = await move("withdrawals", 1);
  const deposit = await move("deposits", 1200);
  const betAfter = await desk.place(player, betBody([{ eventId }]));

  expect(applied).toEqual([]);
  expect([bet.status, await told(bet)]).toMatchObject([
    409,
    { code: "insufficient_funds", balanceMinor: -500, neededMinor: 500 },
  ]);
  expect([withdrawal.status, (await told(withdrawal))["code"]]).toEqual([409, "insufficient_funds"]);
  expect([deposit.status, betAfter.status]).toEqual([201, 201]);
  expect((await entriesOf(desk, player)).slice(1, 3)).toMatchObject([
    { kind: "deposit", amountMinor: 1200, balanceMinor: 700 },
    { kind: "reversal", amountMinor: -1500, balanceMinor: -500 },
  ]);
  expect(await actsOf(desk)).toEqual([]);
});

test("write_off pays a debt from the tenant's adjustments up to zero, with an audit row, and the player reads it", async () => {
  await using desk = await openDesk({ epochMs: () => tick().getTime() });
  const { stage } = desk;
  await decide(desk, "write_off");
  const player = await desk.addPlayer({ depositMinor: 1000n });
  const covered = await desk.addPlayer({ depositMinor: 1000n });
  const debited = await takeBack(stage.database, { ...player, at: tick(), amountMinor: 1500n });
  const paid = await takeBack(stage.database, { ...covered, at: tick(), amountMinor: 1000n });

  const applied = await apply(desk, [debited, paid]);
  const again = await apply(desk, [debited, paid]);

  const { betId } = debited;
  expect([applied, again]).toEqual([[{ policy: "write_off", balanceMinor: -500n, betId }], []]);
  expect((await entriesOf(desk, player)).slice(0, 2)).toEqual([
    { kind: "write_off", amountMinor: 500, balanceMinor: 0, betId },
    { kind: "reversal", amountMinor: -1500, balanceMinor: -500, betId },
  ]);
  expect((await entriesOf(desk, covered)).map(({ kind }) => kind)).toEqual(["reversal", "deposit"]);
  const house = await stage.database.owner(
    "select kind, sum(amount_minor)::integer as minor from entries join accounts using (account_id) where kind = 'adjustments' group by kind",
  );
  expect(house).toEqual([{ kind: "adjustments", minor: -500 }]);
  expect(await actsOf(desk)).toEqual([
    {
      actor_kind: "system",
      actor_id: "worker_settlement",
      action: "debt.written_off",
      subject_id: player.playerId,
      facts: { currency: "EUR", balanceMinor: "-500", betId, settlementVersion: "2" },
    },
  ]);
});

test("write_off pays several bets of one player once, and a later correction of theirs anew", async () => {
  await using desk = await openDesk({ epochMs: () => tick().getTime() });
  const { stage } = desk;
  await decide(desk, "write_off");
  const player = await desk.addPlayer({ depositMinor: 100n });
  const take = (amountMinor: bigint) => takeBack(stage.database, { ...player, at: tick(), amountMinor });

  const first = await apply(desk, [await take(300n), await take(50n)]);
  const later = await apply(desk, [await take(7n)]);

  expect(first.map(({ balanceMinor }) => balanceMinor)).toEqual([-250n]);
  expect(later.map(({ balanceMinor }) => balanceMinor)).toEqual([-7n]);
  const kinds = (await entriesOf(desk, player)).map(({ kind, amountMinor }) => [kind, amountMinor]);
  expect(kinds.filter(([kind]) => kind === "write_off")).toEqual([
    ["write_off", 7],
    ["write_off", 250],
  ]);
});

test("freeze lets a debt stand and freezes the player, once, with an audit row by the system", async () => {
  await using desk = await openDesk({ epochMs: () => tick().getTime() });
  const { stage } = desk;
  await decide(desk, "freeze");
  const player = await desk.addPlayer({ depositMinor: 1000n });
  const covered = await desk.addPlayer({ depositMinor: 1000n });
  const eventId = await desk.addEvent();
  const debited = await takeBack(stage.database, { ...player, at: tick(), amountMinor: 1500n });
  const paid = await takeBack(stage.database, { ...covered, at: tick(), amountMinor: 100n });

  const applied = await apply(desk, [debited, paid]);
  const more = await apply(desk, [
    await takeBack(stage.database, { ...player, at: tick(), amountMinor: 1n, settlementVersion: 3 }),
  ]);
  const refused = await desk.place(player, betBody([{ eventId }]));
  const taken = await desk.place(covered, betBody([{ eventId }]));

  const { betId } = debited;
  expect([applied, more]).toEqual([[{ policy: "freeze", balanceMinor: -500n, betId }], []]);
  expect([refused.status, (await told(refused))["code"], taken.status]).toEqual([403, "player_frozen", 201]);
  expect((await entriesOf(desk, player)).map(({ balanceMinor }) => balanceMinor)).toEqual([-501, -500, 1000]);
  expect(await actsOf(desk)).toMatchObject([
    { actor_kind: "system", action: "player.frozen", subject_id: player.playerId, facts: { betId } },
  ]);
});

test("of two corrections of a player at once the second counts what the first wrote off", async () => {
  await using desk = await openDesk({ epochMs: () => tick().getTime() });
  const { stage } = desk;
  await decide(desk, "write_off");
  const player = await desk.addPlayer({ depositMinor: 100n });
  const one = await takeBack(stage.database, { ...player, at: tick(), amountMinor: 150n });
  const other = await takeBack(stage.database, { ...player, at: tick(), amountMinor: 150n });

  const both = await Promise.all([apply(desk, [one]), apply(desk, [other])]);

  expect(both.flat().map(({ balanceMinor }) => balanceMinor)).toEqual([-200n]);
  expect((await entriesOf(desk, player))[0]).toMatchObject({ kind: "write_off", balanceMinor: 0 });
});
