import type { CountClaim, FactPeriod, Side, Statistic } from "../results/mod.ts";
import type { MatchRecords } from "./_goalserve_known.ts";
import { attributeAt, type JsonRecord, recordAt } from "./_json.ts";
import type { KnownOfEvent, Score } from "./snapshot.ts";

/** A sport whose score stands in fields of its parts, and what those count. */
interface PartsOfSport {
  readonly fields: readonly (readonly [field: string, period: FactPeriod])[];
  readonly counts: Statistic;
  /** What `totalscore` counts, over the whole match. */
  readonly total: Statistic;
  /** The parts and what is played after them add up to the total. */
  readonly addsUp: boolean;
  /** The word of a status under which a part is played, as in "2nd Quarter". */
  readonly part: RegExp;
}

const ORDINALS = ["first", "second", "third", "fourth", "fifth"] as const;
const INNINGS = [...ORDINALS, "sixth", "seventh", "eighth", "ninth"] as const;
const QUARTERS: PartsOfSport = {
  fields: ORDINALS.slice(0, 4).map((ordinal, at) => [`q${at + 1}`, `${ordinal}_quarter` as FactPeriod]),
  counts: "score",
  total: "score",
  addsUp: true,
  part: /^([1-4])(?:st|nd|rd|th) quarter$/,
};
const SETS: PartsOfSport = {
  fields: ORDINALS.map((ordinal, at) => [`s${at + 1}`, `${ordinal}_set` as FactPeriod]),
  counts: "games",
  total: "sets",
  addsUp: false,
  part: /^set ([1-5])$/,
};

const SPORTS: Readonly<Record<string, PartsOfSport>> = {
  basketball: QUARTERS,
  football: QUARTERS,
  tennis: SETS,
  volleyball: { ...SETS, counts: "score" },
  rugby: {
    fields: [
      ["t1", "first_half"],
      ["t2", "second_half"],
    ],
    counts: "score",
    total: "score",
    addsUp: true,
    part: /^([12])(?:st|nd) half$/,
  },
  baseball: {
    fields: INNINGS.map((ordinal, at) => [`in${at + 1}`, `${ordinal}_inning` as FactPeriod]),
    counts: "score",
    total: "score",
    addsUp: true,
    part: /^([1-9])(?:st|nd|rd|th) inning$/,
  },
};

const ENDED: ReadonlySet<string> = new Set(["finished", "ft", "after over time", "aet"]);
const RETIRED: ReadonlySet<string> = new Set(["retired", "ret."]);

/** What a match of a sport of parts says of itself: running as long as nobody says that it, or the part, is over. */
export function knownByParts(records: MatchRecords): KnownOfEvent {
  const sport = Object.hasOwn(SPORTS, records.sport) ? SPORTS[records.sport] : undefined;
  if (sport === undefined) return {};
  const word = records.words.toLowerCase();
  const parts = sport.fields.map(([field, period]) => ({ period, score: scoreAt(records, field) }));
  const total = scoreAt(records, "totalscore");
  if (RETIRED.has(word)) return retiredOf(records, { sport, parts, total });
  if (ENDED.has(word)) return endedOf(records, { sport, parts, total });
  const under = Number(sport.part.exec(word)?.[1] ?? (word === "half time" ? halfOf(sport) : 0));
  if (under === 0) return {};
  const counts = parts.flatMap(({ period, score }, at) =>
    score === undefined || at >= under
      ? []
      : claimsOf(sport.counts, { period, score, final: at + 1 < under || word === "half time" }),
  );
  return { counts: [...counts, ...totalClaims(sport, total, false)], ...pitchersOf(records) };
}

interface Parts {
  readonly sport: PartsOfSport;
  readonly parts: readonly { readonly period: FactPeriod; readonly score: Score | undefined }[];
  readonly total: Score | undefined;
}

/** At half time the first half of the parts is over. */
function halfOf({ fields }: PartsOfSport): number {
  return Math.ceil(fields.length / 2);
}

/**
 * A match that is over. Where parts add up, what they leave of the total was played after them, and with nothing left nothing was; where
 * a part is missing nobody knows that. Parts that do not fit the total are no facts.
 */
