import { type Bettor, bodyOf } from "../../tests/bets/crowd.ts";
import { AnswerLostError, createCrowdClient } from "../../tests/bets/crowd_client.ts";

/** How one placement ended. */
export interface Placed {
  /** When it was due, on the bench's own clock. */
  readonly dueAt: number;
  /** From then to its answer, so that a wait for a free client counts too. */
  readonly tookMs: number;
  /** 0 when no answer came. */
  readonly status: number;
}

/** Placements that come at their own rate, whether or not those before were answered. */
export interface Placements extends AsyncDisposable {
  /** Of those that were due from one moment to another; resolves when all of them are answered. */
  between(from: number, to: number): Promise<readonly Placed[]>;
}

/** Bets on these events, each by the next of the bettors, from now on. */
export function startPlacements(
  { bettors, eventIds }: { readonly bettors: readonly Bettor[]; readonly eventIds: readonly string[] },
  { port, perSecond }: { readonly port: number; readonly perSecond: number },
): Placements {
  const placed: Placed[] = [];
  const under = new Set<Promise<void>>();
  const seats = bettors.map((bettor) => ({ bettor, client: createCrowdClient(port) }));
  const free = [...seats];
  const waiting: ((seat: (typeof seats)[number]) => void)[] = [];
  let stopping = false;

  const takeSeat = async () => {
    const seat = free.shift();
    if (seat !== undefined) return seat;
    const { promise, resolve } = Promise.withResolvers<(typeof seats)[number]>();
    waiting.push(resolve);
    return await promise;
  };
  const place = async (turn: number, dueAt: number) => {
    const seat = await takeSeat();
    const outcome = (["home", "draw", "away"] as const)[turn % 3] ?? "home";
    const eventId = eventIds[turn % eventIds.length] ?? "";
    const slip = { key: crypto.randomUUID(), eventId, outcome, stakeMinor: 100 + (turn % 97) };
    const request = { bearer: seat.bettor.bearer, key: slip.key, body: bodyOf(slip) };
    let status = 0;
    try {
      ({ status } = await seat.client.post(`/${seat.bettor.slug}/api/bets`, request));
    } catch (error) {
      if (!(error instanceof AnswerLostError)) throw error;
    }
    placed.push({ dueAt, tookMs: performance.now() - dueAt, status });
    const next = waiting.shift();
    if (next === undefined) free.push(seat);
    else next(seat);
  };
  const run = async () => {
    const startedAt = performance.now();
    for (let turn = 0; !stopping; turn += 1) {
      const dueAt = startedAt + (turn / perSecond) * 1000;
      const waitMs = dueAt - performance.now();
      if (waitMs > 0) await Bun.sleep(waitMs);
      const placing: Promise<void> = place(turn, dueAt).finally(() => under.delete(placing));
      under.add(placing);
    }
  };
  const running = run();
  return {
    async between(from, to) {
      await Promise.all([...under]);
      return placed.filter(({ dueAt }) => dueAt >= from && dueAt < to);
    },
    async [Symbol.asyncDispose]() {
      stopping = true;
      await running;
      await Promise.all([...under]);
      for (const { client } of seats) client[Symbol.dispose]();
    },
  };
}
