import { board, line, market, match, price, WINNER } from "./_board.ts";

/** What a hostile vendor answers, given how many times it was asked before. */
export type HostileAnswer = (nth: number) => Response | Promise<Response>;

const MEGABYTE = 1024 * 1024;
const PIECE = 256 * 1024;
const text = new TextEncoder();

/** A good board of soccer with this version. */
export function goodBoard(ts: number, sport = "soccer"): Response {
  return Response.json(board([match([WINNER])], { sport, ts: `${ts}` }));
}

/** A board as large as the largest known: 746 matches, 264,000 prices, 80 MB. */
export function largestBoard(ts: number): Response {
  return streamed(pieces(boardHead(ts), matches(746, 354, 212), "]}]}}}"));
}

/** The same without end, but for 200 MB. */
export function endlessBoard(ts: number): Response {
  return streamed(pieces(boardHead(ts), matches(1865, 354, 212), "]}]}}}"));
}

function boardHead(ts: number): string {
  const head = JSON.stringify(board([], { ts: `${ts}` }));
  return head.slice(0, head.lastIndexOf("[]") + 1);
}

function* pieces(head: string, middle: Iterable<string>, tail: string): Generator<string> {
  yield head;
  yield* middle;
  yield tail;
}

/** Matches of so many prices, each price with so many bytes that nobody reads. */
function* matches(count: number, prices: number, padding: number): Generator<string> {
  const idle = "x".repeat(padding);
  for (let nth = 0; nth < count; nth += 1) {
    const lines = Array.from({ length: Math.floor(prices / 2) }, (_, at) =>
      line("total", `${at + 0.5}`, [
        { ...price("Over", "1.90"), idle },
        { ...price("Under", "1.90"), idle },
      ]),
    );
    const sides = {
      localteam: { id: "1", name: `Home ${nth}` },
      visitorteam: { id: "2", name: `Away ${nth}` },
    };
    const one = match([market("5", "Goals Over/Under", lines)], { id: `${1000 + nth}`, ...sides });
    yield `${nth === 0 ? "" : ","}${JSON.stringify(one)}`;
  }
}

/** In pieces of some size, as a network brings them, and never whole in memory. */
function streamed(source: Iterable<string>): Response {
  const iterator = source[Symbol.iterator]();
  return new Response(
    new ReadableStream({
      pull(controller) {
        let piece = "";
        while (piece.length < PIECE) {
          const { done, value } = iterator.next();
          if (done === true) {
            controller.enqueue(text.encode(piece));
            controller.close();
            return;
          }
          piece += value;
        }
        controller.enqueue(text.encode(piece));
      },
    }),
  );
}

const json = (body: string) => new Response(body, { headers: { "content-type": "application/json" } });

export function html(): Response {
  return new Response("<!doctype html><title>Busy</title><p>Come back later", {
    headers: { "content-type": "text/html" },
  });
}

/** A board that ends in its middle, as if that were all. */
export function truncated(ts: number): Response {
  const whole = JSON.stringify(board([match([WINNER])], { ts: `${ts}` }));
  return json(whole.slice(0, Math.floor(whole.length / 2)));
}

/** A board whose prices are of every wrong kind beside a right one, all of the match that is stored. */
export function absurdPrices(ts: number): Response {
  const values = [
    "NaN",
    "-2.10",
    "1e308",
    "Infinity",
    "0",
    "1.00",
    "",
    "null",
    "9".repeat(400),
    "0x10",
    "2,10",
  ];
  const wrong = values.map((value, nth) => price(`Goal ${nth}`, value));
  const body = board(
    [
      match([
        market("1", "Match Winner", [price("Home", "NaN"), price("Draw", "-3.40"), price("Away", "1e308")]),
        market("9001", "First Goal", [...wrong, price("Nobody", "7.50")]),
      ]),
    ],
    { ts: `${ts}` },
  );
  // Numbers where texts belong, as large as a number gets.
  return json(JSON.stringify(body).replace('"value":"1e308"', '"value":1e308').replace('"-2.10"', "-2.1"));
}

/** Types of every wrong kind at the top: none of it is a board. */
export const NO_BOARDS: readonly string[] = [
  "null",
  "7",
  '"text"',
  "[]",
  "[[[]]]",
  '{"scores":7}',
  '{"odds_data":[]}',
];

export function noBoard(nth: number): Response {
  return json(NO_BOARDS[nth % NO_BOARDS.length] ?? "null");
}

/** Types of every wrong kind inside a board. */
export function wrongTypes(ts: number): Response {
  const wrong: unknown[] = [7, null, "text", [], {}, true];
  const odd = (over: Record<string, unknown>) => ({ ...match([WINNER]), ...over });
  const list = [
    ...wrong,
    ...wrong.flatMap((value) => [
      odd({ id: value }),
      odd({ localteam: value }),
      odd({ odds: value, id: "77" }),
    ]),
    odd({
      odds: [{ id: 1, value: [], bookmakers: 7 }, { bookmakers: [{ odds: { odds: { odds: [] } } }] }],
      id: "78",
    }),
    odd({ date: 0, formatted_date: [], time: {} }),
  ];
  const body = {
    odds_data: { scores: { sport: "soccer", ts: `${ts}`, categories: [7, { matches: list }] } },
  };
  return json(JSON.stringify(body));
}

let packed: Uint8Array<ArrayBuffer> | undefined;

/** Spaces that unfold to 512 MB from half a megabyte; packing them takes seconds, the first time. */
export function bomb(): Response {
  packed ??= Bun.gzipSync(new Uint8Array(512 * MEGABYTE).fill(0x20), { level: 6 });
  return new Response(packed, { headers: { "content-encoding": "gzip" } });
}

/** A byte a second, without end. */
export function drip(): Response {
  return new Response(
    new ReadableStream({
      async pull(controller) {
        await Bun.sleep(1000);
        controller.enqueue(text.encode(" "));
      },
    }),
  );
}

export function toMetadata(): Response {
  return new Response(null, {
    status: 302,
    headers: { location: "http://169.254.169.254/latest/meta-data/" },
  });
}

/** The same match twice, each of its markets twice, each of its prices twice. */
export function duplicates(ts: number): Response {
  const twice = <T>(list: readonly T[]): T[] => [...list, ...list];
  const winner = market(
    "1",
    "Match Winner",
    twice([price("Home", "2.10"), price("Draw", "3.40"), price("Away", "3.60")]),
  );
  return Response.json(board(twice([match(twice([winner]))]), { ts: `${ts}` }));
}

/** A hundred thousand markets that nobody has heard of, a thousand in each match. */
export function newMarkets(ts: number): Response {
  const strangers = function* () {
    for (let nth = 0; nth < 100; nth += 1) {
      const markets = Array.from({ length: 1000 }, (_, at) =>
        market(`${10_000 + at}`, `Market ${ts} of ${nth}, ${at}`, [price("Yes", "1.90")]),
      );
      yield `${nth === 0 ? "" : ","}${JSON.stringify(match(markets, { id: `${2000 + nth}` }))}`;
    }
  };
  return streamed(pieces(boardHead(ts), strangers(), "]}]}}}"));
}
