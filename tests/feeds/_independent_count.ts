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
      for (const market of asList(match["odds"])) {
        count.markets += 1;
        for (const book of asList(market["bookmakers"])) {
          for (const entry of asList(book["odds"])) {
            const above = says(market) || says(book) || says(entry);
            if (!("odds" in entry)) take(count, entry, above);
            else for (const element of asList(entry["odds"])) take(count, element, above, `${entry["name"]}`);
          }
        }
      }
    }
  }
  return count;
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
