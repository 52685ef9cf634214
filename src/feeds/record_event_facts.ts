import type { Connection } from "../pool/mod.ts";
import {
  type Certainty,
  type Contradiction,
  type FactRow,
  type JudgedClaims,
  judgeClaims,
  keyOfFact,
  type PublicResult,
  publicResultOf,
  readFacts,
  recordFacts,
  resultClaims,
  selectStandingOfEvents,
  wordsOf,
} from "../results/mod.ts";
import { EventNotFoundError } from "./errors.ts";
import { decisionsOf } from "./quarantine_decisions.ts";
import { putInQuarantine, type SetAside, selectDecisions } from "./quarantine_queries.ts";
import {
  closeEvent,
  type EventSourceRow,
  insertResult,
  lockEvent,
  type ResultRow,
  selectEventSource,
  selectLatestResults,
} from "./result_queries.ts";
import type { HeldBack, HeldClaim, QuarantineItem, ResultFacts } from "./snapshot.ts";

export interface EventFactsToRecord {
  readonly eventId: string;
  readonly claims: readonly FactRow[];
  /** The score that everybody is shown, where the claims do not say it all. */
  readonly result?: ResultFacts | undefined;
  /** Who says so, as in `simulated` or `goalserve/soccer`. */
  readonly source: string;
  /** The person who entered it. */
  readonly actor?: string | undefined;
  readonly certainty?: Certainty | undefined;
  readonly note?: string | undefined;
  /** Business time. */
  readonly at: Date;
  /** A person has decided that what is stored is wrong: these claims take its place instead of being set aside. */
  readonly correction?: boolean | undefined;
  /** False for an answer read again: a contradiction that was set aside is not counted once more. */
  readonly isNew?: boolean | undefined;
}

export interface RecordedResult {
  readonly outcome: "recorded" | "unchanged" | "contradicted";
  /** The newest version stored now: of the facts if any are recorded, else of the result. */
  readonly version: number;
  /** What became of a contradiction that nobody has decided about. */
  readonly aside?: SetAside;
}

/**
 * Records what a source says of an event, for all tenants, append-only; what it says against what is known is set aside as a whole, as
 * `result_contradicted`, and settles nothing, unless it is a correction.
 *
 * Facts that come to a final score, or to none for good, are the public result too: it closes the event, its status is final and
 * nothing of it stays open. Holds the event's lock until the caller's transaction ends, so that no bet slips in beside it; who records
 * several in one transaction does so in the order of their ids, as placements lock.
 *
 * @throws {EventNotFoundError} If no such event is stored.
 * @throws {RangeError} If a claim is none that anybody can mean.
 */
export async function recordEventFacts(
  connection: Connection,
  told: EventFactsToRecord,
): Promise<RecordedResult> {
  const { eventId, claims, result, source, at, correction = false } = told;
  await lockEvent(connection, eventId);
  const event = await selectEventSource(connection, eventId);
  if (event === undefined) throw new EventNotFoundError(eventId);
  const [stored] = await selectLatestResults(connection, [eventId]);
  const standing = await selectStandingOfEvents(connection, [eventId]);
  const judged = judgeClaims(claims, { standing, source, at, correction });
  const contradictsResult = stored !== undefined && result !== undefined && contradicts(stored, result);
  if (!correction && (contradictsResult || judged.contradictions.length > 0))
    return await putAside(connection, told, { event, stored, judged });
  const recorded =
    judged.news.length === 0
      ? undefined
      : await recordFacts(connection, { ...told, tenantId: undefined, facts: judged.news });
  const shown = result ?? (recorded && (await derivedResult(connection, eventId, event)));
  const published = await publish(connection, { told, stored, shown, factVersion: recorded?.version });
  const version = published ?? recorded?.version;
  if (version !== undefined) return { outcome: "recorded", version };
  return { outcome: "unchanged", version: stored?.version ?? 0 };
}

async function derivedResult(
  connection: Connection,
  eventId: string,
  { sport }: EventSourceRow,
): Promise<PublicResult | undefined> {
  const known = await readFacts(connection, { eventId });
  return known && publicResultOf(known.facts, sport);
}

interface Publishing {
  readonly told: EventFactsToRecord;
  readonly stored: ResultRow | undefined;
  readonly shown: PublicResult | undefined;
  readonly factVersion: number | undefined;
}

