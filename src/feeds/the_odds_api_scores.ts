import type { EventFacts } from "../markets/mod.ts";
import { type CountClaim, scoredPeriodOf } from "../results/mod.ts";
import { isRecord, type JsonRecord, textAt } from "./_json.ts";
import { readRecords } from "./_json_records.ts";
import { readGame, sourceOf, versionAt } from "./_the_odds_api_game.ts";
import { FeedUnreadableError } from "./errors.ts";
import type { QuarantineItem, ReadAnswer, ResultFacts, Score, SnapshotEvent } from "./snapshot.ts";

/**
 * Reads one answer of The Odds API's v4 `/scores`: how games stand and ended, with not a word about prices.
 *
 * Its versions, the newest `last_update` in seconds, are a count of their own beside those of `/odds`. Games that are not
 * completed have a running score or none: no result. An answer in which no game has begun has no version and tells no state.
 *
 * @throws {FeedUnreadableError} If it is not such an answer, one of `/odds` included.
 */
export const readTheOddsApiScores: ReadAnswer = async (body, context) => {
  const elements: JsonRecord[] = [];
  const sportKeys = new Set<string>();
  let version = 0;
  await readRecords(body, context.source, (element) => {
    if (!("completed" in element)) throw new FeedUnreadableError(context.source, "a game has no scores");
    elements.push(element);
    sportKeys.add(textAt(element, "sport_key"));
    version = Math.max(version, versionAt(element, "last_update", context.at));
  });
  const source = sourceOf(context.source, sportKeys);
  const readings = elements.map((element) =>
    readScores(element, { at: context.at, version: BigInt(version) }),
  );
  return {
    source,
    feed: `${source}/scores`,
    version: BigInt(version),
    scope: version === 0 ? "nothing" : "named",
    events: readings.flatMap(({ event }) => event ?? []),
    quarantined: readings.flatMap(({ quarantined }) => quarantined ?? []),
    counts: { events: elements.length, markets: 0, prices: 0, open: 0, suspended: 0, quarantined: {} },
  };
};

interface Reading {
  readonly event?: SnapshotEvent;
  readonly quarantined?: QuarantineItem;
}

function readScores(element: JsonRecord, moment: { readonly at: Date; readonly version: bigint }): Reading {
  const facts = readGame(element, moment);
  if (facts === undefined) return { quarantined: setAside(textAt(element, "id"), "event", element) };
  const score = scoreOf(element, facts);
  if (element["completed"] !== true)
    return { event: { facts, prices: undefined, ...runningOf(facts, score) } };
  if (score === undefined) {
    // Over, but nobody knows how: nothing is settled until the scores name both sides.
    const event = { facts: { ...facts, status: "unknown" as const }, prices: undefined };
    return { event, quarantined: setAside(facts.sourceEventId, "result", element) };
  }
  const event = { facts: { ...facts, status: "ended" as const }, prices: undefined };
  // Whatever it includes, it is of the whole match.
  const known = { counts: countsOf("match", score, true) };
  const told = scoredPeriodOf(facts.sport) === undefined || !isDecidedBy(facts) ? { ...event, known } : event;
  return {
    event: isDecidedBy(facts) ? { ...told, result: { state: "final", score } satisfies ResultFacts } : told,
  };
}

/** Of a game under way its score so far; one that has not begun has none, whatever is written beside it. */
function runningOf(facts: EventFacts, score: Score | undefined): Pick<SnapshotEvent, "known"> {
  if (score === undefined || facts.status !== "live") return {};
  const period = facts.sport === "soccer" && isDecidedBy(facts) ? "regulation" : "match";
  return { known: { counts: countsOf(period, score, false) } };
}

function countsOf(period: CountClaim["period"], { home, away }: Score, final: boolean): CountClaim[] {
  const count = { statistic: "score", period, final } as const;
  return [
    { ...count, side: "home", value: home },
    { ...count, side: "away", value: away },
  ];
}

/**
 * Competitions of soccer that never play extra time. Elsewhere in soccer the vendor does not say whether a final score includes
 * it, and our markets are decided without it: the score is no result then, and a person has to enter one.
 */
const NEVER_EXTRA_TIME: ReadonlySet<string> = new Set([
  "soccer_brazil_campeonato",
  "soccer_epl",
  "soccer_italy_serie_a",
  "soccer_spain_la_liga",
]);

function isDecidedBy({ sport, competitionId }: EventFacts): boolean {
  return sport !== "soccer" || NEVER_EXTRA_TIME.has(competitionId);
}

const SCORE = /^\d{1,4}$/;

/** Both sides' scores by the sides' names, or `undefined` if one is missing, named twice or no number. Scores are strings. */
function scoreOf(element: JsonRecord, { home, away }: EventFacts): Score | undefined {
  const list: unknown = element["scores"];
  const scores = Array.isArray(list) ? list.filter(isRecord) : [];
  const textsOf = (side: string) =>
    scores.filter((entry) => textAt(entry, "name") === side).map((entry) => textAt(entry, "score"));
  const [homeTexts, awayTexts] = [textsOf(home), textsOf(away)];
  const texts = [...homeTexts, ...awayTexts];
  if (homeTexts.length !== 1 || awayTexts.length !== 1 || !texts.every((text) => SCORE.test(text)))
    return undefined;
  return { home: Number(homeTexts[0]), away: Number(awayTexts[0]) };
}

function setAside(sourceEventId: string, item: "event" | "result", element: JsonRecord): QuarantineItem {
  const why =
    item === "event"
      ? "the game has no readable id, sides and start"
      : "completed without both sides' scores";
  const list: unknown = element["scores"];
  const scores = Array.isArray(list)
    ? list.filter(isRecord).map((entry) => ({ name: textAt(entry, "name"), score: textAt(entry, "score") }))
    : [];
  return { sourceEventId, reason: "result_contradicted", item, sample: { why, scores: scores.slice(0, 10) } };
}
