import { parseLineQuarters } from "../markets/mod.ts";
import {
  CANCELLATION_REASONS,
  CLAIMED_FACTS,
  type ClaimWords,
  cancelledClaim,
  claimOfWords,
  FactClaimInvalidError,
  type FactRow,
  keyOfFact,
  retraction,
} from "../results/mod.ts";
import { type CsvRow, csvTable } from "./_csv_text.ts";

/** Which event a row speaks of: by its id, or by its source's own. */
export type EventNamed =
  | { readonly eventId: string }
  | { readonly source: string; readonly sourceEventId: string };

/** What a file says of one event. */
export interface FactsOfEvent {
  readonly event: EventNamed;
  readonly rows: readonly FactRow[];
  /** Of its first row in the file. */
  readonly line: number;
}

/** A line of a file that cannot be told. */
export interface FactsFault {
  readonly line: number;
  readonly why: string;
}

const COLUMNS = [
  ...["event", "source", "source_event_id"],
  ...["fact", "statistic", "period", "side", "subject", "value"],
  ...["own_goal", "utc_offset_minutes", "final", "retract", "true_at"],
  ...["market", "label", "line", "outcome", "placed_from", "placed_before", "reason", "rule"],
] as const;
type Column = (typeof COLUMNS)[number];

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/**
 * The facts of a CSV file, by event, and every line that cannot be told.
 *
 * @throws {CsvUnreadableError} If it is no such file as a whole.
 */
export function readFactsCsv(
  text: string,
  at: Date,
): { readonly events: readonly FactsOfEvent[]; readonly faults: readonly FactsFault[] } {
  const events = new Map<string, { event: EventNamed; rows: FactRow[]; line: number; names: Set<string> }>();
  const faults: FactsFault[] = [];
  for (const row of csvTable(text, COLUMNS)) {
    try {
      const event = eventOf(row);
      const claim = claimOf(row, at);
      const key = JSON.stringify(event);
      const told = events.get(key) ?? { event, rows: [], line: row.line, names: new Set<string>() };
      if (told.names.has(keyOfFact(claim))) throw new RowFault("it says what another line says of the event");
      told.names.add(keyOfFact(claim));
      told.rows.push(claim);
      events.set(key, told);
    } catch (error) {
      if (!(error instanceof RowFault || error instanceof FactClaimInvalidError)) throw error;
      const why =
        error instanceof RowFault
          ? error.message
          : `${COLUMN_OF[error.field] ?? error.field} has to be ${error.wanted}`;
      faults.push({ line: row.line, why });
    }
  }
  return { events: [...events.values()].map(({ event, rows, line }) => ({ event, rows, line })), faults };
}

/** Where a claim's part goes by another name in the file. */
const COLUMN_OF: Readonly<Record<string, Column>> = {
  trueAt: "true_at",
  utcOffsetMinutes: "utc_offset_minutes",
  placedBefore: "placed_before",
  lineQuarters: "line",
};

/** What a line lacks or has too much, in words. */
class RowFault extends Error {
  override readonly name = "RowFault";
  readonly code = "facts_row_invalid";
}

function textOf({ fields }: CsvRow, column: Column): string {
  return fields.get(column) ?? "";
}

function eventOf(row: CsvRow): EventNamed {
  const [eventId, source, sourceEventId] = [
    textOf(row, "event"),
    textOf(row, "source"),
    textOf(row, "source_event_id"),
  ];
  if (eventId !== "" && source + sourceEventId === "") {
    if (!UUID.test(eventId)) throw new RowFault(`event has to be an event's id: it is "${eventId}"`);
    return { eventId: eventId.toLowerCase() };
  }
  if (eventId === "" && source !== "" && sourceEventId !== "") return { source, sourceEventId };
  throw new RowFault("it has to name an event: by event, or by source and source_event_id");
}

