import type { Connection } from "../pool/mod.ts";
import type { Outcome, Reads } from "../reads/mod.ts";
import type { RawBoard } from "./board.ts";
import { createBoardCodec, whenPresent } from "./codecs.ts";
import { createDerived } from "./derived.ts";
import { isMarketOff, type TenantOffer } from "./offer.ts";
import { selectStoredEvents } from "./queries.ts";
import { type Look, type ShownBoard, showBoard, weighBoard } from "./shown_board.ts";
import { createPriceReadings } from "./stored_prices.ts";
import { type SuspensionScope, suspensionsOf } from "./suspensions.ts";
import { viewRawBoard } from "./view.ts";

/** What makes a tenant's board its own. */
export interface Sight {
  readonly offer: TenantOffer;
  readonly suspensions: readonly SuspensionScope[];
}

/** Events' prices, in two levels: as they are stored, loaded once an event; and as they are shown, made once a look. */
export interface Boards {
  /**
   * The stored prices of an event; `null` if no feed ever brought it.
   *
   * @throws {DatabaseUnavailableError} If they were never loaded.
   */
  read(eventId: string): Promise<Outcome<RawBoard | null>>;
  /** How a tenant with this offer and these suspensions looks at the board. */
  look(raw: RawBoard, sight: Sight): Look;
  /** A stored board as a tenant with this offer and these suspensions shows it; shared with all to whom it looks the same. */
  show(raw: RawBoard, sight: Sight): ShownBoard;
  /** The event's prices or facts were changed, or with `*` any may have been. Whoever asks next has them loaded. */
  onChanged(eventId: string): void;
  /**
   * Loads these, together by one statement each for events and prices, but for those that are being loaded already. Never rejects:
   * what failed is found by reading it.
   */
  warm(eventIds: readonly string[]): Promise<void>;
  /** Boards made so far, by event and look, and what they weigh. */
  readonly shown: { readonly size: number; readonly bytes: number };
}

/** How long odds are fresh, in milliseconds: a price moves faster than a fixture. */
export const ODDS_FRESH_MS = 2000;

const SHOWN_BYTES_MAX = 96 * 2 ** 20;

/** Opens the boards over the read pipeline. */
export function openBoards({ reads }: { readonly reads: Reads }): Boards {
  const readings = createPriceReadings();
  const load = async (eventIds: readonly string[], connection: Connection) => {
    const rows = await selectStoredEvents(connection, eventIds);
    const prices = await readings.readAll(new Map(rows.map((row) => [row.event_id, row.prices ?? ""])));
    const boards = new Map<string, RawBoard | null>(eventIds.map((eventId) => [eventId, null]));
    for (const row of rows) {
      const read = prices.get(row.event_id);
      if (read !== undefined) boards.set(row.event_id, viewRawBoard(row, read));
    }
    return boards;
  };
  const reader = reads.define<RawBoard | null>({
    name: "odds",
    criticality: "live",
    freshMs: ODDS_FRESH_MS,
    staleMs: Number.POSITIVE_INFINITY,
    entriesMax: 2000,
    weigh: (raw) => (raw === null ? 0 : weighBoard(raw)),
    snapshot: whenPresent(createBoardCodec()),
    load: async (eventId, connection) => (await load([eventId], connection)).get(eventId) ?? null,
    loadMany: load,
  });
  const shown = createDerived<ShownBoard>({
    bytesMax: SHOWN_BYTES_MAX,
    weigh: ({ raw }) => weighBoard(raw),
  });
  return {
    // A reader may throw at once: as a promise it can be awaited beside others without leaving them behind.
    read: async (eventId) => reader.read(eventId),
    look: lookOf,
    show(raw, sight) {
      const look = lookOf(raw, sight);
      return shown.of(`${raw.event.eventId}/${look.key}`, [raw], (before) => showBoard(raw, look, before));
    },
    onChanged(eventId) {
      if (eventId === "*") reader.expireAll();
      else reader.expire(eventId, { load: false });
    },
    warm: async (eventIds) => void (await reader.warm(eventIds, { batch: eventIds.length })),
    shown,
  };
}

/** Whom neither a switch nor a suspension concerns here sees what all with the same profile see. */
function lookOf({ event, source, markets }: RawBoard, { offer, suspensions }: Sight): Look {
  const { profile, switches } = offer;
  const concerned = suspensionsOf({ eventId: event.eventId, source }, suspensions);
  const cuts = markets.some((market) => isMarketOff(switches, market));
  return {
    key: [profile.key, cuts ? switches.key : "", keyOf(concerned)].join("/"),
    profile,
    withheld: {
      ...(cuts && { switches }),
      ...(concerned.length > 0 && { suspensions: concerned }),
    },
  };
}

/** Names what is suspended, and neither whose word it is nor which row. */
function keyOf(suspensions: readonly SuspensionScope[]): string {
  if (suspensions.length === 0) return "";
  const scopes = suspensions.map((scope) =>
    JSON.stringify([
      scope.book,
      scope.marketType,
      scope.period,
      scope.label,
      scope.lineQuarters,
      scope.outcome,
    ]),
  );
  return Bun.hash([...new Set(scopes)].sort().join()).toString(36);
}
