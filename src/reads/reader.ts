import { DatabaseSlowError } from "../pool/mod.ts";
import type { Backoff, Clock, CoarseClock, Flight, Flights } from "../resilience/mod.ts";
import { Entries, type Held } from "./entry.ts";
import { causeOf, type Loaded, Loads, type LoadsDeps, type ReadAnswered } from "./loads.ts";
import type { Outcome, ReadState } from "./outcome.ts";
import { Patience, SharedPatience, within } from "./patience.ts";
import type { Reader, ReadOptions, ReadPlan, WarmOptions } from "./plan.ts";
import type { SnapshotEntry } from "./snapshot.ts";

/** What a reader stands on; the clock, the coarse clock and the budget are shared by all readers of one pool. */
export interface ReaderDeps extends LoadsDeps {
  readonly coarse: CoarseClock;
  createFlights<T>(deps: { now: () => number }): Flights<T>;
  /** The pause after a failed load of one key, and after each one more. */
  createPause(): Backoff;
}

/** The side of a reader that the snapshot file sees. */
export interface RememberingReader {
  readonly shape: string;
  /** Grows with every value kept. */
  readonly revision: number;
  /** What is held at this moment, each value encoded when it is asked for. */
  remembered(): Iterable<SnapshotEntry>;
  restore(entry: SnapshotEntry): boolean;
}

/** Reads one kind of value: decides, for each reader, between fresh, stale, default and the error. */
export class PlannedReader<T> implements Reader<T>, RememberingReader {
  readonly counts = { fresh: 0, stale: 0, default: 0, failed: 0 };
  revision = 0;
  readonly #plan: ReadPlan<T>;
  readonly #soft: SharedPatience<Loaded<T>>;
  readonly #hard: SharedPatience<Loaded<T>>;
  readonly #deps: ReaderDeps;
  readonly #coarse: CoarseClock;
  readonly #entries: Entries<T>;
  readonly #loads: Loads<T>;

