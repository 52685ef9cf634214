import { type EventStatus, fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { BetLeg } from "./bet.ts";
import type { RequestedLeg } from "./request.ts";

/** What the catalogue says of a selection at this moment: everything a placement freezes or refuses by. */
export interface Offer {
  readonly leg: BetLeg;
  /** As in `events.source`. */
  readonly source: string;
  readonly sport: string;
  readonly competitionId: string;
  readonly status: EventStatus;
  readonly suspended: boolean;
  /** The event has a result, whatever its status says. */
  readonly resulted: boolean;
  /** When the source last answered well, or `null` if it never did. */
  readonly lastGoodAt: Date | null;
  /** Since when the source is held to be silent, or `null` while it is not. */
  readonly silentSince: Date | null;
}

type OfferRow = Omit<Offer, "leg"> &
  Omit<BetLeg, "price"> & { readonly priceNumerator: bigint; readonly priceDenominator: bigint };

// Placements share the locks of the event and of its source; who records a result, or stops either of them, takes one alone. Once
// granted, what is read next is either before that, which then waits for this transaction, or after it.
const LOCK_EVENT_SHARED = `
  select
    event_lock_shared($1),
    source_lock_shared((select source from events where event_id = $1))`;

/** Keeps a result of the event from being recorded, and a trader's stop from counting as done, until the transaction ends. */
export async function lockEventShared(connection: Connection, eventId: string): Promise<void> {
  await connection.query(LOCK_EVENT_SHARED, [eventId]);
}

const SELECT_OFFER = `
  select
    events.event_id as "eventId",
    events.source,
    events.sport,
    events.competition_id as "competitionId",
    events.competition,
    events.home,
    events.away,
    events.starts_at as "startsAt",
    events.status,
    prices.book,
    prices.market_type as "marketType",
    prices.period,
    prices.label,
    prices.line_quarters as "lineQuarters",
    prices.outcome,
    prices.price_numerator as "priceNumerator",
    prices.price_denominator as "priceDenominator",
    prices.suspended,
    feeds.last_good_at as "lastGoodAt",
    feeds.silent_since as "silentSince",
    exists (select from results where results.event_id = events.event_id) as resulted
  from prices
  join events on events.event_id = prices.event_id
  left join feeds on feeds.source = events.source
  where prices.event_id = $1
    and prices.book = $2
    and prices.market_type = $3
    and prices.period = $4
    and prices.label = $5
    and prices.line_quarters is not distinct from $6
    and prices.outcome = $7`;

/** The offer a leg names, or `undefined` when there is none. */
export async function selectOffer(connection: Connection, leg: RequestedLeg): Promise<Offer | undefined> {
  const { eventId, book, marketType, period, label, lineQuarters, outcome } = leg;
  const values = [eventId, book, marketType, period, label, lineQuarters, outcome];
  const [row] = await connection.query<OfferRow>(SELECT_OFFER, values);
  if (row === undefined) return undefined;
  const { priceNumerator, priceDenominator, ...rest } = row;
  const { source, sport, competitionId, status, suspended, resulted, lastGoodAt, silentSince, ...frozen } =
    rest;
  const price = fraction(priceNumerator, priceDenominator);
  const state = { source, sport, competitionId, status, suspended, resulted, lastGoodAt, silentSince };
  return { leg: { ...frozen, price }, ...state };
}
