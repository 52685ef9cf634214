import { expect, test } from "bun:test";
import { arrangeTenant } from "../app/tenants.ts";
import { startWeb } from "../flows/web_process.ts";
import { openDatabase, takeTurns } from "../harness/mod.ts";
import { openCrowd } from "./stream_crowd.ts";
import { arrangeMarket } from "./stream_market.ts";

takeTurns();

const now = () => performance.timeOrigin + performance.now();

test("two hundred readers of a web process end with what is stored, while a hundred prices a second change", async () => {
  await using database = await openDatabase();
  await arrangeTenant(database, { slug: "acme" });
  const load = { events: 10, pricesPerEvent: 30, eventsPerTick: 4, pricesPerTick: 5, tickMs: 200 };
  const market = await arrangeMarket(load, { sql: database.owner, now });
  await using web = await startWeb({
    DATABASE_URL: database.url,
    LISTEN_DATABASE_URL: database.url,
    STREAMS_PER_ADDRESS: "500",
  });
  await web.listening();
  const port = Number(new URL(web.url).port);
  using crowd = await openCrowd(
    {
      port,
      path: (eventId) => `/acme/api/public/odds/stream?events=${eventId}`,
      eventIds: Array.from({ length: 200 }, (_, at) => market.eventIds[at % load.events] ?? ""),
    },
    { now },
  );
  const deadline = now() + 15_000;
  while (crowd.begun < 200 && now() < deadline) await Bun.sleep(20);

  await market.run(4000);
  let wrong = await market.differences(crowd.shown());
  for (const until = now() + 10_000; wrong > 0 && now() < until; ) {
    await Bun.sleep(100);
    wrong = await market.differences(crowd.shown());
  }

  const latencies = crowd.heard
    .map(({ at, tick }) => at - (market.committedAt[tick] ?? Number.NaN))
    .sort((a, b) => a - b);
  expect(crowd.begun).toBe(200);
  expect({ wrong, lost: crowd.lost }).toEqual({ wrong: 0, lost: 0 });
  // Each reader hears of its event whenever it changes: four of ten, five times a second, though some at once on a busy machine.
  expect(latencies.length).toBeGreaterThan(200);
  // Liveness alone: the bench holds it to its figure.
  expect(latencies[Math.floor(latencies.length * 0.99)]).toBeLessThan(5000);
}, 60_000);
