import type { Backoff } from "../resilience/mod.ts";
import type { Outcome } from "./outcome.ts";

/** A value and how long it lives. Times are on the monotonic clock. */
export interface Held<T> {
  readonly value: T;
  readonly loadedAt: number;
  freshUntil: number;
  readonly bytes: number;
  /** What fresh readers are told, made once per tick of the coarse clock: a hit allocates nothing. */
  told: Outcome<T> | undefined;
  toldAt: number;
}

/** A failed load leaves a pause, growing with each one more: ten thousand callers cost one attempt. */
export interface Failure {
  readonly error: unknown;
  readonly pauseUntil: number;
  readonly backoff: Backoff;
}

export interface EntriesOptions {
  readonly entriesMax: number;
  readonly bytesMax: number;
}

/**
 * Values and failures by key, bounded in number and bytes, the least recently loaded forgotten first. Failures of keys
 * that hold no value have a bound of their own, so that unknown keys cannot push known ones out.
 */
export class Entries<T> {
  readonly #options: EntriesOptions;
  readonly #held = new Map<string, Held<T>>();
  readonly #failures = new Map<string, Failure>();
  #bytes = 0;

  constructor(options: EntriesOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#held.size;
  }

  get bytes(): number {
    return this.#bytes;
  }

  held(key: string): Held<T> | undefined {
    return this.#held.get(key);
  }

  failure(key: string): Failure | undefined {
    return this.#failures.get(key);
  }

  /** A value is its key's newest, and the failures before it are forgiven. */
  keep(key: string, held: Held<T>): void {
    this.forget(key);
    this.#held.set(key, held);
    this.#bytes += held.bytes;
    while (this.#held.size > this.#options.entriesMax || this.#bytes > this.#options.bytesMax)
      this.#dropOldest();
  }

  fail(key: string, failure: Failure): void {
    this.#failures.delete(key);
    this.#failures.set(key, failure);
    if (this.#failures.size <= this.#options.entriesMax) return;
    for (const oldest of this.#failures.keys()) {
      this.#failures.delete(oldest);
      return;
    }
  }

  /** The value is still the best there is, but no longer fresh from this moment of the coarse clock on. */
  expire(key: string, at: number): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    held.freshUntil = Math.min(held.freshUntil, at);
    held.told = undefined;
  }

  entries(): IterableIterator<[string, Held<T>]> {
    return this.#held.entries();
  }

  forget(key: string): void {
    this.#failures.delete(key);
    this.#drop(key);
  }

  #drop(key: string): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    this.#held.delete(key);
    this.#bytes -= held.bytes;
  }

  #dropOldest(): void {
    for (const oldest of this.#held.keys()) {
      this.#drop(oldest);
      return;
    }
  }
}
