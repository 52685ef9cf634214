import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import type { Lease } from "../../src/pool/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { SELECT_BALANCES } from "../../src/wallets/balance_queries.ts";
import {
  checkpointStep,
  readPlayerAccount,
  readWallet,
  takeCheckpoints,
  transfer,
} from "../../src/wallets/mod.ts";
import { NOW, openHouse, type Seat } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { takeNaiveCheckpoints } from "./naive_checkpoints.ts";

setDefaultTimeout(60_000);

type Take = (database: TestDatabase, tenantId: string) => Promise<void>;

const takeReal: Take = async (database, tenantId) => {
  await using pool = database.pool("linehold_settlement", { max: 1 });
  await using lease = await pool.lease({ access: "write", tenantId });
  const page = { afterAccountId: null, accountsMax: 100, entriesMin: 1, at: NOW };
  await takeCheckpoints(lease.connection, page);
  await lease.commit();
};

type Act =
  | { readonly verb: "begin"; readonly place: number; readonly amount: bigint }
  | { readonly verb: "commit" | "roll_back"; readonly place: number }
  | { readonly verb: "take" };

const PLACES = 4;
const place = fc.nat({ max: PLACES - 1 });
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ verb: fc.constant("begin" as const), place, amount: fc.bigInt(1n, 99n) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ verb: fc.constantFrom("commit" as const, "roll_back" as const), place }),
  },
  { weight: 2, arbitrary: fc.constant({ verb: "take" as const }) },
);

/** Histories of transactions that overlap as they like, with checkpoints between; the first whose balance is not the plain sum. */
async function falsify(database: TestDatabase, take: Take, numRuns: number) {
  const house = openHouse(database);
  return fc.check(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 24 }), async (history) => {
      const seat = await house.addPlayer();
      const open = new Map<number, { readonly lease: Lease; readonly amount: bigint }>();
      let committed = 0n;
      try {
        for (const step of history) {
          if (step.verb === "take") {
            await take(database, seat.tenantId);
          } else if (step.verb === "begin" && !open.has(step.place)) {
            const lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
            await credit(lease, seat, step.amount);
            open.set(step.place, { lease, amount: step.amount });
          } else if (step.verb !== "begin") {
            const ending = open.get(step.place);
            open.delete(step.place);
            if (ending !== undefined && step.verb === "commit") {
              await ending.lease.commit();
              committed += ending.amount;
            }
            await ending?.lease[Symbol.asyncDispose]();
          }
          expect(await house.balance(seat)).toMatchObject({ cashMinor: committed });
        }
      } finally {
        for (const { lease } of open.values()) await lease[Symbol.asyncDispose]();
      }
    }),
    { numRuns, seed: 20250919, endOnFailure: true },
  );
}

async function credit({ connection }: Lease, seat: Seat, amountMinor: bigint): Promise<void> {
  const { cashAccountId, bookAccountId } = await readPlayerAccount(connection, seat);
  await transfer(connection, {
    tenantId: seat.tenantId,
    idempotencyKey: crypto.randomUUID(),
    kind: "deposit",
    currency: seat.currency,
    entries: [
      { accountId: cashAccountId, amountMinor },
      { accountId: bookAccountId, amountMinor: -amountMinor },
    ],
    occurredAt: NOW,
  });
}

test("a balance is the plain sum whatever commits late beside checkpoints", async () => {
  await using database = await openDatabase();

  const { failed, counterexample } = await falsify(database, takeReal, 60);

  expect({ failed, counterexample }).toEqual({ failed: false, counterexample: null });
  const [taken] = await database.owner<{ count: bigint }>(
    "select count(*) as count from balance_checkpoints",
  );
  expect(taken?.count).toBeGreaterThan(10n);
});

test("checkpoints up to the newest transaction seen lose what commits late: the control of the test above", async () => {
  await using database = await openDatabase();

  const { failed } = await falsify(database, takeNaiveCheckpoints, 60);

  expect(failed).toBe(true);
});

test("a checkpoint's past is read from it only for moments after all that is in it", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer();
  const later = (ms: number) => new Date(NOW.getTime() + ms);
  const post = async (ms: number, amountMinor: bigint) => {
    await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
    const { cashAccountId, bookAccountId } = await readPlayerAccount(lease.connection, seat);
    const entries = [
      { accountId: cashAccountId, amountMinor },
      { accountId: bookAccountId, amountMinor: -amountMinor },
    ];
    const idempotencyKey = crypto.randomUUID();
    const { tenantId, currency } = seat;
    const moved = {
      tenantId,
      idempotencyKey,
      kind: "deposit",
      currency,
      entries,
      occurredAt: later(ms),
    } as const;
    await transfer(lease.connection, moved);
    await lease.commit();
  };
  const cashAt = async (ms: number) => {
    await using lease = await house.pool.lease({ tenantId: seat.tenantId });
    return (await readWallet(lease.connection, { ...seat, at: later(ms) })).cashMinor;
  };

  // Business times that go back and forth, as those of a correction do.
  await post(10, 1n);
  await takeReal(database, seat.tenantId);
  await post(30, 10n);
  await post(5, 100n);
  await takeReal(database, seat.tenantId);
  await post(20, 1000n);

  expect(await Promise.all([0, 4, 5, 9, 10, 19, 20, 29, 30, 99].map(cashAt))).toEqual([
    ...[0n, 0n, 100n, 100n, 101n, 101n, 1101n, 1101n, 1111n, 1111n],
  ]);
});

