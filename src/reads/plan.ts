import type { Connection } from "../pool/mod.ts";
import type { Criticality } from "../resilience/mod.ts";
import type { Outcome, ReadState } from "./outcome.ts";

/** How one kind of value is read. Durations in milliseconds. */
export interface ReadPlan<T> {
  /** Names the kind in events and metrics, as in `branding`. */
  readonly name: string;
  /** A value is fresh this long, less up to a tenth by chance so that keys loaded together expire apart. */
  readonly freshMs: number;
  /** A value past its freshness is still served up to this age when nothing better is to be had. */
  readonly staleMs: number;
  /** With a stale value in hand a reader waits this long for a fresh one, counted from the load's beginning; 50 by default. */
  readonly softMs?: number;
  /** Without one it waits this long; also the load's own deadline, retries included; 1500 by default. */
  readonly hardMs?: number;
  /** Values remembered at most; 10,000 by default. */
  readonly entriesMax?: number;
  /** And their bytes together, as `weigh` counts them; 64 MiB by default. */
  readonly bytesMax?: number;
  /** Loads one value inside a read-only transaction. Absence is a value too: say it with one of `T`'s. */
  load(key: string, connection: Connection): Promise<T>;
  /** Loads many at once for `warm`, within `hardMs`; a key left out of the map is loaded by itself. */
  loadMany?(keys: readonly string[], connection: Connection): Promise<ReadonlyMap<string, T>>;
  /** Whose rows the load may see. */
  tenantId?(key: string): string;
  /** Whose loads go first when connections are short; `catalogue` by default. */
  readonly criticality?: Criticality;
  /** The bytes one value takes; 0 by default, which leaves `entriesMax` alone to bound it. */
  weigh?(value: T): number;
  /** How values outlive the process; without it they do not. */
  readonly snapshot?: SnapshotCodec<T>;
  /** The last resort. Without it a read with nothing to give throws. */
  fallback?(key: string): T;
}

/** A value as JSON and back, for the snapshot file. */
export interface SnapshotCodec<T> {
  /** Names the shape of what `encode` gives, as in `branding/1`: a file of another shape is not read. */
  readonly shape: string;
  encode(value: T): unknown;
  /** `undefined` for data that is not this key's, or not whole. */
  decode(key: string, data: unknown): T | undefined;
}

export interface Reader<T> {
  /**
   * A fresh value comes at once, not as a promise.
   *
   * @throws {DatabaseUnavailableError} If nothing is held, no default exists and the load failed or took too long.
   */
  read(key: string, options?: ReadOptions): Outcome<T> | Promise<Outcome<T>>;
  /**
   * Loads the keys in batches over one connection at a time, sharing the loads under way; never throws for a database that
   * is away.
   */
  warm(keys: readonly string[], options?: WarmOptions): Promise<{ warmed: number; total: number }>;
  /**
   * The value changed at its source: what is held is stale from now on, a load that began before lands unseen, and a new
   * one begins at once if anything is held. With `load: false` it is left to whoever asks next, as for values that change
   * more often than they are asked for.
   */
  expire(key: string, options?: { readonly load?: boolean }): void;
  /**
   * Any value may have changed: all that is held is stale from now on, every load under way lands unseen, and none is begun.
   *
   * @returns The keys that were held or being loaded, to be warmed.
   */
  expireAll(): string[];
  /** Drops the value; a load already under way lands unseen. */
  forget(key: string): void;
  /** Reads so far, by what they gave. */
  readonly counts: Readonly<Record<ReadState | "failed", number>>;
  /** Values held now. */
  readonly size: number;
  /** Their bytes. */
  readonly bytes: number;
}

export interface ReadOptions {
  /**
   * Leaves at once. The load goes on for the others; if all who waited for a value that was not held left like this, it is
   * cancelled on the server.
   */
  readonly signal?: AbortSignal;
  /** This reader's own patience, when it is shorter than the plan's. Past it the load goes on, for whoever comes next. */
  readonly deadlineMs?: number;
}

export interface WarmOptions {
  readonly signal?: AbortSignal;
  /** Keys asked for in one statement; 100 by default. */
  readonly batch?: number;
  readonly onWarmed?: (key: string) => void;
}
