import { EVENT_STATUSES, fraction } from "../markets/mod.ts";
import { ALL_GOALS } from "./claims.ts";
import type { FactKind, KnownFact } from "./fact_rows.ts";
import { isFactPeriod } from "./facts/counts.ts";
import {
  CANCELLATION_REASONS,
  type Cancellation,
  type FactPeriod,
  type FactStatus,
  type Facts,
  type GoalFact,
  type Provenance,
  type Side,
} from "./facts/facts.ts";

/** How events can stand, as facts tell it. */
export const FACT_STATUSES: readonly FactStatus[] = [...EVENT_STATUSES, "retired", "disqualified", "void"];

/**
 * The facts that these claims come to, each name at most once and none retracted. Pure.
 *
 * What a row says in a shape that is not ours is not known: a status nobody understands is `unknown`, which settles nothing.
 */
export function factsOf(rows: readonly KnownFact[], asOf: Date): Facts {
  const of = (kind: FactKind) => rows.filter(({ fact }) => fact === kind);
  const one = (kind: FactKind) => of(kind)[0];
  const starts = startsOf(one("start"));
  const goals = goalsOf(of("goal"));
  const retired = one("retired");
  const retiredSide = sideOf(retired?.detail?.["side"]);
  const bout = one("bout");
  const [rounds, seconds] = [numberOf(bout?.detail?.["rounds"]), numberOf(bout?.detail?.["seconds"])];
  const played = one("played");
  const amount = numberOf(played?.detail?.["amount"]);
  return {
    asOf,
    status: statusOf(one("status")),
    counts: of("count").flatMap(countOf),
    ...(starts === undefined ? {} : { starts }),
    ...(goals === undefined ? {} : { goals }),
    ...listOf("players", of("player").flatMap(playerOf)),
    ...listOf("winners", of("winner").flatMap(winnerOf)),
    ...(retired === undefined || retiredSide === undefined
      ? {}
      : { retired: { side: retiredSide, from: provenanceOf(retired) } }),
    ...(bout === undefined || rounds === undefined || seconds === undefined
      ? {}
      : { bout: { rounds, seconds, from: provenanceOf(bout) } }),
    ...pitchersOf(of("pitcher")),
    ...(played === undefined || amount === undefined
      ? {}
      : { played: { amount, from: provenanceOf(played) } }),
    ...listOf("withdrawn", of("withdrawn").flatMap(withdrawnOf)),
    ...listOf("cancellations", of("cancelled").flatMap(cancellationOf)),
  };
}

function listOf<K extends string, T>(key: K, list: readonly T[]): { readonly [key in K]?: readonly T[] } {
  return list.length === 0 ? {} : ({ [key]: list } as { readonly [key in K]?: readonly T[] });
}

function statusOf(row: KnownFact | undefined): FactStatus {
  return FACT_STATUSES.find((status) => status === row?.detail?.["status"]) ?? "unknown";
}

function countOf(row: KnownFact): Facts["counts"] {
  const { statistic, period, side, value, final } = row;
  if (statistic === null || period === null || side === null || value === null) return [];
  return [{ statistic, period, side, value, final, from: provenanceOf(row) }];
}

function startsOf(row: KnownFact | undefined): Facts["starts"] {
  if (row === undefined) return undefined;
  const [planned, actual] = [dateOf(row.detail?.["planned"]), dateOf(row.detail?.["actual"])];
  const utcOffsetMinutes = numberOf(row.detail?.["utcOffsetMinutes"]);
  return {
    ...(planned === undefined ? {} : { planned }),
    ...(actual === undefined ? {} : { actual }),
    ...(utcOffsetMinutes === undefined ? {} : { utcOffsetMinutes }),
  };
}

/** Goals from the first as far as none is missing; all of them, if it is told how many there are and that no more come. */
function goalsOf(rows: readonly KnownFact[]): Facts["goals"] {
  const all = rows.find(({ subject }) => subject === ALL_GOALS);
  const list: GoalFact[] = [];
  for (;;) {
    const number = list.length + 1;
    const row = rows.find(({ subject }) => subject === `${number}`);
    const goal = row === undefined || number > (all?.value ?? number) ? undefined : goalOf(row);
    if (goal === undefined) break;
    list.push(goal);
  }
  if (all === undefined && list.length === 0) return undefined;
  return { list, final: all?.final === true && all.value === list.length };
}