test("a balance of 200,000 entries is read from its checkpoint and the few entries since", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer();
  await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  const { cashAccountId } = await readPlayerAccount(lease.connection, seat);
  await lease.commit();
  await addEntries(database, { seat, accountId: cashAccountId, count: 200_000 });
  const rowsRead = async () => {
    const [row] = await database.owner<{ "QUERY PLAN": readonly PlanOf[] }>(
      `explain (analyze, format json) ${SELECT_BALANCES}`,
      [seat.tenantId, [cashAccountId]],
    );
    return rowsOf(row?.["QUERY PLAN"][0]?.Plan);
  };

  const before = await rowsRead();
  await takeReal(database, seat.tenantId);
  await using credited = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
  await credit(credited, seat, 7n);
  await credited.commit();
  const after = await rowsRead();

  expect(before).toBeGreaterThan(200_000);
  expect(after).toBeLessThan(10);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 200_007n });
});

interface Plan {
  readonly "Node Type": string;
  readonly "Actual Rows": number;
  readonly "Rows Removed by Filter"?: number;
  readonly Plans?: readonly Plan[];
}
interface PlanOf {
  readonly Plan: Plan;
}

function rowsOf(plan: Plan | undefined): number {
  if (plan === undefined) return 0;
  const own = /Scan$/.test(plan["Node Type"])
    ? plan["Actual Rows"] + (plan["Rows Removed by Filter"] ?? 0)
    : 0;
  return own + (plan.Plans ?? []).reduce((sum, part) => sum + rowsOf(part), 0);
}

/** Entries of 1, with the triggers asleep and without their transfers: what a balance reads is all that matters here. */
async function addEntries(
  database: TestDatabase,
  { seat, accountId, count }: { readonly seat: Seat; readonly accountId: string; readonly count: number },
): Promise<void> {
  await database.owner("set session_replication_role = replica");
  await database.owner(
    `insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor)
     select $1, gen_random_uuid(), $2, $3, 1
     from generate_series(1, $4)`,
    [seat.tenantId, accountId, seat.currency, count],
  );
  await database.owner("set session_replication_role = origin");
  await database.owner("analyze entries");
}

test("a ledger restored into a cluster whose numbers start anew refuses entries until migrate has run, and then loses none", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  await takeReal(database, seat.tenantId);
  // As a dump from a cluster a billion transactions ahead would have left it.
  await database.owner("set session_replication_role = replica");
  await database.owner("update entries set transaction_number = transaction_number + 1000000000");
  await database.owner("update balance_checkpoints set before_transaction = before_transaction + 1000000000");
  await database.owner("update ledger_clock set finished_before = finished_before + 1000000000");
  await database.owner("set session_replication_role = origin");
  const add = async () => {
    await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
    await credit(lease, seat, 5n);
    await lease.commit();
  };

  const refused = await add().catch((error: unknown) => error);
  const events: string[] = [];
  const urls = { ownerUrl: database.ownerUrl, loginUrl: database.url };
  await migrate(urls, { observe: ({ type }) => void events.push(type) });
  await add();
  await takeReal(database, seat.tenantId);
  await add();
  await migrate(urls, { observe: ({ type }) => void events.push(type) });

  expect(refused).toMatchObject({ sqlState: "23514", constraint: "entry_after_cut" });
  expect(events).toEqual(["ledger_clock_continued"]);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 1010n });
});

test("the upkeep's step goes through every account of every tenant and then begins anew", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const at = NOW;
  const seats = [];
  for (const slug of ["acme", "bravo", "cirrus"]) {
    const tenantId = Bun.randomUUIDv7();
    await database.owner(
      "insert into tenants (tenant_id, slug, display_name, state, created_at, updated_at) values ($1, $2, $2, 'active', $3, $3)",
      [tenantId, slug, at],
    );
    seats.push(await house.addPlayer({ tenantId, depositMinor: 10n }));
    seats.push(await house.addPlayer({ tenantId, depositMinor: 20n }));
  }
  const pool = database.pool("linehold_settlement", { max: 2 });
  const scope = { signal: new AbortController().signal, lease: (options = {}) => pool.lease(options) };
  const step = checkpointStep({ clock: { epochMs: () => at.getTime() }, accountsMax: 4, entriesMin: 1 });
  const round = async () => {
    let taken = 0;
    for (let steps = 1; ; steps++) {
      const { worked, counts } = await step(scope);
      taken += counts?.["taken"] ?? 0;
      if (!worked) return { steps, taken };
    }
  };

  // Cash of both players, and the clearing account that both were paid from: nothing else has entries.
  expect(await round()).toEqual({ steps: 6, taken: 9 });
  expect(await round()).toEqual({ steps: 6, taken: 0 });
  for (const [index, seat] of seats.entries())
    expect(await house.balance(seat)).toMatchObject({ cashMinor: index % 2 === 0 ? 10n : 20n });
});

test("the roles can neither write checkpoints, nor the clock, nor the number of an entry's transaction", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 10n });
  await takeReal(database, seat.tenantId);

  for (const role of ["linehold_web", "linehold_settlement"]) {
    const pool = database.pool(role);
    for (const statement of [
      "insert into balance_checkpoints select * from balance_checkpoints",
      "update balance_checkpoints set balance_minor = 0",
      "delete from balance_checkpoints",
      "update ledger_clock set finished_before = 0",
      "insert into entries (tenant_id, transfer_id, account_id, currency, amount_minor, transaction_number) select tenant_id, transfer_id, account_id, currency, 1, 1 from entries",
      "select continue_ledger_clock()",
    ]) {
      await using lease = await pool.lease({ access: "write", tenantId: seat.tenantId });
      const refused = await lease.connection.execute(statement).catch((error: unknown) => error);
      expect([statement, (refused as { cause?: { code?: string } }).cause?.code]).toEqual([
        statement,
        "42501",
      ]);
    }
  }
});
