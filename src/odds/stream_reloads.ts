import type { Clock } from "../resilience/mod.ts";

/** What came of loading one event: `stale` brought nothing newer than was held, `failed` nothing at all. */
export type Reloaded = "fresh" | "stale" | "failed";

/** Loads events anew as they are woken: those woken together in one go, none twice at once, none too often. */
export interface Reloads extends Disposable {
  wake(eventId: string): void;
  forget(eventId: string): void;
  readonly counts: Readonly<Record<Reloaded, number>>;
}

export interface ReloadsOptions {
  /** Between the beginnings of two loads of one event. */
  readonly coalesceMs: number;
  /** Prices of an event, as far as is known: events are loaded together up to a bound of them. */
  readonly weightOf: (eventId: string) => number;
  /** Never rejects. */
  readonly load: (eventIds: readonly string[]) => Promise<ReadonlyMap<string, Reloaded>>;
}

const EVENTS_MAX = 50;
/** A statement that brings more holds up the event loop. */
const WEIGHT_MAX = 10_000;
const LOADS_MAX = 3;
/** Fewer than these are not worth a statement of their own. */
const SHARE_MIN = 5;
/** After what was not there yet, and after what could not be had. */
const AGAIN_MS = { stale: 25, failed: 500 } as const;

/** Reloads on a clock. Nothing runs while nothing is woken. */
export function createReloads(
  { coalesceMs, load, weightOf }: ReloadsOptions,
  { clock }: { readonly clock: Pick<Clock, "now" | "after"> },
): Reloads {
  /** When each that was woken may be loaded. */
  const due = new Map<string, number>();
  const loading = new Set<string>();
  const wokenAgain = new Set<string>();
  const startedAt = new Map<string, number>();
  const counts = { fresh: 0, stale: 0, failed: 0 };
  let loads = 0;
  let timer: Disposable | undefined;
  let timerAt = Number.POSITIVE_INFINITY;
  let closed = false;

  const runAt = (at: number) => {
    if (closed || at >= timerAt) return;
    timer?.[Symbol.dispose]();
    timerAt = at;
    timer = clock.after(Math.max(0, at - clock.now()), () => {
      timerAt = Number.POSITIVE_INFINITY;
      pump();
    });
  };
  const wakeAt = (eventId: string, at: number) => {
    if (loading.has(eventId)) wokenAgain.add(eventId);
    else if (at < (due.get(eventId) ?? Number.POSITIVE_INFINITY)) due.set(eventId, at);
    if (loads < LOADS_MAX) runAt(due.get(eventId) ?? Number.POSITIVE_INFINITY);
  };
  const wake = (eventId: string) =>
    wakeAt(eventId, Math.max(clock.now(), (startedAt.get(eventId) ?? Number.NEGATIVE_INFINITY) + coalesceMs));
  const pump = () => {
    if (closed) return;
    while (loads < LOADS_MAX) {
      const batch = takeBatch();
      if (batch.length === 0) break;
      void run(batch);
    }
    if (loads < LOADS_MAX && due.size > 0) runAt(Math.min(...due.values()));
  };
  const takeBatch = (): string[] => {
    const now = clock.now();
    const ready = [...due].flatMap(([eventId, at]) => (at <= now ? [eventId] : []));
    // Shared out, so that the first are told while the database is still busy with the others.
    const share = Math.max(SHARE_MIN, Math.ceil(ready.length / (LOADS_MAX - loads)));
    const batch: string[] = [];
    let weight = 0;
    for (const eventId of ready.slice(0, Math.min(share, EVENTS_MAX))) {
      weight += weightOf(eventId);
      if (batch.length > 0 && weight > WEIGHT_MAX) break;
      batch.push(eventId);
    }
    for (const eventId of batch) {
      due.delete(eventId);
      loading.add(eventId);
      startedAt.set(eventId, now);
    }
    return batch;
  };
  const run = async (batch: readonly string[]): Promise<void> => {
    loads += 1;
    const loaded = await load(batch);
    loads -= 1;
    for (const eventId of batch) {
      if (!loading.delete(eventId)) continue;
      const outcome = loaded.get(eventId) ?? "failed";
      counts[outcome] += 1;
      if (outcome !== "fresh") wakeAt(eventId, clock.now() + AGAIN_MS[outcome]);
      if (wokenAgain.delete(eventId)) wake(eventId);
    }
    pump();
  };
  return {
    wake,
    forget(eventId) {
      due.delete(eventId);
      loading.delete(eventId);
      wokenAgain.delete(eventId);
      startedAt.delete(eventId);
    },
    counts,
    [Symbol.dispose]() {
      closed = true;
      timer?.[Symbol.dispose]();
    },
  };
}
