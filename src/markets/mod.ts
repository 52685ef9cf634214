/** The language that feeds, odds, bets and settlement share: normal form, catalogue, exact prices. Pure. */
export {
  isOutcomeOf,
  type KnownMarketType,
  type LineKind,
  MARKET_TYPES,
  type MarketTypeEntry,
  marketTypeEntry,
  UNKNOWN_MARKET_TYPE,
} from "./catalogue.ts";
export {
  add,
  compare,
  type Fraction,
  fraction,
  HALF,
  multiply,
  ONE,
  roundHalfUp,
  subtract,
  ZERO,
} from "./fraction.ts";
export { parseLineQuarters } from "./line.ts";
export {
  EVENT_STATUSES,
  type EventFacts,
  type EventStatus,
  type Market,
  type OfferedPrice,
  PERIODS,
  type Period,
  type Selection,
} from "./normal_form.ts";
export {
  formatAmericanPrice,
  formatDecimalPrice,
  formatFractionalPrice,
  offersWinnings,
  overround,
  parseAmericanPrice,
  parseDecimalPrice,
} from "./price.ts";
