import type { Connection, Lease, LeaseOptions } from "../pool/mod.ts";
import { distinctEvents, type EventPlan, planEvents } from "./diff.ts";
import { type EventNews, newsOf } from "./event_news.ts";
import { judgeChanges } from "./judge_changes.ts";
import { beginPriceWriting, lockAbsentEvents, suspendPrices } from "./price_queries.ts";
import { type Decisions, decisionsOf, type SortedItems, sortItems } from "./quarantine_decisions.ts";
import { noteSeenAgain, putInQuarantine, type SetAside, selectDecisions } from "./quarantine_queries.ts";
import {
  lockEventRows,
  lockFeed,
  recordOddsChanges,
  selectEvents,
  selectFeedVersion,
  setDigests,
  upsertEvents,
  upsertFeed,
  type WriteStamp,
} from "./queries.ts";
import { recordEventFacts } from "./record_event_facts.ts";
import { lockEvents } from "./result_queries.ts";
import type { QuarantineItem, QuarantineReason, Snapshot } from "./snapshot.ts";
import { writeChangedPrices, writeNewPrices } from "./write_prices.ts";

export interface WriteDeps {
  /** Of the pool, or of the step's scope. */
  lease(options: LeaseOptions): Promise<Lease>;
  /** Business time. */
  readonly at: Date;
  /** For the transaction; 30 s by default, and 0.2 ms more for each price. */
  readonly deadlineMs?: number;
  /**
   * Asked in the transaction, with the source's lock held and before anything is read or written: throws when whoever writes has
   * lost its claim on the feed meanwhile, so that a process thawed after its lease writes nothing.
   */
  readonly fence?: (connection: Connection) => Promise<void>;
}

export interface WriteReport {
  /** `older`: something newer of this source is stored, so nothing was taken. `nothing`: the answer held no state. */
  readonly outcome: "written" | "older" | "nothing";
  /** Rows written: events, prices, results and quarantined items. */
  readonly changed: number;
  /** What of a new answer was set aside, if anything: what readers set aside and what contradicts what is stored. */
  readonly quarantined?: Pick<SetAside, "raised" | "overflowed">;
}

/** A small snapshot may wait that long for another writer of its source; 264,000 prices took 12 s on two busy cores. */
const DEADLINE_MS = 30_000;
const DEADLINE_PER_PRICE_MS = 0.2;
/** Larger statements block the event loop and gain nothing. */
const EVENTS_PER_STATEMENT = 5000;

/**
 * Stores a snapshot: what differs from what is stored and nothing else, in one transaction, with the record of what changed. An
 * older version than the stored one is refused as a whole.
 *
 * An event whose prices have the digest that was stored with them costs no price row, read or written. That rests on nobody but this
 * writer, and who closes an event, writing prices: whoever else does makes the digests forgotten (migration 0010), and the next
 * snapshot compares price by price.
 *
 * @throws {DatabaseUnavailableError | StatementError | CommitUnknownError} As the pool; what was not committed left no trace,
 *   and writing the same snapshot again is always safe.
 */
export async function writeSnapshot(snapshot: Snapshot, deps: WriteDeps): Promise<WriteReport> {
  const { at, deadlineMs = deadlineOf(snapshot) } = deps;
  await using lease = await deps.lease({ access: "write", deadlineMs });
  const { connection } = lease;
  await lockFeed(connection, snapshot.source);
  await deps.fence?.(connection);
  const report = (await refuse(connection, snapshot, at)) ?? (await take(connection, snapshot, at));
  await lease.commit();
  return report;
}

function deadlineOf({ events }: Snapshot): number {
  const prices = events.reduce((sum, event) => sum + (event.prices?.length ?? 0), 0);
  return DEADLINE_MS + prices * DEADLINE_PER_PRICE_MS;
}

/** What traders have decided, as it stands in this transaction. */
interface Judging extends SortedItems {
  readonly decisions: Decisions;
  readonly decisionRows: Awaited<ReturnType<typeof selectDecisions>>;
  /** The same answer read again raises nothing again. */
  readonly isNew: boolean;
}

