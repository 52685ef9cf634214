import { EVENT_STATUSES, fraction, type OfferedPrice } from "../markets/mod.ts";
import { isRecord, type JsonRecord } from "./_json.ts";
import type { HeldBack, ResultFacts, Score } from "./snapshot.ts";

/** What was kept out, as JSON: exact numbers as digits, instants in ISO 8601. Equal values give equal JSON. */
export function encodeHeld(held: HeldBack): JsonRecord {
  switch (held.kind) {
    case "price": {
      const { price, ...selection } = held.price;
      const digits = { numerator: `${price.numerator}`, denominator: `${price.denominator}` };
      return { kind: held.kind, ...selection, ...digits };
    }
    case "start":
      return { kind: held.kind, startsAt: held.startsAt.toISOString() };
    case "version":
      return { kind: held.kind, feed: held.feed, version: `${held.version}` };
    case "progress":
    case "result":
      return { ...held };
  }
}

/** What was kept out, from its JSON; `undefined` for none, and for what another release of the service wrote in another shape. */
export function decodeHeld(json: unknown): HeldBack | undefined {
  if (!isRecord(json)) return undefined;
  switch (json["kind"]) {
    case "price":
      return decodePrice(json);
    case "start": {
      const startsAt = new Date(`${json["startsAt"]}`);
      return Number.isNaN(startsAt.getTime()) ? undefined : { kind: "start", startsAt };
    }
    case "version": {
      const { feed, version } = json;
      const isWhole = typeof feed === "string" && isDigits(version);
      return isWhole ? { kind: "version", feed, version: BigInt(version) } : undefined;
    }
    case "progress":
      return decodeProgress(json);
    case "result":
      return decodeResult(json);
    default:
      return undefined;
  }
}

function decodePrice(json: JsonRecord): HeldBack | undefined {
  const { numerator, denominator, lineQuarters, suspended } = json;
  if (!isDigits(numerator) || !isDigits(denominator) || BigInt(denominator) === 0n) return undefined;
  const line = typeof lineQuarters === "number" ? lineQuarters : null;
  const price: OfferedPrice = {
    book: `${json["book"]}`,
    marketType: `${json["marketType"]}`,
    period: `${json["period"]}`,
    label: `${json["label"]}`,
    lineQuarters: line,
    outcome: `${json["outcome"]}`,
    price: fraction(BigInt(numerator), BigInt(denominator)),
    suspended: suspended === true,
  };
  return { kind: "price", price };
}

function decodeProgress({ status, clockMinutes }: JsonRecord): HeldBack | undefined {
  const known = EVENT_STATUSES.find((one) => one === status);
  if (known === undefined) return undefined;
  return {
    kind: "progress",
    status: known,
    clockMinutes: typeof clockMinutes === "number" ? clockMinutes : null,
  };
}

function decodeResult({ facts, source }: JsonRecord): HeldBack | undefined {
  if (!isRecord(facts) || typeof source !== "string") return undefined;
  const { state } = facts;
  const score = scoreOf(facts["score"]);
  const halfTimeScore = scoreOf(facts["halfTimeScore"]);
  if ((state !== "final" && state !== "void") || (state === "final" && score === undefined)) return undefined;
  const result: ResultFacts = {
    state,
    ...(score === undefined ? {} : { score }),
    ...(halfTimeScore === undefined ? {} : { halfTimeScore }),
  };
  return { kind: "result", facts: result, source };
}

function scoreOf(json: unknown): Score | undefined {
  if (!isRecord(json)) return undefined;
  const { home, away } = json;
  return typeof home === "number" && typeof away === "number" ? { home, away } : undefined;
}

function isDigits(value: unknown): value is string {
  return typeof value === "string" && /^\d{1,19}$/.test(value);
}
