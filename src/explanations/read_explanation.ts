import { BetNotFoundError, type FrozenBet, selectFrozenBet, selectLegGrades } from "../bets/mod.ts";
import { selectEventSport } from "../feeds/mod.ts";
import type { Connection } from "../pool/mod.ts";
import { type KnownFact, readFacts } from "../results/mod.ts";
import {
  readHouseRules,
  type Settlement,
  selectPublishedRules,
  selectReversals,
  selectSettlements,
} from "../settlement/mod.ts";
import { selectBetTransfers } from "../wallets/mod.ts";
import { type BetStory, type FactsUsed, factsKey, legsGradedBy, legsPaidBy } from "./bet_story.ts";
import type { BetExplanation } from "./contract.ts";
import { RulesMissingError } from "./errors.ts";
import { explanationOf } from "./explanation.ts";
import { waitsFor } from "./waits_for.ts";

export interface ExplanationAsked {
  readonly tenantId: string;
  readonly betId: string;
  /** Whose bet it must be; any player's of the tenant unless given. */
  readonly playerId?: string;
  /** Business time, for what is still open. */
  readonly at: Date;
}

/**
 * What a bet was paid, and why, from the facts to the entries. Needs a read lease of the tenant.
 *
 * @throws {BetNotFoundError} If the tenant, or the player that is named, has no such bet.
 * @throws {RulesMissingError} If the rules that it was placed under are gone, which no migration does.
 */
export async function readExplanation(
  connection: Connection,
  asked: ExplanationAsked,
): Promise<BetExplanation> {
  // First and alone: all that is read after it is only ever added to, so that it holds at least what this bet's version stands on.
  const bet = await selectFrozenBet(connection, asked);
  if (bet === undefined) throw new BetNotFoundError(asked.betId);
  const of = { tenantId: asked.tenantId, betId: bet.betId };
  const [grades, settlements, reversals, transfers, rules] = await Promise.all([
    selectLegGrades(connection, of),
    selectSettlements(connection, of),
    selectReversals(connection, of),
    selectBetTransfers(connection, of),
    selectPublishedRules(connection, bet.rulesVersion),
  ]);
  if (rules === undefined) throw new RulesMissingError(bet.rulesVersion);
  const sports = await sportsOf(connection, bet);
  const facts = await factsUsed(connection, { ...of, bet, settlements });
  const waits = await readWaits(connection, { ...of, bet, rules, sports, at: asked.at });
  return explanationOf({ bet, grades, settlements, reversals, transfers, rules, sports, facts, waits });
}

async function sportsOf(connection: Connection, { legs }: FrozenBet): Promise<BetStory["sports"]> {
  const eventIds = [...new Set(legs.map(({ eventId }) => eventId))];
  const named = await Promise.all(
    eventIds.map(async (eventId) => [eventId, await selectEventSport(connection, eventId)] as const),
  );
  return new Map(named.flatMap(([eventId, sport]) => (sport === undefined ? [] : [[eventId, sport]])));
}

/** What was known of each event whenever the bet was paid by it. */
async function factsUsed(
  connection: Connection,
  { tenantId, bet, settlements }: FactsOf,
): Promise<BetStory["facts"]> {
  const paid = settlements.flatMap((settlement) => legsPaidBy(bet, settlement));
  const used = [...paid, ...legsGradedBy(bet)].filter((one) => one !== null);
  const byKey = new Map<string, FactsUsed>(used.map((one) => [factsKey(one.eventId, one.version), one]));
  const read = [...byKey].map(async ([key, { eventId, version }]) => {
    const known = await readFacts(connection, { eventId, version, tenantId });
    return [key, known?.rows ?? []] as const;
  });
  return new Map<string, readonly KnownFact[]>(await Promise.all(read));
}

interface FactsOf {
  readonly tenantId: string;
  readonly bet: FrozenBet;
  readonly settlements: readonly Settlement[];
}

async function readWaits(
  connection: Connection,
  {
    tenantId,
    bet,
    rules,
    sports,
    at,
  }: { readonly tenantId: string; readonly at: Date } & Pick<BetStory, "bet" | "rules" | "sports">,
): Promise<BetStory["waits"]> {
  const houseRules = readHouseRules(rules.document);
  const waits = bet.legs.map(async (leg) => {
    const isOpen = leg.resultVersion === null;
    const known = isOpen ? await readFacts(connection, { eventId: leg.eventId, tenantId }) : undefined;
    const by = { bet, rules: houseRules, sport: sports.get(leg.eventId), facts: known?.facts, at };
    const waiting = waitsFor(leg, by);
    return waiting === undefined ? [] : [[leg.legNumber, waiting] as const];
  });
  return new Map((await Promise.all(waits)).flat());
}
