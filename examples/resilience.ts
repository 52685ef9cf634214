/**
 * A fetch behind breaker, budget and retry: `bun examples/resilience.ts URL [COUNT]`.
 *
 * Asks ten times a second. A source that fails three times in a row is left alone: its callers are refused at once, one probe at
 * a time asks it in the background, and when that is answered they are let through again.
 */
import { createBreaker, createRetryBudget, retry, sleep, systemClock } from "../src/resilience/mod.ts";

const [url = "http://127.0.0.1:8080/health", count = "20"] = Bun.argv.slice(2);
const deps = { clock: systemClock, random: Math.random };

// At most one retry for ten calls, and two saved up to begin with.
const budget = createRetryBudget({ ratio: 0.1, reserve: 2 });
using breaker = createBreaker(
  {
    failuresMax: 3,
    overdueMs: 500,
    overdueMax: 2,
    overdueCause: "slow",
    probeEveryMs: [100, 1000],
    probeMs: 500,
    probe: ask,
  },
  { ...deps, observe: ({ type }) => console.log(type) },
);

for (let number = 0; number < Number(count); number += 1) {
  console.log(breaker.state.kind === "open" ? "refused at once" : await askGuarded());
  await sleep(100, deps);
}

async function askGuarded(): Promise<string> {
  const attempts = { attempts: 2, jitterMs: [10, 50], isTransient: () => true, budget } as const;
  try {
    await retry(attempt, { ...attempts, deadlineAt: deps.clock.now() + 1500 }, deps);
    return "answered";
  } catch {
    return "failed";
  }
}

async function attempt(): Promise<void> {
  const call = breaker.begin();
  try {
    await ask(AbortSignal.timeout(1000));
    call.succeed();
  } catch (error) {
    call.fail("unreachable");
    throw error;
  }
}

async function ask(signal: AbortSignal): Promise<void> {
  const response = await fetch(url, { signal });
  if (!response.ok) throw new RangeError(`Cannot use the answer: its status is ${response.status}`);
}
