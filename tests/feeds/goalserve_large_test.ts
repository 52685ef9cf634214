import { heapStats } from "bun:jsc";
import { describe, expect, setDefaultTimeout, test } from "bun:test";
import { readGoalserve, type Snapshot } from "../../src/feeds/mod.ts";
import { dataPath } from "../harness/mod.ts";
import { board, type Entry, market, match, price } from "./_board.ts";
import { bytesOf, pricesOf } from "./_read.ts";

// A machine that other work may share.
setDefaultTimeout(60_000);

const CONTEXT = { source: "goalserve/soccer", sport: "soccer", at: new Date("2025-09-20T04:00:00Z") };

interface Watched {
  readonly snapshot: Snapshot;
  /** The most work done in one turn of the event loop, in which nothing else can run. In CPU time: the machine is shared. */
  readonly turnMs: number;
}

async function readWatched(body: AsyncIterable<Uint8Array>): Promise<Watched> {
  let [reading, turnMs, last] = [true, 0, process.cpuUsage()];
  const watch = async () => {
    while (reading) {
      await new Promise<void>((resolve) => setImmediate(resolve));
      const { user, system } = process.cpuUsage(last);
      turnMs = Math.max(turnMs, (user + system) / 1000);
      last = process.cpuUsage();
    }
  };
  const watching = watch();
  const snapshot = await readGoalserve(body, CONTEXT);
  reading = false;
  await watching;
  return { snapshot, turnMs };
}

function heapBytes(): number {
  Bun.gc(true);
  return heapStats().heapSize;
}

describe.skipIf(dataPath("goalserve") === undefined)("an answer of 264,000 prices", () => {
  const TIMES = 40;

  /** The English board many times over, each match under an id of its own; piece by piece, as it would come. */
  async function* multiplied(): AsyncGenerator<Uint8Array> {
    const file = await Bun.file(dataPath("goalserve/2025-09-20_soccer_epl.json") ?? "").json();
    const { categories, ...scores } = file.odds_data.scores;
    const encode = (text: string) => new TextEncoder().encode(text);
    yield encode(`{"scores":{${JSON.stringify(scores).slice(1, -1)},"categories":[`);
    for (let time = 0; time < TIMES; time += 1) {
      const matches = categories[0].matches.map((one: Entry, index: number) => ({
        ...one,
        id: `${time}-${index}`,
      }));
      yield* bytesOf(`${time === 0 ? "" : ","}${JSON.stringify({ ...categories[0], matches })}`);
    }
    yield encode("]}}");
  }

  test("is read whole, never blocks for long, and leaves little more than its rows", async () => {
    const before = heapBytes();

    const { snapshot, turnMs } = await readWatched(multiplied());

    const rows = pricesOf(snapshot).length;
    expect(snapshot.counts).toMatchObject({ events: 400, prices: 264_080, suspended: 263_440, open: 640 });
    // Measured 33 to 50 ms, for the first match in a cold process; 10 after it. As a whole, it is one turn of over a second.
    expect(turnMs).toBeLessThan(250);
    // Measured 106 bytes a row: strings, lines and prices are shared between rows.
    expect((heapBytes() - before) / rows).toBeLessThan(250);
    expect(new Set(pricesOf(snapshot).map((row) => row.price)).size).toBeLessThan(1000);
  });
});

test("a hundred thousand market names are kept with their prices, and nothing else grows with them", async () => {
  const NAMES = 100_000;
  async function* flood(): AsyncGenerator<Uint8Array> {
    const [head = "", tail = ""] = JSON.stringify(board(["matches"])).split('"matches"]');
    yield* bytesOf(`${head}`);
    for (let index = 0; index < 100; index += 1) {
      const markets = Array.from({ length: NAMES / 100 }, (_, at) =>
        market(`${at}`, `Market ${index}-${at}`, [price(`Label ${index}-${at}`, "2.00")]),
      );
      yield* bytesOf(`${index === 0 ? "" : ","}${JSON.stringify(match(markets, { id: `${index}` }))}`);
    }
    yield* bytesOf(`]${tail}`);
  }
  await readWatched(flood());
  const before = heapBytes();

  const { counts, stored, known } = await readWatched(flood()).then(({ snapshot }) => ({
    counts: snapshot.counts,
    stored: pricesOf(snapshot).length,
    known: snapshot.unknownMarkets,
  }));

  expect(counts).toMatchObject({ prices: NAMES, open: NAMES });
  expect(stored).toBe(NAMES);
  expect(known?.byName.size).toBe(500);
  expect(known?.beyond).toBe(NAMES - 500);
  expect(heapBytes() - before).toBeLessThan(4 * 1024 * 1024);
});
