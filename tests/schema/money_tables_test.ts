import { expect, setDefaultTimeout, test } from "bun:test";
import { createOperatorKey } from "../../src/operators/mod.ts";
import type { Pool } from "../../src/pool/mod.ts";
import { NOW, openHouse } from "../bets/betting_house.ts";
import { openDatabase, type TestDatabase } from "../harness/mod.ts";
import { openStepper } from "../settlement/stepping.ts";

setDefaultTimeout(60_000);

/** Public by nature, or read across tenants on purpose; every other table with a tenant_id must be forced. */
const WITHOUT_ROW_SECURITY = ["branding", "event_tenants", "settlement_jobs", "tenant_hosts", "tenants"];
/**
 * What a tenant decides about what it shows and settles by, or says of an event beside what is said for all: forced too, but no money and no
 * person, and read by visitors' reads in its frame.
 */
const SHOWN = ["fact_versions", "facts", "suspensions", "tenant_offers", "tenant_settlement"];
const OWNED = [
  "accounts",
  "audit_acts",
  "balance_checkpoints",
  "bet_legs",
  "bet_answers",
  "bets",
  "betting_limits",
  "entries",
  "exposure_slots",
  "leg_grades",
  "operator_answers",
  "operator_keys",
  "outcome_grades",
  "player_credentials",
  "player_freezes",
  "player_identities",
  "player_limits",
  "player_policies",
  "player_sessions",
  "players",
  "settlement_reversals",
  "settlements",
  "sign_in_attempts",
  "tenant_betting",
  "transfers",
] as const;

test("row-level security is forced on every table with a tenant_id but the named ones", async () => {
  await using database = await openDatabase();

  const tables = await database.owner<{ name: string; forced: boolean; policies: bigint }>(`
    select
      class.relname as name,
      class.relrowsecurity and class.relforcerowsecurity as forced,
      (select count(*) from pg_policy where polrelid = class.oid and polwithcheck is not null) as policies
    from pg_class as class
    join pg_attribute as attribute on attribute.attrelid = class.oid and attribute.attname = 'tenant_id'
    where class.relkind in ('r', 'p') and class.relnamespace = 'public'::regnamespace
    order by class.relname`);

  const open = tables.filter(({ forced, policies }) => !forced || policies === 0n).map(({ name }) => name);
  expect(open).toEqual(WITHOUT_ROW_SECURITY);
  expect(tables.map(({ name }) => name)).toEqual([...WITHOUT_ROW_SECURITY, ...SHOWN, ...OWNED].sort());
});

test("every primary key of a tenant's own table begins with tenant_id, and none refers to a global table", async () => {
  await using database = await openDatabase();

  const keys = await database.owner<{ name: string; leading: string }>(
    `
    select index.indrelid::regclass::text as name, attribute.attname as leading
    from pg_index as index
    join pg_attribute as attribute on attribute.attrelid = index.indrelid and attribute.attnum = index.indkey[0]
    where (index.indisprimary or index.indisunique) and index.indrelid::regclass::text = any ($1)`,
    [OWNED],
  );
  const references = await database.owner<{ target: string }>(
    `
    select distinct confrelid::regclass::text as target
    from pg_constraint
    where contype = 'f' and conrelid::regclass::text = any ($1)
    order by 1`,
    [OWNED],
  );

  expect(new Set(keys.map(({ name }) => name))).toEqual(new Set(OWNED));
  expect(keys.filter(({ leading }) => leading !== "tenant_id")).toEqual([]);
  expect(references.map(({ target }) => target)).toEqual([
    "accounts",
    "bet_legs",
    "bets",
    "players",
    "settlements",
    "transfers",
  ]);
});

test("a lease sees its own tenant's rows only, and none when it names no tenant", async () => {
  await using database = await openDatabase();
  const { mine } = await fill(database);

  for (const role of ["linehold_web", "linehold_settlement"]) {
    const pool = database.pool(role);
    for (const table of await readable(database, role)) {
      expect([role, table, await tenantsSeen(pool, table, undefined)]).toEqual([role, table, []]);
      expect([role, table, await tenantsSeen(pool, table, mine)]).toEqual([role, table, [mine]]);
      expect([role, table, await tenantsSeen(pool, table, Bun.randomUUIDv7())]).toEqual([role, table, []]);
    }
  }
});

test("linehold_read and linehold_odds may read no table of a tenant's own", async () => {
  await using database = await openDatabase();

  for (const role of ["linehold_read", "linehold_odds"]) expect(await readable(database, role)).toEqual([]);
});

