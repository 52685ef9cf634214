import { Elysia } from "elysia";
import {
  betsAdminRoutes,
  betsProblems,
  betsRoutes,
  betsSchemas,
  policySchemas,
  settlementPolicyRoutes,
  stuckBetsRoutes,
  stuckSchemas,
} from "./bets/mod.ts";
import {
  type Branding,
  type BrandingEvent,
  brandingProblems,
  brandingRoutes,
  brandingSchemas,
  hotBrandingRoutes,
  type MoneyGate,
  type MoneyMode,
  openBranding,
  openMoneyGate,
  readTerms,
} from "./branding/mod.ts";
import {
  explanationProblems,
  explanationRoutes,
  explanationSchemas,
  type HouseRulesReads,
  houseRulesRoutes,
  houseRulesSchemas,
  openHouseRules,
} from "./explanations/mod.ts";
import { healthRoutes, healthSchemas } from "./health/mod.ts";
import {
  type AnswerServed,
  type Connections,
  createConnections,
  createDoor,
  createHotRoutes,
  createProblems,
  createRequestIds,
  createRouteTable,
  type DocsAssets,
  type Door,
  docsRoutes,
  errorBoundary,
  type ListenerRoutes,
  type Probes,
  type Problems,
  type RequestAnswered,
  type RequestFailed,
} from "./http/mod.ts";
import {
  type Catalogue,
  oddsProblems,
  oddsRoutes,
  oddsSchemas,
  openCatalogue,
  openStreams,
  type Streams,
  type StreamsOptions,
  streamRoutes,
  streamSchemas,
} from "./odds/mod.ts";
import { operatorProblems, operatorRoutes, operatorSchemas } from "./operators/mod.ts";
import {
  openPlayers,
  type Players,
  type PlayersOptions,
  playersAdminRoutes,
  playersAdminSchemas,
  playersProblems,
  playersRoutes,
  playersSchemas,
} from "./players/mod.ts";
import type { Pool } from "./pool/mod.ts";
import type { Reads } from "./reads/mod.ts";
import type { Clock, Random } from "./resilience/mod.ts";
import { resultsAdminRoutes, resultsProblems, resultsSchemas } from "./results/mod.ts";
import { createLocate, createSlugOfHost, type TenantDirectory, tenantProblems } from "./tenants/mod.ts";
import {
  minorExponent,
  walletAdminRoutes,
  walletProblems,
  walletRoutes,
  walletSchemas,
} from "./wallets/mod.ts";

export type AppEvent = AnswerServed | BrandingEvent | RequestAnswered | RequestFailed;

export interface AppOptions {
  /** Tenants answer at `<slug>.<baseDomain>` when it is set. */
  readonly baseDomain: string | undefined;
  readonly brandingFreshMs: number;
  /** Prices whose source had no good poll for this long are shown suspended. */
  readonly priceAgeMaxMs: number;
  /** What a trusted proxy writes the client's address in; the peer's address counts where there is none. */
  readonly clientAddressHeader?: string | undefined;
  /** The limits of streams. */
  readonly streams?: Omit<StreamsOptions, "priceAgeMaxMs">;
  /** Without it the deployment serves no players: their routes answer 503 and all others as ever. */
  readonly players?: PlayersOptions | undefined;
  /** Whether the money is real; `demo` by default. */
  readonly money?: MoneyMode;
}

export interface AppDeps {
  readonly reads: Reads;
  /** For what must be true or refused, in the role `linehold_web`. */
  readonly writes: Pool;
  readonly directory: TenantDirectory;
  readonly probes: Probes;
  readonly docs: DocsAssets;
  readonly clock: Clock;
  readonly random: Random;
  /** Whether readers of streams are to be sent elsewhere; never by default. */
  readonly isDraining?: () => boolean;
  /** Whether every active brand was found licensed since the boot; asked where money is live. */
  readonly isMoneyChecked?: () => boolean;
  /** Told of every request, every answer and what goes wrong; must not throw. */
  readonly observe: (event: AppEvent) => void;
}

/** The public application: it listens to nothing by itself. */
export interface App {
  /** Answers a request as a listener hands it over; never rejects. */
  readonly fetch: Door;
  /** For a listener to match itself: the same answers as from `fetch`, sooner. */
  readonly hotRoutes: ListenerRoutes;
  readonly branding: Branding;
  readonly catalogue: Catalogue;
  readonly houseRules: HouseRulesReads;
  /** To be disposed before the listener: nobody is left waiting for the end of a stream. */
  readonly streams: Streams;
  /** For the listener to be bound to. */
  readonly connections: Connections;
  readonly problems: Problems;
  /** The rooms' routes, for the contract. */
  readonly routes: ReturnType<typeof joinRoutes>;
}

/** Component schemas of every room, by the names the contract gives them. */
export const schemas = {
  ...brandingSchemas,
  ...oddsSchemas,
  ...streamSchemas,
  ...operatorSchemas,
  ...playersSchemas,
  ...playersAdminSchemas,
  ...walletSchemas,
  ...betsSchemas,
  ...policySchemas,
  ...stuckSchemas,
  ...explanationSchemas,
  ...resultsSchemas,
  ...houseRulesSchemas,
  ...healthSchemas,
};