async function judgingOf(
  connection: Connection,
  { source, feed = source, version, quarantined }: Snapshot,
): Promise<Judging> {
  const decisionRows = await selectDecisions(connection, source);
  const decisions = decisionsOf(decisionRows);
  const isNew = version !== (await selectFeedVersion(connection, feed));
  return { ...sortItems(quarantined, decisions), decisions, decisionRows, isNew };
}

/** Notes the poll of an answer that is no state, or an old one, and says so; `undefined` if it is to be taken. */
async function refuse(
  connection: Connection,
  snapshot: Snapshot,
  at: Date,
): Promise<WriteReport | undefined> {
  const { source, feed = source, version, scope } = snapshot;
  if (scope === "nothing") {
    await upsertFeed(connection, { source: feed, at, version: undefined });
    return { outcome: "nothing", changed: 0 };
  }
  const stored = (await selectFeedVersion(connection, feed)) ?? 0n;
  if (version >= stored) return undefined;
  await upsertFeed(connection, { source: feed, at, version: undefined });
  const item = {
    sourceEventId: "",
    reason: "clock_backwards",
    item: feed === source ? "snapshot" : `snapshot of ${feed}`,
    sample: { version: version.toString(), stored: stored.toString() },
    held: { kind: "version", feed, version },
  } as const satisfies QuarantineItem;
  if (decisionsOf(await selectDecisions(connection, source)).of(item) !== undefined) {
    return { outcome: "older", changed: 0 };
  }
  const { written, ...quarantined } = await putInQuarantine(connection, [item], { source, at, isNew: true });
  return { outcome: "older", changed: written, quarantined };
}

/** The snapshot, judged and planned under the source's lock, then written: events before their prices, as everybody locks them. */
async function take(connection: Connection, snapshot: Snapshot, at: Date): Promise<WriteReport> {
  const { source, feed = source, version, scope } = snapshot;
  const stamp = { source, version, at };
  const judging = await judgingOf(connection, snapshot);
  const events = distinctEvents(snapshot.events);
  const stored = await selectEvents(
    connection,
    source,
    events.map(({ facts }) => facts.sourceEventId),
  );
  const judged = judgeChanges(events, { ...judging, stored, at });
  const plans = await planEvents(judged.events, stored, () => Bun.randomUUIDv7("hex", at.getTime()));
  // Two feeds of one source are two speakers: what the slower one says again is no correction of the other's.
  const news = await newsOf(connection, plans, { source: feed, at });
  // Before any row is locked, as whoever corrects a result holds this lock and waits for the event's row.
  if (news.length > 0)
    await lockEvents(
      connection,
      news.map(({ eventId }) => eventId),
    );
  await beginPriceWriting(connection);
  const written = await writeEvents(connection, plans, stamp);
  const recorded = await writeFacts(connection, news, { source: feed, at, isNew: judging.isNew });
  const absent = scope === "full" ? await writeAbsence(connection, plans, stamp) : NO_ROWS;
  const heldBack = await putInQuarantine(connection, judged.heldBack, { source, at, isNew: judging.isNew });
  const aside = await setAside(connection, judging, stamp);
  await upsertFeed(connection, { source: feed, at, version });
  await recordOddsChanges(connection, [...written.eventIds, ...absent.eventIds]);
  const asides = [heldBack, aside, ...recorded.asides];
  const rows = asides.reduce((sum, { written }) => sum + written, 0);
  return {
    outcome: "written",
    changed: written.rows + recorded.rows + absent.rows + rows,
    ...quarantinedIn(asides),
  };
}

interface WrittenRows {
  readonly rows: number;
  /** Events of which anything changed. */
  readonly eventIds: readonly string[];
}

const NO_ROWS: WrittenRows = { rows: 0, eventIds: [] };