function goalOf(row: KnownFact): GoalFact | undefined {
  const { side, period, player, ownGoal } = row.detail ?? {};
  const [ofSide, inPeriod] = [sideOf(side), periodOf(period)];
  if (ofSide === undefined || inPeriod === undefined) return undefined;
  return {
    side: ofSide,
    period: inPeriod,
    ...(typeof player === "string" ? { player } : {}),
    ...(ownGoal === true ? { ownGoal } : {}),
    from: provenanceOf(row),
  };
}

function playerOf(row: KnownFact): NonNullable<Facts["players"]> {
  const { side, subject: name, detail } = row;
  const entered = detail?.["enteredAfterGoals"];
  if (side === null || (entered !== null && typeof entered !== "number")) return [];
  return [{ name, side, enteredAfterGoals: entered, from: provenanceOf(row) }];
}

function winnerOf(row: KnownFact): NonNullable<Facts["winners"]> {
  const { period, detail } = row;
  const winner = detail?.["winner"] === "draw" ? "draw" : sideOf(detail?.["winner"]);
  return period === null || winner === undefined ? [] : [{ period, winner, from: provenanceOf(row) }];
}

function pitchersOf(rows: readonly KnownFact[]): Pick<Facts, "pitchers"> {
  const named = rows.flatMap((row) => {
    const name = row.detail?.["name"];
    return row.side === null || typeof name !== "string" ? [] : [{ side: row.side, name, row }];
  });
  const [first] = named;
  if (first === undefined) return {};
  const sides = Object.fromEntries(named.map(({ side, name }) => [side, name]));
  return { pitchers: { ...sides, from: provenanceOf(first.row) } };
}

const DIGITS = /^\d{1,18}$/;

function withdrawnOf({ subject: runner, detail }: KnownFact): NonNullable<Facts["withdrawn"]> {
  const [numerator, denominator] = [`${detail?.["numerator"]}`, `${detail?.["denominator"]}`];
  if (!DIGITS.test(numerator) || !DIGITS.test(denominator) || BigInt(denominator) === 0n) return [];
  return [{ runner, price: fraction(BigInt(numerator), BigInt(denominator)) }];
}

/** One that cannot be read in full cancels nothing: what it leaves out would count as any. */
function cancellationOf(row: KnownFact): Cancellation[] {
  const { placedFrom, placedBefore, reason, rule, lineQuarters, ...texts } = row.detail ?? {};
  const known = CANCELLATION_REASONS.find((one) => one === reason);
  const [from, before] = [dateOf(placedFrom), dateOf(placedBefore)];
  const isReadable =
    known !== undefined &&
    typeof rule === "string" &&
    (placedFrom === undefined || from !== undefined) &&
    (placedBefore === undefined || before !== undefined) &&
    (lineQuarters === undefined || Number.isInteger(lineQuarters)) &&
    Object.entries(texts).every(([name, text]) => NARROWINGS.has(name) && typeof text === "string");
  if (!isReadable) return [];
  return [
    {
      cancellationId: row.subject,
      ...(texts as Pick<Cancellation, "marketType" | "period" | "label" | "outcome">),
      ...(typeof lineQuarters === "number" ? { lineQuarters } : {}),
      ...(from === undefined ? {} : { placedFrom: from }),
      ...(before === undefined ? {} : { placedBefore: before }),
      reason: known,
      rule,
      from: provenanceOf(row),
    },
  ];
}

const NARROWINGS: ReadonlySet<string> = new Set(["marketType", "period", "label", "outcome"]);

function provenanceOf({ source, certainty, actor, trueAt, knownAt }: KnownFact): Provenance {
  return {
    source,
    ...(certainty === null ? {} : { certainty }),
    ...(actor === null ? {} : { actor }),
    trueAt,
    knownAt,
  };
}

function sideOf(value: unknown): Side | undefined {
  return value === "home" || value === "away" ? value : undefined;
}

function periodOf(value: unknown): FactPeriod | undefined {
  return typeof value === "string" && isFactPeriod(value) ? value : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function dateOf(value: unknown): Date | undefined {
  const date = typeof value === "string" ? new Date(value) : undefined;
  return date === undefined || Number.isNaN(date.getTime()) ? undefined : date;
}
