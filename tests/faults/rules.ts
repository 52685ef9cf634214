import type { Cell, FaultName, State } from "./cells.ts";

/** What a reader can be given. */
export type Answer = "fresh" | "stale" | "default" | "error";

/** The deadlines of the matrix: small, so that a fault outlasts freshness and hard deadline together in two seconds. */
export const LIMITS = {
  freshMs: 500,
  softMs: 50,
  hardMs: 1000,
  /** A reader's own patience, where it brings one. */
  hastyMs: 100,
  overdueMs: 300,
  max: 6,
  waitingMax: 40,
} as const;

/**
 * What timers and the machine may add to a wait, above what the event loop is known to have stood still. Far below the
 * difference that any guard makes.
 */
const SLACK_MS = 75;

/** What one fault is, and what it may do to readers. */
export interface FaultRules {
  /** As a sentence for the report. */
  readonly about: string;
  readonly forMs: number;
  readonly answers: Readonly<Record<State, readonly Answer[]>>;
  /** Why an answer may be other than fresh, besides a refresh that is under way. */
  readonly causes: readonly string[];
  /** From so long after its beginning on nobody waits for the database any more. */
  readonly knownAfterMs?: number;
  /** Loads of one key at most: one for each pause while it only fails. */
  readonly loadsOfKeyMax: number;
  /** Attempts to connect at most, while it only fails. */
  readonly connectsMax?: number;
  /**
   * What counts against `max` on the server: `working` where the end of a connection cannot reach it, `busy` behind
   * PgBouncer, which keeps connections of its own.
   */
  readonly counted: "connections" | "busy" | "working";
  /** Whether the server's own clock stood still with it: it is then judged only once it has had time to look around. */
  readonly stoodStill: boolean;
}

const GONE = {
  cold: ["default", "error"],
  fresh: ["fresh", "stale"],
  stale: ["stale"],
  snapshot: ["stale"],
} as const;
const SHAKY = {
  cold: ["fresh", "stale"],
  fresh: ["fresh", "stale"],
  stale: ["fresh", "stale"],
  snapshot: ["fresh", "stale"],
} as const;
const FORMS = { forMs: 2200, counted: "connections", stoodStill: false } as const;

/** After a failed load come pauses of at least 100, 200, 400, 800 and 1000 ms: in 2.2 s six loads of a key, if each fails at once. */
const PACED = { loadsOfKeyMax: 6, connectsMax: 20 } as const;
/** Loads that succeed begin again whenever the value expires, and their key's pauses from the shortest. */
const STEADY = { loadsOfKeyMax: 25 } as const;

export const RULES: Readonly<Record<FaultName, FaultRules>> = {
  down: {
    ...FORMS,
    ...PACED,
    about: "Postgres is killed and stays away",
    answers: GONE,
    causes: ["database_unreachable", "database_refused", "database_slow"],
    knownAfterMs: 900,
  },
  slow: {
    ...FORMS,
    ...STEADY,
    about:
      "25 to 45 ms in each direction; one tenant asks for 100 keys at once, another for 100 reports; what is read keeps changing",
    answers: SHAKY,
    causes: ["pool_exhausted", "database_slow"],
  },
  exhausted: {
    ...FORMS,
    ...PACED,
    about: "all slots of Postgres are taken, and everyone else's connections ended",
    answers: GONE,
    causes: ["database_refused", "database_unreachable", "database_slow"],
    knownAfterMs: 900,
  },
  frozen: {
    ...FORMS,
    ...PACED,
    about: "every process of Postgres stands still",
    answers: GONE,
    causes: ["database_slow", "database_unreachable", "pool_exhausted"],
    knownAfterMs: 500,
    stoodStill: true,
  },
  partitioned: {
    ...FORMS,
    ...PACED,
    about: "nothing gets through, neither bytes nor ends, while four long statements run",
    answers: GONE,
    causes: ["database_slow", "database_unreachable", "pool_exhausted"],
    knownAfterMs: 500,
    counted: "working",
  },
  restarted: {
    ...FORMS,
    ...STEADY,
    about: "Postgres is killed twice and comes back at once",
    answers: { ...SHAKY, cold: ["fresh", "stale", "default", "error"] },
    causes: ["database_unreachable", "database_refused", "database_slow"],
  },
  rejecting: {
    ...FORMS,
    ...PACED,
    about: "the grant is gone: every statement is refused at once",
    answers: GONE,
    causes: ["database_misconfigured"],
  },
  stuck: {
    ...FORMS,
    ...PACED,
    about: "the table is locked: every statement hangs; at first all readers leave after 40 ms",
    forMs: 2800,
    answers: GONE,
    causes: ["database_slow", "pool_exhausted"],
  },
  half_open: {
    ...FORMS,
    ...STEADY,
    about: "the connections that idled are dead and do not say so; new ones work",
    answers: { ...SHAKY, cold: ["fresh"] },
    causes: ["database_slow", "database_unreachable"],
    counted: "working",
  },
  cut: {
    ...FORMS,
    ...STEADY,
    about: "each connection is reset after 8,000 bytes, in the midst of an answer",
    answers: { ...SHAKY, cold: ["fresh"] },
    causes: ["database_unreachable"],
  },
};

/** What one cell allows. Durations in milliseconds. */
export interface CellRules extends Omit<FaultRules, "answers"> {
  readonly answers: readonly Answer[];
  /** The longest any reader may wait. */
  readonly waitMs: number;
  /** The longest that whoever comes once the fault is known may wait. */
  readonly knownWaitMs: number | undefined;
  /** With a deadline of their own. */
  readonly hastyWaitMs: number;
  /** Until every key is fresh again, without a new process. */
  readonly recoveryMs: number;
  /** How old a statement may get on the server. */
  readonly statementMs: number;
  /** The same, for one that all readers have left after 40 ms. */
  readonly leftStatementMs: number;
  /** How many of 60 keys that were loaded together may expire in the same 10 ms. */
  readonly expireTogetherMax: number;
}

export function rulesOf({ fault, route, state }: Cell): CellRules {
  const { answers, ...rules } = RULES[fault];
  return {
    ...rules,
    counted: route === "pooled" && rules.counted === "connections" ? "busy" : rules.counted,
    answers: answers[state],
    waitMs: (state === "cold" ? LIMITS.hardMs : LIMITS.softMs) + SLACK_MS,
    knownWaitMs: rules.knownAfterMs === undefined ? undefined : SLACK_MS,
    hastyWaitMs: (state === "cold" ? LIMITS.hastyMs : LIMITS.softMs) + SLACK_MS,
    recoveryMs: 5000,
    statementMs: LIMITS.hardMs + 300,
    leftStatementMs: 550,
    expireTogetherMax: 25,
  };
}
