import { type Clock, type Random, sleep } from "../../src/resilience/mod.ts";
import { openSender, type Sender } from "../../tests/incident/load/sender.ts";

/** Somebody who wants one answer, and tries again when there is none. */
export interface Visit {
  readonly who: string;
  /** When they came, in milliseconds since the load began. */
  readonly atMs: number;
}

export interface VisitOutcome extends Visit {
  /** Until the answer, or until they gave up. */
  readonly tookMs: number;
  readonly isServed: boolean;
  readonly attempts: number;
}

export interface Patience {
  /** How often a visitor asks at most. */
  readonly attempts: number;
  /** How long each time. */
  readonly timeoutMs: number;
}

export interface VisitDeps {
  readonly clock: Clock;
  /** Keys are never repeated: where to count on from. */
  readonly keys: () => number;
}

/** Independent visitors of one kind: exponential gaps. */
export function planVisits(
  who: string,
  { durationMs, random, rate }: { rate: number; durationMs: number; random: Random },
): readonly Visit[] {
  const visits: Visit[] = [];
  for (let atMs = gapMs(rate, random); atMs < durationMs; atMs += gapMs(rate, random))
    visits.push({ who, atMs });
  return visits;
}

function gapMs(rate: number, random: Random): number {
  return (-Math.log(1 - random()) * 1000) / rate;
}

const CONNECTIONS_MAX = 12_000;

/** Lets everybody come when the plan says, whether or not the others were served, and waits for the last. */
export async function runVisits(
  port: number,
  { patience, visits }: { visits: readonly Visit[]; patience: Patience },
  deps: VisitDeps,
): Promise<readonly VisitOutcome[]> {
  const { clock } = deps;
  using sender = openSender({ hostname: "127.0.0.1", port, connectionsMax: CONNECTIONS_MAX }, { clock });
  const startedAt = clock.now();
  const pending: Promise<VisitOutcome>[] = [];
  for (const visit of visits.toSorted((one, other) => one.atMs - other.atMs)) {
    while (startedAt + visit.atMs > clock.now()) await sleep(1, { clock });
    pending.push(pay(sender, visit, { patience, dueAt: startedAt + visit.atMs, ...deps }));
  }
  return await Promise.all(pending);
}

/** One visit, from when it was due: a generator that falls behind cannot hide it. */
async function pay(
  sender: Sender,
  visit: Visit,
  { clock, dueAt, keys, patience }: VisitDeps & { patience: Patience; dueAt: number },
): Promise<VisitOutcome> {
  let attempts = 0;
  while (attempts < patience.attempts) {
    attempts += 1;
    const reply = await sender.send(`/${visit.who}/${keys()}`, {
      deadlineAt: clock.now() + patience.timeoutMs,
    });
    const isServed = reply.ending === "answered" && reply.status === 200;
    if (isServed) return { ...visit, tookMs: clock.now() - dueAt, isServed, attempts };
  }
  return { ...visit, tookMs: clock.now() - dueAt, isServed: false, attempts };
}

/** Answers a second when this many visitors never stop asking, each for one thing at a time. */
export async function measureCapacity(
  port: number,
  { forMs, visitors }: { visitors: number; forMs: number },
  { clock, keys }: VisitDeps,
): Promise<number> {
  using sender = openSender({ hostname: "127.0.0.1", port, connectionsMax: visitors }, { clock });
  const startedAt = clock.now();
  let served = 0;
  const visitor = async () => {
    while (clock.now() - startedAt < forMs) {
      const reply = await sender.send(`/capacity/${keys()}`, { deadlineAt: clock.now() + 10_000 });
      if (reply.ending === "answered" && reply.status === 200) served += 1;
    }
  };
  await Promise.all(Array.from({ length: visitors }, visitor));
  return (served / (clock.now() - startedAt)) * 1000;
}
