import type { EventStatus } from "../markets/mod.ts";
import {
  countClaim,
  type FactRow,
  goalClaims,
  keyOfFact,
  pitcherClaim,
  resultClaims,
  retiredClaim,
  retraction,
  startClaim,
  statusClaim,
} from "../results/mod.ts";
import type { SnapshotEvent } from "./snapshot.ts";

const UNEVENTFUL: ReadonlySet<string> = new Set(["scheduled", "delayed", "live"]);
const BEGUN: ReadonlySet<EventStatus> = new Set(["live", "interrupted", "ended", "abandoned"]);

export interface ClaimsMoment {
  /** Business time. */
  readonly at: Date;
  /** Something has been said of the event before. */
  readonly isSpokenOf: boolean;
}

/**
 * All that a source's answer claims of an event, each name once. Nothing of one that is to begin, or goes on with nothing counted,
 * as long as nothing else was said of it; and of a status that nobody understands nothing follows, so that it claims none.
 */
export function claimsOfEvent(event: SnapshotEvent, { at, isSpokenOf }: ClaimsMoment): FactRow[] {
  const { facts, result, known = {} } = event;
  const counts = known.counts ?? [];
  const status = known.status ?? facts.status;
  if (result === undefined && counts.length === 0 && !isSpokenOf && UNEVENTFUL.has(status)) return [];
  const claims = [
    ...(status === "unknown" ? [] : [statusClaim(status, at), ...startOf(facts, at)]),
    ...counts.map((count) => countClaim(count, at)),
    ...(known.goals === undefined ? [] : goalClaims(known.goals, at)),
    ...(known.retired === undefined ? [] : [retiredClaim(known.retired, at)]),
    ...(known.pitchers ?? []).map((pitcher) => pitcherClaim(pitcher, at)),
    ...(result === undefined ? [] : resultClaims(result, { sport: facts.sport, trueAt: at })),
  ];
  return [...new Map(claims.map((claim) => [keyOfFact(claim), claim])).values()];
}

/** When it began, or is now to begin; of one that was put off to a time nobody has named, its old start says nothing. */
function startOf({ status, startsAt }: SnapshotEvent["facts"], at: Date): FactRow[] {
  const claim = startClaim({ actual: startsAt }, at);
  if (BEGUN.has(status) || startsAt > at) return [claim];
  return status === "postponed" ? [retraction(claim, at)] : [];
}
