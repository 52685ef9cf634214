import { isUnavailable, type LeaseOptions, type Pool, StatementError } from "../pool/mod.ts";
import {
  type Clock,
  type Course,
  type Flight,
  type Flights,
  type Random,
  type RetryBudget,
  retry,
} from "../resilience/mod.ts";
import type { Outcome, ReadState } from "./outcome.ts";
import { Patience } from "./patience.ts";
import type { ReadPlan } from "./plan.ts";

export type ReadEvent =
  | {
      readonly type: "load_succeeded";
      readonly plan: string;
      readonly tookMs: number;
      readonly attempts: number;
    }
  | {
      readonly type: "load_failed";
      readonly plan: string;
      readonly cause: string;
      readonly tookMs: number;
      readonly attempts: number;
    }
  /** Everyone who had asked left; the statement was ended on the server. */
  | {
      readonly type: "load_called_off";
      readonly plan: string;
      readonly tookMs: number;
      readonly attempts: number;
    }
  /** A load failed and was not tried again, as retries are spent. */
  | { readonly type: "retry_refused" }
  | ReadAnswered;

/** What a reader got whom no fresh value in memory could serve; the others are in the reader's `counts` alone. */
export interface ReadAnswered {
  readonly type: "read_answered";
  readonly plan: string;
  readonly outcome: Pick<Outcome<unknown>, "ageMs" | "attempts" | "waitedMs" | "shared" | "cause"> & {
    readonly state: ReadState | "failed";
  };
}

export interface Loaded<T> {
  readonly value: T;
  readonly attempts: number;
}

export interface LoadsDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: (event: ReadEvent) => void;
  readonly budget: RetryBudget;
}

/** What a load leaves behind, unless it was detached meanwhile. */
export interface Arrivals<T> {
  landed(key: string, value: T): void;
  failed(key: string, error: unknown): void;
}

const ATTEMPTS = 2;
const RETRY_JITTER_MS = [50, 200] as const;

export interface LoadsOptions<T> {
  /** From a load's beginning to its end, retries included. */
  readonly hardMs: number;
  readonly flights: Flights<Loaded<T>>;
  readonly arrivals: Arrivals<T>;
}

/** The loads of one plan: one flight a key, for cold, stale and warm alike. */
export class Loads<T> {
  readonly #plan: ReadPlan<T>;
  readonly #options: LoadsOptions<T>;
  readonly #deps: LoadsDeps;
  /** How many loads each key has under way: one, and those it was detached from. */
  readonly #underWay = new Map<string, number>();

  constructor(plan: ReadPlan<T>, options: LoadsOptions<T>, deps: LoadsDeps) {
    this.#plan = plan;
    this.#options = options;
    this.#deps = deps;
  }

  get(key: string): Flight<Loaded<T>> | undefined {
    return this.#options.flights.get(key);
  }

  /** What is under way for this key lands unseen. */
  detach(key: string): void {
    this.#options.flights.detach(key);
  }

  /** The same for all keys; says which were under way. */
  detachAll(): string[] {
    this.#options.flights.detachAll();
    return [...this.#underWay.keys()];
  }

  /** The flight of this key, with a seat in it. */
  fly(key: string): Flight<Loaded<T>> {
    return this.#board(key, (course) =>
      this.#land(key, course, (onAttempt) => this.#loadAlone(key, course, onAttempt)),
    );
  }