function endedOf(records: MatchRecords, { sport, parts, total }: Parts): KnownOfEvent {
  if (total === undefined) return {};
  const told = parts.map(({ period, score }) => ({ period, score }));
  const last = told.at(-1);
  const before = sumOf(told.slice(0, -1));
  // The side that leads does not bat in the last inning, which then stands empty.
  if (records.sport === "baseball" && last !== undefined && last.score === undefined && before !== undefined)
    last.score = lastInning(records, { before, total });
  if (!sport.addsUp) return endedSets({ sport, parts, total });
  if (told.every(({ score }) => score === undefined))
    return records.sport === "baseball" ? {} : { counts: totalClaims(sport, total, true) };
  const sum = sumOf(told);
  if (sum === undefined || sum.home > total.home || sum.away > total.away) return {};
  const after = { home: total.home - sum.home, away: total.away - sum.away };
  return {
    counts: [
      ...told.flatMap(({ period, score }) =>
        score === undefined ? [] : claimsOf(sport.counts, { period, score, final: true }),
      ),
      ...claimsOf("score", { period: "overtime", score: after, final: true }),
      ...totalClaims(sport, total, true),
      ...hitsOf(records),
    ],
    ...pitchersOf(records),
  };
}

function lastInning(
  { home, away }: MatchRecords,
  { before, total }: { readonly before: Score; readonly total: Score },
): Score | undefined {
  const [ofHome, ofAway] = [numberAt(home, "in9"), numberAt(away, "in9")];
  if (ofAway === undefined || ofHome !== undefined || total.home !== before.home) return undefined;
  return { home: 0, away: ofAway };
}

/** Sets and what was counted in each; those not played are 0, if the sets won are as many as were played. */
function endedSets({ sport, parts, total }: Parts): KnownOfEvent {
  if (total === undefined) return {};
  const played = parts.filter(({ score }) => score !== undefined).length;
  const isWhole = played === total.home + total.away && parts.slice(0, played).every(({ score }) => score);
  const counts = isWhole
    ? parts.flatMap(({ period, score }) =>
        claimsOf(sport.counts, { period, score: score ?? { home: 0, away: 0 }, final: true }),
      )
    : [];
  return { counts: [...counts, ...totalClaims(sport, total, true)] };
}

/** Somebody gave up: the other one is named the winner. A set is over once the next one has begun. */
function retiredOf({ home, away }: MatchRecords, { sport, parts, total }: Parts): KnownOfEvent {
  const won = (side: JsonRecord) => attributeAt(side, "winner").toLowerCase() === "true";
  const counts = parts.flatMap(({ period, score }, at) =>
    score === undefined
      ? []
      : claimsOf(sport.counts, { period, score, final: parts[at + 1]?.score !== undefined }),
  );
  const retired: Side | undefined = won(home) === won(away) ? undefined : won(home) ? "away" : "home";
  return {
    status: "retired",
    counts: [...counts, ...totalClaims(sport, total, false)],
    ...(retired === undefined ? {} : { retired }),
  };
}

function totalClaims(
  { total: statistic }: PartsOfSport,
  score: Score | undefined,
  final: boolean,
): CountClaim[] {
  return score === undefined ? [] : claimsOf(statistic, { period: "match", score, final });
}

function hitsOf(records: MatchRecords): CountClaim[] {
  const score = records.sport === "baseball" ? scoreAt(records, "hits") : undefined;
  return score === undefined ? [] : claimsOf("hits", { period: "match", score, final: true });
}

function pitchersOf({ match, sport }: MatchRecords): Pick<KnownOfEvent, "pitchers"> {
  if (sport !== "baseball") return {};
  const both = recordAt(match, "starting_pitchers");
  const named = ([side, field]: readonly [Side, string]) => {
    const name = attributeAt(recordAt(both, field), "name");
    return name === "" ? [] : [{ side, name }];
  };
  const pitchers = (
    [
      ["home", "hometeam"],
      ["away", "awayteam"],
    ] as const
  ).flatMap(named);
  return pitchers.length === 0 ? {} : { pitchers };
}

const NUMBER = /^\d{1,3}$/;

function numberAt(side: JsonRecord, field: string): number | undefined {
  const text = attributeAt(side, field);
  return NUMBER.test(text) ? Number(text) : undefined;
}

/** Both sides' numbers, or `undefined` if one is missing: it is no 0. */
function scoreAt({ home, away }: MatchRecords, field: string): Score | undefined {
  const [ofHome, ofAway] = [numberAt(home, field), numberAt(away, field)];
  return ofHome === undefined || ofAway === undefined ? undefined : { home: ofHome, away: ofAway };
}

/** Of all of them, or `undefined` if one is missing. */
function sumOf(parts: readonly { readonly score: Score | undefined }[]): Score | undefined {
  let sum: Score = { home: 0, away: 0 };
  for (const { score } of parts) {
    if (score === undefined) return undefined;
    sum = { home: sum.home + score.home, away: sum.away + score.away };
  }
  return sum;
}

function claimsOf(
  statistic: Statistic,
  { period, score, final }: { readonly period: FactPeriod; readonly score: Score; readonly final: boolean },
): CountClaim[] {
  return (["home", "away"] as const).map((side) => ({ statistic, period, side, value: score[side], final }));
}
