import { createBackoff } from "./backoff.ts";
import type { Clock, Random } from "./clock.ts";

/**
 * Whether a dependency is asked at all.
 *
 * It opens on failures in a row and, unlike breakers that only look at finished calls, on calls *in flight* past their
 * limit: a frozen database finishes nothing, so a window of results never sees it (resilience4j issue 1597).
 * While open, one probe at a time asks the dependency in the background; no caller's request is spent on it.
 */
export interface Breaker extends Disposable {
  readonly state: BreakerState;
  /** Counts one call from its start to its end. */
  begin(): BreakerCall;
}

export type BreakerState =
  | { readonly kind: "closed" }
  | { readonly kind: "open"; readonly cause: string; readonly since: number };

/** Ends exactly once; later endings are ignored. */
export interface BreakerCall {
  succeed(): void;
  fail(cause: string): void;
  /** The caller left or asked something wrong: says nothing about the dependency. */
  ignore(): void;
}

export type BreakerEvent =
  | { readonly type: "breaker_opened"; readonly cause: string }
  | { readonly type: "breaker_closed"; readonly openMs: number };

export interface BreakerOptions {
  /** Failures in a row, with no success between, that open it. */
  readonly failuresMax: number;
  /** A call in flight longer than this is overdue. */
  readonly overdueMs: number;
  /** Overdue calls that open it, if nothing succeeded meanwhile. */
  readonly overdueMax: number;
  /** The cause to name then, as callers of `fail` name theirs. */
  readonly overdueCause: string;
  /** Pause before each probe, growing while probes fail. */
  readonly probeEveryMs: readonly [from: number, to: number];
  /** A probe that takes longer has failed. */
  readonly probeMs: number;
  /** Asks the dependency the cheapest honest question. */
  readonly probe: (signal: AbortSignal) => Promise<void>;
}

export interface BreakerDeps {
  readonly clock: Clock;
  readonly random: Random;
  readonly observe: (event: BreakerEvent) => void;
}

export function createBreaker(options: BreakerOptions, { clock, random, observe }: BreakerDeps): Breaker {
  const [fromMs, toMs] = options.probeEveryMs;
  const backoff = createBackoff({ fromMs, toMs }, { random });
  const inFlight = new Map<BreakerCall, number>();
  let state: BreakerState = { kind: "closed" };
  let failures = 0;
  let succeededAt = clock.now();
  let watch: Disposable | undefined;
  let disposed = false;
  const probing = new AbortController();

  const open = (cause: string) => {
    if (disposed || state.kind === "open") return;
    state = { kind: "open", cause, since: clock.now() };
    observe({ type: "breaker_opened", cause });
    scheduleProbe();
  };
  const close = () => {
    if (state.kind === "closed") return;
    const openMs = clock.now() - state.since;
    state = { kind: "closed" };
    // What is still in flight began before or during the fault; it must not open the breaker again.
    inFlight.clear();
    backoff.reset();
    observe({ type: "breaker_closed", openMs });
  };
  const succeed = () => {
    failures = 0;
    succeededAt = clock.now();
  };
  const fail = (cause: string) => {
    failures += 1;
    if (failures >= options.failuresMax) open(cause);
  };

  const scheduleProbe = () => {
    clock.after(backoff.next(), () => {
      if (disposed) return;
      probe().then(
        () => {
          succeed();
          close();
        },
        () => {
          if (!disposed) scheduleProbe();
        },
      );
    });
  };
  // A probe that never settles counts as failed at its deadline: a breaker must not wait for ever half open.
  const probe = () =>
    new Promise<void>((resolve, reject) => {
      const late = new AbortController();
      const timer = clock.after(options.probeMs, () => {
        late.abort(new DOMException("Probe took too long", "TimeoutError"));
        reject(late.signal.reason);
      });
      options
        .probe(AbortSignal.any([late.signal, probing.signal]))
        .then(resolve, reject)
        .finally(() => timer[Symbol.dispose]());
    });

  const look = (lateMs: number) => {
    watch = undefined;
    if (disposed || inFlight.size === 0) return;
    const stepMs = options.overdueMs / 4;
    const now = clock.now();
    let overdue = 0;
    for (const startedAt of inFlight.values()) if (now - startedAt >= options.overdueMs) overdue += 1;
    // A look this late says that this process stood still: the answers may be here and not have been heard yet.
    const stoodStill = lateMs > stepMs;
    if (!stoodStill && overdue >= options.overdueMax && now - succeededAt >= options.overdueMs)
      open(options.overdueCause);
    arm(stepMs);
  };
  const arm = (ms: number) => {
    const dueAt = clock.now() + ms;
    watch ??= clock.after(ms, () => look(clock.now() - dueAt));
  };

  return {
    get state() {
      return state;
    },
    begin() {
      const end = (report: () => void) => {
        if (inFlight.delete(call)) report();
      };
      const call: BreakerCall = {
        succeed: () => end(succeed),
        fail: (cause) => end(() => fail(cause)),
        ignore: () => end(() => {}),
      };
      inFlight.set(call, clock.now());
      arm(options.overdueMs);
      return call;
    },
    [Symbol.dispose]() {
      disposed = true;
      watch?.[Symbol.dispose]();
      probing.abort(new DOMException("Breaker is closed for good", "AbortError"));
    },
  };
}