/** New events with their prices, then what differs of those that are stored. */
async function writeEvents(
  connection: Connection,
  plans: readonly EventPlan[],
  stamp: WriteStamp,
): Promise<WrittenRows> {
  const fresh = plans.filter(({ isNew }) => isNew);
  const changing = plans.filter(
    ({ isNew, factsChanged, prices }) => !isNew && (factsChanged || prices !== undefined),
  );
  const priced = changing.filter(({ prices }) => prices !== undefined);
  await upsertAll(connection, fresh, stamp);
  if (changing.length > 0) await lockEventRows(connection, changing.map(eventIdOf));
  const inserted = await writeNewPrices(connection, fresh, stamp);
  const prices = await writeChangedPrices(connection, priced, stamp);
  const changed = changing.filter((plan) => plan.factsChanged || prices.eventIds.has(eventIdOf(plan)));
  await upsertAll(connection, changed, stamp);
  const digests = [...fresh, ...priced].flatMap((plan) =>
    plan.digest === undefined ? [] : [{ eventId: eventIdOf(plan), digest: plan.digest }],
  );
  if (digests.length > 0) await setDigests(connection, digests);
  const eventIds = [...fresh, ...changed].map(eventIdOf);
  return { rows: eventIds.length + inserted + prices.rows, eventIds };
}

async function upsertAll(
  connection: Connection,
  plans: readonly EventPlan[],
  stamp: WriteStamp,
): Promise<void> {
  for (let from = 0; from < plans.length; from += EVENTS_PER_STATEMENT) {
    const some = plans.slice(from, from + EVENTS_PER_STATEMENT);
    await upsertEvents(
      connection,
      some.map(({ values }) => values),
      stamp,
    );
  }
}

function eventIdOf({ values }: EventPlan): string {
  return values.event_id;
}

async function writeFacts(
  connection: Connection,
  news: readonly EventNews[],
  { source, at, isNew }: Pick<WriteStamp, "source" | "at"> & Pick<Judging, "isNew">,
): Promise<{ rows: number; asides: SetAside[] }> {
  const asides: SetAside[] = [];
  let rows = 0;
  for (const { eventId, claims, result } of news) {
    const certainty = result === undefined ? "live" : "confirmed";
    const told = { eventId, claims, result, source, certainty, at, isNew } as const;
    const { outcome, aside } = await recordEventFacts(connection, told);
    if (outcome === "recorded") rows += 1;
    if (aside !== undefined) asides.push(aside);
  }
  return { rows, asides };
}

/** Suspends what is open of events that a full state does not name. */
async function writeAbsence(
  connection: Connection,
  plans: readonly EventPlan[],
  stamp: WriteStamp,
): Promise<WrittenRows> {
  const eventIds = await lockAbsentEvents(connection, stamp.source, plans.map(eventIdOf));
  if (eventIds.length === 0) return NO_ROWS;
  return { rows: await suspendPrices(connection, eventIds, stamp), eventIds };
}

/** What the reader could not take, but for what traders have decided about. */
async function setAside(
  connection: Connection,
  { raised, decided, decisionRows, isNew }: Judging,
  { source, at }: WriteStamp,
): Promise<SetAside> {
  await noteSeenAgain(connection, decided, { source, at, rows: decisionRows });
  return await putInQuarantine(connection, raised, { source, at, isNew });
}

function quarantinedIn(asides: readonly SetAside[]): Pick<WriteReport, "quarantined"> {
  const raised: Partial<Record<QuarantineReason, number>> = {};
  for (const [reason, count] of asides.flatMap((aside) => entriesOf(aside.raised))) {
    raised[reason] = (raised[reason] ?? 0) + count;
  }
  if (Object.keys(raised).length === 0) return {};
  return { quarantined: { raised, overflowed: asides.reduce((sum, { overflowed }) => sum + overflowed, 0) } };
}

function entriesOf(raised: SetAside["raised"]): [QuarantineReason, number][] {
  return Object.entries(raised) as [QuarantineReason, number][];
}
