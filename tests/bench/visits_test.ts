import { afterAll, beforeAll, expect, test } from "bun:test";
import { measureCapacity, planVisits, runVisits } from "../../bench/service/visits.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { seededRandom } from "../harness/random.ts";

let asked: string[] = [];
let server: ReturnType<typeof Bun.serve>;

beforeAll(() => {
  server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    async fetch(request) {
      const path = new URL(request.url).pathname;
      asked.push(path);
      if (path.startsWith("/refused/")) return new Response(null, { status: 503 });
      if (path.startsWith("/slow/")) await Bun.sleep(300);
      await Bun.sleep(10);
      return new Response("{}");
    },
  });
});
afterAll(() => server.stop(true));

function deps() {
  let key = 0;
  return { clock: systemClock, keys: () => (key += 1) };
}

test("planVisits gives the same schedule for the same seed, at the rate asked for", () => {
  const plan = () => planVisits("a", { rate: 200, durationMs: 10_000, random: seededRandom(3) });

  expect(plan()).toEqual(plan());
  expect(plan().length).toBeGreaterThan(1800);
  expect(plan().length).toBeLessThan(2200);
});

test("runVisits asks for each visitor once when served, and again at once when refused, four times in all", async () => {
  asked = [];
  const visits = [
    { who: "served", atMs: 0 },
    { who: "refused", atMs: 5 },
  ];

  const [served, refused] = await runVisits(
    server.port ?? 0,
    { visits, patience: { attempts: 4, timeoutMs: 1000 } },
    deps(),
  );

  expect(served).toMatchObject({ who: "served", isServed: true, attempts: 1 });
  expect(refused).toMatchObject({ who: "refused", isServed: false, attempts: 4 });
  expect(asked.filter((path) => path.startsWith("/refused/"))).toHaveLength(4);
  expect(new Set(asked).size).toBe(asked.length);
});

test("runVisits gives up an answer that takes too long, and counts from when the visit was due", async () => {
  const [late] = await runVisits(
    server.port ?? 0,
    { visits: [{ who: "slow", atMs: 20 }], patience: { attempts: 2, timeoutMs: 100 } },
    deps(),
  );

  expect(late).toMatchObject({ isServed: false, attempts: 2 });
  expect(late?.tookMs).toBeGreaterThanOrEqual(195);
});

test("measureCapacity is what so many visitors get in a second", async () => {
  const capacity = await measureCapacity(server.port ?? 0, { visitors: 4, forMs: 500 }, deps());

  expect(capacity).toBeGreaterThan(80);
  expect(capacity).toBeLessThan(410);
});