test("a lease can write neither without a tenant nor for another one", async () => {
  await using database = await openDatabase();
  const { mine, other } = await fill(database);
  const pool = database.pool("linehold_web");
  const insert = async (tenantId: string | undefined, into: string) => {
    await using lease = await pool.lease({
      access: "write",
      ...(tenantId === undefined ? {} : { tenantId }),
    });
    return await lease.connection
      .execute(
        `insert into players (tenant_id, player_id, currency, created_at, updated_at)
         values ($1, $2, 'EUR', now(), now())`,
        [into, Bun.randomUUIDv7()],
      )
      .catch((error: Error) => (error.cause as { code?: string } | undefined)?.code);
  };
  const update = async (tenantId: string | undefined) => {
    await using lease = await pool.lease({
      access: "write",
      ...(tenantId === undefined ? {} : { tenantId }),
    });
    return await lease.connection.execute("update players set state = 'closed' where tenant_id = $1", [
      other,
    ]);
  };

  // 42501: insufficient privilege, which is what a row refused by a policy is called too.
  expect(await insert(undefined, mine)).toBe("42501");
  expect(await insert(mine, other)).toBe("42501");
  expect(await insert(mine, mine)).toBe(1);
  expect(await update(undefined)).toBe(0);
  expect(await update(mine)).toBe(0);
});

test("the tables' owner is held to the tenant too, as it is FORCE that is set and not merely ENABLE", async () => {
  await using database = await openDatabase();
  await fill(database);
  // The owner of a managed database is no superuser; the suite's is, and would pass every policy.
  const owner = `owner_${database.name}`.slice(0, 63);
  await database.owner(`create role ${owner} nosuperuser nobypassrls`);
  try {
    await database.owner(`grant usage, create on schema public to ${owner}`);
    const seenByOwner = async (table: string) => {
      await database.owner("begin");
      await database.owner(`set local role ${owner}`);
      const seen = await database.owner(`select 1 from ${table}`);
      await database.owner("rollback");
      return seen.length;
    };
    for (const table of OWNED) {
      await database.owner(`alter table ${table} owner to ${owner}`);
      expect([table, await seenByOwner(table)]).toEqual([table, 0]);
      await database.owner(`alter table ${table} no force row level security`);
      expect([table, (await seenByOwner(table)) > 0]).toEqual([table, true]);
    }
  } finally {
    await database.owner(`reassign owned by ${owner} to current_user`);
    await database.owner(`drop owned by ${owner}`);
    await database.owner(`drop role ${owner}`);
  }
});

test("no role of the application may change or remove what the ledger holds", async () => {
  await using database = await openDatabase();

  const granted = await database.owner<{ grantee: string; name: string; privilege: string }>(`
    select grantee, table_name as name, privilege_type as privilege
    from information_schema.table_privileges
    where grantee in ('linehold_read', 'linehold_web', 'linehold_odds', 'linehold_settlement', 'PUBLIC') and table_name in ('accounts', 'entries', 'transfers', 'settlements')
      and privilege_type not in ('SELECT', 'INSERT')
    union all
    select grantee, table_name, privilege_type
    from information_schema.column_privileges
    where grantee in ('linehold_read', 'linehold_web', 'linehold_odds', 'linehold_settlement', 'PUBLIC') and table_name in ('accounts', 'entries', 'transfers', 'settlements')
      and privilege_type not in ('SELECT', 'INSERT')`);

  expect(granted).toEqual([]);
});

test("entries and transfers cannot be updated or deleted through a lease", async () => {
  await using database = await openDatabase();
  const { mine } = await fill(database);

  for (const role of ["linehold_web", "linehold_settlement"]) {
    const pool = database.pool(role);
    for (const statement of [
      "update entries set amount_minor = amount_minor + 1",
      "delete from entries",
      "truncate entries",
      "update transfers set kind = 'deposit'",
      "delete from transfers",
      "update accounts set kind = 'bonus'",
      "delete from settlements",
    ]) {
      await using lease = await pool.lease({ access: "write", tenantId: mine });
      const refused = await lease.connection.execute(statement).catch((error: unknown) => error);
      expect([statement, (refused as { cause?: { code?: string } }).cause?.code]).toEqual([
        statement,
        "42501",
      ]);
    }
  }
});

