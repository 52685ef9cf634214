import type { Connection } from "../pool/mod.ts";
import { assertFactRows, type Certainty, type FactRow, keyOfFact, saysTheSame } from "./fact_rows.ts";
import { insertStatement, selectLayer, selectNewestVersion, takeNextVersion } from "./queries.ts";

/** What somebody says of an event at one moment. */
export interface Statement {
  readonly eventId: string;
  /** Whose word it is, for that tenant's bets alone; true for all unless given. */
  readonly tenantId?: string | undefined;
  /** Who says so, as in `simulated`, `goalserve/soccer` or `operator`. */
  readonly source: string;
  /** The person who entered it. */
  readonly actor?: string | undefined;
  readonly certainty?: Certainty | undefined;
  readonly note?: string | undefined;
  readonly facts: readonly FactRow[];
  /** When it is known: business time. */
  readonly at: Date;
}

export interface RecordedFacts {
  readonly outcome: "recorded" | "unchanged";
  /** The newest version of this speaker's scope; 0 if nobody has said anything. */
  readonly version: number;
}

/**
 * Appends what of a statement is news: a claim that stands just so already is not written again, and with no news nothing is. A claim
 * is held against those of its own scope: a tenant's word that agrees with what is said for all is written, as it outlasts it.
 *
 * The caller holds the event's lock, so that no bet slips in beside it. What contradicts what was said before is for the caller to judge:
 * here the newest word holds.
 *
 * @throws {RangeError} If a claim is none that anybody can mean.
 */
export async function recordFacts(connection: Connection, statement: Statement): Promise<RecordedFacts> {
  const { eventId, tenantId, source, actor, certainty, note, facts, at } = statement;
  assertFactRows(facts);
  const news = newsIn(facts, await selectLayer(connection, { eventId, tenantId: tenantId ?? null }));
  if (news.length === 0) {
    const newest = await selectNewestVersion(connection, { eventId, tenantId });
    return { outcome: "unchanged", version: newest?.version ?? 0 };
  }
  const version = await takeNextVersion(connection, eventId);
  await insertStatement(connection, {
    eventId,
    version,
    tenantId: tenantId ?? null,
    source,
    actor: actor ?? null,
    certainty: certainty ?? null,
    note: note ?? null,
    knownAt: at,
    facts: news,
  });
  return { outcome: "recorded", version };
}

/** The claims that say something else than the newest of their name. What nobody claims needs no retraction. Pure. */
export function newsIn(facts: readonly FactRow[], stored: readonly FactRow[]): FactRow[] {
  const byName = new Map(stored.map((row) => [keyOfFact(row), row]));
  return facts.filter((fact) => {
    const before = byName.get(keyOfFact(fact));
    return before === undefined ? !fact.retracted : !saysTheSame(before, fact);
  });
}
