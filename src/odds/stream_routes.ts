import { Elysia, t } from "elysia";
import { answerEvents, type Connections, STREAM_HEADERS } from "../http/mod.ts";
import { requireTenant, type TenantDirectory, tenantSchema } from "../tenants/mod.ts";
import { StreamQueryInvalidError } from "./errors.ts";
import { STREAM_EVENTS_MAX } from "./stream_contract.ts";
import type { StreamAsked, StreamHub } from "./stream_hub.ts";
import { streamOdds } from "./stream_operation.ts";

export interface StreamRoutesDeps {
  readonly streams: StreamHub;
  readonly directory: TenantDirectory;
  readonly connections: Connections;
}

const UUID = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

const query = t.Object({
  events: t.Optional(
    t.String({
      pattern: `^${UUID}(,${UUID}){0,${STREAM_EVENTS_MAX - 1}}$`,
      maxLength: 37 * STREAM_EVENTS_MAX,
      description: `Follow these events: 1 to ${STREAM_EVENTS_MAX} ids with commas. Either this or competition`,
      examples: ["01994e0a-3c00-7000-8000-0d9c1c2f7a11"],
    }),
  ),
  competition: t.Optional(
    t.String({
      minLength: 1,
      maxLength: 120,
      description: "Follow this competition's events to come or under way, also those that come later",
      examples: ["goalserve:1204"],
    }),
  ),
});

/** Prices as they change. */
export function streamRoutes({ connections, directory, streams }: StreamRoutesDeps) {
  return new Elysia({ name: "odds/stream_routes" }).get(
    "/:tenant/api/public/odds/stream",
    async ({ params, query, request }) => {
      const { tenantId } = await requireTenant(directory, params.tenant);
      const follow = followOf(query);
      if (request.method === "HEAD") return new Response(null, { headers: STREAM_HEADERS });
      const address = connections.addressOf(request);
      const lastEventId = request.headers.get("last-event-id");
      const ticket = await streams.prepare({ tenantId, address, follow, lastEventId });
      return answerEvents(request, ticket, { connections });
    },
    { detail: streamOdds, params: t.Object({ tenant: tenantSchema }), query },
  );
}

function followOf({
  competition,
  events,
}: {
  readonly competition?: string | undefined;
  readonly events?: string | undefined;
}): StreamAsked["follow"] {
  if (events !== undefined && competition === undefined)
    return { eventIds: [...new Set(events.toLowerCase().split(","))] };
  if (competition !== undefined && events === undefined) return { competitionId: competition };
  throw new StreamQueryInvalidError();
}
