import type { FactStatus } from "../../results/mod.ts";
import { LOST, PUSH, undecided, WON } from "./graded.ts";
import { type Grader, ruleMissing } from "./play.ts";

const ENDED: ReadonlySet<FactStatus> = new Set(["ended", "retired", "disqualified"]);

/** Rounds as far as they went: half a round is half its seconds, and exactly on the line the stake comes back. */
export const gradeRoundsTotal: Grader = ({ leg, line, facts, rules }) => {
  const seconds = rules.roundSeconds?.get(leg.sport);
  if (seconds === undefined) return ruleMissing(`round_seconds ${leg.sport}`);
  if (facts.bout === undefined) return undecided("fact_missing", "rounds of the bout");
  if (line % 2 !== 0) return undecided("no_grader", "rounds have no quarter line");
  // In quarters of a round, times its seconds, so that whole numbers are compared.
  const beyond = 4 * (facts.bout.rounds * seconds + facts.bout.seconds) - line * seconds;
  if (beyond > 0) return leg.outcome === "over" ? WON : LOST;
  if (!ENDED.has(facts.status)) return undecided("fact_missing", "rounds of the bout");
  if (beyond === 0) return PUSH;
  return leg.outcome === "under" ? WON : LOST;
};
