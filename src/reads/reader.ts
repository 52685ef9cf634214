import { DatabaseSlowError, isUnavailable, type Pool, StatementError } from "../pool/mod.ts";
import {
  type Clock,
  type CoarseClock,
  createBackoff,
  createFlights,
  type Flight,
  type Flights,
  type Random,
  type RetryBudget,
  retry,
} from "../resilience/mod.ts";
import { Entries, type Held } from "./entry.ts";
import type { Outcome, ReadState } from "./outcome.ts";
import { Patience, within } from "./patience.ts";
import type { Reader, ReadPlan, WarmOptions } from "./plan.ts";
import type { SnapshotEntry } from "./snapshot.ts";

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
    };

/** What a reader stands on; the clock, the coarse clock and the budget are shared by all readers of one pool. */
export interface ReaderDeps {
  readonly pool: Pool;
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: (event: ReadEvent) => void;
  readonly coarse: CoarseClock;
  readonly budget: RetryBudget;
}

/** The side of a reader that the snapshot file sees. */
export interface RememberingReader {
  readonly shape: string;
  remembered(): SnapshotEntry[];
  restore(entry: SnapshotEntry): boolean;
}

interface Loaded<T> {
  readonly value: T;
  readonly attempts: number;
}

const ATTEMPTS = 2;
const RETRY_JITTER_MS = [50, 200] as const;
/** The pause after a failed load grows between these. */
const PAUSE_MS = { fromMs: 200, toMs: 2000 } as const;

/** Reads one kind of value: decides, for each reader, between fresh, stale, default and the error. */
export class PlannedReader<T> implements Reader<T>, RememberingReader {
  readonly counts = { fresh: 0, stale: 0, default: 0, failed: 0 };
  readonly #plan: ReadPlan<T>;
  readonly #softMs: number;
  readonly #hardMs: number;
  readonly #deps: ReaderDeps;
  readonly #coarse: CoarseClock;
  readonly #entries: Entries<T>;
  readonly #flights: Flights<Loaded<T>>;

