import { recordEventFacts } from "../feeds/mod.ts";
import type { Connection, Pool } from "../pool/mod.ts";
import { systemClock } from "../resilience/mod.ts";
import {
  type KnownFact,
  readFacts,
  readFactVersions,
  selectVersionKnownAt,
  valueInWords,
  wordsOf,
} from "../results/mod.ts";
import { EXIT, runCommand, UsageError } from "./_command_line.ts";
import { withCommandPool } from "./_command_pool.ts";
import { type FactsFault, type FactsOfEvent, readFactsCsv } from "./_facts_csv.ts";
import { selectNamedEvents } from "./_facts_queries.ts";
import { idFlag, plain, requiredFlag, say } from "./_words.ts";

const HELP = `
Usage: bun run facts --csv FILE --actor NAME [--source NAME] [--note TEXT] [--dry-run] [--json]
       bun run facts --event ID [--version N | --as-of TIME] [--json]

Says what is known of events, for every tenant: what the feeds do not say, or say wrongly. It takes the place of what was said before;
bets are settled by it, settled ones put right, and a final score becomes the public result. Or lists who said what and when.

  --csv      a file of facts, one a line. All of it is taken, or nothing
  --actor    who says so; kept for good
  --source   under which name, "csv" unless given
  --note     why; kept with the facts
  --dry-run  read and check the file and take nothing
  --event    an event's id: list what is known of it
  --version  as of this statement
  --as-of    as it was known at this time, as in 2025-03-01T15:00:00Z
  --json     print JSON
  --help     print this

The file's first line names its columns, in any order, and those that no line needs may be left out:

  event                      the event's id; or else
  source, source_event_id    whose event it is, and the source's own id of it
  fact                       what the line is about; what else stands in it, by this:

  fact       names                                     value
  status                                               ended, abandoned, retired, void, ...
  start                                                when it began or is to begin; utc_offset_minutes of the venue
  count      statistic, period, side                   a whole number; final: no while it can still grow
  winner     period                                    home, away or draw
  goal       subject (its number from 1), side, period who scored, or nothing; own_goal: yes
  goal       subject: all                              how many goals there are; final: no while more can come
  player     subject (the name), side                  goals that had been scored when he took the field, or never
  retired                                              home or away
  bout                                                 whole rounds and seconds of the next, as in 3:120
  pitcher    side                                      who started
  played                                               how much was played, as in 5.5 innings
  withdrawn  subject (the runner)                      its price at that moment, as in 4.5
  cancelled  subject (a name of its own)               bets that are void: market, period, label, line, outcome, placed_from,
                                                       placed_before (what is left out is any), reason, rule

  statistic  score, corners, yellow_cards, red_cards, hits, games, sets
  period     match, regulation, overtime, first_half, first_quarter, first_set, first_inning, ...
  side       home, away
  final      yes or no; yes unless given
  retract    yes: what was claimed under these names is claimed no longer; then without a value
  true_at    when it was true; now, unless given

A count that is not known is left out: it is not 0.

Without DATABASE_URL it uses the embedded server of DATA_DIR (.data unless set), also while "bun start" runs.
With it, run "bun run migrate" first.

Exit codes: 0 done, 1 failed (nothing is changed), 64 wrong arguments, 78 wrong settings.
`;

const text = { type: "string" } as const;
const flag = { type: "boolean" } as const;
/** A season's file takes event after event, each waiting for the placements on it. */
const DEADLINE_MS = 120_000;

await runCommand({
  name: "facts",
  help: HELP,
  options: {
    ...{ csv: text, actor: text, source: text, note: text, "dry-run": flag },
    ...{ event: text, version: text, "as-of": text, json: flag },
  },
  run: (given) => {
    if ((given.csv === undefined) === (given.event === undefined))
      throw new UsageError("Say which: --csv FILE or --event ID");
    return given.csv === undefined ? list(given) : take(given, given.csv);
  },
});

interface Take {
  readonly actor?: string | undefined;
  readonly source?: string | undefined;
  readonly note?: string | undefined;
  readonly "dry-run"?: boolean | undefined;
  readonly json?: boolean | undefined;
}

interface Taken {
  readonly events: number;
  readonly facts: number;
  readonly recorded: number;
  readonly unchanged: number;
  readonly dryRun: boolean;
}

async function take(given: Take, path: string): Promise<number> {
  const actor = requiredFlag(given.actor, "--actor NAME");
  const source = given.source ?? "csv";
  if (actor.length > 120 || source.trim() === "" || source.length > 120)
    throw new UsageError("--actor and --source must be 1 to 120 characters");
  if (given.note !== undefined && (given.note.trim() === "" || given.note.length > 500))
    throw new UsageError("--note must be 1 to 500 characters");
  const file = Bun.file(path);
  if (!(await file.exists())) throw new UsageError(`--csv must name a file: there is none at ${path}`);
  const at = new Date(systemClock.epochMs());
  const { events, faults } = readFactsCsv(await file.text(), at);
  if (faults.length > 0) return refuse(given, faults);
  const dryRun = given["dry-run"] === true;
  const said = { actor, source, note: given.note, at };
  const taken = await withPool((pool) => takeAll(pool, events, { ...said, dryRun }));
  if ("faults" in taken) return refuse(given, taken.faults);
  const words = dryRun
    ? `Would take ${taken.facts} facts of ${taken.events} events; nothing is changed`
    : `Took ${taken.facts} facts of ${taken.events} events: ${taken.recorded} with news, ${taken.unchanged} as they were`;
  say(given.json, taken, words);
  return EXIT.done;
}

