import type { Connection } from "../pool/mod.ts";
import { EventNotFoundError } from "./errors.ts";
import { decisionsOf } from "./quarantine_decisions.ts";
import { putInQuarantine, type SetAside, selectDecisions } from "./quarantine_queries.ts";
import {
  closeEvent,
  insertResult,
  lockEvent,
  type ResultRow,
  selectEventSource,
  selectLatestResults,
} from "./result_queries.ts";
import type { ResultFacts } from "./snapshot.ts";

export interface ResultToRecord {
  readonly eventId: string;
  readonly facts: ResultFacts;
  /** Who says so, as in `simulated` or `goalserve/soccer`. */
  readonly source: string;
  /** Business time. */
  readonly at: Date;
  /** A person has decided that the stored result is wrong: a new version is appended instead of a contradiction set aside. */
  readonly correction?: boolean;
  /** False for an answer read again: a contradiction that was set aside is not counted once more. */
  readonly isNew?: boolean;
}

export interface RecordedResult {
  readonly outcome: "recorded" | "unchanged" | "contradicted";
  /** The newest version stored now. */
  readonly version: number;
  /** What became of a contradiction that nobody has decided about. */
  readonly aside?: SetAside;
}

/**
 * Records how an event ended, append-only, and closes the event: its status is final and nothing of it stays open.
 *
 * The same result again is a no-op. Another one is set aside as `result_contradicted` and settles nothing, unless it is a
 * correction. Holds the event's lock until the caller's transaction ends, so that no bet slips in beside the result; who
 * records several in one transaction does so in the order of their ids, as placements lock.
 *
 * @throws {EventNotFoundError} If no such event is stored.
 * @throws {RangeError} If a final result has no score, or a score is no whole number from 0.
 */
export async function recordResult(connection: Connection, result: ResultToRecord): Promise<RecordedResult> {
  const { eventId, facts, source, at, correction = false, isNew = true } = result;
  assertScores(facts);
  await lockEvent(connection, eventId);
  const event = await selectEventSource(connection, eventId);
  if (event === undefined) throw new EventNotFoundError(eventId);
  const [stored] = await selectLatestResults(connection, [eventId]);
  if (stored !== undefined && !contradicts(stored, facts)) {
    return { outcome: "unchanged", version: stored.version };
  }
  if (stored !== undefined && !correction) {
    const item = {
      sourceEventId: event.source_event_id,
      reason: "result_contradicted",
      item: `${source}/${wordsOf(facts)}`,
      sample: { stored: { ...stored, recorded_at: stored.recorded_at.toISOString() }, given: facts },
      held: { kind: "result", facts, source },
    } as const;
    const contradicted = { outcome: "contradicted", version: stored.version } as const;
    const decisions = decisionsOf(await selectDecisions(connection, event.source));
    if (decisions.of(item) !== undefined) return contradicted;
    const aside = await putInQuarantine(connection, [item], { source: event.source, at, isNew });
    return { ...contradicted, aside };
  }
  const version = (stored?.version ?? 0) + 1;
  await insertResult(connection, rowOf(result, version));
  await closeEvent(connection, { eventId, status: facts.state === "final" ? "ended" : "cancelled", at });
  return { outcome: "recorded", version };
}

/** Whether a result says otherwise than the stored one. What one side does not know (a half-time score) contradicts nothing. */
export function contradicts(stored: ResultRow, { state, score, halfTimeScore }: ResultFacts): boolean {
  const differs = (one: number | null, other: number | undefined) =>
    one !== null && other !== undefined && one !== other;
  return (
    stored.state !== state ||
    differs(stored.home_score, score?.home) ||
    differs(stored.away_score, score?.away) ||
    differs(stored.half_home_score, halfTimeScore?.home) ||
    differs(stored.half_away_score, halfTimeScore?.away)
  );
}

function assertScores({ state, score, halfTimeScore }: ResultFacts): void {
  if (state === "final" && score === undefined) {
    throw new RangeError("Cannot record a final result as it has no score: a missing score is not 0-0");
  }
  const numbers = [score?.home ?? 0, score?.away ?? 0, halfTimeScore?.home ?? 0, halfTimeScore?.away ?? 0];
  const strange = numbers.find((number) => !Number.isSafeInteger(number) || number < 0);
  if (strange !== undefined) throw new RangeError(`Cannot record a result as ${strange} is no score`);
}

function rowOf({ eventId, facts, source, at }: ResultToRecord, version: number): ResultRow {
  return {
    event_id: eventId,
    version,
    state: facts.state,
    home_score: facts.score?.home ?? null,
    away_score: facts.score?.away ?? null,
    half_home_score: facts.halfTimeScore?.home ?? null,
    half_away_score: facts.halfTimeScore?.away ?? null,
    source,
    recorded_at: at,
  };
}

function wordsOf({ state, score, halfTimeScore }: ResultFacts): string {
  const words = [score, halfTimeScore].flatMap((part) => (part ? [`${part.home}-${part.away}`] : []));
  return [state, ...words].join(" ");
}