  /** The flights of these keys: all begun together and loaded by one statement if the plan can, else each when it is asked for. */
  *flyAll(
    keys: readonly string[],
    signal: AbortSignal | undefined,
  ): Generator<{ key: string; flight: Flight<Loaded<T>> }> {
    if (this.#plan.loadMany === undefined) {
      for (const key of keys) yield { key, flight: this.fly(key) };
      return;
    }
    const missing = keys.filter((key) => this.get(key) === undefined);
    const found = missing.length === 0 ? NONE_FOUND : this.#loadMany(missing, signal);
    yield* keys.map((key) => ({
      key,
      flight: this.#board(key, (course) =>
        this.#land(key, course, (onAttempt) => this.#pick(key, found, { course, onAttempt })),
      ),
    }));
  }

  #board(key: string, start: (course: Course) => Promise<Loaded<T>>): Flight<Loaded<T>> {
    const flight = this.#options.flights.join(key, start);
    flight.board();
    return flight;
  }

  /** Runs a load, leaves its value or its failure behind, and tells of it. */
  async #land(
    key: string,
    { isCurrent, signal }: Course,
    load: (onAttempt: () => void) => Promise<T>,
  ): Promise<Loaded<T>> {
    const { clock, observe } = this.#deps;
    const { arrivals } = this.#options;
    const startedAt = clock.now();
    let attempts = 0;
    const told = () => ({ plan: this.#plan.name, tookMs: clock.now() - startedAt, attempts });
    this.#underWay.set(key, (this.#underWay.get(key) ?? 0) + 1);
    try {
      const value = await load(() => {
        attempts += 1;
      });
      if (isCurrent()) arrivals.landed(key, value);
      observe({ type: "load_succeeded", ...told() });
      return { value, attempts };
    } catch (error) {
      if (isCurrent()) arrivals.failed(key, error);
      if (signal.aborted) observe({ type: "load_called_off", ...told() });
      else observe({ type: "load_failed", cause: causeOf(error), ...told() });
      throw error;
    } finally {
      const left = (this.#underWay.get(key) ?? 1) - 1;
      if (left > 0) this.#underWay.set(key, left);
      else this.#underWay.delete(key);
    }
  }

  #loadAlone(key: string, { signal }: Course, onAttempt: () => void): Promise<T> {
    const { budget, clock, pool, random } = this.#deps;
    const deadlineAt = clock.now() + this.#options.hardMs;
    const tenantId = this.#plan.tenantId?.(key);
    const attempt = async () => {
      onAttempt();
      const deadlineMs = deadlineAt - clock.now();
      const lent = { deadlineMs, signal, ...this.#lent(), ...(tenantId === undefined ? {} : { tenantId }) };
      await using lease = await pool.lease(lent);
      return await this.#plan.load(key, lease.connection);
    };
    return retry(
      attempt,
      { attempts: ATTEMPTS, jitterMs: RETRY_JITTER_MS, isTransient, deadlineAt, budget, signal },
      { clock, random },
    );
  }

  async #loadMany(keys: readonly string[], signal: AbortSignal | undefined): Promise<ReadonlyMap<string, T>> {
    const { hardMs: deadlineMs } = this.#options;
    const lent = { deadlineMs, ...this.#lent(), ...(signal === undefined ? {} : { signal }) };
    await using lease = await this.#deps.pool.lease(lent);
    return (await this.#plan.loadMany?.(keys, lease.connection)) ?? NONE_FOUND;
  }

  #lent(): Pick<LeaseOptions, "criticality"> {
    const { criticality } = this.#plan;
    return criticality === undefined ? {} : { criticality };
  }

  /** One value among the many. */
  async #pick(
    key: string,
    found: ReadonlyMap<string, T> | Promise<ReadonlyMap<string, T>>,
    { course, onAttempt }: { course: Course; onAttempt: () => void },
  ): Promise<T> {
    const values = await found;
    if (!values.has(key)) return this.#loadAlone(key, course, onAttempt);
    onAttempt();
    return values.get(key) as T;
  }
}

const NONE_FOUND: ReadonlyMap<string, never> = new Map<string, never>();

function isTransient(error: unknown): boolean {
  return isUnavailable(error) ? error.transient : error instanceof StatementError && error.isConflict;
}

/** The word for it in outcomes and events. */
export function causeOf(error: unknown): string {
  if (error instanceof Patience || isUnavailable(error) || error instanceof StatementError) return error.code;
  return "load_failed";
}
