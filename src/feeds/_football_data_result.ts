import type { ResultFacts, Score } from "./snapshot.ts";

type ResultColumn = "FTHG" | "FTAG" | "FTR" | "HTHG" | "HTAG" | "HTR";

export interface ReadResult {
  readonly result?: ResultFacts;
  /** What the row wrote, where its parts contradict one another: it is no result then. */
  readonly contradiction?: Readonly<Record<string, string>>;
}

const GOALS = /^\d{1,2}$/;

/**
 * How a match ended: goals after 90 minutes and stoppage time, checked against the letter beside them and against half time.
 * Blank goals are no 0-0.
 */
export function readResult(text: (column: ResultColumn) => string): ReadResult {
  const [full, half] = [stageOf("FT", text), stageOf("HT", text)];
  if (full.words === "") return {};
  const isSound = full.score !== undefined && full.agrees && half.agrees && !exceeds(half.score, full.score);
  if (!isSound) return { contradiction: { fullTime: full.words, halfTime: half.words } };
  const score = full.score;
  return {
    result: { state: "final", score, ...(half.score === undefined ? {} : { halfTimeScore: half.score }) },
  };
}

interface Stage {
  readonly score: Score | undefined;
  readonly agrees: boolean;
  /** As written, "" if nothing is. */
  readonly words: string;
}

function stageOf(stage: "FT" | "HT", text: (column: ResultColumn) => string): Stage {
  const [home, away, letter] = [text(`${stage}HG`), text(`${stage}AG`), text(`${stage}R`)];
  const words = home + away + letter === "" ? "" : `${home}-${away} ${letter}`.slice(0, 50);
  if (!GOALS.test(home) || !GOALS.test(away)) return { score: undefined, agrees: home + away === "", words };
  const score = { home: Number(home), away: Number(away) };
  return { score, agrees: letter === "" || letter === letterOf(score), words };
}

function letterOf({ home, away }: Score): string {
  return home === away ? "D" : home > away ? "H" : "A";
}

/** No goal of the first half is missing at full time. */
function exceeds(half: Score | undefined, full: Score): boolean {
  return half !== undefined && (half.home > full.home || half.away > full.away);
}
