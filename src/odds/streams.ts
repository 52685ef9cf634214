import type { Clock, Random } from "../resilience/mod.ts";
import type { TenantDirectory } from "../tenants/mod.ts";
import type { Catalogue } from "./read_catalogue.ts";
import { STREAM_EVENTS_MAX } from "./stream_contract.ts";
import { createStreamHub, type StreamHub, type StreamHubOptions } from "./stream_hub.ts";
import { sightOf } from "./stream_position.ts";

export { streamSchemas } from "./stream_contract.ts";
export { streamRoutes } from "./stream_routes.ts";

export type StreamsOptions = StreamHubOptions;

/** The streams of one process. */
export type Streams = StreamHub;

export interface StreamsDeps {
  readonly catalogue: Pick<Catalogue, "boards" | "offers" | "suspensions" | "openEventIds">;
  readonly directory: Pick<TenantDirectory, "findById">;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether readers are to be sent elsewhere. */
  readonly isDraining: () => boolean;
}

/** Opens the streams over the catalogue: what they tell is what a GET shows. */
export function openStreams(options: StreamsOptions, deps: StreamsDeps): Streams {
  const { catalogue, clock, directory, isDraining, random } = deps;
  const { boards, offers, suspensions } = catalogue;
  return createStreamHub(options, {
    boards,
    clock,
    random,
    isDraining,
    eventIdsOf: (competitionId) => catalogue.openEventIds(competitionId, STREAM_EVENTS_MAX),
    isServed: (tenantId) => directory.findById(tenantId)?.state === "active",
    async readSight(tenantId) {
      const readKnown = async () => suspensions.of(tenantId);
      const [{ value }, known] = await Promise.all([offers.read(tenantId), readKnown()]);
      return sightOf(value, known?.suspensions);
    },
  });
}