  constructor(plan: ReadPlan<T>, deps: ReaderDeps) {
    this.#plan = plan;
    this.#softMs = plan.softMs ?? 50;
    this.#hardMs = plan.hardMs ?? 1500;
    this.#deps = deps;
    this.#coarse = deps.coarse;
    this.#entries = new Entries({
      entriesMax: plan.entriesMax ?? 10_000,
      bytesMax: plan.bytesMax ?? 64 * 2 ** 20,
    });
    this.#flights = createFlights<Loaded<T>>({ now: () => deps.clock.now() });
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#entries.bytes;
  }

  // The hot path: one Map lookup, one comparison; no promise, no timer, no clock call, nothing allocated.
  read(key: string, options?: { readonly signal?: AbortSignal }): Outcome<T> | Promise<Outcome<T>> {
    const held = this.#entries.held(key);
    const now = this.#coarse.now;
    if (held === undefined || now >= held.freshUntil) return this.#readPastFresh(key, options?.signal);
    this.counts.fresh += 1;
    if (held.told !== undefined && held.toldAt === now) return held.told;
    held.toldAt = now;
    held.told = outcomeOf(held, { state: "fresh", now, waitedMs: 0, attempts: 0, shared: false });
    return held.told;
  }

  expire(key: string): void {
    this.#flights.detach(key);
    if (this.#entries.held(key) === undefined) return;
    this.#entries.expire(key);
    if (this.#deps.pool.refusal() === undefined)
      this.#flights.join(key, (isCurrent) => this.#load(key, isCurrent));
  }

  forget(key: string): void {
    this.#entries.forget(key);
    this.#flights.detach(key);
  }

  get shape(): string {
    return `${this.#plan.name} ${this.#plan.snapshot?.shape ?? ""}`;
  }

  remembered(): SnapshotEntry[] {
    const { clock } = this.#deps;
    const { name: plan, snapshot } = this.#plan;
    if (snapshot === undefined) return [];
    const bootedAt = clock.epochMs() - clock.now();
    return [...this.#entries.entries()].map(([key, { value, loadedAt }]) => ({
      plan,
      key,
      loadedAtEpochMs: bootedAt + loadedAt,
      data: snapshot.encode(value),
    }));
  }

  /** As a stale value of its true age; what was loaded since the boot is newer and stays. */
  restore({ key, data, loadedAtEpochMs }: SnapshotEntry): boolean {
    const value = this.#plan.snapshot?.decode(key, data);
    if (value === undefined || this.#entries.held(key) !== undefined) return false;
    const { clock } = this.#deps;
    const loadedAt = Math.min(clock.now(), clock.now() - (clock.epochMs() - loadedAtEpochMs));
    const bytes = this.#plan.weigh?.(value) ?? 0;
    this.#entries.keep(key, {
      value,
      loadedAt,
      freshUntil: Number.NEGATIVE_INFINITY,
      bytes,
      told: undefined,
      toldAt: 0,
    });
    return true;
  }

  async warm(
    keys: readonly string[],
    { signal, batch = 100, onWarmed }: WarmOptions = {},
  ): Promise<{ warmed: number; total: number }> {
    let warmed = 0;
    for (let from = 0; from < keys.length && !signal?.aborted; from += batch) {
      const wanted = keys.slice(from, from + batch);
      const found = await this.#loadBatch(wanted, signal).catch(() => new Map<string, T>());
      for (const [key, value] of found) {
        this.#keep(key, value);
        warmed += 1;
        onWarmed?.(key);
      }
    }
    return { warmed, total: keys.length };
  }

  async #loadBatch(
    keys: readonly string[],
    signal: AbortSignal | undefined,
  ): Promise<ReadonlyMap<string, T>> {
    const { loadMany } = this.#plan;
    const { pool } = this.#deps;
    await using lease = await pool.lease({ deadlineMs: 10_000, ...(signal ? { signal } : {}) });
    if (loadMany !== undefined) return loadMany.call(this.#plan, keys, lease.connection);
    const found = new Map<string, T>();
    for (const key of keys) found.set(key, await this.#plan.load(key, lease.connection));
    return found;
  }

  /** Nothing fresh: what is held, the flight under way and the last failure decide how long this reader waits. */
  #readPastFresh(key: string, signal: AbortSignal | undefined): Outcome<T> | Promise<Outcome<T>> {
    const { clock, pool } = this.#deps;
    const now = clock.now();
    const last = this.#entries.held(key);
    const held = last !== undefined && now - last.loadedAt < this.#plan.staleMs ? last : undefined;
    const failure = this.#entries.failure(key);
    const paused = failure !== undefined && now < failure.pauseUntil;
    const known = this.#flights.get(key);
    if (known === undefined && paused)
      return this.#settleFor(key, held, { error: failure.error, since: now, shared: false });
    // A closed door is answered from memory; the breaker's own probe finds out when it opens.
    const refusal = known === undefined ? pool.refusal() : undefined;
    if (refusal !== undefined)
      return this.#settleFor(key, held, { error: refusal, since: now, shared: false });
    const flight = this.#flights.join(key, (isCurrent) => this.#load(key, isCurrent));
    // The last load failed: the visitor is not asked to wait for this one, it goes on behind.
    if (held !== undefined && failure !== undefined) {
      return this.#settleFor(key, held, { error: failure.error, since: now, shared: known !== undefined });
    }
    return this.#waitFor(key, flight, { held, signal, shared: known !== undefined });
  }

  async #waitFor(
    key: string,
    flight: Flight<Loaded<T>>,
    { held, signal, shared }: { held: Held<T> | undefined; signal: AbortSignal | undefined; shared: boolean },
  ): Promise<Outcome<T>> {
    const { clock } = this.#deps;
    const since = clock.now();
    const patienceMs = (held === undefined ? this.#hardMs : this.#softMs) - (since - flight.startedAt);
    try {
      const { value, attempts } = await within(flight.outcome, { patienceMs, clock, signal });
      const now = clock.now();
      this.counts.fresh += 1;
      const landed = this.#entries.held(key);
      const { loadedAt, freshUntil } = landed?.value === value ? landed : { loadedAt: now, freshUntil: now };
      return outcomeOf(
        { value, loadedAt, freshUntil },
        { state: "fresh", now, waitedMs: now - since, attempts, shared },
      );
    } catch (error) {
      signal?.throwIfAborted();
      return this.#settleFor(key, held, { error, since, shared });
    }
  }

  /** Stale, else default, else the error itself. */
  #settleFor(
    key: string,
    held: Held<T> | undefined,
    { error, since, shared }: { error: unknown; since: number; shared: boolean },
  ): Outcome<T> {
    const now = this.#deps.clock.now();
    const told = { now, waitedMs: now - since, attempts: 0, shared, cause: causeOf(error) };
    if (held !== undefined) {
      this.counts.stale += 1;
      return outcomeOf(held, { state: "stale", ...told });
    }
    if (this.#plan.fallback === undefined) {
      this.counts.failed += 1;
      throw error instanceof Patience
        ? new DatabaseSlowError("Cannot read as the load took longer than the hard deadline")
        : error;
    }
    this.counts.default += 1;
    const value = this.#plan.fallback(key);
    return outcomeOf({ value, loadedAt: now, freshUntil: now }, { state: "default", ...told });
  }

  async #load(key: string, isCurrent: () => boolean): Promise<Loaded<T>> {
    const { clock, observe } = this.#deps;
    const startedAt = clock.now();
    let attempts = 0;
    try {
      const value = await this.#loadWithRetry(key, startedAt + this.#hardMs, () => {
        attempts += 1;
      });
      if (isCurrent()) this.#keep(key, value);
      observe({ type: "load_succeeded", plan: this.#plan.name, tookMs: clock.now() - startedAt, attempts });
      return { value, attempts };
    } catch (error) {
      if (isCurrent()) this.#remember(key, error);
      observe({
        type: "load_failed",
        plan: this.#plan.name,
        cause: causeOf(error),
        tookMs: clock.now() - startedAt,
        attempts,
      });
      throw error;
    }
  }

  #loadWithRetry(key: string, deadlineAt: number, onAttempt: () => void): Promise<T> {
    const { budget, clock, random, pool } = this.#deps;
    const tenantId = this.#plan.tenantId?.(key);
    const attempt = async () => {
      onAttempt();
      const deadlineMs = deadlineAt - clock.now();
      await using lease = await pool.lease({ deadlineMs, ...(tenantId === undefined ? {} : { tenantId }) });
      return await this.#plan.load(key, lease.connection);
    };
    return retry(
      attempt,
      { attempts: ATTEMPTS, jitterMs: RETRY_JITTER_MS, isTransient, deadlineAt, budget },
      { clock, random },
    );
  }

  #keep(key: string, value: T): void {
    const loadedAt = this.#deps.clock.now();
    const freshUntil = loadedAt + this.#plan.freshMs * (0.9 + this.#deps.random() * 0.1);
    const bytes = this.#plan.weigh?.(value) ?? 0;
    this.#entries.keep(key, { value, loadedAt, freshUntil, bytes, told: undefined, toldAt: 0 });
  }

  #remember(key: string, error: unknown): void {
    const backoff = this.#entries.failure(key)?.backoff ?? createBackoff(PAUSE_MS, this.#deps);
    const pauseUntil = this.#deps.clock.now() + backoff.next();
    this.#entries.fail(key, { error, pauseUntil, backoff });
  }
}

function outcomeOf<T>(
  { value, loadedAt, freshUntil }: Pick<Held<T>, "value" | "loadedAt" | "freshUntil">,
  told: {
    state: ReadState;
    now: number;
    waitedMs: number;
    attempts: number;
    shared: boolean;
    cause?: string;
  },
): Outcome<T> {
  const { now, ...rest } = told;
  return { value, ageMs: now - loadedAt, ttlMs: freshUntil - now, ...rest };
}

function isTransient(error: unknown): boolean {
  return isUnavailable(error) ? error.transient : error instanceof StatementError && error.isConflict;
}

function causeOf(error: unknown): string {
  if (error instanceof Patience || isUnavailable(error) || error instanceof StatementError) return error.code;
  return "load_failed";
}
