import { type Fraction, fraction, marketTypeEntry, ONE, parseDecimalPrice } from "../../markets/mod.ts";
import {
  array,
  by,
  type Document,
  DocumentReader,
  oneOf,
  record,
  required,
  wholeNumber,
} from "./_document.ts";
import type { DeductionBand, HouseRules, MinimumPlay, Window } from "./house_rules.ts";

/** A document of house rules is not one: every fault, each with its place. */
export class HouseRulesInvalidError extends Error {
  override readonly name = "HouseRulesInvalidError";
  readonly code = "house_rules_invalid";
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`Cannot read the house rules as they are not valid: ${faults.join("; ")}`);
    this.faults = faults;
  }
}

const RETURNED = ["stake_returned"] as const;

/**
 * Reads a document of house rules, of any version there was: sections that a version does not have are absent.
 *
 * @throws {HouseRulesInvalidError} If a section is unknown or says what no rule can mean.
 */
export function readHouseRules(document: unknown): HouseRules {
  const reader = new DocumentReader();
  const given = record(document, reader.at("rules"), Object.keys(SECTIONS));
  const rules: Record<string, unknown> = { decidedMarkets: "paid_at_the_end" };
  for (const [name, { as, read }] of Object.entries(SECTIONS)) {
    const at = reader.at(`rules.${name}`);
    const said = given?.[name];
    if (said === undefined) {
      if (REQUIRED.has(name)) at.fault("it is missing");
      continue;
    }
    const rule = read(said, at);
    if (as !== undefined) rules[as] = rule;
  }
  if (reader.faults.length > 0) throw new HouseRulesInvalidError(reader.faults);
  return Object.freeze(rules) as unknown as HouseRules;
}

interface Section {
  /** The field it becomes; a section without one is only what the normal form always does, said aloud. */
  readonly as?: keyof HouseRules;
  readonly read: (said: unknown, at: Document) => unknown;
}

const REQUIRED: ReadonlySet<string> = new Set(["void_result", "rounding"]);

const SECTIONS: Readonly<Record<string, Section>> = {
  // Which play decides a market is its period; version 1 says it once more for the one market it knew.
  "1x2": { read: readThreeWay },
  void_result: { as: "voidResult", read: (said, at) => oneOf(said, at, RETURNED) },
  rounding: {
    as: "rounding",
    read: (said, at) => oneOf(said, at, ["nearest_minor_unit_halves_to_player"]),
  },
  decided_markets: {
    as: "decidedMarkets",
    read: (said, at) => oneOf(said, at, ["paid_at_once", "paid_at_the_end"]),
  },
  postponed: { as: "postponed", read: (said, at) => by(said, at, readWindow) },
  abandoned: { as: "abandoned", read: (said, at) => by(said, at, readAbandoned) },
  cancelled: { as: "cancelled", read: (said, at) => oneOf(said, at, RETURNED) },
  walkover: { as: "walkover", read: (said, at) => oneOf(said, at, RETURNED) },
  retired: {
    as: "retired",
    read: (said, at) =>
      by(said, at, (one, where) =>
        oneOf(one, where, ["stake_returned", "stands_after_first_set", "stands_once_begun"]),
      ),
  },
  overtime: {
    as: "overtime",
    read: (said, at) => by(said, at, (one, where) => oneOf(one, where, ["counts", "excluded"])),
  },
  level_winner: { as: "levelWinner", read: (said, at) => oneOf(said, at, RETURNED) },
  dead_heat: {
    as: "deadHeat",
    read: (said, at) => by(said, at, (one, where) => oneOf(one, where, ["shared", "paid_in_full"])),
  },
  deductions: { as: "deductions", read: readDeductions },
  listed_pitchers: {
    as: "listedPitchers",
    read: (said, at) => oneOf(said, at, ["void_if_changed", "action"]),
  },
  minimum_play: {
    as: "minimumPlay",
    read: (said, at) => array(said, at).map((one, index) => readMinimum(one, at.in(`${index}`))),
  },
  round_seconds: { as: "roundSeconds", read: readRounds },
  card_points: { as: "cardPoints", read: readCards },
  scorers: { as: "scorers", read: readScorers },
};

