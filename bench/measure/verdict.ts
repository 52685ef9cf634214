/** One promise held against what was measured. `not_measured` is neither: something it needs is missing here. */
export interface Verdict {
  readonly claim: string;
  readonly state: "holds" | "fails" | "not_measured";
  /** What was measured, or what is missing. */
  readonly found: string;
}

/** A figure that must not exceed a bound; a figure that is no number fails. */
export function atMost(claim: string, figure: { found: number; bound: number; unit?: string }): Verdict {
  return compare(claim, figure, figure.found <= figure.bound);
}

/** A figure that must reach a bound; a figure that is no number fails. */
export function atLeast(claim: string, figure: { found: number; bound: number; unit?: string }): Verdict {
  return compare(claim, figure, figure.found >= figure.bound);
}

/** A claim that cannot be judged here. */
export function notMeasured(claim: string, missing: string): Verdict {
  return { claim, state: "not_measured", found: `not measured: ${missing}` };
}

/** 0 when every claim holds. What was not measured fails only where everything is required. */
export function exitCodeOf(verdicts: readonly Verdict[], { requireAll }: { requireAll: boolean }): 0 | 1 {
  const allowed = requireAll ? ["holds"] : ["holds", "not_measured"];
  return verdicts.every(({ state }) => allowed.includes(state)) ? 0 : 1;
}

function compare(
  claim: string,
  { bound, found, unit }: { found: number; bound: number; unit?: string },
  holds: boolean,
): Verdict {
  const measured = unit === undefined ? round(found) : `${round(found)} ${unit}`;
  return {
    claim: `${claim} (bound ${unit === undefined ? bound : `${bound} ${unit}`})`,
    state: holds ? "holds" : "fails",
    found: measured,
  };
}

/** Three significant digits, or all before the point; "none" for what is no number. */
export function round(value: number): string {
  if (Number.isNaN(value)) return "none";
  if (!Number.isFinite(value)) return "unbounded";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en");
  return String(Number(value.toPrecision(3)));
}
