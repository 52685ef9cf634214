import { expect, setDefaultTimeout, test } from "bun:test";
import { INVARIANTS, SEALED } from "../../src/commands/_audit_invariants.ts";
import { runAudit } from "../../src/commands/_audit_run.ts";
import { answerOnce, readOperatorKey, recordAct } from "../../src/operators/mod.ts";
import { adjust } from "../../src/wallets/mod.ts";
import { arrangeOperator } from "../app/operators.ts";
import { arrangeTenant } from "../app/tenants.ts";
import { NOW, openHouse, type Seat } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { openStepper } from "../settlement/stepping.ts";
import { runCommandFile } from "./run_command.ts";

setDefaultTimeout(60_000);

interface Scene {
  readonly database: TestDatabase;
  readonly seat: Seat;
  /** Still open, and settled. */
  readonly openBet: string;
  readonly settledBet: string;
  /** Settled, and settled anew by another score. */
  readonly correctedBet: string;
}

/** A tenant with a bit of everything: money moved by hand and by bets, checkpoints, an answered key. */
async function arrange(database: TestDatabase): Promise<Scene> {
  const tenantId = await arrangeTenant(database, { slug: "acme" });
  const house = openHouse(database);
  const seat = await house.addPlayer({ tenantId, depositMinor: 10_000n });
  const [decided, undecided, corrected] = [
    await house.addEvent(),
    await house.addEvent(),
    await house.addEvent(),
  ];
  const { betId: settledBet } = await house.place(seat, {
    eventId: decided,
    outcome: "home",
    stakeMinor: 100n,
  });
  await house.place(seat, { eventId: decided, outcome: "away", stakeMinor: 50n });
  const { betId: openBet } = await house.place(seat, {
    eventId: undecided,
    outcome: "home",
    stakeMinor: 30n,
  });
  const { betId: correctedBet } = await house.place(seat, {
    eventId: corrected,
    outcome: "home",
    stakeMinor: 40n,
  });
  await house.recordResult(decided, { score: [1, 0] });
  for (const [index, score] of (
    [
      [1, 0],
      [0, 1],
    ] as const
  ).entries()) {
    await house.recordResult(corrected, { version: index + 1, score });
    await openStepper(database).drain();
  }
  await takeCheckpoints(database, tenantId);
  await adjustByKey(database, seat);
  await takeCheckpoints(database, tenantId);
  return { database, seat, openBet, settledBet, correctedBet };
}

async function takeCheckpoints(database: TestDatabase, tenantId: string): Promise<void> {
  await using pool = database.pool("linehold_settlement", { max: 1 });
  await using lease = await pool.lease({ access: "write", tenantId });
  await lease.connection.query("select take_balance_checkpoints(null, 100, 1, $1)", [NOW]);
  await lease.commit();
}

async function adjustByKey(database: TestDatabase, { tenantId, playerId, currency }: Seat): Promise<void> {
  const text = await arrangeOperator(database, { tenantId, at: NOW });
  const headers = { authorization: `Bearer ${text}` };
  const key = readOperatorKey(new Request("http://linehold.test/", { headers }));
  const deps = { pool: database.pool("linehold_web", { max: 1 }), clock: { epochMs: () => NOW.getTime() } };
  const asked = { tenantId, key, idempotencyKey: "k", operation: "createAdjustment", input: {} };
  await answerOnce(asked, deps, async (connection, { operator, at }) => {
    const request = {
      tenantId,
      playerId,
      currency,
      amountMinor: 7n,
      idempotencyKey: "k",
      at,
      part: "bonus",
    } as const;
    const { transferId } = await adjust(connection, request);
    const subject = { kind: "player", id: playerId };
    await recordAct(connection, {
      actor: operator,
      action: "adjustment",
      subject,
      facts: { transferId },
      at,
    });
    return { transferId, playerId, amountMinor: 7 };
  });
}

/** The names of what is broken, by the rows that come back. */
async function broken(database: TestDatabase): Promise<string[]> {
  const pool = database.pool("linehold_web", { max: 1 });
  const tenants = await database.owner<{ tenantId: string; slug: string }>(
    `select tenant_id as "tenantId", slug from tenants order by slug`,
  );
  const report = await runAudit(pool, { tenants, deadlineMs: 30_000, progress: () => undefined });
  return [...new Set(report.breaches.map(({ invariant }) => invariant))].sort();
}

/** As the owner, with every trigger asleep: what no role of the application can do. */
async function damage(
  database: TestDatabase,
  statement: string,
  values: readonly unknown[] = [],
): Promise<void> {
  await database.owner("set session_replication_role = replica");
  await database.owner(statement, values);
  await database.owner("set session_replication_role = origin");
}

