import { type EventStatus, fraction } from "../markets/mod.ts";
import type { Connection } from "../pool/mod.ts";
import type { BetLeg } from "./bet.ts";
import type { RequestedLeg } from "./request.ts";

/** What the catalogue says of a selection at this moment: everything a placement freezes or refuses by. */
export interface Offer {
  readonly leg: BetLeg;
  readonly sport: string;
  readonly status: EventStatus;
  readonly suspended: boolean;
  /** The event has a result, whatever its status says. */
  readonly resulted: boolean;
  /** When the source last answered well, or `null` if it never did. */
  readonly lastGoodAt: Date | null;
}

type OfferRow = Omit<Offer, "leg"> &
  Omit<BetLeg, "price"> & { readonly priceNumerator: bigint; readonly priceDenominator: bigint };

// Placements share the event's lock; who records its result holds it alone. Once granted, what is read next is either
// before the result, which then waits for this transaction, or after it.
const LOCK_EVENT_SHARED = `
  select event_lock_shared($1)`;

/** Keeps a result of the event from being recorded until the transaction ends. */
export async function lockEventShared(connection: Connection, eventId: string): Promise<void> {
  await connection.query(LOCK_EVENT_SHARED, [eventId]);
}

const SELECT_OFFER = `
  select
    events.event_id as "eventId",
    events.sport,
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
  const { sport, status, suspended, resulted, lastGoodAt, priceNumerator, priceDenominator, ...frozen } = row;
  const price = fraction(priceNumerator, priceDenominator);
  return { leg: { ...frozen, price }, sport, status, suspended, resulted, lastGoodAt };
}
