import type { PoolStats } from "../pool/mod.ts";
import type { Beat } from "../worker/mod.ts";
import { adviceFor } from "./causes.ts";
import type { VisitorsReport } from "./visitors.ts";

/** How a process and those it serves are, for the engineer on call. */
export interface Status {
  readonly process: string;
  readonly at: string;
  readonly upSeconds: number;
  readonly draining: boolean;
  /** Absent in a process without visitors. */
  readonly visitors?: VisitorsReport;
  /** Since when visitors get less than fresh answers; null while they do not. */
  readonly degradedSince: string | null;
  readonly pools: Readonly<Record<string, PoolStats>>;
  readonly loops: Readonly<Record<string, Beat>>;
  /** What else the process tells of itself, as of its levers, by name. */
  readonly parts: Readonly<Record<string, object>>;
  /** The same in plain words, the most pressing first. */
  readonly words: readonly string[];
}

/** What one part of a process says of itself. */
export interface StatusPart {
  readonly detail: object;
  /** Only what whoever is on call should know; nothing while all is well. */
  readonly words: readonly string[];
}

/** The state of visitors in plain words. */
export function visitorWords(report: VisitorsReport, since: string | null): string[] {
  const total = Object.values(report.answers).reduce((sum, count) => sum + count, 0);
  if (total === 0) return ["No visitor asked for anything in the last minute."];
  const { stale, default: builtIn, refused } = report.shares;
  if (stale + builtIn + refused === 0) return ["Everything visitors see is fresh."];
  const parts = [
    [stale, `a stored value past its freshness${ageWords(report.oldestMs)}`],
    [builtIn, "the built-in default brand"],
    [refused, "a refusal, as nothing was ever loaded"],
  ] as const;
  const told = parts.filter(([share]) => share > 0).map(([share, what]) => `${percent(share)} ${what}`);
  const when = since === null ? "It is over now." : `Since ${since}.`;
  return [`In the last minute visitors got: ${told.join(", ")}. ${when}`, ...report.causes.map(adviceFor)];
}

/** What an open breaker means, pool by pool; `now` is on the clock that `since` is on. */
export function poolWords(
  pools: Readonly<Record<string, PoolStats>>,
  { now, epochMs }: { readonly now: number; readonly epochMs: number },
): string[] {
  return Object.entries(pools).flatMap(([name, { breaker }]) => {
    if (breaker.kind !== "open") return [];
    const since = new Date(epochMs - (now - breaker.since)).toISOString();
    return [`The ${name} pool refuses at once since ${since}. ${adviceFor(breaker.cause)}`];
  });
}

function ageWords(oldestMs: number | undefined): string {
  return oldestMs === undefined ? "" : ` (up to ${Math.round(oldestMs / 1000)} s old)`;
}

function percent(share: number): string {
  return `${Math.max(0.1, Math.round(share * 1000) / 10)} %`;
}
