import {
  type Fraction,
  formatDecimalPrice,
  fraction,
  offersWinnings,
  parseDecimalPrice,
} from "../markets/mod.ts";
import {
  ALL_GOALS,
  boutClaim,
  countClaim,
  goalClaim,
  pitcherClaim,
  playedClaim,
  playerClaim,
  retiredClaim,
  retraction,
  startClaim,
  statusClaim,
  winnerClaim,
  withdrawnClaim,
} from "./claims.ts";
import { type ClaimField, FactClaimInvalidError } from "./errors.ts";
import type { FactKind, FactRow } from "./fact_rows.ts";
import { isFactPeriod, isStatistic } from "./facts/counts.ts";
import type { FactPeriod, Side, Statistic } from "./facts/facts.ts";
import { FACT_STATUSES } from "./known_facts.ts";

/** What a person can claim in one line; cancellations are made by more than a line. */
export const CLAIMED_FACTS = [
  "status",
  "start",
  "count",
  "winner",
  "goal",
  "player",
  "retired",
  "bout",
  "pitcher",
  "played",
  "withdrawn",
] as const satisfies readonly FactKind[];
export type ClaimedFact = (typeof CLAIMED_FACTS)[number];

/**
 * A claim as people write it: in a file and to the operators' door alike. `value` says what is claimed, by the kind of fact:
 *
 * | fact | names | value |
 * |---|---|---|
 * | `status` | | a status, as in `ended`, `abandoned`, `retired` or `void` |
 * | `start` | | when it began or is to begin, ISO 8601; `utcOffsetMinutes` of the venue where it is known |
 * | `count` | statistic, period, side | a whole number from 0; `final` unless said otherwise |
 * | `winner` | period | `home`, `away` or `draw` |
 * | `goal` | subject: its number from 1, side, period | who scored, or nothing |
 * | `goal` | subject: `all` | how many goals there are; `final` unless said otherwise |
 * | `player` | subject: the name, side | how many goals had been scored when he took the field, 0 for who began, `never` |
 * | `retired` | | who gave up, or was disqualified: `home` or `away` |
 * | `bout` | | how far it went, as in `3:120`: whole rounds, and seconds of the next |
 * | `pitcher` | side | who started |
 * | `played` | | how much of it was played, as in `5.5` innings |
 * | `withdrawn` | subject: the runner | its price at that moment, as in `4.5` |
 */
export interface ClaimWords {
  readonly fact: ClaimedFact;
  readonly statistic?: string | undefined;
  readonly period?: string | undefined;
  readonly side?: string | undefined;
  readonly subject?: string | undefined;
  readonly value?: string | undefined;
  readonly ownGoal?: boolean | undefined;
  readonly utcOffsetMinutes?: number | undefined;
  readonly final?: boolean | undefined;
  /** It is claimed no longer; then no value is given. */
  readonly retract?: boolean | undefined;
  /** When it was true; when it is recorded, unless given. */
  readonly trueAt?: Date | undefined;
}

/**
 * The claim that somebody's words make.
 *
 * @throws {FactClaimInvalidError} Naming the first part that cannot be told.
 */
export function claimOfWords(words: ClaimWords, at: Date): FactRow {
  const row = rowOf(words, words.trueAt ?? at);
  if (words.final === false && row.fact !== "count" && row.subject !== ALL_GOALS)
    throw wrong("final", "true, but of a count or of how many goals there are");
  if (words.retract !== true) return row;
  if (words.value !== undefined && words.value !== "")
    throw wrong("value", "left out, as it is claimed no longer");
  return retraction(row, words.trueAt ?? at);
}

function rowOf(words: ClaimWords, trueAt: Date): FactRow {
  const { fact, final = true, retract = false } = words;
  // Of what is retracted the name alone counts; any value will do to make it.
  const value = retract ? RETRACTED[fact] : (words.value ?? "");
  switch (fact) {
    case "status":
      return statusClaim(oneOf("value", value, FACT_STATUSES), trueAt);
    case "start":
      return startOf(words, value, trueAt);
    case "count": {
      const named = { statistic: statisticOf(words), period: periodOf(words), side: sideOf(words) };
      return countClaim({ ...named, value: wholeNumber(value), final }, trueAt);
    }
    case "winner":
      return winnerClaim(
        { period: periodOf(words), winner: oneOf("value", value, ["home", "away", "draw"]) },
        trueAt,
      );
    case "goal":
      return goalOf(words, { value: retract ? "0" : value, trueAt });
    case "player": {
      const entered = value === "never" ? null : wholeNumber(value, 'a whole number from 0, or "never"');
      return playerClaim({ name: subjectOf(words), side: sideOf(words), enteredAfterGoals: entered }, trueAt);
    }
    case "retired":
      return retiredClaim(oneOf("value", value, ["home", "away"]), trueAt);
    case "bout": {
      const [, rounds, seconds] = /^(\d{1,2}):(\d{1,3})$/.exec(value) ?? [];
      if (rounds === undefined) throw wrong("value", 'whole rounds and seconds of the next, as in "3:120"');
      return boutClaim({ rounds: Number(rounds), seconds: Number(seconds) }, trueAt);
    }
    case "pitcher":
      return pitcherClaim({ side: sideOf(words), name: nameOf("value", value) }, trueAt);
    case "played":
      if (!/^\d{1,3}(\.5)?$/.test(value)) throw wrong("value", 'a number of halves, as in "5" or "5.5"');
      return playedClaim(Number(value), trueAt);
    case "withdrawn":
      return withdrawnClaim({ runner: subjectOf(words), price: priceOf(value) }, trueAt);
  }
}

