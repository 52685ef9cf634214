import { expect, setDefaultTimeout, test } from "bun:test";
import {
  BetNotPlacedError,
  IdempotencyKeyReusedError,
  type PlaceBetDeps,
  placeBet,
} from "../../src/bets/mod.ts";
import { CommitUnknownError, type Lease, type Pool } from "../../src/pool/mod.ts";
import { openDatabase } from "../harness/mod.ts";
import { audit } from "../settlement/audit.ts";
import { openHouse, requestOf } from "./betting_house.ts";

setDefaultTimeout(60_000);

test("placeBet answers the same key and body with the same bet, and takes the stake once", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const bet = { eventId, outcome: "home", stakeMinor: 400n, key: "again" };
  const first = await house.place(seat, bet);

  // Also when it could not be placed any more: suspended, excluded, no money left.
  await house.place(seat, { eventId, outcome: "home", stakeMinor: 600n });
  await database.owner("update prices set suspended = true");
  await database.owner("update players set state = 'excluded'");

  expect(await house.place(seat, bet)).toEqual(first);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 0n, heldMinor: 1000n });
});

test("placeBet answers a key of before with the answer that is kept in the bet, or with one made of the bet where none is", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const bet = { eventId, outcome: "home", stakeMinor: 400n, key: "again" };
  const first = await house.place(seat, bet);

  await database.owner(
    "begin; set local session_replication_role = replica; delete from bet_answers; commit",
  );
  await database.owner("update bets set answer = $1", ['{"as":"it was told"}']);
  const told = await house.place(seat, bet);
  await database.owner("update bets set answer = null");
  const made = await house.place(seat, bet);

  expect(told).toEqual({ ...first, answer: '{"as":"it was told"}' });
  expect(made).toEqual(first);
});

test("placeBet throws IdempotencyKeyReusedError for the same key with another body", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const bet = { eventId, outcome: "home", stakeMinor: 400n, key: "again" };
  const { betId } = await house.place(seat, bet);

  for (const other of [{ stakeMinor: 401n }, { outcome: "away" }, { leg: { book: "other" } }]) {
    const refused = await house.place(seat, { ...bet, ...other }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(IdempotencyKeyReusedError);
    expect(refused).toMatchObject({ betId });
  }
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 600n });
});

test("placeBet lets two players of a tenant use the same key", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const one = await house.addPlayer({ depositMinor: 1000n });
  const two = await house.addPlayer({ tenantId: one.tenantId, depositMinor: 1000n });
  const eventId = await house.addEvent();
  const bet = { eventId, outcome: "home", stakeMinor: 400n, key: "1" };

  const [first, second] = [await house.place(one, bet), await house.place(two, bet)];

  expect(second.betId).not.toBe(first.betId);
});

test("placeBet lets a key be used again after a refusal", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent({ suspended: true });
  const bet = { eventId, outcome: "home", stakeMinor: 400n, key: "k" };
  expect(await house.place(seat, bet).catch((error: unknown) => error)).toMatchObject({
    code: "betting_suspended",
  });
  await database.owner("update prices set suspended = false");

  await house.place(seat, bet);

  expect(await house.balance(seat)).toMatchObject({ heldMinor: 400n });
});

test("placeBet called many times at once with one key places one bet", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const bet = { eventId, outcome: "home", stakeMinor: 400n, key: "k" };

  const answers = await Promise.allSettled(Array.from({ length: 12 }, () => house.place(seat, bet)));

  const placed = answers.filter((answer) => answer.status === "fulfilled");
  const refused = answers.filter((answer) => answer.status === "rejected");
  expect(placed.length).toBeGreaterThan(0);
  expect(new Set(placed.map(({ value }) => value.answer)).size).toBe(1);
  expect(refused.map(({ reason }) => reason.code)).toEqual(refused.map(() => "request_in_progress"));
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 600n, heldMinor: 400n });
  expect(await audit(database)).toEqual([]);
});

test("placeBet reads its key back when the answer to a commit that happened was lost", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const request = requestOf(seat, { eventId, outcome: "home", stakeMinor: 400n });

  const placed = await placeBet(
    request,
    withCommit(house.deps, async (lease) => void (await lease.commit())),
  );

  expect(await placeBet(request, house.deps)).toEqual(placed);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 600n, heldMinor: 400n });
});

test("placeBet says that nothing was placed when a lost commit did not happen", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const request = requestOf(seat, { eventId, outcome: "home", stakeMinor: 400n });

  const lost = await placeBet(
    request,
    withCommit(house.deps, async () => undefined),
  ).catch((error: unknown) => error);

  expect(lost).toBeInstanceOf(BetNotPlacedError);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 1000n, heldMinor: 0n });
});

test("placeBet waits for a commit that is still under way before it reads the key back", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const request = requestOf(seat, { eventId, outcome: "home", stakeMinor: 400n });
  let disposed = false;
  // The lease stays open on the server, and commits only while the read-back already waits for it.
  const late = withCommit(house.deps, async (lease) => {
    void Bun.sleep(150).then(async () => {
      await lease.commit();
      await lease[Symbol.asyncDispose]();
      disposed = true;
    });
    return "kept";
  });

  const placed = await placeBet(request, late);

  expect(disposed).toBe(true);
  expect(await placeBet(request, house.deps)).toEqual(placed);
  expect(await house.balance(seat)).toMatchObject({ cashMinor: 600n, heldMinor: 400n });
});

test("placeBet throws CommitUnknownError when the key cannot be read back either", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer({ depositMinor: 1000n });
  const eventId = await house.addEvent();
  const request = requestOf(seat, { eventId, outcome: "home", stakeMinor: 400n });
  const broken = withCommit(house.deps, async (lease) => void (await lease.commit()), { leasesMax: 1 });

  const unknown = await placeBet(request, broken).catch((error: unknown) => error);

  expect(unknown).toBeInstanceOf(CommitUnknownError);
  expect(await placeBet(request, house.deps)).toMatchObject({ stakeMinor: 400n });
  expect(await house.balance(seat)).toMatchObject({ heldMinor: 400n });
});

/** The real pool, whose first lease does `commit` in place of its commit and then loses the answer. */
function withCommit(
  deps: PlaceBetDeps,
  commit: (lease: Lease) => Promise<"kept" | undefined>,
  { leasesMax = Number.POSITIVE_INFINITY }: { leasesMax?: number } = {},
): PlaceBetDeps {
  let leases = 0;
  const lease: Pool["lease"] = async (options) => {
    leases += 1;
    if (leases > leasesMax) throw new TypeError("The pool is gone");
    const real = await deps.pool.lease(options);
    if (leases > 1) return real;
    let kept = false;
    return {
      connection: real.connection,
      async commit() {
        kept = (await commit(real)) === "kept";
        throw new CommitUnknownError("The answer was lost");
      },
      [Symbol.asyncDispose]: async () => {
        if (!kept) await real[Symbol.asyncDispose]();
      },
    };
  };
  return { ...deps, pool: { ...deps.pool, lease } };
}