function refuse({ json }: Take, faults: readonly FactsFault[]): number {
  if (json === true) say(true, { faults }, "");
  for (const { line, why } of faults) process.stderr.write(`Line ${line}: ${plain(why)}\n`);
  process.stderr.write("Nothing is changed\n");
  return EXIT.failed;
}

interface Saying {
  readonly actor: string;
  readonly source: string;
  readonly note: string | undefined;
  readonly at: Date;
  readonly dryRun: boolean;
}

/** In one transaction, events in the order of their ids, in which everybody locks them. */
async function takeAll(
  pool: Pool,
  told: readonly FactsOfEvent[],
  { dryRun, ...said }: Saying,
): Promise<Taken | { readonly faults: readonly FactsFault[] }> {
  await using lease = await pool.lease({ access: "write", deadlineMs: DEADLINE_MS });
  const { connection } = lease;
  const named = await selectNamedEvents(
    connection,
    told.map(({ event }) => event),
  );
  const faults = told.flatMap(({ line }, index) =>
    named[index] === undefined ? [{ line, why: "no such event is stored" }] : [],
  );
  const ids = new Map<string, number>();
  for (const [index, { line }] of told.entries()) {
    const id = named[index];
    if (id === undefined) continue;
    if (ids.has(id)) faults.push({ line, why: "it names an event that other lines name otherwise" });
    ids.set(id, line);
  }
  if (faults.length > 0) return { faults };
  const ordered = told
    .map(({ rows }, index) => ({ eventId: named[index] ?? "", claims: rows }))
    .sort((one, other) => (one.eventId < other.eventId ? -1 : 1));
  let recorded = 0;
  for (const { eventId, claims } of ordered) {
    const fact = { eventId, claims, ...said, certainty: "confirmed", correction: true } as const;
    if ((await recordEventFacts(connection, fact)).outcome === "recorded") recorded += 1;
  }
  if (!dryRun) await lease.commit();
  const facts = told.reduce((sum, { rows }) => sum + rows.length, 0);
  return { events: told.length, facts, recorded, unchanged: told.length - recorded, dryRun };
}

interface List {
  readonly event?: string | undefined;
  readonly version?: string | undefined;
  readonly "as-of"?: string | undefined;
  readonly json?: boolean | undefined;
}

async function list(given: List): Promise<number> {
  const eventId = idFlag(requiredFlag(given.event, "--event ID"), "--event");
  const shown = await withPool(async (pool) => {
    await using lease = await pool.lease();
    const { connection } = lease;
    const version = await versionOf(connection, eventId, given);
    const scope = { eventId, ...(version === undefined ? {} : { version }) };
    const known = await readFacts(connection, scope);
    const statements = await readFactVersions(connection, scope);
    return {
      eventId,
      version: known?.version ?? 0,
      status: known?.facts.status ?? null,
      facts: known?.rows ?? [],
      statements,
    };
  });
  const words = [
    shown.version === 0
      ? `Nothing is known of event ${eventId}`
      : `Event ${eventId} as of statement ${shown.version}:`,
    ...shown.facts.map((row) => `  ${lineOf(row)}`),
    ...(shown.version === 0 ? [] : ["Statements:"]),
    ...shown.statements.map(({ version, source, actor, certainty, knownAt, note, facts }) => {
      const by = [source, actor, certainty, note].flatMap((word) => (word === null ? [] : [plain(word)]));
      return `  ${version}  ${knownAt.toISOString()}  ${by.join(", ")}: ${facts.map(claimLine).join("; ")}`;
    }),
  ];
  say(given.json, shown, words.join("\n"));
  return EXIT.done;
}

async function versionOf(
  connection: Connection,
  eventId: string,
  { version, "as-of": asOf }: List,
): Promise<number | undefined> {
  if (version !== undefined && asOf !== undefined) throw new UsageError("Say --version or --as-of, not both");
  if (version !== undefined && !/^[1-9]\d{0,8}$/.test(version))
    throw new UsageError(`--version must be a number from 1: it is "${version}"`);
  if (asOf === undefined) return version === undefined ? undefined : Number(version);
  const at = new Date(asOf);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(asOf) || Number.isNaN(at.getTime()))
    throw new UsageError(`--as-of must be a time, as in 2025-03-01T15:00:00Z: it is "${asOf}"`);
  return await selectVersionKnownAt(connection, { eventId, at });
}

function lineOf(row: KnownFact): string {
  const { source, actor, version, trueAt } = row;
  const by = actor === null ? source : `${source}, ${actor}`;
  return `${claimLine(row)}  (statement ${version} by ${plain(by)}, true at ${trueAt.toISOString()})`;
}

function claimLine(row: KnownFact): string {
  const said = row.retracted ? "retracted" : `${valueInWords(row) ?? ""}${row.final ? "" : " so far"}`;
  return plain(`${wordsOf(row)} ${said}`.trim());
}

function withPool<T>(work: (pool: Pool) => Promise<T>): Promise<T> {
  return withCommandPool({ name: "facts", role: "linehold_odds", deadlineMs: DEADLINE_MS }, work);
}
