import type { Backoff } from "../resilience/mod.ts";

/** What is remembered of one key: its last value if any, and how its last load went. */
export interface Entry<T> {
  readonly held: Held<T> | undefined;
  readonly failure: Failure | undefined;
}

export interface Held<T> {
  readonly value: T;
  /** On the monotonic clock. */
  readonly loadedAt: number;
  readonly freshUntil: number;
}

/** A failed load leaves a pause, growing with each one more: ten thousand callers cost one attempt. */
export interface Failure {
  readonly error: unknown;
  readonly pauseUntil: number;
  readonly backoff: Backoff;
}

/**
 * Entries bounded in number, the least recently loaded forgotten first. A key that only ever failed is forgotten before
 * one that holds a value, so that unknown keys cannot push known ones out.
 */
export class Entries<T> {
  readonly #max: number;
  readonly #held = new Map<string, Entry<T>>();
  readonly #failed = new Map<string, Entry<T>>();

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#held.size + this.#failed.size;
  }

  get(key: string): Entry<T> | undefined {
    return this.#held.get(key) ?? this.#failed.get(key);
  }

  set(key: string, entry: Entry<T>): void {
    this.delete(key);
    (entry.held === undefined ? this.#failed : this.#held).set(key, entry);
    if (this.size > this.#max) this.#forgetOldest();
  }

  delete(key: string): void {
    this.#held.delete(key);
    this.#failed.delete(key);
  }

  #forgetOldest(): void {
    const from = this.#failed.size > 0 ? this.#failed : this.#held;
    for (const oldest of from.keys()) {
      from.delete(oldest);
      return;
    }
  }
}