async function fill(database: TestDatabase): Promise<{ mine: string; other: string }> {
  const house = openHouse(database);
  const eventId = await house.addEvent();
  const seats = [
    await house.addPlayer({ depositMinor: 100n }),
    await house.addPlayer({ depositMinor: 100n }),
  ];
  for (const seat of seats) {
    await house.place(seat, { eventId, outcome: "home", stakeMinor: 10n });
    await fillAccount(database, seat);
  }
  await house.recordResult(eventId, { score: [1, 0] });
  await openStepper(database).drain();
  for (const { tenantId } of seats) {
    await using lease = await house.pool.lease({ access: "write", tenantId });
    const randomBytes = (count: number) => new Uint8Array(count);
    await createOperatorKey(lease.connection, { tenantId, name: "desk", at: NOW, by: "test", randomBytes });
    await lease.commit();
    await database.owner(
      "insert into operator_answers (tenant_id, idempotency_key, request_hash, answer, answered_at) values ($1, 'k', sha256(''), '{}', $2)",
      [tenantId, NOW],
    );
    await database.owner("insert into tenant_betting values ($1, 1, true, $2)", [tenantId, NOW]);
    await database.owner(
      "insert into betting_limits (tenant_id, version, limit_number, currency, scope) values ($1, 1, 1, 'EUR', 'tenant')",
      [tenantId],
    );
    await fillCorrections(database, { tenantId, eventId });
    await using upkeep = await database
      .pool("linehold_settlement", { max: 1 })
      .lease({ access: "write", tenantId });
    await upkeep.connection.query("select take_balance_checkpoints(null, 100, 1, $1)", [NOW]);
    await upkeep.commit();
  }
  const [mine, other] = seats.map(({ tenantId }) => tenantId);
  if (mine === undefined || other === undefined)
    throw new TypeError("Cannot fill the house as a seat is missing");
  return { mine, other };
}

async function fillCorrections(
  database: TestDatabase,
  { tenantId, eventId }: { readonly tenantId: string; readonly eventId: string },
): Promise<void> {
  await database.owner(
    `insert into outcome_grades (
       tenant_id, event_id, result_version, rules_version, planned_at, market_type, period, label, outcome, decided,
       undecided_why, missing, graded_at
     ) values ($1, $2, 1, 1, $3, 'total', 'regulation', '', 'over', false, 'not_yet', 'end', $3)`,
    [tenantId, eventId, NOW],
  );
  await database.owner(
    `insert into settlement_reversals (tenant_id, bet_id, settlement_version, reverses_version, reason, reversed_at)
     select tenant_id, bet_id, 2, 1, 'voided', $2
     from settlements
     where tenant_id = $1`,
    [tenantId, NOW],
  );
}

async function fillAccount(
  database: TestDatabase,
  { tenantId, playerId }: { readonly tenantId: string; readonly playerId: string },
): Promise<void> {
  const hash = new Uint8Array(32);
  const at = new Date();
  await database.owner(
    "insert into player_identities (tenant_id, player_id, updated_at) values ($1, $2, $3)",
    [tenantId, playerId, at],
  );
  await database.owner(
    "insert into player_credentials (tenant_id, player_id, password_hash, updated_at) values ($1, $2, '$argon2id$x', $3)",
    [tenantId, playerId, at],
  );
  await database.owner(
    `insert into player_sessions (
       tenant_id, session_id, player_id, family_hash, refresh_hash, created_at, refresh_until, expires_at
     ) values ($1, $2, $3, $4, $4, $5, $6, $6)`,
    [tenantId, Bun.randomUUIDv7(), playerId, Buffer.from(hash), at, new Date(at.getTime() + 1000)],
  );
  await database.owner(
    "insert into player_limits (tenant_id, player_id, kind, period, decided_at) values ($1, $2, 'stake', 'day', $3)",
    [tenantId, playerId, at],
  );
  await database.owner(
    "insert into player_freezes (tenant_id, freeze_id, player_id, bet_id, settlement_version, frozen_at) values ($1, $2, $3, $2, 1, $4)",
    [tenantId, Bun.randomUUIDv7(), playerId, at],
  );
  await database.owner(
    "insert into player_policies (tenant_id, retention_days, updated_at) values ($1, 30, $2)",
    [tenantId, at],
  );
  await database.owner(
    "insert into sign_in_attempts (tenant_id, subject_hash, attempts, window_ends_at) values ($1, $2, 1, $3)",
    [tenantId, Buffer.from(hash), at],
  );
}

async function readable(database: TestDatabase, role: string): Promise<string[]> {
  const rows = await database.owner<{ name: string }>(
    `select name from unnest($1::text[]) as name
     where has_any_column_privilege($2, name, 'select, insert, update') or has_table_privilege($2, name, 'delete')`,
    [OWNED, role],
  );
  return rows.map(({ name }) => name);
}

async function tenantsSeen(pool: Pool, table: string, tenantId: string | undefined): Promise<string[]> {
  await using lease = await pool.lease(tenantId === undefined ? {} : { tenantId });
  const rows = await lease.connection.query<{ tenantId: string }>(
    `select distinct tenant_id as "tenantId" from ${table}`,
  );
  return rows.map((row) => row.tenantId);
}
