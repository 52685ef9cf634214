import { expect, setDefaultTimeout, test } from "bun:test";
import fc from "fast-check";
import { audit } from "./audit.ts";
import { actsFrom, playLastFacts } from "./last_facts.ts";
import { NAIVE_SETTLERS, openNaiveStepper } from "./naive_corrections.ts";
import { openStepper } from "./stepping.ts";
import { openToldHouse } from "./telling.ts";

setDefaultTimeout(240_000);

/** Of the property; its controls are found within the suite's number. */
const RUNS = Number(Bun.env["LAST_FACTS_RUNS"] ?? 5);
const SMALL_HANDED = { limits: { batchMax: 2, batchesMax: 2, pauseMs: 0 } };

test("whatever was said in whichever order, and settled in between, the last facts alone decide every bet and every balance", async () => {
  await using scope = new AsyncDisposableStack();
  const house = await openToldHouse(scope);
  const start = house.deps.clock.epochMs();
  const workers = [
    openStepper(house.database, SMALL_HANDED),
    openStepper(house.database, SMALL_HANDED),
  ] as const;

  await fc.assert(
    fc.asyncProperty(actsFrom(start), (acts) =>
      playLastFacts(house, acts, { start, workers, last: house.stepper }),
    ),
    { numRuns: RUNS },
  );

  expect(house.stepper.failures).toEqual([]);
  expect(await audit(house.database)).toEqual([]);
});

for (const name of NAIVE_SETTLERS)
  test(`${name} is found: a control of the test above`, async () => {
    await using scope = new AsyncDisposableStack();
    const house = await openToldHouse(scope);
    const start = house.deps.clock.epochMs();
    const naive = (limits = {}) => openNaiveStepper(house.database, name, limits);
    const players = { start, workers: [naive(SMALL_HANDED), naive(SMALL_HANDED)], last: naive() } as const;

    const found = await fc.check(
      fc.asyncProperty(actsFrom(start), (acts) => playLastFacts(house, acts, players)),
      // Of 25 runs 17 to 20 find such a settler; of this seed's five one does, every time.
      { numRuns: 5, seed: 20, endOnFailure: true },
    );

    expect(found.failed).toBe(true);
    expect(found.errorInstance).toMatchObject({ message: expect.stringContaining("toEqual") });
  });
