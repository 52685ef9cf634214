import { answers, exhaust, freeze, kill, type Victim } from "../../src/local/mod.ts";
import { type Clock, sleep } from "../../src/resilience/mod.ts";
import type { FaultName } from "./timeline.ts";

/** A server killed and never healed comes back by itself after this long, should the replay itself be killed. */
const HELD_DOWN_MAX_MS = 600_000;

/** Does it to the database at once; disposing heals it and returns when it answers its owner again. */
export async function strike(
  fault: FaultName,
  victim: Victim,
  { clock }: { clock: Clock },
): Promise<AsyncDisposable> {
  const struck = await STRIKES[fault](victim);
  return {
    async [Symbol.asyncDispose]() {
      await struck[Symbol.asyncDispose]();
      while (!(await answers(victim.ownerUrl))) await sleep(10, { clock });
    },
  };
}

const STRIKES: Readonly<Record<FaultName, (victim: Victim) => Promise<AsyncDisposable>>> = {
  freeze,
  kill: (victim) => kill(victim, { forMs: HELD_DOWN_MAX_MS }),
  exhaust,
};
