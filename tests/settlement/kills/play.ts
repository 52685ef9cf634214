import { seededRandom } from "../../harness/random.ts";
import { differencesOf, expectedBooks } from "./books.ts";
import { playRun } from "./run.ts";
import type { Debts } from "./spenders.ts";
import { makeStory } from "./story.ts";
import { REAL } from "./victim.ts";
import { openWalk, type Walked } from "./walk.ts";

export interface SettlementKillsOptions {
  readonly kills: number;
  /** How far kills go on while there is a boundary at which nobody has died; no further than `kills` unless given. */
  readonly killsMax?: number;
  readonly bets: number;
  /** Settlers at once. */
  readonly workers: number;
  /** Of the story, and of when settlers are killed at random; what they meet is not a matter of it. */
  readonly seed: number;
  /** Singles on one market, each result told once: what the naive settler can do. */
  readonly plain?: boolean;
  /** What is killed; `worker_settlement` unless given. */
  readonly script?: string;
  readonly observe?: (progress: { readonly phase: string; readonly kills: number }) => void;
}

/** What came of it. */
export interface SettlementKillsFound {
  readonly seed: number;
  readonly bets: number;
  readonly accumulators: number;
  readonly tenants: number;
  readonly workers: number;
  /** What sources said amid the kills, corrections and roll-backs among it. */
  readonly told: number;
  /** What corrections took that was spent, amid the kills. */
  readonly debts: Debts;
  readonly kills: {
    readonly total: number;
    /** The process ended itself beside a statement. */
    readonly atBoundaries: number;
    readonly atRandom: number;
    /** By side and statement, as `answered commit`. */
    readonly byBoundary: Readonly<Record<string, number>>;
  };
  /** Sides of the statements of each kind of transaction that there was in either run: how many are known, and at how many somebody died. */
  readonly boundaries: Omit<Walked, "kills">;
  readonly doublePayments: number;
  /** Accounts, bets and rooms that are not as in a run without kills. */
  readonly differences: readonly string[];
  /** Bets, of both runs, that are not what plain arithmetic over the last facts makes of them. */
  readonly unexpected: readonly string[];
  /** Broken promises, of both runs. */
  readonly faults: readonly string[];
  readonly tookMs: { readonly withoutKills: number; readonly withKills: number };
}

const TENANTS = 3;

/**
 * Plays one story twice, each time over a database of its own: with settlers that live, then with settlers killed by SIGKILL beside one
 * statement after another, and at random. What became of the money must be the same.
 */
export async function playSettlementKills(options: SettlementKillsOptions): Promise<SettlementKillsFound> {
  const { seed, workers, plain = false, script = REAL, observe } = options;
  const random = seededRandom(seed);
  const story = makeStory({ bets: options.bets, tenants: TENANTS, random, plain });
  const walk = openWalk();
  const killsMax = options.killsMax ?? options.kills;
  const run = { workers, script, walk, random, killsMax, forEver: !plain };
  const phase = (name: string) => (kills: number) => observe?.({ phase: name, kills });
  const living = await playRun(story, { ...run, kills: 0, killsMax: 0, observe: phase("without kills") });
  const killed = await playRun(story, { ...run, kills: options.kills, observe: phase("killing") });
  const expected = expectedBooks(story);
  const { kills: byBoundary, ...boundaries } = walk.told();
  const without = (words: readonly string[]) => words.map((one) => `without kills, ${one}`);
  return {
    seed,
    bets: story.bets.length,
    accumulators: story.bets.filter(({ legs }) => legs.length > 1).length,
    tenants: TENANTS,
    workers,
    told: killed.told,
    debts: killed.debts,
    kills: { ...killed.kills, byBoundary },
    boundaries,
    doublePayments: living.doublePayments + killed.doublePayments,
    differences: differencesOf(killed.books, living.books),
    unexpected: [...without(differencesOf(living.books, expected)), ...differencesOf(killed.books, expected)],
    faults: [...without(living.faults), ...killed.faults],
    tookMs: { withoutKills: living.tookMs, withKills: killed.tookMs },
  };
}

/** Whether somebody died at every boundary, of every kind of transaction that a settler has. */
export function isComplete({ boundaries }: SettlementKillsFound): boolean {
  return boundaries.unreached.length === 0;
}

/** Whether nothing that a kill could do was found. */
export function isSound({ doublePayments, differences, unexpected, faults }: SettlementKillsFound): boolean {
  return doublePayments + differences.length + unexpected.length + faults.length === 0;
}