const RETRACTED: Readonly<Record<ClaimedFact, string>> = {
  status: "unknown",
  start: "2000-01-01T00:00:00Z",
  count: "0",
  winner: "draw",
  goal: "0",
  player: "never",
  retired: "home",
  bout: "0:0",
  pitcher: "-",
  played: "0",
  withdrawn: "2",
};

function startOf({ utcOffsetMinutes }: ClaimWords, value: string, trueAt: Date): FactRow {
  const actual = new Date(value);
  if (!/^\d{4}-\d{2}-\d{2}T/.test(value) || Number.isNaN(actual.getTime()))
    throw wrong("value", 'a time, as in "2025-03-01T15:00:00Z"');
  if (utcOffsetMinutes !== undefined && !(Math.abs(utcOffsetMinutes) <= 900))
    throw wrong("utcOffsetMinutes", "from -900 to 900");
  return startClaim({ actual, ...(utcOffsetMinutes === undefined ? {} : { utcOffsetMinutes }) }, trueAt);
}

function goalOf(
  words: ClaimWords,
  { value, trueAt }: { readonly value: string; readonly trueAt: Date },
): FactRow {
  const { subject = "", ownGoal, final = true } = words;
  if (subject === ALL_GOALS) {
    const named = { statistic: null, period: null, side: null, subject, detail: null, retracted: false };
    return { fact: "goal", ...named, value: wholeNumber(value), final, trueAt };
  }
  if (!/^[1-9]\d?$/.test(subject)) throw wrong("subject", 'its number from 1, or "all"');
  // The name of a goal is its number alone: a retraction needs no more.
  if (words.retract === true)
    return goalClaim({ side: "home", period: "match" }, { number: Number(subject), final: true, trueAt });
  const goal = {
    side: sideOf(words),
    period: periodOf(words),
    ...(value === "" ? {} : { player: nameOf("value", value) }),
    ...(ownGoal === true ? { ownGoal } : {}),
  };
  return goalClaim(goal, { number: Number(subject), final: true, trueAt });
}

function wrong(field: ClaimField, wanted: string): FactClaimInvalidError {
  return new FactClaimInvalidError({ field, wanted });
}

function oneOf<T extends string>(field: ClaimField, value: string, known: readonly T[]): T {
  const found = known.find((one) => one === value);
  if (found === undefined) throw wrong(field, `one of ${known.join(", ")}`);
  return found;
}

function wholeNumber(value: string, wanted = "a whole number from 0: what is not known is not 0"): number {
  if (!/^\d{1,6}$/.test(value)) throw wrong("value", wanted);
  return Number(value);
}

function statisticOf({ statistic = "" }: ClaimWords): Statistic {
  if (!isStatistic(statistic)) throw wrong("statistic", "one that is counted, as in score or corners");
  return statistic;
}

function periodOf({ period = "" }: ClaimWords): FactPeriod {
  if (!isFactPeriod(period)) throw wrong("period", "a stretch of play, as in regulation or first_half");
  return period;
}

function sideOf({ side = "" }: ClaimWords): Side {
  return oneOf("side", side, ["home", "away"]);
}

function subjectOf({ subject = "" }: ClaimWords): string {
  return nameOf("subject", subject);
}

function nameOf(field: ClaimField, name: string): string {
  if (name.trim() === "" || name.length > 200) throw wrong(field, "a name of 1 to 200 characters");
  return name;
}

function priceOf(value: string): Fraction {
  const price = parseDecimalPrice(value);
  if (price === undefined || !offersWinnings(price)) throw wrong("value", 'a price above 1, as in "4.5"');
  return price;
}

/** What a claim says, as `ClaimWords` write it; `null` if it says nothing more than its name. */
export function valueInWords({ fact, value, detail }: FactRow): string | number | null {
  if (value !== null) return value;
  const said = (name: string) => {
    const word = detail?.[name];
    return typeof word === "string" || typeof word === "number" ? word : null;
  };
  switch (fact) {
    case "status":
      return said("status");
    case "start":
      return said("actual") ?? said("planned");
    case "winner":
      return said("winner");
    case "goal":
      return said("player");
    case "player":
      return said("enteredAfterGoals") ?? (detail === null ? null : "never");
    case "retired":
      return said("side");
    case "bout":
      return detail === null ? null : `${said("rounds")}:${said("seconds")}`;
    case "pitcher":
      return said("name");
    case "played":
      return said("amount");
    case "withdrawn": {
      const [numerator, denominator] = [said("numerator"), said("denominator")];
      return numerator === null || denominator === null
        ? null
        : formatDecimalPrice(fraction(BigInt(numerator), BigInt(denominator)));
    }
    case "cancelled":
      return said("reason");
    case "count":
      return null;
  }
}
