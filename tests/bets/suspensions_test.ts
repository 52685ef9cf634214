import { expect, setDefaultTimeout, test } from "bun:test";
import { liftSuspension, type SuspensionMade, type SuspensionScope, suspend } from "../../src/odds/mod.ts";
import { openDatabase, type TestDatabase, until } from "../harness/mod.ts";
import { type BettingHouse, KICK_OFF, LIMITS, NOW, openHouse, type Seat, SOURCE } from "./betting_house.ts";

// Real databases on a machine that other work may share.
setDefaultTimeout(60_000);

const SAID = { reason: "A player is injured", actor: "trader@example" };

interface Stage {
  readonly database: TestDatabase;
  readonly house: BettingHouse;
  readonly acme: Seat;
  readonly other: Seat;
  readonly eventId: string;
  /** Places a bet of 1 and says how it went: "placed", or the code of the refusal. */
  bet(seat: Seat, eventId?: string, outcome?: string): Promise<string>;
  stop(tenantId: string | null, scope: Partial<SuspensionScope>): Promise<SuspensionMade>;
  lift(made: SuspensionMade): Promise<void>;
}

async function openStage(scope: AsyncDisposableStack): Promise<Stage> {
  const database = scope.use(await openDatabase());
  const house = openHouse(database);
  const deps = { pool: house.pool, at: NOW };
  const eventId = await house.addEvent();
  return {
    database,
    house,
    acme: await house.addPlayer({ depositMinor: 1000n }),
    other: await house.addPlayer({ depositMinor: 1000n }),
    eventId,
    bet: (seat, on = eventId, outcome = "home") =>
      house.place(seat, { eventId: on, outcome, stakeMinor: 1n }).then(
        () => "placed",
        (error: { code?: string }) => error.code ?? `${error}`,
      ),
    stop: (tenantId, part) => suspend({ tenantId, scope: part, ...SAID }, deps),
    async lift({ suspension: { tenantId, suspensionId } }) {
      await liftSuspension({ tenantId, suspensionId, actor: SAID.actor }, deps);
    },
  };
}

const LEVELS: readonly [string, (eventId: string) => Partial<SuspensionScope>][] = [
  ["its feed", () => ({ source: SOURCE })],
  ["its event", (eventId) => ({ eventId })],
  ["its market", (eventId) => ({ eventId, marketType: "1x2", period: "regulation" })],
  ["its outcome", (eventId) => ({ eventId, marketType: "1x2", outcome: "home" })],
  ["its market on the whole feed", () => ({ source: SOURCE, marketType: "1x2" })],
  ["its book", (eventId) => ({ eventId, book: "book" })],
];

for (const [level, scopeOf] of LEVELS) {
  test(`placeBet refuses what a trader has stopped by ${level}, for all or for one tenant, until it is lifted`, async () => {
    await using scope = new AsyncDisposableStack();
    const { acme, other, eventId, bet, stop, lift } = await openStage(scope);

    const forAll = await stop(null, scopeOf(eventId));
    const whileForAll = [await bet(acme), await bet(other)];
    await lift(forAll);
    const forAcme = await stop(acme.tenantId, scopeOf(eventId));
    const whileForAcme = [await bet(acme), await bet(other)];
    await lift(forAcme);
    const afterwards = [await bet(acme), await bet(other)];

    expect([forAll, forAcme].map(({ changed, placementsOver }) => [changed, placementsOver])).toEqual([
      [true, true],
      [true, true],
    ]);
    expect(whileForAll).toEqual(["betting_suspended", "betting_suspended"]);
    expect(whileForAcme).toEqual(["betting_suspended", "placed"]);
    expect(afterwards).toEqual(["placed", "placed"]);
  });
}

test("placeBet takes what lies beside a trader's stop: another event, outcome, line, book or feed", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, house, acme, eventId, bet, stop } = await openStage(scope);
  await database.owner("insert into feeds (source, last_poll_at) values ('elsewhere', now())");
  const beside = await house.addEvent();

  await stop(null, { eventId: beside });
  await stop(null, { source: "elsewhere" });
  await stop(null, { eventId, marketType: "1x2", outcome: "draw" });
  await stop(null, { eventId, marketType: "1x2", lineQuarters: 4 });
  await stop(null, { eventId, marketType: "1x2", period: "first_half" });
  await stop(null, { eventId, book: "another" });

  expect([await bet(acme), await bet(acme, eventId, "draw"), await bet(acme, beside)]).toEqual([
    "placed",
    "betting_suspended",
    "betting_suspended",
  ]);
});

test("one of two stops that is lifted leaves the other in force", async () => {
  await using scope = new AsyncDisposableStack();
  const { acme, other, eventId, bet, stop, lift } = await openStage(scope);
  const ofAll = await stop(null, { eventId });
  await stop(acme.tenantId, { eventId });

  await lift(ofAll);

  expect([await bet(acme), await bet(other)]).toEqual(["betting_suspended", "placed"]);
});

