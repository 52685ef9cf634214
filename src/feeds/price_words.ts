import type { OfferedPrice } from "../markets/mod.ts";
import type { Pace } from "./_pace.ts";
import { boundName } from "./quarantine_decisions.ts";

/**
 * A price as one text, the same in here and in SQL (`PRICE_WORDS`): line, book, market type, period, label, outcome, numerator,
 * denominator, t or f for suspended, with U+001F between. One text a price is compared, hashed and sent at a fifth of what an object
 * with ten fields costs, and a snapshot of 264,000 is never held twice.
 */
export type PriceWords = string;

const BETWEEN = "\u001f";
const OPEN = `${BETWEEN}f`;
/** Numerator, denominator and flag: what is no part of the identity. */
const VALUE_FIELDS = 3;

/** Longer names do not fit the index. */
const NAME_MAX = 240;
/** What Postgres refuses, what would not come back as it went, and what separates. */
const UNCLEAN = /[\p{Cc}\p{Cs}]/u;
const CONTROLS = /\p{Cc}/gu;

/** A name as it is stored. */
export function cleanName(name: string): string {
  if (name.length <= NAME_MAX && !UNCLEAN.test(name)) return name;
  return boundName(name.replace(CONTROLS, " "));
}

/**
 * Prices by identity. A source that names one twice at different prices leaves open which it offers: it is kept, suspended, as is
 * one that it names open and suspended.
 */
export async function wordsByIdentity(
  prices: readonly OfferedPrice[],
  pace: Pace,
): Promise<Map<string, PriceWords>> {
  const words = new Map<string, PriceWords>();
  for (const price of prices) {
    const identity = identityOf(price);
    const value = `${price.price.numerator}${BETWEEN}${price.price.denominator}`;
    const other = words.get(identity);
    const twice = other !== undefined && other !== `${identity}${BETWEEN}${value}${OPEN}`;
    words.set(
      identity,
      twice ? withFlag(other, "t") : `${identity}${BETWEEN}${value}${BETWEEN}${price.suspended ? "t" : "f"}`,
    );
    const turn = pace.took(1);
    if (turn !== undefined) await turn;
  }
  return words;
}

function identityOf({ lineQuarters, book, marketType, period, label, outcome }: OfferedPrice): string {
  const line = lineQuarters === null ? "" : String(lineQuarters);
  const names = `${cleanName(book)}${BETWEEN}${marketType}${BETWEEN}${period}`;
  return `${line}${BETWEEN}${names}${BETWEEN}${cleanName(label)}${BETWEEN}${cleanName(outcome)}`;
}

/** What makes a price the same price at the next poll. */
export function identityOfWords(words: PriceWords): string {
  let at = words.length;
  for (let field = 0; field < VALUE_FIELDS; field += 1) at = words.lastIndexOf(BETWEEN, at - 1);
  return words.slice(0, at);
}

export function isOpen(words: PriceWords): boolean {
  return words.endsWith(OPEN);
}

/** The same price, suspended or open. */
export function withFlag(words: PriceWords, flag: "t" | "f"): PriceWords {
  return `${words.slice(0, -1)}${flag}`;
}

/**
 * What stands for an event's prices, in whatever order they come: 64 bits, so that two different sets are taken for one once in
 * 10^19 comparisons.
 */
export function digestOf(words: Iterable<PriceWords>): bigint {
  let sum = 0n;
  for (const one of words) sum += Bun.hash.wyhash(one);
  return BigInt.asIntN(64, sum);
}

/** The fields of a price as columns, in the order of the words. */
export interface PriceColumns {
  readonly lines: readonly (string | null)[];
  /** Book, market type, period, label, outcome, numerator, denominator, suspended: a column each. */
  readonly others: readonly (readonly string[])[];
}

export function columnsOf(prices: readonly PriceWords[]): PriceColumns {
  const fields = prices.map((words) => words.split(BETWEEN));
  return {
    lines: fields.map(([line = ""]) => (line === "" ? null : line)),
    others: [1, 2, 3, 4, 5, 6, 7, 8].map((at) => fields.map((field) => field[at] ?? "")),
  };
}

/** One row of a `copy … from stdin with (delimiter U+001F)`: event, the words, when. */
export function copyLine(eventId: string, words: PriceWords, at: string): string {
  const line = words.startsWith(BETWEEN) ? "\\N" : "";
  const safe = words.includes("\\") ? words.replaceAll("\\", "\\\\") : words;
  return `${eventId}${BETWEEN}${line}${safe}${BETWEEN}${at}\n`;
}
