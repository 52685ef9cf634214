/** The same stream as one would write it first: each change makes each of its readers ask the database, and get the whole event. */
import { followChanges } from "../../src/changes/mod.ts";
import { openPool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";

const url = String(Bun.env["DATABASE_URL"]);
const deps = { clock: systemClock, random: Math.random };
const pool = openPool({ url, role: "linehold_read", applicationName: "naive", max: 8, min: 8 }, deps);
const readers = new Map<string, Set<() => Promise<boolean>>>();

const SELECT = `
  select book, market_type, outcome, price_numerator::text as n, price_denominator::text as d, suspended
  from prices
  where event_id = $1`;

async function boardOf(eventId: string): Promise<string> {
  await using lease = await pool.lease({ deadlineMs: 5000 });
  const rows = await lease.connection.query<{
    book: string;
    outcome: string;
    n: string;
    d: string;
    suspended: boolean;
  }>(SELECT, [eventId]);
  const markets = [...Map.groupBy(rows, ({ book }) => book)].map(([book, prices]) => ({
    book,
    marketType: "1x2",
    outcomes: prices.map(({ outcome, n, d, suspended }) => ({
      outcome,
      price: (Number(n) / Number(d)).toFixed(2),
      fraction: { numerator: n, denominator: d },
      suspended,
    })),
  }));
  return `event: snapshot\ndata: ${JSON.stringify({ event: { eventId }, expired: false, markets })}\n\n`;
}

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 255,
  fetch(request) {
    const eventId = new URL(request.url).searchParams.get("events") ?? "";
    let tell: (() => Promise<boolean>) | undefined;
    const body = new ReadableStream<string>({
      async start(controller) {
        tell = async () => {
          const text = await boardOf(eventId).catch(() => undefined);
          if (text !== undefined && tell !== undefined) controller.enqueue(text);
          return text !== undefined;
        };
        readers.set(eventId, (readers.get(eventId) ?? new Set()).add(tell));
        // All come at once, and the pool's line is shorter than that.
        while (tell !== undefined && !(await tell())) await Bun.sleep(100);
      },
      cancel() {
        if (tell !== undefined) readers.get(eventId)?.delete(tell);
        tell = undefined;
      },
    });
    return new Response(body, { headers: { "content-type": "text/event-stream" } });
  },
});

followChanges(
  { listenUrl: url, pollMs: 500 },
  {
    ...deps,
    pool,
    observe: () => undefined,
    onResync: () => undefined,
    onChange({ key }) {
      for (const tell of readers.get(key) ?? []) void tell();
    },
  },
);
console.log(`listening ${server.port}`);
