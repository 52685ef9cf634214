import type { Representation } from "../http/mod.ts";
import type { Outcome, Reads } from "../reads/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { type RawBoard, remainingLifeMs } from "./board.ts";
import { createEventPageCodec } from "./codecs.ts";
import { createDerived } from "./derived.ts";
import { EventNotFoundError } from "./errors.ts";
import { isEventOff } from "./offer.ts";
import { type EventsAsked, pageKey, parsePageKey } from "./page_key.ts";
import { jointly, underOffer } from "./provenance.ts";
import { selectOpenEvents } from "./queries.ts";
import type { Boards } from "./read_boards.ts";
import { CATALOGUE_FRESH_MS, lookBack } from "./read_lists.ts";
import type { Offers } from "./read_offers.ts";
import type { SuspensionsReader } from "./read_suspensions.ts";
import { type Shown, shownOf } from "./shown_board.ts";
import { type EventPage, viewEventPage } from "./view.ts";

/** Which boards a page shows: those of one competition's events to come or under way. */
export interface BoardsAsked extends Pick<EventsAsked, "after" | "limit"> {
  readonly competitionId: string;
}

/** Prices as they are shown at this moment, and for how long they may be. */
export interface PricedAnswer {
  readonly outcome: Outcome<Representation>;
  /** Milliseconds until the first of them may no longer be bet on, 0 if that is over; infinite where there is none. */
  readonly lifeMs: number;
}

/** Prices, as each tenant offers them. */
export interface OddsReads {
  /** @throws {EventNotFoundError} If no feed ever brought the event, or the tenant does not show it. */
  odds(tenantId: string, eventId: string): Promise<PricedAnswer>;
  oddsList(tenantId: string, asked: BoardsAsked): Promise<PricedAnswer>;
  /** The ids of a competition's first events to come or under way. */
  openEventIds(competitionId: string, limit: number): Promise<readonly string[]>;
}

export interface OddsReadsDeps {
  readonly reads: Reads;
  readonly boards: Boards;
  readonly offers: Offers;
  readonly suspensions: SuspensionsReader;
  readonly clock: Clock;
  /** Prices whose source had no good poll for this long are shown suspended. */
  readonly priceAgeMaxMs: number;
}

const LISTS_BYTES_MAX = 48 * 2 ** 20;
/** A page of boards none of which is in memory takes this many connections at once, and no more. */
const BOARDS_AT_ONCE = 5;

/** Opens the prices over the read pipeline. */
export function openOddsReads(deps: OddsReadsDeps): OddsReads {
  const { reads, boards, offers, suspensions, clock, priceAgeMaxMs } = deps;
  const pages = reads.define<EventPage>({
    name: "odds_pages",
    freshMs: CATALOGUE_FRESH_MS,
    staleMs: Number.POSITIVE_INFINITY,
    entriesMax: 1000,
    snapshot: createEventPageCodec(),
    async load(key, connection) {
      const { competitionId, after, limit } = parsePageKey(key);
      const asked = { competitionId: competitionId ?? "", from: lookBack(clock), after, limit: limit + 1 };
      return viewEventPage(await selectOpenEvents(connection, asked), limit);
    },
  });
  const lists = createDerived<Shown>({ bytesMax: LISTS_BYTES_MAX, weigh: ({ text }) => 3 * text.length });

  /** What the tenant shows and stops; of its suspensions nobody may know. */
  const readSight = async (tenantId: string) => {
    const readKnown = async () => suspensions.of(tenantId);
    const [offer, known] = await Promise.all([offers.read(tenantId), readKnown()]);
    return { offer, suspensions: known?.suspensions };
  };
  /** A board as it is at this moment; where nobody knows what is suspended, all of it is. */
  const now = (
    raw: RawBoard,
    { offer, suspensions }: Awaited<ReturnType<typeof readSight>>,
  ): { shown: Shown; lifeMs: number } => {
    const board = boards.show(raw, { offer: offer.value, suspensions: suspensions ?? [] });
    const epochMs = clock.epochMs();
    const lifeMs = suspensions === undefined ? 0 : remainingLifeMs(raw, { epochMs, ageMaxMs: priceAgeMaxMs });
    return { shown: lifeMs > 0 ? board.holding() : board.expired(epochMs), lifeMs };
  };
  const readPage = async (key: string) => pages.read(key);
  const readMany = async (eventIds: readonly string[]) => {
    const found: Outcome<RawBoard | null>[] = [];
    for (let from = 0; from < eventIds.length; from += BOARDS_AT_ONCE) {
      const some = eventIds.slice(from, from + BOARDS_AT_ONCE);
      found.push(...(await Promise.all(some.map((eventId) => boards.read(eventId)))));
    }
    return found;
  };
  return {
    async odds(tenantId, eventId) {
      const [sight, raw] = await Promise.all([readSight(tenantId), boards.read(eventId)]);
      const { offer } = sight;
      if (raw.value === null || isEventOff(offer.value.switches, raw.value.event))
        throw new EventNotFoundError(eventId);
      const { shown, lifeMs } = now(raw.value, sight);
      return { outcome: underOffer(shown.representation(), offer, raw), lifeMs };
    },
    openEventIds: async (competitionId, limit) =>
      (await readPage(pageKey({ competitionId, after: null, limit }))).value.eventIds,
    async oddsList(tenantId, asked) {
      const key = pageKey(asked);
      const [sight, page] = await Promise.all([readSight(tenantId), readPage(key)]);
      const { offer } = sight;
      const { profile, switches } = offer.value;
      const read = await readMany(page.value.eventIds);
      const found = read.flatMap(({ value }) =>
        value === null || isEventOff(switches, value.event) ? [] : [now(value, sight)],
      );
      const shown = found.map((board) => board.shown);
      const list = lists.of(`${key}/${profile.key}/${switches.key}`, [page.value, ...shown], () =>
        shownOf(textOf(shown, page.value.next)),
      );
      return {
        outcome: underOffer(list.representation(), offer, jointly(undefined, page, ...read)),
        lifeMs: Math.min(...found.map(({ lifeMs }) => lifeMs)),
      };
    },
  };
}

function textOf(shown: readonly Shown[], next: string | null): string {
  return `{"items":[${shown.map(({ text }) => text).join(",")}],"next":${JSON.stringify(next)}}`;
}
