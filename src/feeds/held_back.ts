import { EVENT_STATUSES, fraction, type OfferedPrice } from "../markets/mod.ts";
import { FACT_KINDS, isFactPeriod, isStatistic } from "../results/mod.ts";
import { isRecord, type JsonRecord } from "./_json.ts";
import type { HeldBack, HeldClaim, ResultFacts, Score } from "./snapshot.ts";

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
    case "claims":
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
    case "claims":
      return decodeClaims(json);
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
  const result = resultOf(facts);
  return result === undefined || typeof source !== "string"
    ? undefined
    : { kind: "result", facts: result, source };
}

function resultOf(facts: unknown): ResultFacts | undefined {
  if (!isRecord(facts)) return undefined;
  const { state } = facts;
  const score = scoreOf(facts["score"]);
  const halfTimeScore = scoreOf(facts["halfTimeScore"]);
  if ((state !== "final" && state !== "void") || (state === "final" && score === undefined)) return undefined;
  return {
    state,
    ...(score === undefined ? {} : { score }),
    ...(halfTimeScore === undefined ? {} : { halfTimeScore }),
  };
}

/** All of them or none: of half a statement nobody knows what was left out. */
function decodeClaims({ claims, result, source }: JsonRecord): HeldBack | undefined {
  if (!Array.isArray(claims) || typeof source !== "string") return undefined;
  const read = claims.flatMap((claim: unknown) => claimOf(claim) ?? []);
  const told = result === undefined ? undefined : resultOf(result);
  if (read.length < claims.length || (result !== undefined && told === undefined)) return undefined;
  return { kind: "claims", claims: read, ...(told === undefined ? {} : { result: told }), source };
}

function claimOf(json: unknown): HeldClaim | undefined {
  if (!isRecord(json)) return undefined;
  const { statistic, period, side, subject, value, detail, final, retracted } = json;
  const fact = FACT_KINDS.find((kind) => kind === json["fact"]);
  if (fact === undefined || typeof subject !== "string") return undefined;
  if (!(statistic === null || (typeof statistic === "string" && isStatistic(statistic)))) return undefined;
  if (!(period === null || (typeof period === "string" && isFactPeriod(period)))) return undefined;
  if (side !== null && side !== "home" && side !== "away") return undefined;
  if (value !== null && typeof value !== "number") return undefined;
  if (detail !== null && !isRecord(detail)) return undefined;
  if (typeof final !== "boolean" || typeof retracted !== "boolean") return undefined;
  return { fact, statistic, period, side, subject, value, detail, final, retracted };
}

function scoreOf(json: unknown): Score | undefined {
  if (!isRecord(json)) return undefined;
  const { home, away } = json;
  return typeof home === "number" && typeof away === "number" ? { home, away } : undefined;
}

function isDigits(value: unknown): value is string {
  return typeof value === "string" && /^\d{1,19}$/.test(value);
}
