import { expect, test } from "bun:test";
import { seededRandom } from "../../harness/random.ts";
import { brandMark, marksIn, planArrivals } from "./arrivals.ts";

const OPTIONS = { rate: 400, durationMs: 20_000, heldTenants: 200, newShare: 0.2 };

test("planArrivals gives the same schedule for the same seed and another for another", () => {
  const first = planArrivals(OPTIONS, { random: seededRandom(7) });
  const again = planArrivals(OPTIONS, { random: seededRandom(7) });
  const other = planArrivals(OPTIONS, { random: seededRandom(8) });

  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
});

test("planArrivals keeps the rate, the share of new tenants and the order of time", () => {
  const arrivals = planArrivals(OPTIONS, { random: seededRandom(7) });
  const newcomers = arrivals.filter(({ audience }) => audience === "new");

  expect(arrivals.length).toBeGreaterThan(7600);
  expect(arrivals.length).toBeLessThan(8400);
  expect(newcomers.length / arrivals.length).toBeCloseTo(0.2, 1);
  expect(arrivals.every(({ atMs }, index) => atMs >= (arrivals[index - 1]?.atMs ?? 0) && atMs < 20_000)).toBe(
    true,
  );
});

test("planArrivals asks for each new tenant once and for every held one", () => {
  const arrivals = planArrivals(OPTIONS, { random: seededRandom(7) });
  const newcomers = arrivals.filter(({ audience }) => audience === "new").map(({ slug }) => slug);
  const held = new Set(arrivals.filter(({ audience }) => audience === "held").map(({ slug }) => slug));

  expect(new Set(newcomers).size).toBe(newcomers.length);
  expect(held.size).toBe(200);
});

test("marksIn finds each tenant whose brand a body carries", () => {
  const body = JSON.stringify({
    name: `Brand ${brandMark("held-0001")}`,
    welcome: `Hello ${brandMark("new-00002")} again`,
  });

  expect([...marksIn(body)]).toEqual(["held-0001", "new-00002"]);
  expect([...marksIn('{"name":"Sportsbook"}')]).toEqual([]);
});
