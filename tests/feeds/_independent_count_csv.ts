/*
 * Counts a football-data.co.uk file by splitting its lines, knowing nothing of the service: it imports nothing. Every price that is
 * not blank is quarantined if it, its line or its market is implausible, else open: the files have no way to say stop.
 */

export interface CsvCount {
  events: number;
  markets: number;
  prices: number;
  open: number;
  suspended: number;
  quarantined: Record<string, number>;
  unknownMarkets: Record<string, number>;
  results: number;
}

const PREFIXES = "B365|BW|IW|PS|WH|VC|LB|GB|SB|SJ|BS|SO|SY|BbMx|BbAv|Max|Avg|P";
const PRICE_COLUMN = new RegExp(`^(?:${PREFIXES})(?:H|D|A|>2\\.5|<2\\.5|AHH|AHA)$`);

export function countCsv(bytes: Uint8Array): CsvCount {
  const lines = new TextDecoder("latin1")
    .decode(bytes)
    .split(/\r?\n/)
    .map((line) => line.split(","));
  const [header = [], ...rows] = lines;
  const count: CsvCount = {
    events: 0,
    markets: 0,
    prices: 0,
    open: 0,
    suspended: 0,
    quarantined: {},
    unknownMarkets: {},
    results: 0,
  };
  for (const row of rows) {
    if (row.every((field) => field.trim() === "")) continue;
    const field = (name: string): string => (row[header.indexOf(name)] ?? "").trim();
    count.events += 1;
    if (/^\d+$/.test(field("FTHG")) && /^\d+$/.test(field("FTAG"))) count.results += 1;
    const markets: Record<string, string[]> = {};
    for (const name of header) {
      if (!PRICE_COLUMN.test(name) || field(name) === "") continue;
      const market = name
        .replace(/AH[HA]$/, " handicap")
        .replace(/[<>]2\.5$/, " total")
        .replace(/[HDA]$/, " result");
      markets[market] = [...(markets[market] ?? []), field(name)];
    }
    for (const [market, prices] of Object.entries(markets)) {
      count.markets += 1;
      countMarket(count, market, { prices, line: field(header.includes("AHh") ? "AHh" : "BbAHh") });
    }
  }
  return count;
}

function countMarket(
  count: CsvCount,
  market: string,
  { prices, line }: { prices: string[]; line: string },
): void {
  const isHandicap = market.endsWith("handicap");
  const reasons = prices.map((price) => {
    if (!/^\d+(\.\d+)?$/.test(price)) return "price_unreadable";
    if (Number(price) <= 1) return "price_not_above_one";
    return isHandicap && (line === "" || Number(line) * 4 !== Math.round(Number(line) * 4))
      ? "line_not_quarter"
      : "";
  });
  const sound = prices.filter((_, index) => reasons[index] === "");
  const sum = sound.reduce((total, price) => total + 1 / Number(price), 0);
  const isWhole = sound.length === (market.endsWith("result") ? 3 : 2);
  const isStrange = isWhole && (sum < 0.95 || sum > 1.5);
  for (const reason of reasons) {
    count.prices += 1;
    const told = reason === "" && isStrange ? "overround_out_of_bounds" : reason;
    if (told === "") count.open += 1;
    else count.quarantined[told] = (count.quarantined[told] ?? 0) + 1;
  }
}
