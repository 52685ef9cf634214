import { expect, test } from "bun:test";
import { type ChangeEvent, deleteChangesBefore, followChanges } from "../../src/changes/mod.ts";
import { openSession } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { openDatabase, seededRandom, type TestDatabase } from "../harness/mod.ts";

function follow(database: TestDatabase, { listen, pollMs }: { listen: boolean; pollMs: number }) {
  const seen: string[] = [];
  const events: ChangeEvent[] = [];
  let resyncs = 0;
  const follower = followChanges(
    { listenUrl: listen ? database.url : undefined, pollMs },
    {
      pool: database.pool("linehold_read"),
      clock: systemClock,
      random: seededRandom(3),
      observe: (event) => events.push(event),
      onChange: ({ topic, key }) => seen.push(`${topic}/${key}`),
      onResync: () => {
        resyncs += 1;
      },
    },
  );
  return {
    follower,
    seen,
    events,
    resyncs: () => resyncs,
    [Symbol.asyncDispose]: () => follower[Symbol.asyncDispose](),
  };
}

async function until(holds: () => boolean | Promise<boolean>, ms = 5000): Promise<void> {
  const deadline = performance.now() + ms;
  while (!(await holds())) {
    if (performance.now() > deadline)
      throw new RangeError(`Cannot go on as it did not come true in ${ms} ms: ${holds}`);
    await Bun.sleep(2);
  }
}

const brand = (database: TestDatabase, tenantId: string) =>
  database.owner(
    `insert into branding (tenant_id, version, document, updated_at) values ($1, 1, '{}', now())
     on conflict (tenant_id) do update set version = branding.version + 1`,
    [tenantId],
  );

test("a row changed by plain SQL is heard, by topic and key, without waiting for the poll", async () => {
  await using database = await openDatabase();
  await using following = follow(database, { listen: true, pollMs: 60_000 });
  const tenantId = Bun.randomUUIDv7();
  await until(
    () => following.resyncs() === 1 && following.events.some(({ type }) => type === "listener_changed"),
  );

  await brand(database, tenantId);

  await until(() => following.seen.includes(`branding/${tenantId}`));
});

test("without a listener the poll alone finds every change, once, in the order of the commits", async () => {
  await using database = await openDatabase();
  await using following = follow(database, { listen: false, pollMs: 20 });
  await until(() => following.resyncs() === 1);
  const tenants = Array.from({ length: 50 }, () => Bun.randomUUIDv7());

  for (const tenantId of tenants) await brand(database, tenantId);
  await until(() => following.seen.length >= 50);
  await Bun.sleep(60);

  expect(following.seen).toEqual(tenants.map((tenantId) => `branding/${tenantId}`));
});

test("a change rolled back is never told", async () => {
  await using database = await openDatabase();
  await using following = follow(database, { listen: false, pollMs: 20 });
  await until(() => following.resyncs() === 1);
  const [lost, kept] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];

  await using owner = await openSession({
    url: database.ownerUrl,
    applicationName: "test",
    connectTimeoutMs: 5000,
  });
  await owner.execute("begin");
  await owner.execute("insert into branding values ($1, 1, '{}', now())", [lost]);
  await owner.execute("set constraints all immediate");
  await owner.execute("rollback");
  await brand(database, kept);
  await until(() => following.seen.length > 0 || following.resyncs() > 1);

  expect(following.seen).not.toContain(`branding/${lost}`);
});

test("of two writers the one that began first commits last, 1,000 times: none is lost", async () => {
  await using database = await openDatabase();
  await using first = await openSession({
    url: database.ownerUrl,
    applicationName: "first",
    connectTimeoutMs: 5000,
  });
  await using second = await openSession({
    url: database.ownerUrl,
    applicationName: "second",
    connectTimeoutMs: 5000,
  });
  await using following = follow(database, { listen: true, pollMs: 20 });
  await until(() => following.resyncs() === 1);
  const written: string[] = [];
  const insert = "insert into branding values ($1, 1, '{}', now())";

  for (let round = 0; round < 1000; round++) {
    const [early, late] = [Bun.randomUUIDv7(), Bun.randomUUIDv7()];
    await first.execute("begin");
    await first.execute(insert, [early]);
    await second.execute("begin");
    await second.execute(insert, [late]);
    await second.execute("commit");
    await first.execute("commit");
    written.push(late, early);
  }
  await until(() => following.seen.length >= 2000, 10_000);

  expect(following.seen).toEqual(written.map((tenantId) => `branding/${tenantId}`));
}, 60_000);

test("the naive number, taken by a sequence at the beginning, loses rows to a reader in the same race", async () => {
  await using database = await openDatabase();
  await database.owner("create table naive (number bigserial primary key, note text)");
  await using first = await openSession({
    url: database.ownerUrl,
    applicationName: "first",
    connectTimeoutMs: 5000,
  });
  await using second = await openSession({
    url: database.ownerUrl,
    applicationName: "second",
    connectTimeoutMs: 5000,
  });
  let last = 0n;
  let seen = 0;
  const read = async () => {
    const rows = await database.owner<{ number: bigint }>(
      "select number from naive where number > $1 order by number",
      [last],
    );
    seen += rows.length;
    last = rows.at(-1)?.number ?? last;
  };

  for (let round = 0; round < 20; round++) {
    await first.execute("begin");
    await first.execute("insert into naive (note) values ('early')");
    await second.execute("insert into naive (note) values ('late')");
    await read();
    await first.execute("commit");
    await read();
  }

  expect(seen).toBe(20);
});

test("changes made while the listener's connection is killed are found all the same, and it listens again", async () => {
  await using database = await openDatabase();
  await using following = follow(database, { listen: true, pollMs: 200 });
  const listening = () =>
    following.events.filter((event) => event.type === "listener_changed" && event.listening).length;
  await until(() => listening() === 1);

  for (let round = 1; round <= 5; round++) {
    await database.owner(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'linehold changes'",
    );
    const tenantId = Bun.randomUUIDv7();
    await brand(database, tenantId);
    await until(() => following.seen.includes(`branding/${tenantId}`), 1000);
    await until(() => listening() === round + 1);
  }
});

test("a follower that was away for longer than changes are kept is told to look at everything anew", async () => {
  await using database = await openDatabase();
  await using following = follow(database, { listen: false, pollMs: 300 });
  await until(() => following.resyncs() === 1);

  await using owner = await openSession({
    url: database.ownerUrl,
    applicationName: "test",
    connectTimeoutMs: 5000,
  });
  await owner.execute("begin");
  for (let i = 0; i < 5; i++)
    await owner.execute("insert into branding values ($1, 1, '{}', now())", [Bun.randomUUIDv7()]);
  await owner.execute("set constraints all immediate");
  await deleteChangesBefore(owner, new Date("9999-01-01"));
  await owner.execute("commit");

  await until(() => following.resyncs() === 2);
  expect(following.seen).toEqual([]);
});

test("with the database away the follower goes on trying, and nothing is lost when it is back", async () => {
  await using database = await openDatabase();
  await using following = follow(database, { listen: true, pollMs: 50 });
  await until(() => following.resyncs() === 1);
  const tenantId = Bun.randomUUIDv7();

  await database.owner(
    "select pg_terminate_backend(pid) from pg_stat_activity where usename <> current_user and datname = current_database()",
  );
  await brand(database, tenantId);

  await until(() => following.seen.includes(`branding/${tenantId}`));
  expect(following.follower.ageMs()).toBeLessThan(5000);
});