/** Appends the public result if it is another than the stored one, and says under which version. */
async function publish(
  connection: Connection,
  { told: { eventId, source, at }, stored, shown, factVersion }: Publishing,
): Promise<number | undefined> {
  if (shown === undefined || (stored !== undefined && !contradicts(stored, shown))) return undefined;
  const version = factVersion ?? (stored?.version ?? 0) + 1;
  const written = await insertResult(connection, rowOf(shown, { eventId, source, at, version }));
  await closeEvent(connection, { eventId, status: shown.state === "final" ? "ended" : "cancelled", at });
  return written;
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

interface Contradicted {
  readonly event: EventSourceRow;
  readonly stored: ResultRow | undefined;
  readonly judged: JudgedClaims;
}

async function putAside(
  connection: Connection,
  told: EventFactsToRecord,
  { event, stored, judged }: Contradicted,
): Promise<RecordedResult> {
  const { at, isNew = true } = told;
  const item = itemOf(told, { event, stored, judged });
  const contradicted = { outcome: "contradicted", version: stored?.version ?? 0 } as const;
  const decisions = decisionsOf(await selectDecisions(connection, event.source));
  if (decisions.of(item) !== undefined) return contradicted;
  const aside = await putInQuarantine(connection, [item], { source: event.source, at, isNew });
  return { ...contradicted, aside };
}

function itemOf(told: EventFactsToRecord, { event, stored, judged }: Contradicted): QuarantineItem {
  const { result, source } = told;
  const common = { sourceEventId: event.source_event_id, reason: "result_contradicted" } as const;
  const held = heldOf(told, event);
  if (result !== undefined && stored !== undefined && contradicts(stored, result)) {
    const sample = { stored: { ...stored, recorded_at: stored.recorded_at.toISOString() }, given: result };
    return { ...common, item: `${source}/${wordsOfResult(result)}`, sample, held };
  }
  const [first] = judged.contradictions;
  const said = first === undefined ? "facts" : saidBy(first.claim);
  const sample = {
    stored: judged.contradictions.map((one) => saidBy(one.stored)),
    given: judged.contradictions.map((one) => saidBy(one.claim)),
    ...speakersOf(judged.contradictions),
  };
  return { ...common, item: `${source}/${said}`, sample, held };
}

/** A result alone is held as such: whoever releases it reads its score. */
function heldOf({ claims, result, source, at }: EventFactsToRecord, { sport }: EventSourceRow): HeldBack {
  const ofResult = new Set(
    result === undefined ? [] : resultClaims(result, { sport, trueAt: at }).map(keyOfFact),
  );
  if (result !== undefined && claims.every((claim) => ofResult.has(keyOfFact(claim))))
    return { kind: "result", facts: result, source };
  const held = claims.map(({ trueAt: _, ...claim }): HeldClaim => claim);
  return { kind: "claims", claims: held, ...(result === undefined ? {} : { result }), source };
}

function speakersOf(contradictions: readonly Contradiction[]): { readonly storedBy?: string } {
  const [by] = contradictions.flatMap(({ stored }) => ("source" in stored ? [`${stored.source}`] : []));
  return by === undefined ? {} : { storedBy: by };
}

/** A claim in words, as in "count score regulation home 2". */
function saidBy(claim: FactRow): string {
  const { value, detail, final } = claim;
  const said = value ?? Object.values(detail ?? {}).join(" ");
  return `${wordsOf(claim)} ${said}${final ? "" : " so far"}`;
}

function wordsOfResult({ state, score, halfTimeScore }: ResultFacts): string {
  const words = [score, halfTimeScore].flatMap((part) => (part ? [`${part.home}-${part.away}`] : []));
  return [state, ...words].join(" ");
}

function rowOf(
  { state, score, halfTimeScore }: PublicResult,
  {
    eventId,
    version,
    source,
    at,
  }: { readonly eventId: string; readonly version: number; readonly source: string; readonly at: Date },
): ResultRow {
  return {
    event_id: eventId,
    version,
    state,
    home_score: score?.home ?? null,
    away_score: score?.away ?? null,
    half_home_score: halfTimeScore?.home ?? null,
    half_away_score: halfTimeScore?.away ?? null,
    source,
    recorded_at: at,
  };
}
