import { retraction } from "./claims.ts";
import { type FactRow, type KnownFact, keyOfFact, saysTheSame } from "./fact_rows.ts";
import { countsOf } from "./facts/counts.ts";
import type { CountFact, FactStatus } from "./facts/facts.ts";

/** A claim that says otherwise than one that holds. */
export interface Contradiction {
  readonly claim: FactRow;
  readonly stored: FactRow;
}

export interface JudgedClaims {
  /** What is to be recorded: claims that are news, and retractions of what cannot be true beside them. */
  readonly news: readonly FactRow[];
  readonly contradictions: readonly Contradiction[];
}

export interface ClaimsContext {
  /** What holds for all. */
  readonly standing: readonly KnownFact[];
  readonly source: string;
  readonly at: Date;
  /** A person has decided that these claims are right: what says otherwise goes. */
  readonly correction?: boolean;
}

/**
 * Holds what a source claims of an event against what is known of it. Pure.
 *
 * What was final stays until a person decides: another value for it is a contradiction, whoever says it. A running count that grows
 * is news. One that falls is a correction if the source that raised it says so, as goals are disallowed; of another source it is an
 * echo from before, and nothing. A final count outranks a running one, and running counts that cannot be true beside it are retracted.
 */
export function judgeClaims(claims: readonly FactRow[], context: ClaimsContext): JudgedClaims {
  const { standing, source, correction = false } = context;
  const byName = new Map(standing.map((row) => [keyOfFact(row), row]));
  const news: FactRow[] = [];
  const contradictions: Contradiction[] = [];
  for (const claim of claims) {
    const stored = byName.get(keyOfFact(claim));
    const isLate = claim.fact === "start" && !correction && isOver(standing);
    const verdict = correction
      ? correctedBy(claim, stored)
      : isLate
        ? "nothing"
        : verdictOn(claim, { stored, source });
    if (verdict === "news") news.push(claim);
    if (verdict === "contradiction" && stored !== undefined) contradictions.push({ claim, stored });
  }
  if (contradictions.length > 0) return { news: [], contradictions };
  return clearCounts(news, context);
}

type Verdict = "news" | "nothing" | "contradiction";

function correctedBy(claim: FactRow, stored: KnownFact | undefined): Verdict {
  if (stored === undefined) return claim.retracted ? "nothing" : "news";
  return saysTheSame(claim, stored) ? "nothing" : "news";
}

function verdictOn(
  claim: FactRow,
  { stored, source }: { readonly stored: KnownFact | undefined; readonly source: string },
): Verdict {
  if (stored === undefined) return claim.retracted ? "nothing" : "news";
  if (saysTheSame(claim, stored)) return "nothing";
  switch (claim.fact) {
    case "status":
      return verdictOnStatus(claim, stored);
    case "start":
      return movesStart(claim, stored) ? "news" : "nothing";
    case "count":
      return verdictOnCount(claim, { stored, source });
    case "goal":
      if (claim.value !== null && stored.value !== null) return verdictOnCount(claim, { stored, source });
      return verdictOnRest(claim, { stored, source });
    default:
      return verdictOnRest(claim, { stored, source });
  }
}

function verdictOnCount(
  { value, final, retracted }: FactRow,
  { stored, source }: { readonly stored: KnownFact; readonly source: string },
): Verdict {
  const before = stored.value ?? 0;
  if (stored.final) {
    if (retracted) return "contradiction";
    return !final && (value ?? 0) <= before ? "nothing" : value === before ? "nothing" : "contradiction";
  }
  if (final && !retracted) return "news";
  return !retracted && (value ?? 0) > before ? "news" : stored.source === source ? "news" : "nothing";
}

function verdictOnRest(
  claim: FactRow,
  { stored, source }: { readonly stored: KnownFact; readonly source: string },
): Verdict {
  if (stored.final) return claim.final ? "contradiction" : "nothing";
  return claim.final || stored.source === source ? "news" : "nothing";
}

