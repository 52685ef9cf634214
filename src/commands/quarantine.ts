import {
  type Decided,
  type Decision,
  discardQuarantined,
  listQuarantine,
  QUARANTINE_REASONS,
  type QuarantineFilter,
  QuarantineItemNotFoundError,
  type QuarantineReason,
  type QuarantineRow,
  releaseQuarantined,
  selectQuarantineCounters,
  selectQuarantined,
} from "../feeds/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import { EXIT, runSubcommand, subcommand, UsageError } from "./_command_line.ts";
import { withCommandPool } from "./_command_pool.ts";
import { quarantineBetsCommand } from "./_quarantine_bets.ts";
import { idFlag, limitFlag, plain, requiredFlag, say } from "./_words.ts";

const HELP = `
Usage: bun run quarantine list [--source SOURCE] [--reason REASON] [--event ID] [--state STATE] [--after ID] [--limit N] [--json]
       bun run quarantine show --id ID [--json]
       bun run quarantine release (--id ID ... | --source SOURCE --reason REASON [--event ID] [--limit N]) --actor NAME [--json]
       bun run quarantine discard (--id ID ... | --source SOURCE --reason REASON [--event ID] [--limit N]) --actor NAME [--json]
       bun run quarantine count [--json]
       bun run quarantine bets --slug SLUG [--json]

What sources said that is implausible, or contradicts what is stored, is not offered until a trader has looked at it.

  list     what was set aside, the newest first
  show     one item with what the source wrote and what a release would let through
  release  the source is right. A price is offered from its next answer on, as long as it is this very price; another is judged anew.
           A kick-off, a match's progress, a count of versions and a corrected result are taken at once
  discard  the source is wrong: it stays out and is not raised again, until the source says something else
  count    how often each source was met with each reason, and how much of it found no room
  bets     a tenant's bets that settlement has failed on, and the outcomes that its open bets wait for though the event is over: which
           event, and why. What of them follows from what was set aside is settled once that is decided

  --source  as in goalserve/soccer
  --reason  ${QUARANTINE_REASONS.slice(0, 4).join(", ")},
            ${QUARANTINE_REASONS.slice(4).join(", ")}
  --event   the source's own id of an event
  --state   open (unless given), released, discarded or all
  --after   go on after this item, the last one of the page before
  --limit   at most so many, 1 to 1000; 50 unless given
  --id      an item's id; release and discard take several
  --slug    whose bets
  --actor   who decides; kept with the decision for good
  --json    print JSON
  --help    print this

Without DATABASE_URL it uses the embedded server of DATA_DIR (.data unless set), also while "bun start" runs.
With it, run "bun run migrate" first.

Exit codes: 0 done, 1 failed (nothing is decided), 64 wrong arguments, 78 wrong settings.
`;

const named = { name: "quarantine", help: HELP };
const json = { type: "boolean" } as const;
const text = { type: "string" } as const;
const chosen = {
  id: { type: "string", multiple: true },
  source: text,
  reason: text,
  event: text,
  limit: text,
  actor: text,
  json,
} as const;
/** A decision waits for the writer of its source, which may be storing a board of 264,000 prices. */
const DEADLINE_MS = 60_000;

interface Verdict {
  readonly done: string;
  readonly apply: (connection: Connection, decision: Decision) => Promise<Decided>;
}

const RELEASE: Verdict = { done: "Released", apply: releaseQuarantined };
const DISCARD: Verdict = { done: "Discarded", apply: discardQuarantined };

await runSubcommand(named, [
  subcommand("list", {
    ...named,
    options: { source: text, reason: text, event: text, state: text, after: text, limit: text, json },
    run: (given) => list(given),
  }),
  subcommand("show", { ...named, options: { id: text, json }, run: (given) => show(given) }),
  subcommand("release", { ...named, options: chosen, run: (given) => decide(given, RELEASE) }),
  subcommand("discard", { ...named, options: chosen, run: (given) => decide(given, DISCARD) }),
  subcommand("count", { ...named, options: { json }, run: (given) => count(given) }),
  quarantineBetsCommand(HELP),
]);

interface Given {
  readonly source?: string | undefined;
  readonly reason?: string | undefined;
  readonly event?: string | undefined;
  readonly state?: string | undefined;
  readonly after?: string | undefined;
  readonly limit?: string | undefined;
  readonly json?: boolean | undefined;
}

async function list(given: Given): Promise<number> {
  const filter = filterOf(given);
  const rows = await withPool(async (pool) => {
    await using lease = await pool.lease();
    return await listQuarantine(lease.connection, filter);
  });
  const last = rows.length === filter.limit ? rows.at(-1) : undefined;
  const more = last === undefined ? [] : [`More: --after ${last.quarantineId}`];
  const words = rows.length === 0 ? ["Nothing is set aside"] : [...rows.map(lineOf), ...more];
  say(given.json, { items: rows.map(viewOf), next: last?.quarantineId ?? null }, words.join("\n"));
  return EXIT.done;
}

