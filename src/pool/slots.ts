import type { BreakerCall, Clock, Random } from "../resilience/mod.ts";
import { cancelUntilEnded } from "./cancel.ts";
import { DatabaseUnavailableError, DatabaseUnreachableError } from "./errors.ts";
import type { PoolEvent, PoolOptions } from "./pool.ts";
import { classify } from "./signatures.ts";
import { answersInTime, newSlot, type Slot } from "./slot.ts";
import { createClient, destroyClient } from "./wire.ts";

interface Waiter {
  readonly resolve: (slot: Slot) => void;
  readonly reject: (error: Error) => void;
}

export interface TakeOptions {
  readonly permit: Disposable;
  /** Made where the lease was asked for; only its stack matters. */
  readonly borrower: Error;
  readonly waitMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface AbandonOptions {
  /** Settles when the server answers after all, or the connection is lost. */
  readonly statement: Promise<unknown>;
  /** When the server ends the statement by itself. */
  readonly timeoutMs: number;
  /** Not for a COMMIT: its outcome is read back by key. */
  readonly cancel: boolean;
}

export interface SlotDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: (event: PoolEvent) => void;
  /** Counts an attempt to connect or to hear from an idle connection, in flight too: a frozen server does neither. */
  readonly beginCall: () => BreakerCall;
}

export interface SlotCounts {
  readonly total: number;
  readonly idle: number;
  readonly leased: number;
  readonly connecting: number;
  readonly abandoned: number;
  readonly waiting: number;
}

/** A connection used this recently is lent without asking it first. */
const TRUSTED_MS = 1000;
/** How long an abandoned statement may outlive its own statement_timeout before its place is given up for free. */
const ABANDONED_GRACE_MS = 1000;

/** A cancel may still be on its way: whoever used the connection next would be the one it meets. */
class CancelInDoubt extends Error {
  override readonly name = "CancelInDoubt";
}

/**
 * The pool's places, each for the holder of a permit. `max` means max: a place stays taken while its connection is being
 * opened and while a statement nobody waits for may still be running on the server.
 */
export class Slots {
  readonly #options: PoolOptions;
  readonly #deps: SlotDeps;
  readonly #slots = new Set<Slot>();
  readonly #idle: Slot[] = [];
  readonly #waiters = new Set<Waiter>();
  #max: number;
  #min: number;
  #closed = false;
  #emptied: (() => void) | undefined;

  constructor(options: PoolOptions, deps: SlotDeps) {
    this.#options = options;
    this.#max = options.max;
    this.#min = options.min;
    this.#deps = deps;
  }

