import { type Representation, representJson } from "../http/mod.ts";
import type { Outcome, Reads } from "../reads/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import {
  createCompetitionsCodec,
  createEventCodec,
  createRepresentationCodec,
  whenPresent,
} from "./codecs.ts";
import { createDerived } from "./derived.ts";
import { EventNotFoundError } from "./errors.ts";
import { isEventOff } from "./offer.ts";
import { type EventsAsked, pageKey, parsePageKey } from "./page_key.ts";
import { underOffer } from "./provenance.ts";
import {
  type CompetitionRow,
  selectCompetitions,
  selectEvent,
  selectEvents,
  selectResults,
} from "./queries.ts";
import type { Offers } from "./read_offers.ts";
import {
  type ShownEvent,
  viewCompetitions,
  viewEvents,
  viewResults,
  viewShownEvent,
  viewSports,
} from "./view.ts";

/** Which results a page shows. */
export type ResultsAsked = Omit<EventsAsked, "fromMs" | "toMs">;

/** What there is besides prices, as each tenant shows it. */
export interface Lists {
  sports(tenantId: string): Promise<Outcome<Representation>>;
  competitions(tenantId: string, asked: Pick<EventsAsked, "sport">): Promise<Outcome<Representation>>;
  events(tenantId: string, asked: EventsAsked): Promise<Outcome<Representation>>;
  results(tenantId: string, asked: ResultsAsked): Promise<Outcome<Representation>>;
  /** @throws {EventNotFoundError} If no feed ever brought the event, or the tenant does not show it. */
  event(tenantId: string, eventId: string): Promise<Outcome<Representation>>;
  /** The event's facts were changed, or with `*` those of any may have been. */
  onChanged(eventId: string): void;
}

export interface ListsDeps {
  readonly reads: Reads;
  readonly offers: Offers;
  readonly clock: Clock;
}

/** How long catalogue answers are fresh, in milliseconds. */
export const CATALOGUE_FRESH_MS = 5000;

const LASTING = { freshMs: CATALOGUE_FRESH_MS, staleMs: Number.POSITIVE_INFINITY } as const;
// An event that began this long ago is still asked for without a date: matches last hours, and starts are delayed.
const LOOK_BACK_MS = 12 * 3_600_000;
const COMPETITIONS_BYTES_MAX = 16 * 2 ** 20;

/** From which start on events are shown when nothing is asked. */
export function lookBack(clock: Pick<Clock, "epochMs">): Date {
  return new Date(clock.epochMs() - LOOK_BACK_MS);
}

/** Opens the lists over the read pipeline. */
export function openLists({ reads, offers, clock }: ListsDeps): Lists {
  const competitionLists = openCompetitionLists({ reads, offers, clock });
  const events = definePages(reads, "events", async (key, connection) => {
    const { fromMs, toMs, ...asked } = parsePageKey(key);
    const from = fromMs === null ? lookBack(clock) : new Date(fromMs);
    const to = toMs === null ? null : new Date(toMs);
    const rows = await selectEvents(connection, { ...asked, from, to, limit: asked.limit + 1 });
    return viewEvents(rows, asked.limit);
  });
  const results = definePages(reads, "results", async (key, connection) => {
    const asked = parsePageKey(key);
    return viewResults(await selectResults(connection, { ...asked, limit: asked.limit + 1 }), asked.limit);
  });
  // Absence is a value too: otherwise every request for an event that does not exist would ask the database.
  const event = reads.define<ShownEvent | null>({
    ...LASTING,
    name: "event",
    entriesMax: 2000,
    weigh: (value) => 3 * (value?.representation.bytes.byteLength ?? 0),
    snapshot: whenPresent(createEventCodec()),
    async load(eventId, connection) {
      const row = await selectEvent(connection, eventId);
      return row === undefined ? null : viewShownEvent(row);
    },
  });
  // A reader may throw at once: as a promise it can be awaited beside others without leaving them behind.
  const readEvent = async (eventId: string) => event.read(eventId);
  const readPage = async (
    pages: typeof events,
    { tenantId, asked }: { tenantId: string; asked: ResultsAsked },
  ): Promise<Outcome<Representation>> => {
    const offer = await offers.read(tenantId);
    const page = await pages.read(pageKey(asked, offer.value.switches));
    return underOffer(page.value, offer, page);
  };
  return {
    ...competitionLists,
    events: (tenantId, asked) => readPage(events, { tenantId, asked }),
    results: (tenantId, asked) => readPage(results, { tenantId, asked }),
    async event(tenantId, eventId) {
      const [offer, found] = await Promise.all([offers.read(tenantId), readEvent(eventId)]);
      const { value } = found;
      if (value === null || isEventOff(offer.value.switches, value.event))
        throw new EventNotFoundError(eventId);
      return underOffer(value.representation, offer, found);
    },
    onChanged(eventId) {
      if (eventId === "*") event.expireAll();
      else event.expire(eventId, { load: false });
    },
  };
}

/** One load for sports and competitions of all tenants; each form of the list is made once for all who see the same of it. */
function openCompetitionLists({ reads, offers, clock }: ListsDeps): Pick<Lists, "sports" | "competitions"> {
  const rows = reads.define<readonly CompetitionRow[]>({
    ...LASTING,
    name: "competitions",
    entriesMax: 1,
    snapshot: createCompetitionsCodec(),
    load: (_key, connection) => selectCompetitions(connection, lookBack(clock)),
  });
  const readRows = async () => rows.read("all");
  const made = createDerived<Representation>({ bytesMax: COMPETITIONS_BYTES_MAX, weigh });
  const list = async (
    tenantId: string,
    { form, view }: { form: string; view: (rows: readonly CompetitionRow[]) => unknown },
  ): Promise<Outcome<Representation>> => {
    const [offer, found] = await Promise.all([offers.read(tenantId), readRows()]);
    const { switches } = offer.value;
    const isShown = ({ sport, competition_id: competitionId }: CompetitionRow) =>
      !isEventOff(switches, { sport, competitionId });
    const representation = made.of(`${form}/${switches.key}`, [found.value], () =>
      representJson(view(found.value.filter(isShown))),
    );
    return underOffer(representation, offer, found);
  };
  return {
    sports: (tenantId) => list(tenantId, { form: "sports", view: viewSports }),
    competitions: (tenantId, { sport }) =>
      list(tenantId, {
        form: `competitions/${sport ?? ""}`,
        view: (found) => viewCompetitions(found, sport),
      }),
  };
}

function definePages(
  reads: Reads,
  name: string,
  load: (...given: Parameters<Parameters<Reads["define"]>[0]["load"]>) => Promise<unknown>,
) {
  return reads.define<Representation>({
    ...LASTING,
    name,
    entriesMax: 1000,
    weigh,
    snapshot: createRepresentationCodec(),
    load: async (key, connection) => representJson(await load(key, connection)),
  });
}

function weigh({ bytes }: Representation): number {
  return 2 * bytes.byteLength;
}
