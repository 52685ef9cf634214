import { Elysia, t } from "elysia";
import { answerPublic, lastingCacheControl, type Representation } from "../http/mod.ts";
import type { Outcome } from "../reads/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { answerOdds } from "./answer_odds.ts";
import { decodeCursor, type Position } from "./cursor.ts";
import { details } from "./operations.ts";
import type { Catalogue } from "./read_catalogue.ts";
import { CATALOGUE_FRESH_MS } from "./read_lists.ts";

export interface OddsRoutesDeps {
  readonly catalogue: Catalogue;
  readonly directory: TenantDirectory;
}

const sport = t.Optional(
  t.String({ minLength: 1, maxLength: 40, description: "Only this sport", examples: ["soccer"] }),
);

const competition = (description: string) =>
  t.String({ minLength: 1, maxLength: 120, description, examples: ["goalserve:1204"] });

const page = {
  sport,
  competition: t.Optional(competition("Only this competition, by its id")),
  limit: t.Optional(
    t.Integer({ minimum: 1, maximum: 200, default: 50, description: "Items on a page", examples: [50] }),
  ),
  cursor: t.Optional(t.String({ minLength: 1, maxLength: 100, description: "next of the page before" })),
};

// Boards are large: a page of twenty may be three megabytes.
const boardsPage = {
  competition: competition("The competition, by its id"),
  limit: t.Optional(
    t.Integer({ minimum: 1, maximum: 20, default: 10, description: "Events on a page", examples: [10] }),
  ),
  cursor: page.cursor,
};

const instant = (description: string) =>
  t.Optional(t.String({ format: "date-time", description, examples: ["2026-09-20T00:00:00Z"] }));

const tenantParams = t.Object({ tenant: tenantSchema });

const eventParams = t.Object({
  tenant: tenantSchema,
  eventId: t.String({
    format: "uuid",
    description: "The event",
    examples: ["01994e0a-3c00-7000-8000-0d9c1c2f7a11"],
  }),
});

/** What a tenant shows of the catalogue. */
export function oddsRoutes({ catalogue, directory }: OddsRoutesDeps) {
  const cacheControl = lastingCacheControl(CATALOGUE_FRESH_MS);
  const tenantOf = async ({ tenant }: { readonly tenant: string }) =>
    (await requireTenant(directory, tenant)).tenantId;
  const answer = (request: Request, outcome: Outcome<Representation>) =>
    answerPublic(request, { representation: outcome.value, provenance: outcome, cacheControl });
  return new Elysia({ name: "odds/routes" })
    .get(
      "/:tenant/api/public/sports",
      async ({ request, params }) => answer(request, await catalogue.sports(await tenantOf(params))),
      { detail: details.listSports, params: tenantParams },
    )
    .get(
      "/:tenant/api/public/competitions",
      async ({ request, params, query }) => {
        const asked = { sport: query.sport ?? null };
        return answer(request, await catalogue.competitions(await tenantOf(params), asked));
      },
      { detail: details.listCompetitions, params: tenantParams, query: t.Object({ sport }) },
    )
    .get(
      "/:tenant/api/public/events",
      async ({ request, params, query }) => {
        const asked = { ...askedOf(query), fromMs: millisOf(query.from), toMs: millisOf(query.to) };
        return answer(request, await catalogue.events(await tenantOf(params), asked));
      },
      {
        detail: details.listEvents,
        params: tenantParams,
        query: t.Object({
          ...page,
          from: instant("Only events that start at this instant or later; twelve hours ago when left out"),
          to: instant("Only events that start before this instant"),
        }),
      },
    )
    .get(
      "/:tenant/api/public/events/:eventId",
      async ({ request, params }) =>
        answer(request, await catalogue.event(await tenantOf(params), params.eventId.toLowerCase())),
      { detail: details.getEvent, params: eventParams },
    )
    .get(
      "/:tenant/api/public/events/:eventId/odds",
      async ({ request, params }) =>
        answerOdds(request, await catalogue.odds(await tenantOf(params), params.eventId.toLowerCase())),
      { detail: details.getOdds, params: eventParams },
    )
    .get(
      "/:tenant/api/public/odds",
      async ({ request, params, query }) => {
        const { limit = 10, cursor, competition: competitionId } = query;
        const asked = { competitionId, after: afterOf(cursor), limit };
        return answerOdds(request, await catalogue.oddsList(await tenantOf(params), asked));
      },
      { detail: details.listOdds, params: tenantParams, query: t.Object(boardsPage) },
    )
    .get(
      "/:tenant/api/public/results",
      async ({ request, params, query }) =>
        answer(request, await catalogue.results(await tenantOf(params), askedOf(query))),
      { detail: details.listResults, params: tenantParams, query: t.Object(page) },
    );
}

interface PageQuery {
  readonly sport?: string | undefined;
  readonly competition?: string | undefined;
  readonly limit?: number | undefined;
  readonly cursor?: string | undefined;
}

function askedOf({ sport, competition, limit = 50, cursor }: PageQuery) {
  return {
    sport: sport ?? null,
    competitionId: competition ?? null,
    after: afterOf(cursor),
    limit,
  };
}

function afterOf(cursor: string | undefined): Position | null {
  return cursor === undefined ? null : decodeCursor(cursor);
}

function millisOf(instantText: string | undefined): number | null {
  return instantText === undefined ? null : Date.parse(instantText);
}
