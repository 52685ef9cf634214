/** What a tenant shows of the catalogue: sports, events, prices, results; and what it has set about them. */
export {
  boardFor,
  headFor,
  marketsFor,
  type RawBoard,
  type RawMarket,
  rawBoardOf,
  remainingLifeMs,
  type Withheld,
} from "./board.ts";
export { problems as oddsProblems, schemas as oddsSchemas } from "./contract.ts";
export {
  CursorInvalidError,
  EventNotFoundError,
  OfferInvalidError,
  OfferVersionConflictError,
  SuspensionInvalidError,
  SuspensionNotFoundError,
  SuspensionScopeUnknownError,
} from "./errors.ts";
export { priceFor } from "./margin.ts";
export { isEventOff, isMarketOff, NEUTRAL_SETTINGS, offerOf, type TenantOffer } from "./offer.ts";
export { type OddsFormat, type OfferSettings, offerSettingsSchema } from "./offer_contract.ts";
export { type OfferFault, readOffer } from "./offer_faults.ts";
export { insertOffer, selectTenantOffer, selectUnstoredNames, type UnstoredName } from "./offer_queries.ts";
export { type Catalogue, type CatalogueDeps, openCatalogue } from "./read_catalogue.ts";
export { openSuspensions, type SuspensionsReader, type TenantSuspensions } from "./read_suspensions.ts";
export { oddsRoutes } from "./routes.ts";
export { type OfferToSave, type SaveOfferDeps, saveOffer } from "./save_offer.ts";
export type { StreamStats } from "./stream_hub.ts";
export { openStreams, type Streams, type StreamsOptions, streamRoutes, streamSchemas } from "./streams.ts";
export {
  liftSuspension,
  type SuspendDeps,
  type SuspensionLifted,
  type SuspensionMade,
  type SuspensionToMake,
  suspend,
} from "./suspend.ts";
export {
  listSuspensions,
  type SuspensionFilter,
  type SuspensionRecord,
  selectSuspensions,
  selectSuspensionsOfEvents,
} from "./suspension_queries.ts";
export {
  isSuspended,
  type Suspension,
  type SuspensionScope,
  type SuspensionSubject,
  suspensionsOf,
} from "./suspensions.ts";
