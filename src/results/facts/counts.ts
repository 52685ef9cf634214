import { ANY_COUNT, type Bounds, narrowed, sumOf } from "./bounds.ts";
import { FACT_PERIODS, type FactPeriod, type Facts, type Side, STATISTICS, type Statistic } from "./facts.ts";
import { type Composition, compositionsOf } from "./periods.ts";

/** What every count can be, by all that is known together: a half time and a full time bound the second half. */
export interface Counts {
  bounds(statistic: Statistic, period: FactPeriod, side: Side): Bounds;
  /** A count that no number fits, as two facts exclude one another; in the words of the facts. */
  readonly contradiction: string | undefined;
}

export interface CountOptions {
  /** Play has ended for good: what was still running counts as it stands. */
  readonly closed?: boolean;
}

const SIDES = ["home", "away"] as const;

/**
 * Reads the counts of an event.
 *
 * @throws {RangeError} If a value is no whole number from 0: a missing score must never pass for one.
 */
export function countsOf(facts: Facts, { closed = false }: CountOptions = {}): Counts {
  const known = new Map<string, ReadonlyMap<FactPeriod, Bounds>>();
  let contradiction: string | undefined;
  for (const statistic of new Set(facts.counts.map((fact) => fact.statistic))) {
    for (const side of SIDES) {
      const periods = propagated(told(facts, { statistic, side, closed }), compositionsOf(statistic));
      known.set(`${statistic} ${side}`, periods);
      for (const [period, { least, most }] of periods)
        if (least > most) contradiction ??= `${statistic} ${period} ${side}`;
    }
  }
  return {
    contradiction,
    bounds: (statistic, period, side) => known.get(`${statistic} ${side}`)?.get(period) ?? ANY_COUNT,
  };
}

interface Counted {
  readonly statistic: Statistic;
  readonly side: Side;
  readonly closed: boolean;
}

/** What the facts say in so many words. */
function told({ counts }: Facts, { statistic, side, closed }: Counted): Map<FactPeriod, Bounds> {
  const periods = new Map<FactPeriod, Bounds>(FACT_PERIODS.map((period) => [period, ANY_COUNT]));
  for (const fact of counts) {
    if (fact.statistic !== statistic || fact.side !== side) continue;
    if (!Number.isSafeInteger(fact.value) || fact.value < 0)
      throw new RangeError(`Cannot count ${fact.value}: it is the ${statistic} of ${side}, ${fact.period}`);
    const isFinal = fact.final || closed;
    const said = { least: fact.value, most: isFinal ? fact.value : Number.POSITIVE_INFINITY };
    periods.set(fact.period, narrowed(periods.get(fact.period) ?? ANY_COUNT, said));
  }
  return periods;
}

/** What follows from it, whole and parts bounding each other, until nothing more does. */
function propagated(
  periods: Map<FactPeriod, Bounds>,
  compositions: readonly Composition[],
): ReadonlyMap<FactPeriod, Bounds> {
  const at = (period: FactPeriod) => periods.get(period) ?? ANY_COUNT;
  // Each pass carries a bound one level up or down, and no stretch is more than six levels deep; contradictions end it too.
  for (let pass = 0, changed = true; changed && pass < 2 * FACT_PERIODS.length; pass += 1) {
    changed = false;
    const narrow = (period: FactPeriod, by: Bounds) => {
      const now = narrowed(at(period), by);
      changed ||= now.least !== at(period).least || now.most !== at(period).most;
      periods.set(period, now);
    };
    for (const { whole, parts } of compositions) {
      narrow(whole, sumOf(...parts.map(at)));
      for (const part of parts) {
        const others = sumOf(...parts.filter((other) => other !== part).map(at));
        narrow(part, { least: at(whole).least - others.most, most: at(whole).most - others.least });
      }
    }
  }
  return periods;
}

/** Whether a statistic is one that facts can be of. */
export function isStatistic(name: string): name is Statistic {
  return STATISTICS.some((known) => known === name);
}

/** Whether counts can be known of a stretch of play by this name. */
export function isFactPeriod(name: string): name is FactPeriod {
  return FACT_PERIODS.some((known) => known === name);
}
