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
