import type { Client } from "pg";
import { type Backoff, type BreakerCall, type Clock, createBackoff, type Random } from "../resilience/mod.ts";
import { requestCancel } from "./cancel.ts";
import { DatabaseUnavailableError, DatabaseUnreachableError } from "./errors.ts";
import type { PoolEvent, PoolOptions } from "./pool.ts";
import { classify } from "./signatures.ts";
import { createClient, destroyClient } from "./wire.ts";

/** One of the pool's `max` places, from the moment a connection is begun until its socket is known to be gone. */
export interface Slot {
  readonly client: Client;
  readonly bornAt: number;
  readonly retireAt: number;
  idleSince: number;
  state: "connecting" | "idle" | "leased" | "abandoned" | "gone";
  /** Held by whoever uses the connection, and by nobody else until the server is known to be done with it. */
  permit: Disposable | undefined;
}

interface Waiter {
  readonly resolve: (slot: Slot) => void;
  readonly reject: (error: Error) => void;
}

export interface TakeOptions {
  readonly permit: Disposable;
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
  /** Whether the minimum may be opened now; not while the breaker is open, whose probe alone asks then. */
  readonly mayConnect: () => boolean;
  /** Counts an attempt to connect, in flight too: a frozen server neither accepts nor refuses. */
  readonly beginConnect: () => BreakerCall;
}

export interface SlotCounts {
  readonly total: number;
  readonly idle: number;
  readonly leased: number;
  readonly connecting: number;
  readonly abandoned: number;
  readonly waiting: number;
}

/** How long an abandoned statement may outlive its own statement_timeout before its place is given up for free. */
const ABANDONED_GRACE_MS = 1000;

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
  readonly #refill: Backoff;
  #upkeep: Disposable | undefined;
  #closed = false;
  #emptied: (() => void) | undefined;

  constructor(options: PoolOptions, deps: SlotDeps) {
    this.#options = options;
    this.#deps = deps;
    this.#refill = createBackoff({ fromMs: 100, toMs: 2000 }, deps);
    this.#keep(0);
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
  async take({ permit, waitMs, signal }: TakeOptions): Promise<Slot> {
    signal?.throwIfAborted();
    if (this.#closed) throw new DatabaseUnreachableError("Cannot lease a connection as the pool is closed");
    const slot = this.#popIdle() ?? (await this.#wait(waitMs, signal));
    slot.permit = permit;
    return slot;
  }

  /** The connection is sound and its transaction is over: the next in line has it. */
  giveBack(slot: Slot): void {
    if (slot.state === "gone") return;
    if (this.#closed || this.#deps.clock.now() >= slot.retireAt) {
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
   * is whole again once the statement has ended, the cancel has been dealt with and the transaction is rolled back.
   * Otherwise its place is free a second after the server must have ended the statement by its own timeout.
   */
  abandon(slot: Slot, { statement, timeoutMs, cancel }: AbandonOptions): void {
    if (slot.state === "gone") return;
    slot.state = "abandoned";
    const timer = this.#deps.clock.after(timeoutMs + ABANDONED_GRACE_MS, () => this.drop(slot, "abandoned"));
    const cancelled = cancel ? requestCancel(slot.client, { timeoutMs: ABANDONED_GRACE_MS }) : undefined;
    Promise.allSettled([statement, cancelled])
      .then(() => slot.client.query("rollback"))
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

  /** Ends idle connections now and leased ones as they come back; resolves when none is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#upkeep?.[Symbol.dispose]();
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
    while (connecting < this.#waiters.size && this.#slots.size < this.#options.max) {
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
    const slot: Slot = {
      client,
      bornAt,
      retireAt,
      idleSince: bornAt,
      state: "connecting",
      permit: undefined,
    };
    this.#slots.add(slot);
    // While it connects, the promise below tells; a second report here would begin a connection too many.
    const lost = () => {
      if (slot.state !== "connecting") this.drop(slot, "lost");
    };
    client.once("end", lost);
    client.on("error", lost);
    const call = this.#deps.beginConnect();
    client.connect().then(
      () => {
        call.succeed();
        if (slot.state === "gone") return;
        this.#refill.reset();
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

  /** Retires what idled too long and really opens the minimum, in the background, with growing pauses while that fails. */
  #keep(ms: number): void {
    this.#upkeep = this.#deps.clock.after(ms, () => {
      if (this.#closed) return;
      const now = this.#deps.clock.now();
      for (const slot of [...this.#idle]) {
        const spare = this.#slots.size > this.#options.min;
        if (now >= slot.retireAt) this.drop(slot, "lifetime");
        else if (spare && now - slot.idleSince >= this.#options.idleTimeoutMs) this.drop(slot, "idle");
      }
      const { connecting } = this.counts();
      const missing = this.#options.min - this.#slots.size;
      // One at a time while connecting fails, all together once it works.
      if (missing > 0 && connecting === 0 && this.#deps.mayConnect()) this.#connectMissing(missing);
      this.#keep(missing > 0 ? this.#refill.next() : 500);
    });
  }

  #connectMissing(missing: number): void {
    for (let i = 0; i < missing; i++) this.#connect();
  }
}