function readThreeWay(said: unknown, at: Document): void {
  const given = record(said, at, ["period", "extra_time_counts"]);
  oneOf(given?.["period"], at.in("period"), ["regulation"]);
  if (given?.["extra_time_counts"] !== false) at.in("extra_time_counts").fault("it must be false");
}

function readWindow(said: unknown, at: Document): Window {
  if (said === "same_local_day") return said;
  const given = record(said, at, ["play_within_hours"]);
  return { hours: wholeNumber(given?.["play_within_hours"], at.in("play_within_hours"), { most: 24 * 366 }) };
}

function readAbandoned(said: unknown, at: Document) {
  const given = record(said, at, ["resume", "decided"]);
  return {
    window: readWindow(given?.["resume"], at.in("resume")),
    decided: oneOf(given?.["decided"], at.in("decided"), ["stands", "void"]),
  };
}

function readDeductions(said: unknown, at: Document) {
  const given = record(said, at, ["table", "most_pence"]);
  const bands = array(given?.["table"], at.in("table")).map((one, index) =>
    readBand(one, at.in(`table.${index}`)),
  );
  bands.forEach(({ upTo }, index) => {
    const before = bands[index - 1];
    if (
      before !== undefined &&
      upTo.numerator * before.upTo.denominator <= before.upTo.numerator * upTo.denominator
    )
      at.in(`table.${index}`).fault("prices must rise from band to band");
  });
  return { bands, most: readPence(given?.["most_pence"], at.in("most_pence")) };
}

function readBand(said: unknown, at: Document): DeductionBand {
  const given = record(said, at, ["up_to", "pence"]);
  const price = typeof given?.["up_to"] === "string" ? parseDecimalPrice(given["up_to"]) : undefined;
  if (price === undefined || price.numerator <= price.denominator)
    at.in("up_to").fault('it must be a price above 1 as decimal digits, as in "1.12"');
  return { upTo: price ?? ONE, deduction: readPence(given?.["pence"], at.in("pence")) };
}

/** Pence of the pound, as the table is published. */
function readPence(said: unknown, at: Document): Fraction {
  return fraction(BigInt(wholeNumber(said, at, { most: 100 })), 100n);
}

function readMinimum(said: unknown, at: Document): MinimumPlay {
  const given = record(said, at, ["sport", "market_types", "least"]);
  const { sport, market_types: types, least } = given ?? {};
  const known =
    Array.isArray(types) &&
    types.every((type) => typeof type === "string" && marketTypeEntry(type) !== undefined);
  if (types !== "all" && !known) at.in("market_types").fault('it must be "all" or a list of market types');
  if (typeof least !== "number" || !(least > 0)) at.in("least").fault("it must be a number above 0");
  return {
    sport: required(sport, at.in("sport")),
    marketTypes: types as MinimumPlay["marketTypes"],
    least: Number(least),
  };
}

function readRounds(said: unknown, at: Document): ReadonlyMap<string, number> {
  const given = record(said, at);
  return new Map(
    Object.entries(given ?? {}).map(([sport, seconds]) => [
      sport,
      wholeNumber(seconds, at.in(sport), { least: 1, most: 3600 }),
    ]),
  );
}

function readCards(said: unknown, at: Document) {
  const given = record(said, at, ["yellow", "red"]);
  return {
    yellow: wholeNumber(given?.["yellow"], at.in("yellow"), { most: 100 }),
    red: wholeNumber(given?.["red"], at.in("red"), { most: 100 }),
  };
}

function readScorers(said: unknown, at: Document) {
  const given = record(said, at, ["own_goals", "not_taking_part"]);
  return {
    ownGoals: oneOf(given?.["own_goals"], at.in("own_goals"), ["ignored"]),
    notTakingPart: oneOf(given?.["not_taking_part"], at.in("not_taking_part"), RETURNED),
  };
}
