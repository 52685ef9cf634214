import { type Clock, type Random, sleep } from "../../../src/resilience/mod.ts";

/** Runs one statement on whatever pool the build has. */
export type Run = (text: string, values: readonly unknown[]) => Promise<unknown>;

/** Prices the odds fetcher writes each round, a statement each, as the first system did. */
const PRICES_A_ROUND = 24;
const BETS_A_ROUND = 50;

/** Polls odds and settles bets for ever, in the rhythm of a busy evening. A failed round is skipped, as its log line said. */
export function workInBackground(run: Run, { clock, random }: { clock: Clock; random: Random }): void {
  repeat(() => fetchOdds(run, random), { everyMs: 250, clock });
  repeat(() => settleBets(run, random), { everyMs: 400, clock });
}

async function repeat(
  round: () => Promise<unknown>,
  { clock, everyMs }: { everyMs: number; clock: Clock },
): Promise<never> {
  while (true) {
    await round().catch(() => undefined);
    // Nothing is held while it sleeps: the first system had that right.
    await sleep(everyMs, { clock });
  }
}

function fetchOdds(run: Run, random: Random): Promise<unknown> {
  const writes = Array.from({ length: PRICES_A_ROUND }, () =>
    run("update odds set price = $3, updated_at = clock_timestamp() where event_id = $1 and outcome = $2", [
      1 + Math.floor(random() * 200),
      ["home", "draw", "away"][Math.floor(random() * 3)],
      (1 + random() * 4).toFixed(2),
    ]),
  );
  return Promise.all(writes);
}

function settleBets(run: Run, random: Random): Promise<unknown> {
  return run(
    `update bets set status = 'won', settled_at = clock_timestamp()
     where id in (select id from bets where status = 'pending' and event_id = $1 limit $2)`,
    [1 + Math.floor(random() * 200), BETS_A_ROUND],
  );
}
