import { type Operator, recordAct } from "../operators/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { type ClaimWords, claimOfWords } from "./claim_words.ts";
import { cancelledClaim, retraction } from "./claims.ts";
import { CancellationNotFoundError, EventNotFoundError, FactClaimInvalidError } from "./errors.ts";
import { type Certainty, type FactRow, keyOfFact } from "./fact_rows.ts";
import type { Cancellation } from "./facts/facts.ts";
import { hasEvent, lockEvent, selectLayer } from "./queries.ts";
import { recordFacts } from "./record_facts.ts";

/** Who says so, and when: business time. */
export interface SaidBy {
  readonly operator: Operator;
  readonly at: Date;
}

/** What became of an operator's word. */
export interface Stated {
  readonly eventId: string;
  /** `unchanged`: all of it stood just so already. */
  readonly outcome: "recorded" | "unchanged";
  /** Of the facts as the tenant's bets are settled by from now on. */
  readonly version: number;
}

export interface FactsToState {
  readonly eventId: string;
  readonly claims: readonly ClaimWords[];
  readonly certainty?: Certainty | undefined;
  /** Why; it stays in the audit. */
  readonly reason: string;
}

/**
 * Says something of an event for the bets of the operator's own tenant alone, whatever is said for all. The newest word of a name holds;
 * retracted, what is said for all holds again. Needs a write lease of the tenant, to be committed.
 *
 * @throws {EventNotFoundError}
 * @throws {FactClaimInvalidError} Naming the claim, from 1, and its part.
 */
export async function stateFacts(
  connection: Connection,
  { eventId, claims, certainty, reason }: FactsToState,
  by: SaidBy,
): Promise<Stated> {
  const facts = rowsOf(claims, by.at);
  const stated = await say(connection, { eventId, facts, certainty, note: reason }, by);
  if (stated.outcome === "recorded") {
    const kinds = [...new Set(facts.map(({ fact }) => fact))];
    const told = { reason, version: stated.version, claims: facts.length, kinds };
    await recordAct(connection, {
      ...{ actor: by.operator, action: "facts.stated", at: by.at, facts: told },
      subject: { kind: "event", id: eventId },
    });
  }
  return stated;
}

function rowsOf(claims: readonly ClaimWords[], at: Date): FactRow[] {
  const rows = claims.map((words, index) => {
    try {
      return claimOfWords(words, at);
    } catch (error) {
      if (!(error instanceof FactClaimInvalidError)) throw error;
      throw new FactClaimInvalidError({ claim: index + 1, field: error.field, wanted: error.wanted });
    }
  });
  const seen = new Set<string>();
  for (const [index, row] of rows.entries()) {
    const key = keyOfFact(row);
    if (seen.has(key))
      throw new FactClaimInvalidError({ claim: index + 1, field: "subject", wanted: "named once" });
    seen.add(key);
  }
  return rows;
}

export type BetsToCancel = Omit<Cancellation, "cancellationId" | "from"> & { readonly eventId: string };

/**
 * Says that bets of the operator's own tenant on an event do not count: those placed inside the window, on what is named. Needs a write
 * lease of the tenant, to be committed.
 *
 * @throws {EventNotFoundError}
 * @throws {FactClaimInvalidError} If the window ends before it begins, or a line is named of no market.
 */
export async function cancelBets(
  connection: Connection,
  { eventId, ...narrowing }: BetsToCancel,
  by: SaidBy,
): Promise<Stated & { readonly cancellationId: string }> {
  const { placedFrom, placedBefore, marketType, reason, rule } = narrowing;
  if (placedFrom !== undefined && placedBefore !== undefined && placedFrom >= placedBefore)
    throw new FactClaimInvalidError({ field: "placedBefore", wanted: "after placedFrom" });
  if (narrowing.lineQuarters !== undefined && marketType === undefined)
    throw new FactClaimInvalidError({ field: "lineQuarters", wanted: "of a market type" });
  const cancellationId = Bun.randomUUIDv7("hex", by.at.getTime());
  const facts = [cancelledClaim({ ...narrowing, cancellationId }, by.at)];
  const stated = await say(connection, { eventId, facts, certainty: "confirmed", note: rule }, by);
  const told = {
    ...{ cancellationId, reason, rule, version: stated.version, marketType: marketType ?? null },
    placedFrom: placedFrom?.toISOString() ?? null,
    placedBefore: placedBefore?.toISOString() ?? null,
  };
  await recordAct(connection, {
    ...{ actor: by.operator, action: "bets.cancelled", at: by.at, facts: told },
    subject: { kind: "event", id: eventId },
  });
  return { ...stated, cancellationId };
}

/**
 * Takes a cancellation of the tenant's own back: bets that are void by it alone are settled by the facts again. Needs a write lease of the
 * tenant, to be committed.
 *
 * @throws {CancellationNotFoundError} If the tenant has none in force by that id on that event.
 */
export async function rollBackCancellation(
  connection: Connection,
  asked: { readonly eventId: string; readonly cancellationId: string; readonly reason: string },
  by: SaidBy,
): Promise<Stated & { readonly cancellationId: string }> {
  const { eventId, cancellationId, reason } = asked;
  const { tenantId } = by.operator;
  await lockKnown(connection, eventId);
  const said = await selectLayer(connection, { eventId, tenantId });
  const stands = said.find(
    ({ fact, subject, retracted }) => fact === "cancelled" && subject === cancellationId && !retracted,
  );
  if (stands === undefined) throw new CancellationNotFoundError(cancellationId);
  const facts = [retraction(stands, by.at)];
  const stated = await say(connection, { eventId, facts, certainty: "confirmed", note: reason }, by);
  await recordAct(connection, {
    ...{ actor: by.operator, action: "bets.cancellation_rolled_back", at: by.at },
    subject: { kind: "event", id: eventId },
    facts: { cancellationId, reason, version: stated.version },
  });
  return { ...stated, cancellationId };
}

interface Word {
  readonly eventId: string;
  readonly facts: readonly FactRow[];
  readonly certainty: Certainty | undefined;
  readonly note: string;
}

async function say(connection: Connection, word: Word, { operator, at }: SaidBy): Promise<Stated> {
  const { eventId } = word;
  await lockKnown(connection, eventId);
  const { tenantId, keyId } = operator;
  const said = { ...word, tenantId, source: "operator", actor: keyId, at };
  const { outcome, version } = await recordFacts(connection, said);
  return { eventId, outcome, version };
}

async function lockKnown(connection: Connection, eventId: string): Promise<void> {
  await lockEvent(connection, eventId);
  if (!(await hasEvent(connection, eventId))) throw new EventNotFoundError(eventId);
}