test("a ledger that was left alone breaks no promise", async () => {
  await using database = await openDatabase();
  await arrange(database);

  expect(await broken(database)).toEqual([]);
});

const someId = "01994e0a-3c00-7000-8000-0000000000ff";
const cashOf = "select account_id from accounts where kind = 'player_cash' limit 1";
const newId = `(lpad(to_hex(floor(extract(epoch from occurred_at) * 1000)::bigint), 12, '0')
  || right(replace(gen_random_uuid()::text, '-', ''), 20))::uuid`;
const copyOf = (kind: string, changes: Readonly<Record<string, string>>) => {
  const columns = [
    "tenant_id",
    "idempotency_key",
    "kind",
    "currency",
    "entry_count",
    "bet_id",
    "settlement_version",
    "occurred_at",
  ];
  const selected = columns.map(
    (column) => changes[column] ?? (column === "idempotency_key" ? "gen_random_uuid()::text" : column),
  );
  return `
    with copied as (
      insert into transfers (transfer_id, ${columns.join(", ")})
      select ${newId}, ${selected.join(", ")} from transfers where kind = '${kind}' and ($1::uuid is null or bet_id = $1) limit 1
      returning tenant_id, transfer_id, currency
    )
    insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
    select copied.tenant_id, copied.transfer_id, entries.account_id, copied.currency, entries.amount_minor
    from copied
    join entries using (tenant_id)
    where entries.transfer_id = (select transfer_id from transfers where kind = '${kind}' and ($1::uuid is null or bet_id = $1) limit 1)`;
};

/** What is done to the ledger, and the promises it breaks, the one it is there for first. */
const DAMAGES: Readonly<
  Record<string, { readonly act: (scene: Scene) => Promise<unknown>; readonly breaks: readonly string[] }>