  counts(): SlotCounts {
    const in_ = (state: Slot["state"]) => [...this.#slots].filter((slot) => slot.state === state).length;
    return {
      total: this.#slots.size,
      idle: this.#idle.length,
      leased: in_("leased"),
      connecting: in_("connecting"),
      abandoned: in_("abandoned"),
      waiting: this.#waiters.size,
    };
  }

  /**
   * A connection for the holder of a permit: an idle one at once, else the first that is opened or comes back.
   *
   * @throws {DatabaseUnavailableError} If none could be opened in `waitMs`, by its cause.
   */
  async take({ permit, borrower, waitMs, signal }: TakeOptions): Promise<Slot> {
    signal?.throwIfAborted();
    if (this.#closed) throw new DatabaseUnreachableError("Cannot lease a connection as the pool is closed");
    const slot = (await this.#popLive()) ?? (await this.#wait(waitMs, signal));
    slot.permit = permit;
    slot.leasedAt = this.#deps.clock.now();
    slot.borrower = borrower;
    return slot;
  }

  /** The connection is sound and its transaction is over: the next in line has it. */
  giveBack(slot: Slot): void {
    if (slot.state === "gone") return;
    if (this.#closed || this.#deps.clock.now() >= slot.retireAt || this.#slots.size > this.#max) {
      this.drop(slot, "lifetime");
      return;
    }
    const permit = slot.permit;
    slot.permit = undefined;
    const [waiter] = this.#waiters;
    if (waiter === undefined) {
      slot.state = "idle";
      slot.idleSince = this.#deps.clock.now();
      this.#idle.push(slot);
    } else {
      slot.state = "leased";
      this.#waiters.delete(waiter);
      waiter.resolve(slot);
    }
    permit?.[Symbol.dispose]();
  }

  /** The connection is not to be used again, and nothing of ours runs on it. */
  drop(slot: Slot, reason: string): void {
    if (slot.state === "gone") return;
    slot.state = "gone";
    this.#slots.delete(slot);
    const at = this.#idle.indexOf(slot);
    if (at >= 0) this.#idle.splice(at, 1);
    destroyClient(slot.client);
    this.#deps.observe({ type: "connection_closed", reason });
    if (this.#slots.size === 0) this.#emptied?.();
    this.#connectForWaiters();
    slot.permit?.[Symbol.dispose]();
    slot.permit = undefined;
  }

  /**
   * Nobody waits for the running statement any more, and the server may not know: it is told to cancel. The connection
   * is whole again once the statement has ended, the cancel is known to be over and the transaction is rolled back.
   * Otherwise its place is free a second after the server must have ended the statement by its own timeout.
   */
  abandon(slot: Slot, { statement, timeoutMs, cancel }: AbandonOptions): void {
    if (slot.state === "gone") return;
    slot.state = "abandoned";
    const timer = this.#deps.clock.after(timeoutMs + ABANDONED_GRACE_MS, () => this.drop(slot, "abandoned"));
    const { clock } = this.#deps;
    const ended = statement.catch(() => undefined);
    const isOver = () => slot.state === "gone";
    const cancelled = cancel
      ? cancelUntilEnded(slot.client, { ended, isOver, clock, timeoutMs: ABANDONED_GRACE_MS })
      : Promise.resolve(true);
    Promise.all([cancelled, ended])
      .then(([over]) => (over ? slot.client.query("rollback") : Promise.reject(new CancelInDoubt())))
      .then(
        () => {
          timer[Symbol.dispose]();
          this.#deps.observe({ type: "statement_cancelled" });
          this.giveBack(slot);
        },
        () => {
          timer[Symbol.dispose]();
          this.drop(slot, "abandoned");
        },
      );
  }

  /** After a transport failure: whatever idles was opened before it and is as dead; found together, not one timeout each. */
  evictIdle(reason: string): void {
    for (const slot of [...this.#idle]) this.drop(slot, reason);
  }

  /** Attempts begun before a fault was known may hang until their timeout; a new one finds out sooner. */
  dropConnecting(reason: string): void {
    for (const slot of [...this.#slots]) if (slot.state === "connecting") this.drop(slot, reason);
  }

  /** Sends everyone in line away at once, as when the breaker opens. */
  refuseWaiters(error: DatabaseUnavailableError): void {
    for (const waiter of this.#waiters) waiter.reject(error);
    this.#waiters.clear();
  }

  /** Replaces every connection, idle ones now and the others as they come back: after a failover, or on an operator's word. */
  renew(): void {
    this.evictIdle("renewed");
    for (const slot of this.#slots) slot.retireAt = 0;
  }

  /** Takes hold at once for new connections; those above a lowered bound end as they come back. */
  resize({ max, min }: { readonly max: number; readonly min: number }): void {
    this.#max = max;
    this.#min = min;
    while (this.#slots.size > max && this.#idle.length > 0) this.#dropLongestIdle();
    this.#connectForWaiters();
  }

  #dropLongestIdle(): void {
    const [longest] = this.#idle;
    if (longest !== undefined) this.drop(longest, "resized");
  }

  /** Ends idle connections now and leased ones as they come back; resolves when none is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.refuseWaiters(new DatabaseUnreachableError("Cannot lease a connection as the pool is closed"));
    this.evictIdle("closed");
    this.dropConnecting("closed");
    for (const slot of [...this.#slots]) if (slot.state === "abandoned") this.drop(slot, "closed");
    if (this.#slots.size > 0) await new Promise<void>((resolve) => (this.#emptied = resolve));
  }

  #popIdle(): Slot | undefined {
    for (let slot = this.#idle.pop(); slot !== undefined; slot = this.#idle.pop()) {
      if (this.#deps.clock.now() < slot.retireAt) {
        slot.state = "leased";
        return slot;
      }
      this.drop(slot, "lifetime");
    }
    return undefined;
  }

  /** An idle connection that is known to be alive: used within the last second, or asked now. */
  async #popLive(): Promise<Slot | undefined> {
    for (let slot = this.#popIdle(); slot !== undefined; slot = this.#popIdle()) {
      if (this.#deps.clock.now() - slot.idleSince < TRUSTED_MS || (await answersInTime(slot, this.#deps)))
        return slot;
      this.drop(slot, "silent");
      this.evictIdle("silent");
    }
    return undefined;
  }

  #wait(waitMs: number, signal: AbortSignal | undefined): Promise<Slot> {
    const { promise, resolve, reject } = Promise.withResolvers<Slot>();
    const waiter: Waiter = { resolve, reject };
    this.#waiters.add(waiter);
    const leave = (error: unknown) => {
      if (this.#waiters.delete(waiter)) reject(error);
    };
    const timer = this.#deps.clock.after(waitMs, () =>
      leave(
        new DatabaseUnreachableError(
          `Cannot lease a connection as none could be opened in ${Math.round(waitMs)} ms`,
        ),
      ),
    );
    const abort = () => leave(signal?.reason);
    signal?.addEventListener("abort", abort, { once: true });
    this.#connectForWaiters();
    return promise.finally(() => {
      timer[Symbol.dispose]();
      signal?.removeEventListener("abort", abort);
    });
  }

  #connectForWaiters(): void {
    if (this.#closed) return;
    let { connecting } = this.counts();
    while (connecting < this.#waiters.size && this.#slots.size < this.#max) {
      this.#connect();
      connecting += 1;
    }
  }

  // The connection belongs to the pool, not to who caused it: a waiter that left does not leak it.
  #connect(): void {
    const { clock, random, observe } = this.#deps;
    const client = createClient(this.#options);
    const bornAt = clock.now();
    // Jitter: connections opened together must not all be replaced together.
    const retireAt = bornAt + this.#options.lifetimeMs * (0.9 + random() * 0.1);
    const slot = newSlot(client, { bornAt, retireAt });
    this.#slots.add(slot);
    // While it connects, the promise below tells; a second report here would begin a connection too many.
    const lost = () => {
      if (slot.state !== "connecting") this.drop(slot, "lost");
    };
    client.once("end", lost);
    client.on("error", lost);
    const call = this.#deps.beginCall();
    client.connect().then(
      () => {
        // Says nothing of the database: a pooler answers for itself, and would hide one failed statement after another.
        call.ignore();
        if (slot.state === "gone") return;
        observe({ type: "connection_opened", tookMs: clock.now() - bornAt });
        this.giveBack(slot);
      },
      (cause: unknown) => {
        // Dropped by us: says nothing of the server.
        if (slot.state === "gone") call.ignore();
        else this.#connectFailed(slot, call, cause);
      },
    );
  }

  #connectFailed(slot: Slot, call: BreakerCall, cause: unknown): void {
    const known = classify(cause);
    const error =
      known instanceof DatabaseUnavailableError
        ? known
        : new DatabaseUnreachableError("Cannot open a connection", { cause: known });
    this.#deps.observe({ type: "connection_failed", code: error.code });
    // Nobody at work means nobody will hand a connection on: the whole line hears it now.
    if (this.counts().leased > 0) this.#refuseOne(error);
    else this.refuseWaiters(error);
    this.drop(slot, "connect_failed");
    call.fail(error.code);
  }

  #refuseOne(error: DatabaseUnavailableError): void {
    const [waiter] = this.#waiters;
    if (waiter === undefined) return;
    this.#waiters.delete(waiter);
    waiter.reject(error);
  }

  /** Ends what is past its life or idled too long beyond the minimum. */
  retire(now: number): void {
    for (const slot of [...this.#idle]) {
      const spare = this.#slots.size > this.#min;
      if (now >= slot.retireAt) this.drop(slot, "lifetime");
      else if (spare && now - slot.idleSince >= this.#options.idleTimeoutMs) this.drop(slot, "idle");
    }
  }

  /** Begins to open what the minimum lacks, unless an attempt is under way; says how many are missing. */
  refill(): number {
    const missing = this.#min - this.#slots.size;
    const trying = this.counts().connecting > 0;
    for (let i = 0; i < missing && !trying; i++) this.#connect();
    return Math.max(0, missing);
  }

  /** Those at work now, for the report of leases that are held too long. */
  leased(): Slot[] {
    return [...this.#slots].filter(({ state }) => state === "leased");
  }
}