/** How an event can go on from each status without anybody being wrong. What is not here is over. */
const GOES_ON: ReadonlySet<FactStatus> = new Set([
  "scheduled",
  "delayed",
  "live",
  "interrupted",
  "postponed",
  "abandoned",
  "unknown",
]);
const UNDER_WAY: ReadonlySet<unknown> = new Set(["scheduled", "delayed", "live", "interrupted", "unknown"]);

const CALLED_OFF: ReadonlySet<unknown> = new Set(["cancelled", "walkover"]);

/**
 * Of an event that has ended, who says that it is under way is late. That it came to another end is a contradiction, and so is one that was
 * called off and goes on.
 */
function verdictOnStatus({ detail }: FactRow, stored: KnownFact): Verdict {
  const before = stored.detail?.["status"];
  if (GOES_ON.has(before as FactStatus)) return "news";
  return UNDER_WAY.has(detail?.["status"]) && !CALLED_OFF.has(before) ? "nothing" : "contradiction";
}

/** When an event was to begin is asked no more once it is over. */
function isOver(standing: readonly KnownFact[]): boolean {
  const status = standing.find(({ fact }) => fact === "status")?.detail?.["status"];
  return status !== undefined && !GOES_ON.has(status as FactStatus);
}

const HOUR_MS = 3_600_000;

/** Sources differ by minutes of when an event began, and settle nothing by them. */
function movesStart({ detail }: FactRow, stored: KnownFact): boolean {
  const at = (row: FactRow["detail"]) => Date.parse(`${row?.["actual"]}`);
  const [now, before] = [at(detail), at(stored.detail)];
  return Number.isNaN(now) || Number.isNaN(before) || Math.abs(now - before) >= HOUR_MS;
}

/** Counts that no numbers fit beside the news: the finals contradict, or what was still running goes. */
function clearCounts(news: readonly FactRow[], context: ClaimsContext): JudgedClaims {
  const { standing, at, correction = false } = context;
  const named = new Set(news.map(keyOfFact));
  const rest = standing.filter((row) => row.fact === "count" && !named.has(keyOfFact(row)));
  const told = news.filter((row) => row.fact === "count" && !row.retracted);
  if (told.length === 0 || contradictionIn([...rest, ...told]) === undefined)
    return { news, contradictions: [] };
  const finals = rest.filter((row) => row.final);
  const isOfFinals = contradictionIn([...finals, ...told.filter(({ final }) => final)]) !== undefined;
  if (isOfFinals && !correction) return { news: [], contradictions: crossContradictions(told, finals) };
  const isOf = (one: FactRow, other: FactRow) => one.statistic === other.statistic && one.side === other.side;
  const gone = rest.filter(
    (row) =>
      (!row.final || isOfFinals) &&
      told.some((claim) => isOf(claim, row)) &&
      contradictionIn([...rest, ...told].filter((other) => isOf(other, row))) !== undefined,
  );
  return { news: [...news, ...gone.map((row) => retraction(row, at))], contradictions: [] };
}

/** The claims that do not fit, each beside a stored one of the same thing; those that contradict themselves beside themselves. */
function crossContradictions(told: readonly FactRow[], finals: readonly KnownFact[]): Contradiction[] {
  const found = told.flatMap((claim) => {
    const stored = finals.find(
      (row) =>
        row.statistic === claim.statistic &&
        row.side === claim.side &&
        contradictionIn([row, ...told]) !== undefined,
    );
    return stored === undefined ? [] : [{ claim, stored }];
  });
  const [first] = told;
  return found.length > 0 || first === undefined ? found : [{ claim: first, stored: finals[0] ?? first }];
}

function contradictionIn(rows: readonly FactRow[]): string | undefined {
  const counts = rows.flatMap(({ statistic, period, side, value, final }): CountFact[] =>
    statistic === null || period === null || side === null || value === null
      ? []
      : [{ statistic, period, side, value, final }],
  );
  return countsOf({ asOf: new Date(0), status: "ended", counts }).contradiction;
}