  constructor(plan: ReadPlan<T>, deps: ReaderDeps) {
    this.#plan = plan;
    const hardMs = plan.hardMs ?? 1500;
    this.#soft = new SharedPatience(plan.softMs ?? 50, deps);
    this.#hard = new SharedPatience(hardMs, deps);
    this.#deps = deps;
    this.#coarse = deps.coarse;
    this.#entries = new Entries({
      entriesMax: plan.entriesMax ?? 10_000,
      bytesMax: plan.bytesMax ?? 64 * 2 ** 20,
    });
    const flights = deps.createFlights<Loaded<T>>({ now: () => deps.clock.now() });
    const arrivals = {
      landed: (key: string, value: T) => this.#keep(key, value),
      failed: (key: string, error: unknown) => this.#remember(key, error),
    };
    this.#loads = new Loads(plan, { hardMs, flights, arrivals }, deps);
  }

  get size(): number {
    return this.#entries.size;
  }

  get bytes(): number {
    return this.#entries.bytes;
  }

  // The hot path: one Map lookup, one comparison; no promise, no timer, no clock call, nothing allocated.
  read(key: string, options?: ReadOptions): Outcome<T> | Promise<Outcome<T>> {
    const held = this.#entries.held(key);
    const now = this.#coarse.now;
    if (held === undefined || now >= held.freshUntil) return this.#readPastFresh(key, options);
    this.counts.fresh += 1;
    if (held.told !== undefined && held.toldAt === now) return held.told;
    held.toldAt = now;
    held.told = outcomeOf(held, { state: "fresh", now, waitedMs: 0, attempts: 0, shared: false });
    return held.told;
  }

  expire(key: string, { load = true }: { readonly load?: boolean } = {}): void {
    this.#loads.detach(key);
    if (this.#entries.held(key) === undefined) return;
    this.#entries.expire(key, this.#coarse.now);
    if (load && this.#deps.pool.refusal() === undefined) this.#loads.fly(key);
  }

  expireAll(): string[] {
    const keys = new Set(this.#loads.detachAll());
    for (const [key] of this.#entries.entries()) {
      this.#entries.expire(key, this.#coarse.now);
      keys.add(key);
    }
    return [...keys];
  }

  forget(key: string): void {
    this.#entries.forget(key);
    this.#loads.detach(key);
  }

  get shape(): string {
    return `${this.#plan.name} ${this.#plan.snapshot?.shape ?? ""}`;
  }

  *remembered(): Generator<SnapshotEntry> {
    const { clock } = this.#deps;
    const { name: plan, snapshot } = this.#plan;
    if (snapshot === undefined) return;
    const bootedAt = clock.epochMs() - clock.now();
    for (const [key, { value, loadedAt }] of [...this.#entries.entries()])
      yield { plan, key, loadedAtEpochMs: bootedAt + loadedAt, data: snapshot.encode(value) };
  }

  /** As a stale value of its true age; what was loaded since the boot is newer and stays. */
  restore({ key, data, loadedAtEpochMs }: SnapshotEntry): boolean {
    const value = this.#plan.snapshot?.decode(key, data);
    if (value === undefined || this.#entries.held(key) !== undefined) return false;
    if (!Number.isFinite(loadedAtEpochMs)) return false;
    const { clock } = this.#deps;
    const loadedAt = Math.min(clock.now(), clock.now() - (clock.epochMs() - loadedAtEpochMs));
    const bytes = this.#plan.weigh?.(value) ?? 0;
    this.#entries.keep(key, {
      value,
      loadedAt,
      // Stale from the start, also if it would still be fresh: it may have changed while nobody was told.
      freshUntil: Math.min(this.#coarse.now, loadedAt + this.#plan.freshMs),
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
      for (const { key, flight } of this.#loads.flyAll(keys.slice(from, from + batch), signal)) {
        const landed = await flight.outcome.then(
          () => true,
          () => false,
        );
        // Detached by a change meanwhile, it brought what nobody is to see.
        const isKept = (this.#entries.held(key)?.loadedAt ?? Number.NEGATIVE_INFINITY) >= flight.startedAt;
        if (!landed || !isKept) continue;
        warmed += 1;
        onWarmed?.(key);
      }
    }
    return { warmed, total: keys.length };
  }

  /** Nothing fresh: what is held, the flight under way and the last failure decide how long this reader waits. */
  #readPastFresh(key: string, options: ReadOptions | undefined): Outcome<T> | Promise<Outcome<T>> {
    const { clock, pool } = this.#deps;
    const now = clock.now();
    const last = this.#entries.held(key);
    const held = last !== undefined && now - last.loadedAt < this.#plan.staleMs ? last : undefined;
    const failure = this.#entries.failure(key);
    const paused = failure !== undefined && now < failure.pauseUntil;
    const known = this.#loads.get(key);
    if (known === undefined && paused)
      return this.#settleFor(key, held, { error: failure.error, since: now, shared: false });
    // A closed door is answered from memory, also past a load that went in before it closed; the breaker's own probe finds
    // out when it opens.
    const refusal = pool.refusal();
    if (refusal !== undefined)
      return this.#settleFor(key, held, { error: refusal, since: now, shared: false });
    const flight = this.#loads.fly(key);
    // The last load failed: the visitor is not asked to wait for this one, it goes on behind.
    if (held !== undefined && failure !== undefined) {
      return this.#settleFor(key, held, { error: failure.error, since: now, shared: known !== undefined });
    }
    return this.#waitFor(key, flight, { held, options, shared: known !== undefined });
  }

  async #waitFor(
    key: string,
    flight: Flight<Loaded<T>>,
    {
      held,
      options,
      shared,
    }: { held: Held<T> | undefined; options: ReadOptions | undefined; shared: boolean },
  ): Promise<Outcome<T>> {
    const { clock } = this.#deps;
    const signal = options?.signal;
    const since = clock.now();
    const outcome = (held === undefined ? this.#hard : this.#soft).with(flight);
    try {
      const { value, attempts } = await (options === undefined ? outcome : own(outcome, options, clock));
      const now = clock.now();
      this.counts.fresh += 1;
      const landed = this.#entries.held(key);
      const { loadedAt, freshUntil } = landed?.value === value ? landed : { loadedAt: now, freshUntil: now };
      return this.#told(
        outcomeOf(
          { value, loadedAt, freshUntil },
          { state: "fresh", now, waitedMs: now - since, attempts, shared },
        ),
      );
    } catch (error) {
      if (!signal?.aborted) return this.#settleFor(key, held, { error, since, shared });
      // The refresh of a value that is held is worth finishing whoever waits.
      if (held === undefined) flight.leave();
      throw signal.reason;
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
      return this.#told(outcomeOf(held, { state: "stale", ...told }));
    }
    if (this.#plan.fallback === undefined) {
      this.counts.failed += 1;
      this.#observe({ ...told, state: "failed", ageMs: 0 });
      throw error instanceof Patience
        ? new DatabaseSlowError("Cannot read as the load took longer than the hard deadline")
        : error;
    }
    this.counts.default += 1;
    const value = this.#plan.fallback(key);
    return this.#told(outcomeOf({ value, loadedAt: now, freshUntil: now }, { state: "default", ...told }));
  }

  #told(outcome: Outcome<T>): Outcome<T> {
    this.#observe(outcome);
    return outcome;
  }

  #observe(outcome: ReadAnswered["outcome"]): void {
    this.#deps.observe({ type: "read_answered", plan: this.#plan.name, outcome });
  }

  #keep(key: string, value: T): void {
    const loadedAt = this.#deps.clock.now();
    const freshUntil = loadedAt + this.#plan.freshMs * (0.9 + this.#deps.random() * 0.1);
    const bytes = this.#plan.weigh?.(value) ?? 0;
    this.#entries.keep(key, { value, loadedAt, freshUntil, bytes, told: undefined, toldAt: 0 });
    this.revision += 1;
  }

  #remember(key: string, error: unknown): void {
    const backoff = this.#entries.failure(key)?.backoff ?? this.#deps.createPause();
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
  const { now, state, attempts, waitedMs, shared, cause } = told;
  const outcome = {
    value,
    state,
    ageMs: now - loadedAt,
    ttlMs: freshUntil - now,
    attempts,
    waitedMs,
    shared,
  };
  return cause === undefined ? outcome : { ...outcome, cause };
}

/** What this reader asked for itself, on top of what all have in common. */
function own<T>(outcome: Promise<T>, { deadlineMs, signal }: ReadOptions, clock: Clock): Promise<T> {
  if (deadlineMs === undefined && signal === undefined) return outcome;
  return within(outcome, { patienceMs: deadlineMs ?? Number.POSITIVE_INFINITY, clock, signal });
}