> = {
  "an entry changed": {
    act: ({ database }) =>
      damage(
        database,
        "update entries set amount_minor = amount_minor + 1 where account_id = (select account_id from accounts where kind = 'clearing')",
      ),
    breaks: ["ledger_sums_to_zero", "transfer_balances", "checkpoint_is_the_sum"],
  },
  "an entry removed": {
    act: ({ database }) =>
      damage(
        database,
        "delete from entries where account_id = (select account_id from accounts where kind = 'clearing')",
      ),
    breaks: ["transfer_balances", "ledger_sums_to_zero", "checkpoint_is_the_sum"],
  },
  "a balanced pair added to a sealed transfer": {
    act: ({ database }) =>
      damage(
        database,
        `insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
         select accounts.tenant_id, (select transfer_id from transfers where kind = 'deposit'), account_id, currency,
           case kind when 'house_book' then 1 else -1 end
         from accounts where kind in ('house_book', 'adjustments')`,
      ),
    breaks: ["transfer_balances"],
  },
  "an entry in another currency than its account": {
    act: ({ database }) => damage(database, "update accounts set currency = 'USD' where kind = 'clearing'"),
    breaks: ["entry_within_account"],
  },
  "an account of a player who is not there": {
    act: ({ database }) =>
      damage(database, "update accounts set player_id = $1 where kind = 'bonus'", [someId]),
    breaks: ["account_of_its_owner"],
  },
  "a transfer whose time was changed": {
    act: async ({ database }) => {
      await database.owner("alter table transfers drop constraint transfers_id_of_its_time");
      await damage(
        database,
        "update transfers set occurred_at = occurred_at + interval '1 day' where kind = 'adjustment'",
      );
    },
    breaks: ["transfer_id_of_its_time"],
  },
  "cash below zero": {
    act: ({ database }) =>
      damage(
        database,
        `with moved as (
           insert into transfers (tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, occurred_at)
           select tenant_id, ${newId}, 'theft', 'withdrawal', currency, 2, occurred_at from transfers where kind = 'deposit'
           returning tenant_id, transfer_id, currency
         )
         insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
         select moved.tenant_id, transfer_id, account_id, moved.currency, case kind when 'player_cash' then -1000000 else 1000000 end
         from moved join accounts using (tenant_id) where kind in ('player_cash', 'clearing')`,
      ),
    breaks: ["wallet_not_negative"],
  },
  "a key of two transfers": {
    act: async ({ database }) => {
      await database.owner("alter table transfers drop constraint transfers_tenant_id_idempotency_key_key");
      await damage(database, copyOf("deposit", { idempotency_key: "idempotency_key" }), [null]);
    },
    breaks: ["transfer_key_once"],
  },
  "a key of two bets": {
    act: async ({ database, openBet, settledBet }) => {
      await database.owner("alter table bets drop constraint bets_tenant_id_player_id_idempotency_key_key");
      await damage(
        database,
        "update bets set idempotency_key = (select idempotency_key from bets where bet_id = $1) where bet_id = $2",
        [openBet, settledBet],
      );
    },
    breaks: ["bet_key_once"],
  },
  "an operator's answer of a transfer that is not there": {
    act: ({ database }) =>
      damage(
        database,
        "update operator_answers set answer = jsonb_set(answer::jsonb, '{transferId}', to_jsonb($1::text))::text",
        [someId],
      ),
    breaks: ["answer_of_its_transfer"],
  },
  "money moved without its audit row": {
    act: ({ database }) => damage(database, "delete from audit_acts where action = 'adjustment'"),
    breaks: ["answer_of_its_transfer"],
  },
  "a stake held twice": {
    act: async ({ database, openBet }) => {
      await database.owner("drop index transfers_stake_once");
      await damage(database, copyOf("stake", {}), [openBet]);
    },
    breaks: ["stake_held_once", "bet_nets_to_its_return", "held_is_open_stakes"],
  },
  "a stake that was never held": {
    act: ({ database, openBet }) =>
      damage(
        database,
        "with gone as (delete from transfers where bet_id = $1 returning transfer_id) delete from entries using gone where entries.transfer_id = gone.transfer_id",
        [openBet],
      ),
    breaks: ["stake_held_once", "bet_nets_to_its_return", "held_is_open_stakes", "checkpoint_is_the_sum"],
  },
  "a stake of another amount than the bet's": {
    act: ({ database, openBet }) =>
      damage(database, "update bets set stake_minor = stake_minor + 1 where bet_id = $1", [openBet]),
    breaks: ["stake_held_once", "bet_nets_to_its_return", "held_is_open_stakes"],
  },
  "a held stake that was moved without its bet": {
    act: ({ database }) =>
      damage(
        database,
        `with moved as (
           insert into transfers (tenant_id, transfer_id, idempotency_key, kind, currency, entry_count, occurred_at)
           select tenant_id, ${newId}, 'slip', 'adjustment', currency, 2, occurred_at from transfers where kind = 'deposit'
           returning tenant_id, transfer_id, currency
         )
         insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
         select moved.tenant_id, transfer_id, account_id, moved.currency, case kind when 'stakes_held' then -5 else 5 end
         from moved join accounts using (tenant_id) where kind in ('stakes_held', 'adjustments')`,
      ),
    breaks: ["held_is_open_stakes"],
  },
  "a reversal that took nothing back": {
    act: ({ database, settledBet }) =>
      damage(
        database,
        `insert into settlement_reversals (tenant_id, bet_id, settlement_version, reverses_version, reason, reversed_at)
         select tenant_id, bet_id, 2, 1, 'voided', settled_at from settlements where bet_id = $1`,
        [settledBet],
      ),
    breaks: ["reversal_negates_its_settlement"],
  },
  "a settlement paid twice": {
    act: async ({ database, settledBet }) => {
      await database.owner("drop index transfers_version_once");
      await damage(database, copyOf("settlement", {}), [settledBet]);
    },
    breaks: ["version_paid_once", "bet_nets_to_its_return", "held_is_open_stakes", "wallet_not_negative"],
  },
  "a settlement without its row": {
    act: ({ database, settledBet }) =>
      damage(database, "delete from settlements where bet_id = $1", [settledBet]),
    breaks: ["version_paid_once", "bet_nets_to_its_return"],
  },
  "a reversal of another amount": {
    act: ({ database, correctedBet }) =>
      damage(
        database,
        `update entries
         set amount_minor = amount_minor + case accounts.kind when 'player_cash' then 1 else -1 end
         from transfers, accounts
         where transfers.transfer_id = entries.transfer_id and accounts.account_id = entries.account_id
           and transfers.kind = 'reversal' and bet_id = $1 and accounts.kind in ('player_cash', 'house_book')`,
        [correctedBet],
      ),
    breaks: ["reversal_negates_its_settlement", "bet_nets_to_its_return", "checkpoint_is_the_sum"],
  },
  "a reversal of another version than its transfer": {
    act: ({ database, correctedBet }) =>
      damage(database, "update settlement_reversals set settlement_version = 3 where bet_id = $1", [
        correctedBet,
      ]),
    breaks: ["reversal_negates_its_settlement", "version_paid_once"],
  },
  "a reversal without its row": {
    act: ({ database, correctedBet }) =>
      damage(database, "delete from settlement_reversals where bet_id = $1", [correctedBet]),
    breaks: ["version_paid_once"],
  },
  "a settled bet said to be open": {
    act: ({ database, settledBet }) =>
      damage(database, "update bets set state = 'open' where bet_id = $1", [settledBet]),
    breaks: ["bet_state_of_its_version", "exposure_is_of_undecided_bets"],
  },
  "an exposure that was given back twice": {
    act: ({ database }) => damage(database, "update exposure_slots set used_minor = 0"),
    breaks: ["exposure_is_of_undecided_bets"],
  },
  "a bet that returned another amount": {
    act: ({ database, settledBet }) =>
      damage(
        database,
        "update settlements set return_minor = return_minor + 1, return_numerator = return_numerator + return_denominator where bet_id = $1",
        [settledBet],
      ),
    breaks: ["bet_nets_to_its_return"],
  },
  "a checkpoint of another amount": {
    act: ({ database }) =>
      damage(
        database,
        `update balance_checkpoints set balance_minor = balance_minor + 1 where account_id = (${cashOf})`,
      ),
    breaks: ["checkpoint_is_the_sum"],
  },
  "an entry that landed behind a checkpoint": {
    act: async ({ database }) => {
      await damage(database, copyOf("deposit", {}), [null]);
      await damage(
        database,
        "update entries set transaction_number = 1 where transaction_number = (select max(transaction_number) from entries)",
      );
    },
    breaks: ["checkpoint_is_the_sum"],
  },
  "a guard put to sleep": {
    act: ({ database }) => database.owner("alter table entries disable trigger entries_balance"),
    breaks: ["ledger_is_sealed"],
  },
  "a role that may change entries": {
    act: ({ database }) => database.owner("grant update on entries to linehold_web"),
    breaks: ["ledger_is_sealed"],
  },
  "a wall between tenants taken down": {
    act: ({ database }) => database.owner("alter table transfers no force row level security"),
    breaks: ["ledger_is_sealed"],
  },
};