async function show(given: { id?: string | undefined; json?: boolean | undefined }): Promise<number> {
  const quarantineId = idFlag(requiredFlag(given.id, "--id ID"), "--id");
  const row = await withPool(async (pool) => {
    await using lease = await pool.lease();
    return await selectQuarantined(lease.connection, quarantineId);
  });
  if (row === undefined) throw new QuarantineItemNotFoundError(quarantineId);
  const fields = Object.entries(viewOf(row)).map(
    ([name, value]) =>
      `${name.padEnd(14)} ${plain(typeof value === "string" ? value : JSON.stringify(value))}`,
  );
  say(given.json, viewOf(row), fields.join("\n"));
  return EXIT.done;
}

interface Choice extends Given {
  readonly id?: string[] | undefined;
  readonly actor?: string | undefined;
}

/** All of what is chosen in one transaction: one item that cannot be decided leaves all as they are. */
async function decide(given: Choice, { done, apply }: Verdict): Promise<number> {
  const actor = requiredFlag(given.actor, "--actor NAME");
  const pick = pickOf(given);
  const at = new Date(systemClock.epochMs());
  const decided = await withPool(async (pool) => {
    await using lease = await pool.lease({ access: "write" });
    const results: Decided[] = [];
    for (const quarantineId of await pick(lease.connection))
      results.push(await apply(lease.connection, { quarantineId, actor, at }));
    await lease.commit();
    return results;
  });
  const changed = decided.filter((one) => one.changed).length;
  const lines = decided.map((one) => `${lineOf(one.item)}${one.changed ? "" : ", as it was"}`);
  const items = decided.map((one) => ({ ...viewOf(one.item), changed: one.changed }));
  say(given.json, { items, changed }, [`${done} ${changed}`, ...lines].join("\n"));
  return EXIT.done;
}

/** By id, or everything open of one source and reason: never everything there is. */
function pickOf(given: Choice): (connection: Connection) => Promise<string[]> {
  const { id = [], source, reason } = given;
  const filtered = [source, reason, given.event, given.limit].some((flag) => flag !== undefined);
  if (id.length > 0 && filtered) throw new UsageError("Say which either by --id or by --source and --reason");
  if (id.length > 0) {
    const ids = [...new Set(id.map((one) => idFlag(one, "--id")))];
    return () => Promise.resolve(ids);
  }
  requiredFlag(source, "--id ID, or --source SOURCE --reason REASON");
  requiredFlag(reason, "--reason REASON");
  const filter = filterOf({ ...given, state: "open" });
  return async (connection) =>
    (await listQuarantine(connection, filter)).map(({ quarantineId }) => quarantineId);
}

async function count(given: { json?: boolean | undefined }): Promise<number> {
  const counters = await withPool(async (pool) => {
    await using lease = await pool.lease();
    return await selectQuarantineCounters(lease.connection);
  });
  const lines = counters.map(({ source, reason, seen, overflowed }) => {
    const without = overflowed > 0n ? `, ${overflowed} of them without room` : "";
    return `${plain(source)}  ${reason}  ${seen}${without}`;
  });
  const view = counters.map((one) => ({
    ...one,
    seen: Number(one.seen),
    overflowed: Number(one.overflowed),
  }));
  say(given.json, view, lines.length === 0 ? "Nothing was ever set aside" : lines.join("\n"));
  return EXIT.done;
}

function filterOf({ source, reason, event, state = "open", after, limit }: Given): QuarantineFilter {
  return {
    limit: limitFlag(limit),
    ...(source === undefined ? {} : { source }),
    ...(reason === undefined ? {} : { reason: reasonOf(reason) }),
    ...(event === undefined ? {} : { sourceEventId: event }),
    ...(state === "all" ? {} : { state: stateOf(state) }),
    ...(after === undefined ? {} : { after: idFlag(after, "--after") }),
  };
}

function reasonOf(given: string): QuarantineReason {
  const reason = QUARANTINE_REASONS.find((known) => known === given);
  if (reason === undefined)
    throw new UsageError(`Unknown reason "${given}": known are ${QUARANTINE_REASONS.join(", ")}`);
  return reason;
}

function stateOf(given: string): QuarantineRow["state"] {
  if (given === "open" || given === "released" || given === "discarded") return given;
  throw new UsageError(`Unknown state "${given}": known are open, released, discarded and all`);
}

function viewOf({ held, ...row }: QuarantineRow) {
  return { ...row, held: held ?? null, releasable: held !== null };
}

function lineOf(row: QuarantineRow): string {
  const { quarantineId, state, source, sourceEventId, reason, item, sample, seen, lastSeenAt } = row;
  const event = row.home === null ? sourceEventId : `${row.home} - ${row.away}`;
  const what = `${source}  ${reason}  ${event}  ${item}  ${JSON.stringify(sample)}`;
  return `${quarantineId}  ${state}  ${plain(what)}  seen ${seen}, last ${lastSeenAt.toISOString()}`;
}

function withPool<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  return withCommandPool({ name: "quarantine", role: "linehold_odds", deadlineMs: DEADLINE_MS }, work);
}
