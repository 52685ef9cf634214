import type { Pool } from "../pool/mod.ts";
import { type Clock, createBackoff, type Random, sleep } from "../resilience/mod.ts";
import { LeaseHeldError, StepWedgedError } from "./errors.ts";
import { openScope, type StepScope } from "./scope.ts";

/** What a step did. */
export interface StepReport {
  /** There may be more at once: no rest before the next step. */
  readonly worked: boolean;
  readonly counts?: Readonly<Record<string, number>>;
}

export interface LoopOptions {
  readonly name: string;
  /** The rest between steps, spread by up to a tenth so that copies do not march in step. */
  readonly restMs: number;
  /** One bounded piece of work. Fetches from the outside world before it leases. */
  step(scope: StepScope): Promise<StepReport>;
  /** A step longer than this is told to stop, and a tenth later ends the loop with an error; 60 s by default. */
  readonly stepLimitMs?: number;
}

export type LoopEvent =
  | {
      readonly type: "step_done";
      readonly loop: string;
      readonly tookMs: number;
      readonly report: StepReport;
    }
  | { readonly type: "step_failed"; readonly loop: string; readonly tookMs: number; readonly error: unknown };

export interface LoopDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: (event: LoopEvent) => void;
}

/** How the loop stands, for health and for the audit that it holds nothing while it rests. */
export interface Beat {
  /** Milliseconds since the last step ended well; since the start, before the first. */
  readonly lastStepAgeMs: number;
  readonly resting: boolean;
  readonly steps: number;
  readonly failures: number;
}

/** Closing lets the step under way finish. */
export interface Loop extends AsyncDisposable {
  /** Resolves when the loop was stopped; rejects with what ended it otherwise. */
  readonly finished: Promise<void>;
  beat(): Beat;
  /**
   * There is something to do: ends the rest under way, or spares the one after the step under way. After a step that failed the pause is
   * kept, so that whoever wakes often cannot hurry a database that is away.
   */
  wake(): void;
}

/**
 * Steps, rests, and steps again until it is closed. A step that fails is reported and tried after a growing pause; only
 * a leak (`LeaseHeldError`) or a wedged step (`StepWedgedError`) ends the loop, since no later step could mend either.
 */
export function startLoop(options: LoopOptions, deps: LoopDeps): Loop {
  const { clock, random, observe, pool } = deps;
  const { name, stepLimitMs = 60_000 } = options;
  const stopping = new AbortController();
  const backoff = createBackoff(
    { fromMs: 250, toMs: Math.max(250, Math.min(5000, options.restMs)) },
    { random },
  );
  let endedWellAt = clock.now();
  let resting = false;
  let woken = false;
  /** Ends the rest under way. */
  let rest: { readonly control: AbortController; readonly kept: boolean } | undefined;
  let steps = 0;
  let failures = 0;

  const stepOnce = async (): Promise<{ readonly restMs: number; readonly failed: boolean }> => {
    woken = false;
    const startedAt = clock.now();
    const limit = new AbortController();
    const scope = openScope(pool, limit.signal);
    try {
      const report = await limited(() => options.step(scope), { name, stepLimitMs, clock, limit });
      steps += 1;
      endedWellAt = clock.now();
      backoff.reset();
      observe({ type: "step_done", loop: name, tookMs: endedWellAt - startedAt, report });
      if (scope.held > 0) throw new LeaseHeldError(name, scope.held);
      const restMs = report.worked || woken ? 0 : options.restMs * (0.95 + random() * 0.1);
      return { restMs, failed: false };
    } catch (error) {
      if (error instanceof LeaseHeldError || error instanceof StepWedgedError) throw error;
      failures += 1;
      observe({ type: "step_failed", loop: name, tookMs: clock.now() - startedAt, error });
      if (scope.held > 0) throw new LeaseHeldError(name, scope.held);
      return { restMs: backoff.next(), failed: true };
    }
  };
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const { restMs, failed } = await stepOnce();
      if (stopping.signal.aborted) return;
      resting = true;
      rest = { control: new AbortController(), kept: failed };
      await sleep(restMs, { clock, signal: rest.control.signal }).catch(() => {});
      rest = undefined;
      resting = false;
    }
  };
  const finished = run();
  finished.catch(() => {});

  return {
    finished,
    wake() {
      woken = true;
      if (rest?.kept === false) rest.control.abort(new DOMException("Loop is woken", "AbortError"));
    },
    beat: () => ({ lastStepAgeMs: clock.now() - endedWellAt, resting, steps, failures }),
    async [Symbol.asyncDispose]() {
      const reason = new DOMException("Loop is stopping", "AbortError");
      stopping.abort(reason);
      rest?.control.abort(reason);
      await finished.catch(() => {});
    },
  };
}

/** Runs the step; at its limit the signal aborts, and a tenth of the limit later the loop itself gives up. */
async function limited<T>(
  step: () => Promise<T>,
  {
    name,
    stepLimitMs,
    clock,
    limit,
  }: { name: string; stepLimitMs: number; clock: Clock; limit: AbortController },
): Promise<T> {
  const wedged = Promise.withResolvers<never>();
  const told = clock.after(stepLimitMs, () =>
    limit.abort(new DOMException(`Step of ${name} took too long`, "TimeoutError")),
  );
  const given = clock.after(stepLimitMs * 1.1, () => wedged.reject(new StepWedgedError(name, stepLimitMs)));
  try {
    return await Promise.race([step(), wedged.promise]);
  } finally {
    told[Symbol.dispose]();
    given[Symbol.dispose]();
  }
}