test("placeBet refuses what a silent feed priced, and takes it again when the feed is back", async () => {
  await using scope = new AsyncDisposableStack();
  const { database, acme, bet } = await openStage(scope);
  const silent = (since: Date | null) => database.owner("update feeds set silent_since = $1", [since]);

  await silent(NOW);
  const while_ = await bet(acme);
  await silent(null);

  expect([while_, await bet(acme)]).toEqual(["betting_suspended", "placed"]);
});

test("placeBet takes a bet until the very kick-off and none from then on, whatever the feed still says", async () => {
  await using database = await openDatabase();
  let now = KICK_OFF.getTime() - 1;
  const house = openHouse(database, { clock: { epochMs: () => now } });
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const bet = async (status: string) => {
    // A feed that answers all the time, and has not noticed.
    await database.owner("update feeds set last_good_at = $1", [new Date(now)]);
    await database.owner("update events set status = $1", [status]);
    const placed = house.place(seat, { eventId, outcome: "home", stakeMinor: 1n });
    return placed.then(
      () => "placed",
      (error: { code: string }) => error.code,
    );
  };

  const before = await bet("scheduled");
  now += 1;
  const at = [await bet("scheduled"), await bet("delayed")];
  now += LIMITS.priceAgeMaxMs;

  expect(before).toBe("placed");
  expect(at).toEqual(["past_cutoff_time", "past_cutoff_time"]);
  // A match under way is no more on offer than one that is over: bets in play are another product.
  expect([await bet("scheduled"), await bet("live")]).toEqual(["past_cutoff_time", "offline_event"]);
});

/** Holds the player's account, so that a placement gets as far as its stake and no further until it is let go. */
async function holdAccount(database: TestDatabase): Promise<() => Promise<void>> {
  await database.owner("begin");
  await database.owner("select account_id from accounts where kind = 'player_cash' for update");
  return async () => void (await database.owner("commit"));
}

/** A placement that has read what it is held against and waits for its player's account. */
async function placeHalfway({ database, house, acme, eventId }: Stage) {
  const letGo = await holdAccount(database);
  const placement = house.place(acme, { eventId, outcome: "home", stakeMinor: 1n }).then(
    () => "placed",
    (error: { code: string }) => error.code,
  );
  const watch = await openWatch(database);
  await until(async () => (await watch("select 1 from pg_locks where not granted")).length > 0);
  return { letGo, placement, watch };
}

/** Statements on a connection of their own, as the owner's holds the account. */
async function openWatch(database: TestDatabase) {
  const pool = database.pool("linehold_web");
  return async (text: string) => {
    await using lease = await pool.lease({ access: "write" });
    return await lease.connection.query<object>(text);
  };
}

for (const [level, scopeOf] of LEVELS.slice(0, 2)) {
  test(`suspend by ${level} returns when the placements that began before it are over, and not sooner`, async () => {
    await using scope = new AsyncDisposableStack();
    const stage = await openStage(scope);
    const { letGo, placement, watch } = await placeHalfway(stage);
    let returned = false;

    const stopping = stage.stop(null, scopeOf(stage.eventId)).then((made) => {
      returned = true;
      return made;
    });
    await until(async () => (await watch("select 1 from suspensions")).length > 0);
    const late = stage.bet(stage.other);
    const before = returned;
    await letGo();

    expect([before, await placement, await late]).toEqual([false, "placed", "betting_suspended"]);
    expect(await stopping).toMatchObject({ changed: true, placementsOver: true });
  });
}

test("without that wait, a bet is placed after the stop has returned", async () => {
  await using scope = new AsyncDisposableStack();
  const stage = await openStage(scope);
  const { letGo, placement } = await placeHalfway(stage);
  let isOver = false;
  void placement.then(() => {
    isOver = true;
  });

  // The naive build: the row alone.
  await using lease = await stage.house.pool.lease({ access: "write" });
  await lease.connection.execute(
    `insert into suspensions (suspension_id, event_id, reason, actor, created_at)
     values ($1, $2, 'r', 'a', $3)`,
    [Bun.randomUUIDv7(), stage.eventId, NOW],
  );
  await lease.commit();
  const overWhenStopped = isOver;
  await letGo();

  expect([overWhenStopped, await placement]).toEqual([false, "placed"]);
});

test("suspend stands, and says so, when a placement hangs past its patience", async () => {
  await using scope = new AsyncDisposableStack();
  const stage = await openStage(scope);
  const { letGo, placement } = await placeHalfway(stage);

  const wanted = { tenantId: null, scope: { eventId: stage.eventId }, ...SAID };
  const made = await suspend(wanted, { pool: stage.house.pool, at: NOW, deadlineMs: 300 });
  await letGo();
  await placement;

  expect(made).toMatchObject({ changed: true, placementsOver: false });
  expect(await stage.bet(stage.other)).toBe("betting_suspended");
});
