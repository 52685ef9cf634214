import type { Connection } from "../pool/mod.ts";
import type { KnownFact } from "./fact_rows.ts";
import type { Facts } from "./facts/facts.ts";
import { factsOf } from "./known_facts.ts";
import {
  type FactsScope,
  type FactVersion,
  selectNewestVersion,
  selectSaid,
  selectStandingFacts,
} from "./queries.ts";

export interface FactsAsOf {
  /** `asOf` is when the newest statement became known. */
  readonly facts: Facts;
  /** The claims that hold, with who made them. */
  readonly rows: readonly KnownFact[];
  /** The newest statement that was looked at. */
  readonly version: number;
}

/**
 * What is known of an event, as of a version (the newest unless given), for all or for a tenant: its own word outranks what is said for
 * all, whichever is newer, until it is retracted.
 *
 * @returns `undefined` if nobody had said anything.
 */
export async function readFacts(connection: Connection, scope: FactsScope): Promise<FactsAsOf | undefined> {
  const newest = await selectNewestVersion(connection, scope);
  if (newest === undefined) return undefined;
  const { version } = newest;
  const rows = await selectStandingFacts(connection, { ...scope, version });
  return { facts: factsOf(rows, newest.knownAt), rows, version };
}

/** A statement with what it said that was news, retractions included. */
export interface ReadVersion extends FactVersion {
  readonly facts: readonly KnownFact[];
}

/** Every statement on an event that a tenant's bets are settled by, or that is made for all, in the order in which they were made. */
export async function readFactVersions(connection: Connection, scope: FactsScope): Promise<ReadVersion[]> {
  const said = await selectSaid(connection, scope);
  return [...Map.groupBy(said, ({ version }) => version).values()].flatMap((facts) => {
    const [first] = facts;
    if (first === undefined) return [];
    const { version, tenantId, source, actor, certainty, note, knownAt } = first;
    return [{ version, tenantId, source, actor, certainty, note, knownAt, facts }];
  });
}
