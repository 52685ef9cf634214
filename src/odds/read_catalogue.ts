import type { AnswerServed, Representation } from "../http/mod.ts";
import type { Outcome, Reads } from "../reads/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { EventNotFoundError } from "./errors.ts";
import { pageKey } from "./page_key.ts";
import { type Boards, openBoards } from "./read_boards.ts";
import { type Lists, openLists } from "./read_lists.ts";
import { type OddsReads, openOddsReads, type PricedAnswer } from "./read_odds.ts";
import { type Offers, openOffers } from "./read_offers.ts";
import { openSuspensions, type SuspensionsReader } from "./read_suspensions.ts";

export interface CatalogueDeps {
  readonly reads: Reads;
  readonly clock: Clock;
  /** Prices whose source had no good poll for this long are shown suspended. */
  readonly priceAgeMaxMs: number;
  /** Told of every answer. */
  readonly observe: (event: AnswerServed) => void;
}

/**
 * What each tenant shows of the catalogue. What is stored is loaded once for all of them; a tenant's margin, odds format and switches
 * are applied when it is read.
 *
 * Each read throws the pool's `DatabaseUnavailableError` when nothing was ever loaded, be it the values or the tenant's offer: never an
 * empty list in its place, and never a price without its margin.
 */
export interface Catalogue extends Omit<Lists, "onChanged">, OddsReads {
  /** The levels below the answers, for whoever follows prices as they change. */
  readonly boards: Boards;
  readonly offers: Offers;
  readonly suspensions: SuspensionsReader;
  /** Prices or facts of the event were changed, or with `*` those of any event may have been. */
  onOddsChanged(eventId: string): void;
  /** The tenant's offer was changed, or with `*` any may have been. */
  onOfferChanged(tenantId: string): void;
}

/** Opens the catalogue over the read pipeline. */
export function openCatalogue(deps: CatalogueDeps): Catalogue {
  const { reads, observe } = deps;
  const offers = openOffers({ reads });
  const boards = openBoards({ reads });
  const suspensions = openSuspensions({ reads });
  const lists = openLists({ ...deps, offers });
  const odds = openOddsReads({ ...deps, boards, offers, suspensions });

  const told = async <A>(
    answering: Promise<A>,
    { what, key, outcomeOf }: { what: string; key: string; outcomeOf: (answer: A) => Outcome<unknown> },
  ): Promise<A> => {
    try {
      const answer = await answering;
      const { ageMs, cause, state } = outcomeOf(answer);
      observe({ kind: "answer_served", what, key, state, cause, ageMs });
      return answer;
    } catch (error) {
      // That there is no such event is no failure to answer.
      if (!(error instanceof EventNotFoundError))
        observe({ kind: "answer_served", what, key, state: "refused", cause: codeOf(error) });
      throw error;
    }
  };
  const listed = (what: string, key: string, answering: Promise<Outcome<Representation>>) =>
    told(answering, { what, key, outcomeOf: (outcome) => outcome });
  const priced = (what: string, key: string, answering: Promise<PricedAnswer>) =>
    told(answering, { what, key, outcomeOf: ({ outcome }) => outcome });
  return {
    sports: (tenantId) => listed("sports", "all", lists.sports(tenantId)),
    competitions: (tenantId, asked) =>
      listed("competitions", asked.sport ?? "all", lists.competitions(tenantId, asked)),
    events: (tenantId, asked) => listed("events", pageKey(asked), lists.events(tenantId, asked)),
    results: (tenantId, asked) => listed("results", pageKey(asked), lists.results(tenantId, asked)),
    event: (tenantId, eventId) => listed("event", eventId, lists.event(tenantId, eventId)),
    odds: (tenantId, eventId) => priced("odds", eventId, odds.odds(tenantId, eventId)),
    oddsList: (tenantId, asked) => priced("odds_list", pageKey(asked), odds.oddsList(tenantId, asked)),
    openEventIds: odds.openEventIds,
    boards,
    offers,
    suspensions,
    onOddsChanged(eventId) {
      boards.onChanged(eventId);
      lists.onChanged(eventId);
    },
    onOfferChanged: (tenantId) => offers.onChanged(tenantId),
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string"
    ? error.code
    : "load_failed";
}
