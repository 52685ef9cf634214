import { expect, test } from "bun:test";
import fc from "fast-check";
import { amountAt, decide, type StoredLimit } from "../../src/players/limits.ts";
import {
  assertWithinLimit,
  PlayerLimitExceededError,
  readPlayer,
  readPlayerLimits,
  setPlayerLimit,
} from "../../src/players/mod.ts";
import type { Connection } from "../../src/pool/mod.ts";
import { NOW, openHouse } from "../bets/betting_house.ts";
import { openDatabase } from "../harness/mod.ts";

const HOUR_MS = 3_600_000;
const later = (hours: number) => new Date(NOW.getTime() + hours * HOUR_MS);
const limit = (period: "day" | "week" | "month", amountMinor: bigint | null) =>
  ({ kind: "stake", period, amountMinor, next: null }) as const;

test("an amount is held against every limit of its kind, and the refusal names the one that leaves the least", () => {
  const limits = [limit("day", 100n), limit("week", 150n), limit("month", null)];
  const check = (amountMinor: bigint, used: { day: bigint; week: bigint; month: bigint }) => {
    try {
      assertWithinLimit(limits, { kind: "stake", used, amountMinor });
      return "taken";
    } catch (error) {
      if (!(error instanceof PlayerLimitExceededError)) throw error;
      return [error.code, error.period, error.remainingMinor];
    }
  };

  expect(check(100n, { day: 0n, week: 50n, month: 10n ** 12n })).toBe("taken");
  expect(check(101n, { day: 0n, week: 50n, month: 0n })).toEqual([
    "responsible_betting_stake_limit_exceeded",
    "day",
    100n,
  ]);
  expect(check(60n, { day: 50n, week: 120n, month: 0n })).toEqual([
    "responsible_betting_stake_limit_exceeded",
    "week",
    30n,
  ]);
  expect(check(1n, { day: 400n, week: 0n, month: 0n })).toEqual([
    "responsible_betting_stake_limit_exceeded",
    "day",
    0n,
  ]);
  // More came back than was staked: a loss limit then leaves more than itself.
  const loss = { kind: "loss", period: "day", amountMinor: 100n, next: null } as const;
  expect(() =>
    assertWithinLimit([loss], { kind: "loss", used: { day: -50n, week: 0n, month: 0n }, amountMinor: 150n }),
  ).not.toThrow();
});

test("a limit is lowered at once and raised after a day, whatever is decided in which order", () => {
  const decisions = fc.array(
    fc.record({
      afterHours: fc.integer({ min: 0, max: 40 }),
      wanted: fc.option(fc.bigInt({ min: 0n, max: 5n }), { nil: null }),
    }),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(decisions, fc.integer({ min: 0, max: 60 }), (made, lookedAfter) => {
      let stored: StoredLimit | undefined;
      let hours = 0;
      // A model that keeps the whole history: what holds is the last decision that took hold.
      let held: bigint | null = null;
      let pending: { wanted: bigint | null; from: number } | undefined;
      const settle = (at: number) => {
        if (pending !== undefined && at >= pending.from) {
          held = pending.wanted;
          pending = undefined;
        }
      };
      for (const { afterHours, wanted } of made) {
        hours += afterHours;
        settle(hours);
        stored = decide(stored, wanted, later(hours));
        const asLarge = (amount: bigint | null) => amount ?? 10n ** 18n;
        if (asLarge(wanted) <= asLarge(held)) {
          held = wanted;
          pending = undefined;
        } else pending = { wanted, from: hours + 24 };
      }
      settle(hours + lookedAfter);
      const now = stored === undefined ? null : amountAt(stored, later(hours + lookedAfter));
      expect(now).toBe(held);
    }),
    { numRuns: 2000 },
  );
});

test("setPlayerLimit keeps decisions one by one, and readPlayerLimits tells all nine as they hold", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer();
  const set = async (amountMinor: bigint | null, at: Date) => {
    await using lease = await house.pool.lease({ access: "write", tenantId: seat.tenantId });
    await setPlayerLimit(lease.connection, { ...seat, kind: "deposit", period: "day", amountMinor, at });
    await lease.commit();
  };
  const read = async (at: Date) => {
    await using lease = await house.pool.lease({ tenantId: seat.tenantId });
    const all = await readPlayerLimits(lease.connection, { ...seat, at });
    expect(all).toHaveLength(9);
    const { amountMinor, next } =
      all.find(({ kind, period }) => kind === "deposit" && period === "day") ?? {};
    return [amountMinor, next?.amountMinor ?? next];
  };

  expect(await read(NOW)).toEqual([null, null]);
  await set(500n, NOW);
  expect(await read(NOW)).toEqual([500n, null]);
  await set(900n, later(1));
  expect(await read(later(24))).toEqual([500n, 900n]);
  expect(await read(later(25))).toEqual([900n, null]);
  await set(null, later(26));
  await set(300n, later(27));
  expect(await read(later(60))).toEqual([300n, null]);
  expect(set(-1n, NOW)).rejects.toBeInstanceOf(RangeError);
});

test("a limit that is lowered waits for the placement under way, and no later one overlooks it", async () => {
  await using database = await openDatabase();
  const house = openHouse(database);
  const seat = await house.addPlayer();
  const { tenantId } = seat;
  await using placing = await house.pool.lease({ access: "write", tenantId });
  await readHeld(placing.connection, seat);

  let isSet = false;
  await using setting = await house.pool.lease({ access: "write", tenantId });
  const change = { ...seat, kind: "stake", period: "day", amountMinor: 0n, at: NOW } as const;
  const set = setPlayerLimit(setting.connection, change).then(() => {
    isSet = true;
  });
  await Bun.sleep(100);
  expect(isSet).toBe(false);
  await placing.commit();
  await set;
  await setting.commit();

  await using next = await house.pool.lease({ access: "write", tenantId });
  await readHeld(next.connection, seat);
  const limits = await readPlayerLimits(next.connection, { ...seat, at: NOW });
  expect(limits.find(({ kind, period }) => kind === "stake" && period === "day")?.amountMinor).toBe(0n);
});

async function readHeld(connection: Connection, seat: { tenantId: string; playerId: string }) {
  const { tenantId, playerId } = seat;
  return readPlayer(connection, { tenantId, playerId, held: true });
}