const BODY_BYTES_MAX = 256 * 1024;
const STREAMS: Omit<StreamsOptions, "priceAgeMaxMs"> = { readersMax: 5000, readersPerAddressMax: 100 };

/** Joins the rooms into one application. Opens nothing and waits for nothing. */
export function buildApp(options: AppOptions, deps: AppDeps): App {
  const { clock, directory, observe, probes } = deps;
  const problems = createProblems([
    ...[tenantProblems, brandingProblems, oddsProblems, operatorProblems, playersProblems, walletProblems],
    ...[betsProblems, resultsProblems, explanationProblems],
  ]);
  const requestIds = createRequestIds(deps);
  const branding = openBranding({ ...deps, freshMs: options.brandingFreshMs });
  const catalogue = openCatalogue({ ...deps, ...options });
  const houseRules = openHouseRules(deps);
  const { isDraining = () => false } = deps;
  const { clientAddressHeader: addressHeader, priceAgeMaxMs } = options;
  const connections = createConnections({ addressHeader });
  const streams = openStreams(
    { ...(options.streams ?? STREAMS), priceAgeMaxMs },
    { ...deps, catalogue, isDraining },
  );
  const { isMoneyChecked: isChecked = () => false, writes } = deps;
  const money = openMoneyGate({ mode: options.money ?? "demo", isChecked });
  const players = openPlayers(options.players, { pool: writes, clock, readTerms, isCurrency });
  const parts = { branding, catalogue, connections, houseRules, streams };
  const routes = joinRoutes(options, { ...deps, ...parts, money, players, problems, requestIds });
  const declared = routes.routes.map(({ method, path }) => ({ method, path }));
  const { baseDomain, brandingFreshMs } = options;
  const { lookUpHost } = directory;
  const fetch = createDoor({
    probes,
    locate: createLocate({
      lookUpHost,
      baseDomain,
      isCommon: commonPaths(declared.map(({ path }) => path)),
    }),
    routes: createRouteTable(declared),
    inner: (request) => routes.fetch(request),
    problems,
    requestIds,
    connections,
    clock,
    observe,
    bodyBytesMax: BODY_BYTES_MAX,
  });
  const hotRoutes = createHotRoutes(hotBrandingRoutes({ branding, freshMs: brandingFreshMs }), {
    door: fetch,
    slugOfHost: createSlugOfHost({ lookUpHost, baseDomain }),
    requestIds,
    clock,
    observe,
  });
  return { fetch, hotRoutes, ...parts, problems, routes };
}

interface RoutesDeps extends AppDeps {
  readonly branding: Branding;
  readonly catalogue: Catalogue;
  readonly connections: Connections;
  readonly houseRules: HouseRulesReads;
  readonly streams: Streams;
  /** For whoever takes money, in the transaction that does. */
  readonly money: MoneyGate;
  readonly players: Players;
  readonly problems: Problems;
  readonly requestIds: ReturnType<typeof createRequestIds>;
}

function joinRoutes({ brandingFreshMs, priceAgeMaxMs }: AppOptions, deps: RoutesDeps) {
  const { docs } = deps;
  // The default looks for the path from the eleventh character on, and short hosts end before.
  // A body is what the contract says or refused: by default what it does not name would be dropped without a word.
  return new Elysia({ handler: { standardHostname: false }, normalize: false })
    .use(errorBoundary(deps))
    .use(healthRoutes(deps))
    .use(docsRoutes(docs))
    .use(brandingRoutes({ branding: deps.branding, freshMs: brandingFreshMs }))
    .use(oddsRoutes(deps))
    .use(streamRoutes(deps))
    .use(playersRoutes(deps))
    .use(walletRoutes({ ...deps, tokens: deps.players.tokens }))
    .use(operatorRoutes(deps))
    .use(playersAdminRoutes(deps))
    .use(walletAdminRoutes({ ...deps, gate: deps.money, gateProblems: brandingProblems }))
    .use(betsRoutes({ ...deps, priceAgeMaxMs }))
    .use(betsAdminRoutes(deps))
    .use(settlementPolicyRoutes(deps))
    .use(stuckBetsRoutes(deps))
    .use(explanationRoutes(deps))
    .use(resultsAdminRoutes(deps))
    .use(houseRulesRoutes(deps));
}

function isCurrency(currency: string): boolean {
  try {
    return minorExponent(currency) >= 0;
  } catch {
    return false;
  }
}

/** Whether a path means the same under every host: those whose first segment is not a tenant. */
function commonPaths(patterns: readonly string[]): (path: string) => boolean {
  const firsts = new Set(patterns.filter((pattern) => !pattern.startsWith("/:")).map(firstSegment));
  return (path) => firsts.has(firstSegment(path));
}

function firstSegment(path: string): string {
  const end = path.indexOf("/", 1);
  return end < 0 ? path : path.slice(0, end);
}
