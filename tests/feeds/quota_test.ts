import { describe, expect, test } from "bun:test";
import fc from "fast-check";
import type { QuotaRow } from "../../src/feeds/claim_queries.ts";
import { cooldown } from "../../src/feeds/end_poll.ts";
import { decideQuota, periodEnd } from "../../src/feeds/quota.ts";

const MARCH = new Date("2025-03-01T12:00:00Z");
const row = (over: Partial<QuotaRow> = {}): QuotaRow => ({
  gap_ms: 100,
  budget: 500,
  renews_on: 1,
  period_ends_at: null,
  remaining: null,
  ...over,
});

describe("periodEnd", () => {
  test.each([
    ["2025-03-01T00:00:00Z", 1, "2025-04-01"],
    ["2025-03-14T23:59:59Z", 15, "2025-03-15"],
    ["2025-03-15T00:00:00Z", 15, "2025-04-15"],
    ["2025-12-31T12:00:00Z", 28, "2026-01-28"],
    ["2024-02-28T12:00:00Z", 28, "2024-03-28"],
  ])("of %s, for a month that begins on the %ith, is %s", (at, renewsOn, end) => {
    expect(periodEnd(new Date(at), renewsOn)).toEqual(new Date(`${end}T00:00:00Z`));
  });
});

describe("decideQuota", () => {
  test("lets a vendor that counts no units be asked at its pace", () => {
    const quota = row({ budget: null, renews_on: null, gap_ms: 60_000 });

    expect(decideQuota(quota, { cost: 0, at: MARCH })).toMatchObject({ type: "spend", waitMs: 60_000 });
  });

  test("never spends more than the budget in a period, however greedily it is asked, and lasts until its end", () => {
    const greed = fc.record({
      budget: fc.integer({ min: 1, max: 2000 }),
      cost: fc.integer({ min: 1, max: 20 }),
      renewsOn: fc.integer({ min: 1, max: 28 }),
      minutes: fc.integer({ min: 0, max: 60 * 24 * 27 }),
      lateMs: fc.integer({ min: 0, max: 3_600_000 }),
    });

    fc.assert(
      fc.property(greed, ({ budget, cost, renewsOn, minutes, lateMs }) => {
        let at = MARCH.getTime() + minutes * 60_000;
        const end = periodEnd(new Date(at), renewsOn).getTime();
        let quota = row({ budget, renews_on: renewsOn });
        let spent = 0;
        let lastAt = at;
        for (;;) {
          const decision = decideQuota(quota, { cost, at: new Date(at) });
          if (decision.type === "spent") break;
          expect(decision.periodEndsAt?.getTime()).toBe(end);
          spent += cost;
          lastAt = at;
          quota = {
            ...quota,
            remaining: decision.remaining ?? null,
            period_ends_at: decision.periodEndsAt ?? null,
          };
          at += decision.waitMs + lateMs;
          if (at >= end) break;
        }
        expect(spent).toBeLessThanOrEqual(budget);
        // What is left at the end is less than two requests' worth, or the requests came too late to use more.
        const first = MARCH.getTime() + minutes * 60_000;
        if (lateMs === 0 && spent > 0)
          expect(lastAt - first).toBeGreaterThanOrEqual((end - first) * (1 - (2 * cost) / budget) - 1000);
      }),
      { numRuns: 200 },
    );
  });

  test("begins anew when the period is over", () => {
    const quota = row({ remaining: 1, period_ends_at: new Date("2025-03-01T00:00:00Z") });

    expect(decideQuota(quota, { cost: 6, at: MARCH })).toMatchObject({ type: "spend", remaining: 494 });
  });

  test("makes no request that a period has no units for", () => {
    const until = new Date("2025-04-01T00:00:00Z");

    expect(decideQuota(row({ remaining: 5, period_ends_at: until }), { cost: 6, at: MARCH })).toEqual({
      type: "spent",
      remaining: 5,
      periodEndsAt: until,
    });
    expect(decideQuota(row({ budget: 5 }), { cost: 6, at: MARCH }).type).toBe("spent");
  });
});

describe("cooldown", () => {
  test("grows with each failure, with jitter, between half an interval and its bound", () => {
    const polls = fc.record({
      pollMs: fc.integer({ min: 1, max: 3_600_000 }),
      failures: fc.integer({ min: 1, max: 1000 }),
    });

    fc.assert(
      fc.property(polls, fc.double({ min: 0, max: 0.999, noNaN: true }), (poll, chance) => {
        const ms = cooldown(poll, () => chance);

        expect(ms).toBeGreaterThanOrEqual(Math.floor(poll.pollMs / 2));
        expect(ms).toBeLessThanOrEqual(Math.max(poll.pollMs, 300_000));
        expect(cooldown({ ...poll, failures: poll.failures + 1 }, () => chance)).toBeGreaterThanOrEqual(ms);
      }),
    );
    expect(cooldown({ pollMs: 1000, failures: 3 }, () => 0)).not.toBe(
      cooldown({ pollMs: 1000, failures: 3 }, () => 0.9),
    );
  });
});
