import fc from "fast-check";
import type { TestDatabase } from "../harness/mod.ts";
import { audit, type Fault } from "../settlement/audit.ts";
import { type Action, history } from "./actions.ts";
import { play } from "./play.ts";
import { type AnswerWay, openGround, openWorld } from "./world.ts";

export interface HistoriesOptions {
  readonly histories: number;
  readonly seed: number;
  /** Where in a seed's histories to begin, as a failure told. */
  readonly path?: string | undefined;
  /** Histories at once, each in tenants of its own. */
  readonly workers: number;
  readonly answerWay?: AnswerWay;
  readonly progress?: (played: number) => void;
}

export interface HistoriesReport {
  readonly ok: boolean;
  readonly histories: number;
  readonly steps: number;
  readonly crashes: number;
  readonly bets: number;
  readonly entries: number;
  /** The first history that came apart, as short as it could be made, and how to play it again. */
  readonly failure: {
    readonly seed: number;
    readonly path: string;
    readonly history: readonly Action[];
    readonly message: string;
  } | null;
  /** Of the whole ledger, when all was played. */
  readonly faults: readonly Fault[];
}

/** Plays random histories against the service and the model, and audits what they leave. */
export async function runHistories(
  database: TestDatabase,
  options: HistoriesOptions,
): Promise<HistoriesReport> {
  const { histories, seed, path, answerWay, progress = () => undefined } = options;
  const ground = await openGround(database);
  const workers = path === undefined ? Math.min(options.workers, histories) : 1;
  const told = { played: 0, steps: 0, crashes: 0 };
  const work = async (worker: number) => {
    const world = openWorld(ground, answerWay === undefined ? {} : { answerWay });
    const numRuns = Math.floor(histories / workers) + (worker < histories % workers ? 1 : 0);
    const property = fc.asyncProperty(history, async (actions) => {
      await play(world, actions);
      told.played += 1;
      told.steps += actions.length;
      told.crashes += actions.filter((action) => "crash" in action && action.crash !== null).length;
      progress(told.played);
    });
    // Of many workers each has a seed of its own, so that a failure is played again by one.
    return fc.check(property, { numRuns, seed: seed + worker, ...(path !== undefined && { path }) });
  };
  const results = await Promise.all(Array.from({ length: workers }, (_, worker) => work(worker)));
  const failed = results.find((result) => result.failed);
  const faults = await audit(database);
  const [count] = await database.owner<{ bets: bigint; entries: bigint }>(
    "select (select count(*) from bets) as bets, (select count(*) from entries) as entries",
  );
  return {
    ok: failed === undefined && faults.length === 0,
    histories: told.played,
    steps: told.steps,
    crashes: told.crashes,
    bets: Number(count?.bets),
    entries: Number(count?.entries),
    failure:
      failed === undefined
        ? null
        : {
            seed: failed.seed,
            path: failed.counterexamplePath ?? "",
            history: failed.counterexample?.[0] ?? [],
            message: String(failed.errorInstance ?? ""),
          },
    faults,
  };
}
