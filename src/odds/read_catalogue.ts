import { type AnswerServed, type Representation, representJson } from "../http/mod.ts";
import type { Outcome, Reader, Reads } from "../reads/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { type Board, boardOf } from "./board.ts";
import { createBoardCodec, createRepresentationCodec, whenPresent } from "./codecs.ts";
import type { Position } from "./cursor.ts";
import { EventNotFoundError } from "./errors.ts";
import { selectCompetitions, selectEvent, selectEvents, selectPrices, selectResults } from "./queries.ts";
import { viewEvent, viewEvents, viewOdds, viewResults, viewSports } from "./view.ts";

/** Which events a page shows. Instants in milliseconds since 1970. */
export interface EventsAsked {
  readonly sport: string | null;
  readonly competitionId: string | null;
  /** From this start on; events of the last twelve hours and later when nothing is asked. */
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly after: Position | null;
  readonly limit: number;
}

/** Which results a page shows. */
export type ResultsAsked = Omit<EventsAsked, "fromMs" | "toMs">;

export interface CatalogueDeps {
  readonly reads: Reads;
  readonly clock: Clock;
  /** Told of every answer. */
  readonly observe: (event: AnswerServed) => void;
}

/**
 * What every tenant shows of the catalogue. Values are global: one load serves all tenants.
 * Each read throws the pool's `DatabaseUnavailableError` when nothing was ever loaded: never an empty list in its place.
 */
export interface Catalogue {
  sports(): Promise<Outcome<Representation>>;
  events(asked: EventsAsked): Promise<Outcome<Representation>>;
  results(asked: ResultsAsked): Promise<Outcome<Representation>>;
  /** @throws {EventNotFoundError} If no feed ever brought the event. */
  event(eventId: string): Promise<Outcome<Representation>>;
  /** @throws {EventNotFoundError} If no feed ever brought the event. */
  odds(eventId: string): Promise<Outcome<Board>>;
}

/** How long catalogue answers are fresh, in milliseconds. */
export const CATALOGUE_FRESH_MS = 5000;
/** How long odds are fresh, in milliseconds: a price moves faster than a fixture. */
export const ODDS_FRESH_MS = 2000;

// An event that began this long ago is still asked for without a date: matches last hours, and starts are delayed.
const LOOK_BACK_MS = 12 * 3_600_000;

/** Opens the catalogue over the read pipeline. */
export function openCatalogue({ reads, clock, observe }: CatalogueDeps): Catalogue {
  const lookBack = () => new Date(clock.epochMs() - LOOK_BACK_MS);
  const lasting = {
    freshMs: CATALOGUE_FRESH_MS,
    staleMs: Number.POSITIVE_INFINITY,
    weigh: (value: Representation | null) => value?.bytes.byteLength ?? 0,
  };
  const snapshot = createRepresentationCodec();
  const sports = reads.define<Representation>({
    ...lasting,
    snapshot,
    name: "sports",
    entriesMax: 1,
    load: async (_key, connection) =>
      representJson(viewSports(await selectCompetitions(connection, lookBack()))),
  });
  const events = reads.define<Representation>({
    ...lasting,
    snapshot,
    name: "events",
    entriesMax: 1000,
    async load(key, connection) {
      const { fromMs, toMs, ...asked } = parseKey(key);
      const from = fromMs === null ? lookBack() : new Date(fromMs);
      const to = toMs === null ? null : new Date(toMs);
      const rows = await selectEvents(connection, { ...asked, from, to, limit: asked.limit + 1 });
      return representJson(viewEvents(rows, asked.limit));
    },
  });
  const results = reads.define<Representation>({
    ...lasting,
    snapshot,
    name: "results",
    entriesMax: 500,
    async load(key, connection) {
      const asked = parseKey(key);
      const rows = await selectResults(connection, { ...asked, limit: asked.limit + 1 });
      return representJson(viewResults(rows, asked.limit));
    },
  });
  // Absence is a value too: otherwise every request for an event that does not exist would ask the database.
  const event = reads.define<Representation | null>({
    ...lasting,
    snapshot: whenPresent(snapshot),
    name: "event",
    entriesMax: 2000,
    async load(eventId, connection) {
      const row = await selectEvent(connection, eventId);
      return row === undefined ? null : representJson(viewEvent(row));
    },
  });
  const odds = reads.define<Board | null>({
    ...lasting,
    snapshot: whenPresent(createBoardCodec()),
    name: "odds",
    criticality: "live",
    freshMs: ODDS_FRESH_MS,
    // The prices are held twice: as bytes while they hold, and as what the expired board is made of.
    weigh: (board) => 3 * (board?.representation.bytes.byteLength ?? 0),
    entriesMax: 500,
    async load(eventId, connection) {
      const row = await selectEvent(connection, eventId);
      return row === undefined ? null : boardOf(viewOdds(row, await selectPrices(connection, eventId)));
    },
  });

  const read = async <T>(what: string, reader: Reader<T>, key: string): Promise<Outcome<T>> => {
    try {
      const outcome = await reader.read(key);
      const { ageMs, cause, state } = outcome;
      observe({ kind: "answer_served", what, key, state, cause, ageMs });
      return outcome;
    } catch (error) {
      observe({ kind: "answer_served", what, key, state: "refused", cause: codeOf(error) });
      throw error;
    }
  };
  const readPresent = async <T>(
    what: string,
    reader: Reader<T | null>,
    eventId: string,
  ): Promise<Outcome<T>> => {
    const outcome = await read(what, reader, eventId);
    if (outcome.value === null) throw new EventNotFoundError(eventId);
    return { ...outcome, value: outcome.value };
  };
  return {
    sports: () => read("sports", sports, "all"),
    events: (asked) => read("events", events, keyOf(asked)),
    results: (asked) => read("results", results, keyOf({ ...asked, fromMs: null, toMs: null })),
    event: (eventId) => readPresent("event", event, eventId),
    odds: (eventId) => readPresent("odds", odds, eventId),
  };
}

type Key = readonly [
  sport: string | null,
  competitionId: string | null,
  fromMs: number | null,
  toMs: number | null,
  after: readonly [micros: string, eventId: string] | null,
  limit: number,
];

// A key says all of what is asked, in one spelling, so that a load needs nothing but its key.
function keyOf({ sport, competitionId, fromMs, toMs, after, limit }: EventsAsked): string {
  const position = after === null ? null : ([after.micros.toString(), after.eventId] as const);
  const key: Key = [sport, competitionId, fromMs, toMs, position, limit];
  return JSON.stringify(key);
}

function parseKey(text: string): EventsAsked {
  const [sport, competitionId, fromMs, toMs, position, limit]: Key = JSON.parse(text);
  const after = position === null ? null : { micros: BigInt(position[0]), eventId: position[1] };
  return { sport, competitionId, fromMs, toMs, after, limit };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "load_failed";
}
