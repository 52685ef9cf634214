import type { Connection, Lease, LeaseOptions } from "../pool/mod.ts";
import { diffEvents } from "./diff.ts";
import { judgeChanges } from "./judge_changes.ts";
import { type Decisions, decisionsOf, type SortedItems, sortItems } from "./quarantine_decisions.ts";
import { noteSeenAgain, putInQuarantine, type SetAside, selectDecisions } from "./quarantine_queries.ts";
import {
  lockFeed,
  selectEvents,
  selectFeedVersion,
  selectPrices,
  suspendAbsent,
  upsertEvents,
  upsertFeed,
  upsertPrices,
  type WriteStamp,
} from "./queries.ts";
import { recordResult } from "./record_result.ts";
import type { QuarantineReason, Snapshot, SnapshotEvent } from "./snapshot.ts";

export interface WriteDeps {
  /** Of the pool, or of the step's scope. */
  lease(options: LeaseOptions): Promise<Lease>;
  /** Business time. */
  readonly at: Date;
  /** For each transaction; 30 s by default. */
  readonly deadlineMs?: number;
  /**
   * Asked in each transaction, with the source's lock held and before anything is read or written: throws when whoever writes has
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

/** One transaction up to here; the stored boards hold at most 15,665 prices, the largest known snapshot 263,923. */
const PRICES_PER_TRANSACTION = 20_000;
/** Larger statements block the event loop and gain nothing: 5,000 rows at a time reach 209,000 rows a second. */
const ROWS_PER_STATEMENT = 5000;
const DEADLINE_MS = 30_000;

/**
 * Stores a snapshot: what differs from what is stored, and nothing else, in one transaction, or in one for each bounded group
 * of whole events if the snapshot is huge. An older version than the stored one is refused as a whole.
 *
 * @throws {DatabaseUnavailableError | StatementError | CommitUnknownError} As the pool; what was not committed left no trace,
 *   and writing the same snapshot again is always safe.
 */
export async function writeSnapshot(snapshot: Snapshot, deps: WriteDeps): Promise<WriteReport> {
  const groups = groupEvents(snapshot.events);
  const stored: string[] = [];
  const aside = createAside();
  let changed = 0;
  for (const [index, events] of groups.entries()) {
    await using lease = await deps.lease({ access: "write", deadlineMs: deps.deadlineMs ?? DEADLINE_MS });
    const connection = lease.connection;
    await lockFeed(connection, snapshot.source);
    await deps.fence?.(connection);
    const report = await refuse(connection, snapshot, deps.at);
    if (report === undefined) {
      const judging = await judgingOf(connection, snapshot);
      const written = await writeEvents(connection, events, { ...snapshot, at: deps.at, judging });
      stored.push(...written.eventIds);
      changed += written.changed + aside.add(written.aside);
      if (index === groups.length - 1) {
        const finished = await finish(connection, snapshot, { stored, at: deps.at, judging });
        changed += finished.absent + aside.add(finished.aside);
      }
    }
    await lease.commit();
    if (report !== undefined) return { ...report, changed: changed + report.changed };
  }
  return { outcome: "written", changed, ...aside.report() };
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

/** Sums what was set aside over the transactions of one answer. */
function createAside() {
  const raised: Partial<Record<QuarantineReason, number>> = {};
  let overflowed = 0;
  return {
    /** Returns the rows written. */
    add(more: SetAside): number {
      for (const [reason, count] of Object.entries(more.raised) as [QuarantineReason, number][]) {
        raised[reason] = (raised[reason] ?? 0) + count;
      }
      overflowed += more.overflowed;
      return more.written;
    },
    report: (): Pick<WriteReport, "quarantined"> =>
      Object.keys(raised).length === 0 ? {} : { quarantined: { raised, overflowed } },
  };
}

/** Whole events, so that no event is ever half of one version and half of another. At least one group, to finish in. */
function groupEvents(events: readonly SnapshotEvent[]): SnapshotEvent[][] {
  const groups: SnapshotEvent[][] = [[]];
  let prices = 0;
  for (const event of events) {
    if (prices + (event.prices?.length ?? 0) > PRICES_PER_TRANSACTION && prices > 0) {
      groups.push([]);
      prices = 0;
    }
    groups.at(-1)?.push(event);
    prices += event.prices?.length ?? 0;
  }
  return groups;
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
    item: "snapshot",
    sample: { version: version.toString(), stored: stored.toString() },
    held: { kind: "version", feed, version },
  } as const;
  if (decisionsOf(await selectDecisions(connection, source)).of(item) !== undefined) {
    return { outcome: "older", changed: 0 };
  }
  const { written, ...quarantined } = await putInQuarantine(connection, [item], { source, at, isNew: true });
  return { outcome: "older", changed: written, quarantined };
}

async function writeEvents(
  connection: Connection,
  events: readonly SnapshotEvent[],
  { judging, ...stamp }: WriteStamp & { readonly judging: Judging },
): Promise<{ eventIds: string[]; changed: number; aside: SetAside }> {
  const { source, at } = stamp;
  const storedEvents = await selectEvents(
    connection,
    source,
    events.map(({ facts }) => facts.sourceEventId),
  );
  const storedPrices = await selectPrices(
    connection,
    storedEvents.map((event) => event.event_id),
  );
  const judged = judgeChanges(events, { ...judging, stored: storedEvents, at });
  const difference = diffEvents(judged.events, { events: storedEvents, prices: storedPrices }, newEventId);
  let changed = 0;
  for (const rows of slices(difference.events)) changed += await upsertEvents(connection, rows, stamp);
  for (const rows of slices(difference.prices)) changed += await upsertPrices(connection, rows, at);
  for (const { eventId, facts } of difference.results) {
    const { outcome } = await recordResult(connection, { eventId, facts, source, at });
    if (outcome !== "unchanged") changed += 1;
  }
  const aside = await putInQuarantine(connection, judged.heldBack, { source, at, isNew: judging.isNew });
  return { eventIds: difference.eventIds, changed, aside };

  function newEventId(): string {
    return Bun.randomUUIDv7("hex", at.getTime());
  }
}

/** What concerns the snapshot as a whole: what it no longer names, what is set aside, and that it was taken. */
async function finish(
  connection: Connection,
  { source, feed = source, version, scope }: Snapshot,
  {
    stored,
    at,
    judging,
  }: { readonly stored: readonly string[]; readonly at: Date; readonly judging: Judging },
): Promise<{ absent: number; aside: SetAside }> {
  const absent = scope === "full" ? await suspendAbsent(connection, stored, { source, version, at }) : 0;
  const { raised, decided, decisionRows, isNew } = judging;
  await noteSeenAgain(connection, decided, { source, at, rows: decisionRows });
  const aside = await putInQuarantine(connection, raised, { source, at, isNew });
  await upsertFeed(connection, { source: feed, at, version });
  return { absent, aside };
}

function* slices<T>(rows: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    yield rows.slice(from, from + ROWS_PER_STATEMENT);
  }
}
