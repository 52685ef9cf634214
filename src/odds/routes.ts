import { Elysia, t } from "elysia";
import { answerPublic, lastingCacheControl, type Representation } from "../http/mod.ts";
import type { Outcome } from "../reads/mod.ts";
import type { Clock } from "../resilience/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { answerOdds } from "./answer_odds.ts";
import { decodeCursor } from "./cursor.ts";
import { details } from "./operations.ts";
import { CATALOGUE_FRESH_MS, type Catalogue } from "./read_catalogue.ts";

export interface OddsRoutesDeps {
  readonly catalogue: Catalogue;
  readonly directory: TenantDirectory;
  readonly clock: Clock;
  /** Prices whose source had no good poll for this long are shown suspended. */
  readonly priceAgeMaxMs: number;
}

const page = {
  sport: t.Optional(
    t.String({ minLength: 1, maxLength: 40, description: "Only this sport", examples: ["soccer"] }),
  ),
  competition: t.Optional(
    t.String({
      minLength: 1,
      maxLength: 120,
      description: "Only this competition, by its id",
      examples: ["goalserve:1204"],
    }),
  ),
  limit: t.Optional(
    t.Integer({ minimum: 1, maximum: 200, default: 50, description: "Items on a page", examples: [50] }),
  ),
  cursor: t.Optional(t.String({ minLength: 1, maxLength: 100, description: "next of the page before" })),
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

/** What a tenant shows of the catalogue. Every tenant shows the same for now. */
export function oddsRoutes({ catalogue, directory, clock, priceAgeMaxMs }: OddsRoutesDeps) {
  const cacheControl = lastingCacheControl(CATALOGUE_FRESH_MS);
  const answer = (request: Request, outcome: Outcome<Representation>) =>
    answerPublic(request, { representation: outcome.value, provenance: outcome, cacheControl });
  return new Elysia({ name: "odds/routes" })
    .get(
      "/:tenant/api/public/sports",
      async ({ request, params }) => {
        await requireTenant(directory, params.tenant);
        return answer(request, await catalogue.sports());
      },
      { detail: details.listSports, params: tenantParams },
    )
    .get(
      "/:tenant/api/public/events",
      async ({ request, params, query }) => {
        await requireTenant(directory, params.tenant);
        const asked = { ...askedOf(query), fromMs: millisOf(query.from), toMs: millisOf(query.to) };
        return answer(request, await catalogue.events(asked));
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
      async ({ request, params }) => {
        await requireTenant(directory, params.tenant);
        return answer(request, await catalogue.event(params.eventId.toLowerCase()));
      },
      { detail: details.getEvent, params: eventParams },
    )
    .get(
      "/:tenant/api/public/events/:eventId/odds",
      async ({ request, params }) => {
        await requireTenant(directory, params.tenant);
        const outcome = await catalogue.odds(params.eventId.toLowerCase());
        return answerOdds(request, outcome, { epochMs: clock.epochMs(), ageMaxMs: priceAgeMaxMs });
      },
      { detail: details.getOdds, params: eventParams },
    )
    .get(
      "/:tenant/api/public/results",
      async ({ request, params, query }) => {
        await requireTenant(directory, params.tenant);
        return answer(request, await catalogue.results(askedOf(query)));
      },
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
    after: cursor === undefined ? null : decodeCursor(cursor),
    limit,
  };
}

function millisOf(instantText: string | undefined): number | null {
  return instantText === undefined ? null : Date.parse(instantText);
}
