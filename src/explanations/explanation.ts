import type { FrozenBet, FrozenLeg } from "../bets/mod.ts";
import { minorToJson } from "../http/mod.ts";
import { type BetStory, legsGradedBy, legsPaidBy } from "./bet_story.ts";
import type { BetExplanation, ExplainedLeg, ExplainedStep, SettledStep, TransferView } from "./contract.ts";
import { fractionView, paidLegOf, productOf } from "./paid_leg.ts";
import { reversalInWords, waitingInWords } from "./reason_words.ts";
import { ruleInWords } from "./rule_words.ts";
import { transfersOfSteps } from "./steps_money.ts";

const FORMULA = "stake × the product over all legs of v + (1 − v) · r · h · (1 + (price − 1) · (1 − d))";

/** A bet from the facts to the entries, with everything that it was paid by, now and before. Pure. */
export function explanationOf(story: BetStory): BetExplanation {
  const { bet, rules } = story;
  const rounding = String(rules.document["rounding"]);
  const versions = stepsOf(story);
  const isOpen = bet.state === "open" || bet.state === "quarantined";
  const soFar = legsGradedBy(bet);
  return {
    betId: bet.betId,
    state: bet.state,
    currency: bet.currency,
    stakeMinor: minorToJson(bet.stakeMinor),
    returnMinor: returnOf(bet, versions),
    placedAt: bet.placedAt.toISOString(),
    terms: bet.terms,
    rules: { version: bet.rulesVersion, publishedAt: rules.publishedAt.toISOString() },
    formula: FORMULA,
    rounding: { rule: rounding, text: ruleInWords("rounding", rounding) },
    failure: isOpen ? bet.failure : null,
    legs: bet.legs.map((leg) => legOf(leg, story)),
    legsSoFar: isOpen ? bet.legs.map((leg, index) => paidLegOf(story, leg, soFar[index] ?? null)) : null,
    versions,
  };
}

function legOf(leg: FrozenLeg, { sports, waits }: BetStory): ExplainedLeg {
  const { legNumber, eventId, startsAt, price, resultVersion: _, ...frozen } = leg;
  const waiting = waits.get(legNumber);
  return {
    legNumber,
    eventId,
    sport: sports.get(eventId) ?? null,
    ...frozen,
    startsAt: startsAt.toISOString(),
    price: fractionView(price),
    waitsFor: waiting === undefined ? null : { ...waiting, text: waitingInWords(waiting.why, waiting.what) },
  };
}

/** What it has returned as it stands. */
function returnOf({ state, stakeMinor }: FrozenBet, steps: readonly ExplainedStep[]): number | null {
  if (state === "void") return minorToJson(stakeMinor);
  const settled = steps.findLast((step) => step.kind === "settled");
  return state === "settled" && settled !== undefined ? settled.returnMinor : null;
}

/** Everything that became of the bet up to the version that it was read at, in order. */
function stepsOf(story: BetStory): ExplainedStep[] {
  const { bet, settlements, reversals } = story;
  const upTo = ({ settlementVersion }: { readonly settlementVersion: number }) =>
    settlementVersion <= bet.settlementVersion;
  const steps: ExplainedStep[] = [
    { kind: "placed", version: 0, at: bet.placedAt.toISOString(), transfers: [] },
    ...settlements.filter(upTo).map((settlement) => settledOf(story, settlement)),
    ...reversals.filter(upTo).map(
      ({
        settlementVersion,
        reversesVersion,
        eventId,
        resultVersion,
        reason,
        reversedAt,
      }): ExplainedStep => ({
        kind: "reversed",
        version: settlementVersion,
        at: reversedAt.toISOString(),
        transfers: [],
        reverses: reversesVersion,
        reason,
        text: reversalInWords(reason),
        because: eventId === null || resultVersion === null ? null : { eventId, factVersion: resultVersion },
      }),
    ),
    ...voidedOf(bet),
  ];
  const ordered = steps.sort((one, other) => one.version - other.version);
  const moved = transfersOfSteps(ordered, story.transfers);
  return ordered.map((step) => ({ ...step, transfers: moved.get(step.version)?.map(transferOf) ?? [] }));
}

/** A void is the last that becomes of a bet. */
function voidedOf({ voided, settlementVersion }: FrozenBet): ExplainedStep[] {
  if (voided === null) return [];
  const { at, by, reason, rule } = voided;
  return [
    { kind: "void", version: settlementVersion, at: at.toISOString(), transfers: [], reason, rule, by },
  ];
}

function settledOf(story: BetStory, settlement: BetStory["settlements"][number]): SettledStep {
  const { settlementVersion, eventId, resultVersion, exact, returnMinor, settledAt } = settlement;
  const paidBy = legsPaidBy(story.bet, settlement);
  const legs = story.bet.legs.map((leg, index) => paidLegOf(story, leg, paidBy[index] ?? null));
  return {
    kind: "settled",
    version: settlementVersion,
    at: settledAt.toISOString(),
    transfers: [],
    decidedBy: { eventId, factVersion: resultVersion },
    legs,
    product: fractionView(productOf(story, paidBy)),
    exactReturn: fractionView(exact),
    returnMinor: minorToJson(returnMinor),
  };
}

function transferOf({ transferId, kind, occurredAt, entries }: BetStory["transfers"][number]): TransferView {
  return {
    transferId,
    kind,
    occurredAt: occurredAt.toISOString(),
    entries: entries.map(({ account, amountMinor }) => ({ account, amountMinor: minorToJson(amountMinor) })),
  };
}
