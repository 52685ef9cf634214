/** A section of the rules as published. */
type Section = Readonly<Record<string, unknown>> | string | readonly unknown[] | number;

/**
 * A section of the house rules in plain words, by its name and what it says. `of` is whom a rule by sport or market type is for, as in
 * `soccer`; `default` is everybody else.
 *
 * @returns What is published, as it is, for a section that has no words here.
 */
export function ruleInWords(name: string, says: unknown, of = "default"): string {
  const words = Object.hasOwn(WORDS, name) ? WORDS[name]?.(says as Section, of) : undefined;
  return words ?? `${name}: ${JSON.stringify(says)}`;
}

const field = (says: Section, name: string): Section =>
  (typeof says === "object" ? ((says as Record<string, unknown>)[name] as Section) : undefined) ?? "";

const BACK = "returns the stake";

const WORDS: Readonly<Record<string, (says: Section, of: string) => string>> = {
  "1x2": () =>
    "Home, draw and away are decided by regular time, stoppage time included; extra time does not count.",
  void_result: () => "An event that is declared to have no result returns the stake.",
  rounding: () => "A return is rounded once, to the nearest minor unit; a half goes to the player.",
  decided_markets: (says) =>
    says === "paid_at_once"
      ? "What later play cannot change is paid at once, also while the event goes on."
      : "Bets are paid once the event is over.",
  postponed: (says, of) =>
    `${what(of)} that is put off stands if it begins ${windowOf(says)}; otherwise it ${BACK}.`,
  abandoned: (says, of) =>
    `${what(of)} that is broken off stands if it goes on ${windowOf(field(says, "resume"))}. Otherwise ${
      field(says, "decided") === "void"
        ? "every bet on it returns the stake"
        : "what play had decided before stands, and the rest returns the stake"
    }.`,
  cancelled: () => `An event that is called off ${BACK}, and so does a bet that is cancelled by rule.`,
  walkover: () => `An event that one side wins without playing ${BACK}.`,
  retired: (says, of) =>
    says === "stake_returned"
      ? `If a side gives up or is disqualified, what play had not decided ${BACK}.`
      : `If a side of ${what(of).toLowerCase()} gives up or is disqualified${
          says === "stands_after_first_set" ? " after a set was finished" : " once it has begun"
        }, the other has won; other markets that play had not decided return the stake.`,
  overtime: (says) =>
    says === "excluded"
      ? "A market on the whole match counts what is played up to the end of regular time."
      : "A market on the whole match counts overtime too.",
  level_winner: () => `A choice of two winners ${BACK} where the two end level.`,
  dead_heat: (says) =>
    says === "shared"
      ? "Where more tie than there are places left, each is paid the share of places left among those tied."
      : "Ties are paid in full.",
  deductions: () =>
    "Runners withdrawn after the bet take a part of the winnings by the price each had: the table says how much, and how much at most.",
  listed_pitchers: (says) =>
    says === "action"
      ? "The bet stands whoever pitches."
      : `If a listed pitcher does not start, the bet ${BACK}.`,
  minimum_play: (says) =>
    `If the event ends early, at least ${least(says)} must have been played; what was decided before stands.`,
  round_seconds: (says) => `A round lasts ${says} seconds; half a round is half of them.`,
  card_points: (says) =>
    `A yellow card counts ${field(says, "yellow")}, a red one ${field(says, "red")}; a second yellow is a red.`,
  scorers: () => `Own goals are nobody's. A player who did not take part in time ${BACK}.`,
};

const SPORTS: Readonly<Record<string, string>> = {
  soccer: "A match",
  tennis: "A tennis match",
  cricket: "A cricket match",
  mma: "A fight",
  boxing: "A fight",
};

function what(of: string): string {
  return SPORTS[of] ?? "An event";
}

function windowOf(says: Section): string {
  if (says === "same_local_day") return "on the same day by the venue's clock";
  return `within ${field(says, "play_within_hours")} hours of its planned start`;
}

const UNITS: Readonly<Record<string, string>> = { baseball: "innings" };

function least(says: Section): string {
  const sport = field(says, "sport");
  return `${field(says, "least")} ${UNITS[typeof sport === "string" ? sport : ""] ?? "minutes"}`;
}
