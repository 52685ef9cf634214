import type { Connection } from "../pool/mod.ts";
import { resultClaims } from "../results/mod.ts";
import { EventNotFoundError } from "./errors.ts";
import { type RecordedResult, recordEventFacts } from "./record_event_facts.ts";
import { selectEventSport } from "./result_queries.ts";
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

/**
 * Records how an event ended and nothing else, as `recordEventFacts` does.
 *
 * @throws {EventNotFoundError} If no such event is stored.
 * @throws {RangeError} If a final result has no score, or a score is no whole number from 0.
 */
export async function recordResult(connection: Connection, result: ResultToRecord): Promise<RecordedResult> {
  const { facts, ...told } = result;
  assertScores(facts);
  const sport = await selectEventSport(connection, result.eventId);
  if (sport === undefined) throw new EventNotFoundError(result.eventId);
  const claims = resultClaims(facts, { sport, trueAt: result.at });
  return await recordEventFacts(connection, { ...told, claims, result: facts, certainty: "confirmed" });
}

function assertScores({ state, score, halfTimeScore }: ResultFacts): void {
  if (state === "final" && score === undefined) {
    throw new RangeError("Cannot record a final result as it has no score: a missing score is not 0-0");
  }
  const numbers = [score?.home ?? 0, score?.away ?? 0, halfTimeScore?.home ?? 0, halfTimeScore?.away ?? 0];
  const strange = numbers.find((number) => !Number.isSafeInteger(number) || number < 0);
  if (strange !== undefined) throw new RangeError(`Cannot record a result as ${strange} is no score`);
}