function claimOf(row: CsvRow, at: Date): FactRow {
  const fact = textOf(row, "fact");
  const trueAt = timeIn(row, "true_at") ?? at;
  const retract = flagIn(row, "retract") ?? false;
  if (fact === "cancelled") return cancellationOf(row, { trueAt, retract });
  const known = CLAIMED_FACTS.find((kind) => kind === fact);
  if (known === undefined) throw new RowFault(`fact has to be one of ${CLAIMED_FACTS.join(", ")}, cancelled`);
  const stray = STRAYS.find((column) => textOf(row, column) !== "");
  if (stray !== undefined) throw new RowFault(`${stray} goes with a cancellation alone`);
  const offset = textOf(row, "utc_offset_minutes");
  if (offset !== "" && !/^-?\d{1,3}$/.test(offset))
    throw new RowFault("utc_offset_minutes has to be whole minutes");
  const words: ClaimWords = {
    fact: known,
    ...given(row, ["statistic", "period", "side", "subject", "value"]),
    ownGoal: flagIn(row, "own_goal"),
    utcOffsetMinutes: offset === "" ? undefined : Number(offset),
    final: flagIn(row, "final"),
    retract,
    trueAt,
  };
  return claimOfWords(words, at);
}

const STRAYS = [
  "market",
  "label",
  "line",
  "outcome",
  "placed_from",
  "placed_before",
  "reason",
  "rule",
] as const;

function cancellationOf(
  row: CsvRow,
  { trueAt, retract }: { readonly trueAt: Date; readonly retract: boolean },
): FactRow {
  const cancellationId = textOf(row, "subject");
  if (cancellationId === "" || cancellationId.length > 200)
    throw new RowFault("subject has to be a name of the cancellation's own, by which it is retracted");
  const reason = CANCELLATION_REASONS.find((known) => known === textOf(row, "reason"));
  const rule = textOf(row, "rule");
  if (!retract && reason === undefined)
    throw new RowFault(`reason has to be one of ${CANCELLATION_REASONS.join(", ")}`);
  if (!retract && (rule === "" || rule.length > 120))
    throw new RowFault("rule has to be 1 to 120 characters");
  const [placedFrom, placedBefore] = [timeIn(row, "placed_from"), timeIn(row, "placed_before")];
  if (placedFrom !== undefined && placedBefore !== undefined && placedFrom >= placedBefore)
    throw new RowFault("placed_before has to be after placed_from");
  const { market: marketType, ...narrowed } = given(row, ["market", "period", "label", "outcome"]);
  const lineQuarters = lineIn(row);
  if (lineQuarters !== undefined && marketType === undefined)
    throw new RowFault("line has to be of a market");
  const claim = cancelledClaim(
    {
      cancellationId,
      ...narrowed,
      ...(marketType === undefined ? {} : { marketType }),
      ...(lineQuarters === undefined ? {} : { lineQuarters }),
      ...(placedFrom === undefined ? {} : { placedFrom }),
      ...(placedBefore === undefined ? {} : { placedBefore }),
      reason: reason ?? "other",
      rule,
    },
    trueAt,
  );
  return retract ? retraction(claim, trueAt) : claim;
}

function given<const C extends Column>(
  row: CsvRow,
  columns: readonly C[],
): { readonly [column in C]?: string } {
  const told = columns.flatMap((column) =>
    textOf(row, column) === "" ? [] : [[column, textOf(row, column)]],
  );
  return Object.fromEntries(told) as { readonly [column in C]?: string };
}

function lineIn(row: CsvRow): number | undefined {
  const text = textOf(row, "line");
  if (text === "") return undefined;
  const quarters = parseLineQuarters(text);
  if (quarters === undefined) throw new RowFault("line has to be a quarter, as in 2.5 or -0.75");
  return quarters;
}

function flagIn(row: CsvRow, column: "own_goal" | "final" | "retract"): boolean | undefined {
  const text = textOf(row, column).toLowerCase();
  if (text === "") return undefined;
  if (text !== "yes" && text !== "no") throw new RowFault(`${column} has to be yes or no`);
  return text === "yes";
}

const TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})$/;

function timeIn(row: CsvRow, column: "true_at" | "placed_from" | "placed_before"): Date | undefined {
  const text = textOf(row, column);
  if (text === "") return undefined;
  const time = new Date(text);
  if (!TIME.test(text) || Number.isNaN(time.getTime()))
    throw new RowFault(`${column} has to be a time, as in 2025-03-01T15:00:00Z`);
  return time;
}
