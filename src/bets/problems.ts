import type { ProblemEntry, ProblemTable } from "../http/mod.ts";
import { LEGS_MAX } from "./bet.ts";
import { BetRefusedError, type LegJudgement, LimitsInvalidError, RulesUnknownError } from "./errors.ts";

/** The facts of a refusal that a caller may know: numbers, times, and what stands against which leg. */
function membersOf(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof BetRefusedError)) return {};
  const facts = Object.entries(error.facts).map(([name, fact]) => [
    name,
    typeof fact === "bigint" ? Number(fact) : fact,
  ]);
  return { ...Object.fromEntries(facts), ...(error.legs.length > 0 && { legs: error.legs.map(legMember) }) };
}

function legMember({ price, ...leg }: LegJudgement) {
  return {
    ...leg,
    fraction:
      price === undefined ? null : { numerator: `${price.numerator}`, denominator: `${price.denominator}` },
  };
}

const EVENT = "01994e0a-3c00-7000-8000-0d9c1c2f7a11";
const OTHER_EVENT = "01994e0a-3c00-7000-8000-0d9c1c2f7a12";
const exampleLeg = (code: string | null, eventId = EVENT, legNumber = 1) => ({
  legNumber,
  eventId,
  code,
  fraction: { numerator: "8", denominator: "5" },
});
const refused = (title: string, status = 409, example?: Readonly<Record<string, unknown>>): ProblemEntry => ({
  status,
  title,
  members: membersOf,
  ...(example && { example }),
});
const ofLeg = (code: string, title: string, more: Readonly<Record<string, unknown>> = {}) =>
  refused(title, 409, { ...more, legs: [exampleLeg(code)] });
const range = { minMinor: 100, maxMinor: 25_000 };

/** How the errors of this room are told to callers. */
export const problems = {
  bet_not_found: { status: 404, title: "No such bet" },
  selection_unknown: ofLeg("selection_unknown", "There is no such selection"),
  market_not_bettable: ofLeg("market_not_bettable", "This market takes no bets"),
  offline_event: ofLeg("offline_event", "This event takes no bets", { eventStatus: "live" }),
  past_cutoff_time: ofLeg("past_cutoff_time", "This event has begun", {
    startsAt: "2025-09-20T11:30:00.000Z",
  }),
  betting_suspended: ofLeg("betting_suspended", "Betting on this selection is suspended"),
  price_stale: ofLeg("price_stale", "The price is too old to be bet on"),
  line_changed: ofLeg("line_changed", "The price has changed"),
  invalid_legs: refused("Several legs cannot be taken", 409, {
    legs: [exampleLeg("line_changed"), exampleLeg("betting_suspended", OTHER_EVENT, 2)],
  }),
  correlated: refused("Some legs decide each other", 422, {
    legs: [exampleLeg("correlated"), exampleLeg("correlated", EVENT, 2)],
  }),
  too_many_legs: refused("The bet has too many legs", 422, { legsMax: LEGS_MAX }),
  all_betting_closed: refused("No bets are taken at present"),
  below_min_bet_amount: refused("The stake is below the least that is taken", 422, range),
  above_max_bet_amount: refused("The stake is above the most that is taken", 422, {
    ...range,
    bound: "payout",
  }),
  bet_not_open: { status: 409, title: "The bet was paid meanwhile" },
  limits_invalid: {
    status: 422,
    title: "The limits do not hold together",
    members: (error) => (error instanceof LimitsInvalidError ? { faults: error.faults } : {}),
    example: { faults: [{ path: "limits.0.eventId", reason: "is missing: the scope is event" }] },
  },
  limits_version_conflict: { status: 409, title: "The limits were changed meanwhile" },
  settlement_policy_conflict: { status: 409, title: "The settlement policy was changed meanwhile" },
  rules_unknown: {
    status: 422,
    title: "No such house rules are published",
    members: (error) => (error instanceof RulesUnknownError ? { published: error.published } : {}),
    example: { published: [1, 2] },
  },
  resubmit_request: {
    status: 503,
    title: "The bet was not placed: send the same request again",
    retryAfterSeconds: 1,
  },
} as const satisfies ProblemTable;
