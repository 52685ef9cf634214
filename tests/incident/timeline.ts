/** What is done to the database, in the words of `bun run break`. */
export type FaultName = "freeze" | "kill" | "exhaust";

export type PhaseName = "healthy" | "frozen" | "thawed" | "killed" | "restarted" | "exhausted" | "healed";

/** One stretch of the run, in milliseconds since its load began. */
export interface Phase {
  readonly name: PhaseName;
  /** Begins with the phase and is healed at its end. */
  readonly fault: FaultName | undefined;
  readonly fromMs: number;
  readonly toMs: number;
}

/** The phases in order. Each fault strikes a mended database, since a build that already knows it is ill has it easier. */
export const PHASES: readonly Pick<Phase, "name" | "fault">[] = [
  { name: "healthy", fault: undefined },
  { name: "frozen", fault: "freeze" },
  { name: "thawed", fault: undefined },
  { name: "killed", fault: "kill" },
  { name: "restarted", fault: undefined },
  { name: "exhausted", fault: "exhaust" },
  { name: "healed", fault: undefined },
];

/** A fault must outlast the time to live (1 s) and the hard deadline (1.5 s) together, with seconds left to look at. */
export const PHASE_SECONDS_MIN = 4;

/** The same timetable for every build: `seconds` for each phase. */
export function planPhases(seconds: number): readonly Phase[] {
  return PHASES.map((phase, index) => ({
    ...phase,
    fromMs: index * seconds * 1000,
    toMs: (index + 1) * seconds * 1000,
  }));
}

/** When the last phase ends, in milliseconds since the load began. */
export function durationMs(phases: readonly Phase[]): number {
  return phases.at(-1)?.toMs ?? 0;
}
