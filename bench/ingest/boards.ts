import { readGoalserve, type Snapshot } from "../../src/feeds/mod.ts";
import { fraction, type OfferedPrice } from "../../src/markets/mod.ts";
import { dataPath } from "../../tests/harness/data.ts";

/** One league's board as GoalServe answered it: ten matches, 6,602 price elements. */
const LEAGUE = "goalserve/2025-09-20_soccer_epl.json";
export const SOURCE = "goalserve/soccer";
export const AT = new Date("2025-09-20T12:00:00Z");

/** The path of the league's board, or `undefined` when the stored data is not here. */
export function leaguePath(): string | undefined {
  return dataPath(LEAGUE);
}

// Of the vendor's answer as much as is multiplied here.
interface Answer {
  readonly odds_data: { readonly scores: Scores };
}
interface Scores {
  readonly ts: string;
  readonly categories: readonly { readonly matches: readonly Match[] }[];
}
interface Match {
  readonly id: string;
  readonly odds: readonly { readonly bookmakers: readonly { readonly odds: readonly Odd[] }[] }[];
}
interface Odd {
  readonly value?: string;
}

export interface BoardOptions {
  readonly copies: number;
  /** As `JSON.stringify` has it: what vendors put between their values makes a board of 20 MB one of 80. */
  readonly indent: number;
  readonly version: number;
  /** Of every so many prices one is another than in the league's own board. */
  readonly changedEvery?: number;
}

/** The league's board many times over, with match ids of their own, as one answer of the vendor. */
export async function multipliedBoard(path: string, options: BoardOptions): Promise<string> {
  const answer: Answer = await Bun.file(path).json();
  const { scores } = answer.odds_data;
  const times = Array.from({ length: options.copies }, (_, copy) => copy);
  const categories = times.flatMap((copy) =>
    scores.categories.map((category) => ({
      ...category,
      matches: category.matches.map((match) => ({ ...match, id: `${match.id}${100 + copy}` })),
    })),
  );
  const board = { ...answer, odds_data: { scores: { ...scores, ts: String(options.version), categories } } };
  let seen = 0;
  const change = (key: string, value: unknown) => {
    if (key !== "value" || typeof value !== "string" || !/^\d+\.\d+$/.test(value)) return value;
    seen += 1;
    return seen % (options.changedEvery ?? Number.POSITIVE_INFINITY) === 0 ? `${value}1` : value;
  };
  return JSON.stringify(board, change, options.indent);
}

/** What the adapter makes of a board, from its bytes. */
export function readBoard(bytes: AsyncIterable<Uint8Array>): Promise<Snapshot> {
  return readGoalserve(bytes, { source: SOURCE, at: AT, sport: "soccer" });
}

/** The same snapshot a version later, with every so-manyth price another. */
export function changedSnapshot(snapshot: Snapshot, every: number): Snapshot {
  let seen = 0;
  const changed = (price: OfferedPrice): OfferedPrice => {
    seen += 1;
    if (seen % every !== 0) return price;
    const { numerator, denominator } = price.price;
    return { ...price, price: fraction(numerator * 1000n + denominator, denominator * 1000n) };
  };
  const events = snapshot.events.map((event) => ({ ...event, prices: event.prices?.map(changed) }));
  return { ...snapshot, version: snapshot.version + 1n, events };
}

export function countPrices({ events }: Snapshot): number {
  return events.reduce((sum, event) => sum + (event.prices?.length ?? 0), 0);
}
