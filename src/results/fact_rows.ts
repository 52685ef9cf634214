import { isFactPeriod, isStatistic } from "./facts/counts.ts";
import type { FactPeriod, Side, Statistic } from "./facts/facts.ts";

/** What claims are about. */
export const FACT_KINDS = [
  "status",
  "start",
  "count",
  "winner",
  "goal",
  "player",
  "retired",
  "bout",
  "pitcher",
  "played",
  "withdrawn",
  "cancelled",
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

/** The name of a claim: of one name, what was said last holds. */
export interface FactName {
  readonly fact: FactKind;
  /** Of counts alone. */
  readonly statistic: Statistic | null;
  readonly period: FactPeriod | null;
  readonly side: Side | null;
  /** A goal's number, or `all` for how many there are; the name of a player or runner; the id of a cancellation; else "". */
  readonly subject: string;
}

/** A claim, as a row of the store. What stands in `detail` is as in `claims.ts`. */
export interface FactRow extends FactName {
  /** A count, or how many goals there are. */
  readonly value: number | null;
  readonly detail: Readonly<Record<string, unknown>> | null;
  /** False while the value can still grow, or the list of goals. */
  readonly final: boolean;
  /** It is claimed no longer: then neither value nor detail is given. */
  readonly retracted: boolean;
  /** When it was true, in business time. */
  readonly trueAt: Date;
}

/** A claim with who made it and when it was known. */
export interface KnownFact extends FactRow {
  readonly version: number;
  /** `null` if it is true for all; else whose word it is, which counts for that tenant alone. */
  readonly tenantId: string | null;
  readonly source: string;
  readonly actor: string | null;
  readonly certainty: Certainty | null;
  readonly note: string | null;
  readonly knownAt: Date;
}

/** `live`: as play goes on, to be corrected. `confirmed`: looked at again, or after the end. */
export type Certainty = "live" | "confirmed";

/** What tells one claim of an event from another, as text. */
export function keyOfFact({ fact, statistic, period, side, subject }: FactName): string {
  return [fact, statistic, period, side, subject].join("\u001f");
}

/** Whether two claims of one name say the same, whoever made them and when. */
export function saysTheSame(one: FactRow, other: FactRow): boolean {
  return (
    one.value === other.value &&
    one.final === other.final &&
    one.retracted === other.retracted &&
    Bun.deepEquals(one.detail, other.detail)
  );
}

const SUBJECT_MAX = 200;

/**
 * Refuses claims that nobody can mean.
 *
 * @throws {RangeError} For a count that is no whole number from 0, a name too long, a name that stands twice.
 */
export function assertFactRows(rows: readonly FactRow[]): void {
  const seen = new Set<string>();
  for (const row of rows) {
    const key = keyOfFact(row);
    if (seen.has(key)) throw new RangeError(`Cannot record facts as one stands twice: it is ${wordsOf(row)}`);
    seen.add(key);
    const fault = faultOf(row);
    if (fault !== undefined) throw new RangeError(`Cannot record ${wordsOf(row)} as ${fault}`);
  }
}

function faultOf({
  fact,
  statistic,
  period,
  side,
  subject,
  value,
  detail,
  retracted,
}: FactRow): string | undefined {
  if ((fact === "count") !== (statistic !== null)) return "counts alone are of a statistic";
  if (statistic !== null && !isStatistic(statistic)) return "nobody counts such a statistic";
  if (period !== null && !isFactPeriod(period)) return "nobody knows such a period";
  if (fact === "count" && (period === null || side === null)) return "it names no period and side";
  if (subject.length > SUBJECT_MAX) return `its subject is longer than ${SUBJECT_MAX} characters`;
  if (retracted) return value === null && detail === null ? undefined : "a retraction says nothing more";
  if (value !== null && (!Number.isInteger(value) || value < 0 || value > 2_147_483_647))
    return `${value} is no whole number from 0: a missing count is not 0`;
  if (fact === "count" && value === null) return "it has no value: a missing count is not 0";
  if (fact !== "count" && detail === null && value === null) return "it says nothing";
  return undefined;
}

/** A claim's name for whoever reads it, as in "count score first_half home". */
export function wordsOf({ fact, statistic, period, side, subject }: FactName): string {
  return [fact, statistic, period, side, subject].filter((word) => word !== null && word !== "").join(" ");
}
