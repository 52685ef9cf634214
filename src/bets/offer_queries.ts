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

interface OfferRow extends Omit<Offer, "leg">, Omit<BetLeg, "price"> {
  readonly legNumber: bigint;
  readonly priceNumerator: bigint;
  readonly priceDenominator: bigint;
}

// Placements share the locks of their tenant's limits, their events and those events' sources; who changes limits, records a result, or
// stops an event or a source, takes one of them alone. Once granted, what is read next is either before that, which then waits for this
// transaction, or after it. One by one in this order, so that two placements cannot hold what a third party waits for in a circle.
const LOCK_SHARED = `
  select limits_lock_shared($1)
  union all
  select event_lock_shared(event_id)
  from unnest($2::uuid[]) as event_id
  union all
  select source_lock_shared(source)
  from (
    select distinct source collate "C" as source
    from events
    where event_id = any ($2::uuid[])
    order by 1
  ) as sources`;

/** Keeps limits from being changed, results from being recorded, and stops from counting as done, until the transaction ends. */
export async function lockShared(
  connection: Connection,
  { tenantId, eventIds }: { readonly tenantId: string; readonly eventIds: readonly string[] },
): Promise<void> {
  await connection.query(LOCK_SHARED, [tenantId, eventIds.toSorted()]);
}

const SELECT_OFFERS = `
  select
    asked.leg_number as "legNumber",
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
  from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::integer[], $7::text[])
    with ordinality as asked (event_id, book, market_type, period, label, line_quarters, outcome, leg_number)
  join prices on prices.event_id = asked.event_id
    and prices.book = asked.book
    and prices.market_type = asked.market_type
    and prices.period = asked.period
    and prices.label = asked.label
    and prices.line_quarters is not distinct from asked.line_quarters
    and prices.outcome = asked.outcome
  join events on events.event_id = prices.event_id
  left join feeds on feeds.source = events.source`;

/** The offers that legs name, in their order; `undefined` where there is none. */
export async function selectOffers(
  connection: Connection,
  legs: readonly RequestedLeg[],
): Promise<(Offer | undefined)[]> {
  const rows = await connection.query<OfferRow>(SELECT_OFFERS, [
    legs.map(({ eventId }) => eventId),
    legs.map(({ book }) => book),
    legs.map(({ marketType }) => marketType),
    legs.map(({ period }) => period),
    legs.map(({ label }) => label),
    legs.map(({ lineQuarters }) => lineQuarters),
    legs.map(({ outcome }) => outcome),
  ]);
  const byNumber = new Map(rows.map((row) => [Number(row.legNumber), offerOf(row)]));
  return legs.map((_, index) => byNumber.get(index + 1));
}

function offerOf({ legNumber: _, priceNumerator, priceDenominator, ...row }: OfferRow): Offer {
  const { source, sport, competitionId, status, suspended, resulted, lastGoodAt, silentSince, ...frozen } =
    row;
  const price = fraction(priceNumerator, priceDenominator);
  const state = { source, sport, competitionId, status, suspended, resulted, lastGoodAt, silentSince };
  return { leg: { ...frozen, price }, ...state };
}
