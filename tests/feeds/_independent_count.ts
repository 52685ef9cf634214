/*
 * Counts a GoalServe odds file by walking its JSON, knowing nothing of the service: it imports nothing. Every price element is
 * suspended if any level above it, or itself, says stop; else quarantined if its price or line is implausible; else open.
 */

export interface IndependentCount {
  events: number;
  markets: number;
  prices: number;
  open: number;
  suspended: number;
  quarantined: Record<string, number>;
}

type Node = Record<string, unknown>;

const asList = (value: unknown): Node[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (item): item is Node => item !== null && typeof item === "object",
  );
const says = (node: Node): boolean => `${node["stop"]}`.toLowerCase() === "true";

export function countIndependently(file: unknown): IndependentCount {
  const count: IndependentCount = {
    events: 0,
    markets: 0,
    prices: 0,
    open: 0,
    suspended: 0,
    quarantined: {},
  };
  const [root] = asList(file);
  const [data] = asList(root?.["odds_data"]);
  const [scores] = asList(data?.["scores"]);
  for (const category of asList(scores?.["categories"])) {
    for (const match of asList(category["matches"])) {
      count.events += 1;
      for (const market of asList(match["odds"])) countMarket(count, market);
    }
  }
  for (const category of asList(scores?.["category"])) {
    for (const matches of asList(category["matches"])) {
      for (const match of asList(matches["match"])) {
        count.events += 1;
        for (const odds of asList(match["odds"])) {
          for (const type of asList(odds["type"])) countCricketMarket(count, type);
        }
      }
    }
  }
  return count;
}

function countMarket(count: IndependentCount, market: Node): void {
  count.markets += 1;
  for (const book of asList(market["bookmakers"])) {
    for (const entry of asList(book["odds"])) {
      const above = says(market) || says(book) || says(entry);
      if (!("odds" in entry)) take(count, entry, above);
      else for (const element of asList(entry["odds"])) take(count, element, above, `${entry["name"]}`);
    }
  }
}

/** Cricket: prices in `odd`, lines in `total` and `handicap`; the one handicap is called "+" and has its lines in the labels. */
function countCricketMarket(count: IndependentCount, type: Node): void {
  count.markets += 1;
  for (const book of asList(type["bookmaker"])) {
    const above = says(type) || says(book);
    for (const element of asList(book["odd"])) take(count, element, above);
    for (const line of [...asList(book["total"]), ...asList(book["handicap"])]) {
      const name = line["name"] === "+" ? undefined : `${line["name"]}`;
      for (const element of asList(line["odd"])) take(count, element, above || says(line), name);
    }
  }
}

function take(count: IndependentCount, element: Node, above: boolean, line?: string): void {
  count.prices += 1;
  const reason = reasonAgainst(`${element["value"]}`, line);
  if (above || says(element)) count.suspended += 1;
  else if (reason === "") count.open += 1;
  else count.quarantined[reason] = (count.quarantined[reason] ?? 0) + 1;
}

function reasonAgainst(value: string, line: string | undefined): string {
  if (!/^[0-9]+(\.[0-9]+)?$/.test(value)) return "price_unreadable";
  if (Number(value) <= 1) return "price_not_above_one";
  if (line !== undefined && !Number.isInteger(Number(line) * 4)) return "line_not_quarter";
  return "";
}