for (const [name, { act, breaks }] of Object.entries(DAMAGES)) {
  test(`the audit names ${breaks[0]} for ${name}`, async () => {
    await using database = await openDatabase();
    const scene = await arrange(database);

    await act(scene);

    const found = await broken(database);
    expect(found).toContain(breaks[0] ?? "");
    expect(found.filter((one) => !breaks.includes(one))).toEqual([]);
  });
}

test("every promise is broken by one of these damages", () => {
  const broken = new Set(Object.values(DAMAGES).map(({ breaks }) => breaks[0]));
  const promised = [SEALED, ...INVARIANTS].map(({ name }) => name);

  expect(promised.filter((name) => !broken.has(name))).toEqual([]);
});

test("bun run audit says that every promise holds, of all tenants or of one", async () => {
  await using database = await openDatabase();
  await arrange(database);
  await arrangeTenant(database, { slug: "bravo" });
  const env = { DATABASE_URL: database.url };

  const all = await runCommandFile("audit.ts", [], env);
  const one = await runCommandFile("audit.ts", ["--tenant", "bravo", "--json"], env);

  expect([all.code, all.err, one.code, one.err]).toEqual([0, "", 0, ""]);
  expect(all.out).toStartWith("Every promise holds:");
  expect(JSON.parse(one.out)).toMatchObject({
    ok: true,
    tenants: 1,
    entries: 0,
    bets: 0,
    breaches: [],
    more: false,
  });
});

test("bun run audit ends with 1 and says which promise is broken, whose, and by what", async () => {
  await using database = await openDatabase();
  const { settledBet } = await arrange(database);
  await damage(database, "delete from settlements where bet_id = $1", [settledBet]);
  const env = { DATABASE_URL: database.url };

  const words = await runCommandFile("audit.ts", [], env);
  const json = await runCommandFile("audit.ts", ["--json"], env);

  expect([words.code, json.code]).toEqual([1, 1]);
  expect(words.out).toStartWith("Broken: version_paid_once, bet_nets_to_its_return\n");
  expect(words.out).toContain(
    `acme  ${settledBet}: version 1, 1 payments, the last of version 1, 1 without a settlement`,
  );
  const { breaches, invariants } = JSON.parse(json.out);
  expect(breaches).toContainEqual(
    expect.objectContaining({ invariant: "version_paid_once", tenant: "acme", subject: settledBet }),
  );
  expect(invariants.filter(({ ok }: { ok: boolean }) => !ok)).toHaveLength(2);
});

test.each([
  [["--help"], 0],
  [["--wrong"], 64],
  [["acme"], 64],
  [["--tenant"], 64],
])("bun run audit %p ends with %p before it looks for a database", async (words, code) => {
  expect((await runCommandFile("audit.ts", words, {})).code).toBe(code);
});
