import { expect, test } from "bun:test";
import {
  type BreakerEvent,
  type BreakerOptions,
  type Clock,
  createBreaker,
} from "../../src/resilience/mod.ts";
import { manualClock, seededRandom } from "../harness/mod.ts";

function openBreaker(overrides: Partial<BreakerOptions> = {}) {
  const clock = manualClock();
  const events: BreakerEvent[] = [];
  let answers: (() => Promise<void>) | undefined;
  let probes = 0;
  const breaker = createBreaker(
    {
      failuresMax: 3,
      overdueMs: 500,
      overdueMax: 2,
      overdueCause: "database_slow",
      probeEveryMs: [200, 1000],
      probeMs: 300,
      probe: async () => {
        probes += 1;
        await answers?.();
      },
      ...overrides,
    },
    { clock, random: seededRandom(7), observe: (event) => events.push(event) },
  );
  return {
    breaker,
    clock,
    events,
    probes: () => probes,
    answerWith: (answer: () => Promise<void>) => {
      answers = answer;
    },
  };
}

const down = () => Promise.reject(new TypeError("down"));

test("a breaker opens on failures in a row and not on fewer", () => {
  const { breaker } = openBreaker();

  breaker.begin().fail("database_unreachable");
  breaker.begin().fail("database_unreachable");
  expect(breaker.state.kind).toBe("closed");
  breaker.begin().fail("database_unreachable");

  expect(breaker.state).toMatchObject({ kind: "open", cause: "database_unreachable" });
});

test("a success between failures starts the count anew", () => {
  const { breaker } = openBreaker();

  breaker.begin().fail("database_unreachable");
  breaker.begin().fail("database_unreachable");
  breaker.begin().succeed();
  breaker.begin().fail("database_unreachable");

  expect(breaker.state.kind).toBe("closed");
});

test("a breaker opens on calls in flight past their limit, though none has finished", async () => {
  const { breaker, clock, answerWith } = openBreaker();
  answerWith(down);
  breaker.begin();
  breaker.begin();

  await clock.advance(499);
  expect(breaker.state.kind).toBe("closed");
  await clock.advance(1);

  expect(breaker.state).toMatchObject({ kind: "open", cause: "database_slow" });
});

test("overdue calls do not open it while others succeed", async () => {
  const { breaker, clock } = openBreaker();
  breaker.begin();
  breaker.begin();

  for (let i = 0; i < 20; i++) {
    await clock.advance(100);
    breaker.begin().succeed();
  }

  expect(breaker.state.kind).toBe("closed");
});

test("a process that stood still does not take its own silence for the database's", () => {
  let now = 0;
  const timers: { dueAt: number; callback: () => void }[] = [];
  const clock: Clock = {
    now: () => now,
    epochMs: () => now,
    after(ms, callback) {
      timers.push({ dueAt: now + ms, callback });
      return { [Symbol.dispose]: () => {} };
    },
    every: () => ({ [Symbol.dispose]: () => {} }),
  };
  /** As an event loop does it: what fell due meanwhile is called when the loop comes round. */
  const wakeAt = (at: number) => {
    now = at;
    for (const timer of timers.splice(0)) {
      if (timer.dueAt <= now) timer.callback();
      else timers.push(timer);
    }
  };
  using breaker = createBreaker(
    {
      failuresMax: 3,
      overdueMs: 500,
      overdueMax: 2,
      overdueCause: "database_slow",
      probeEveryMs: [200, 1000],
      probeMs: 300,
      probe: () => Promise.resolve(),
    },
    { clock, random: seededRandom(7), observe: () => {} },
  );
  const calls = [breaker.begin(), breaker.begin()];

  wakeAt(900);
  expect(breaker.state.kind).toBe("closed");
  for (const call of calls) call.succeed();
  calls.push(breaker.begin(), breaker.begin());
  wakeAt(1025);
  expect(breaker.state.kind).toBe("closed");
  for (const at of [1150, 1275, 1400]) wakeAt(at);

  expect(breaker.state).toMatchObject({ kind: "open", cause: "database_slow" });
});

test("an ignored call says nothing, and a call ends only once", () => {
  const { breaker } = openBreaker({ failuresMax: 1 });
  const call = breaker.begin();

  call.ignore();
  call.fail("database_slow");

  expect(breaker.state.kind).toBe("closed");
});

test("an open breaker probes by itself, one at a time, and closes when a probe succeeds", async () => {
  const { breaker, clock, events, probes, answerWith } = openBreaker({ failuresMax: 1 });
  answerWith(down);
  breaker.begin().fail("database_refused");

  await clock.advance(5000);
  const whileDown = probes();
  answerWith(() => Promise.resolve());
  await clock.advance(1000);

  expect(whileDown).toBeGreaterThanOrEqual(5);
  expect(whileDown).toBeLessThanOrEqual(12);
  expect(breaker.state.kind).toBe("closed");
  expect(events.map(({ type }) => type)).toEqual(["breaker_opened", "breaker_closed"]);
});

test("a probe that never settles counts as failed at its deadline, and the next one runs", async () => {
  const { breaker, clock, probes, answerWith } = openBreaker({ failuresMax: 1 });
  answerWith(() => new Promise(() => {}));
  breaker.begin().fail("database_slow");

  await clock.advance(3000);
  expect(probes()).toBeGreaterThanOrEqual(2);
  answerWith(() => Promise.resolve());
  await clock.advance(2000);

  expect(breaker.state.kind).toBe("closed");
});

test("calls that began during the fault do not open a breaker that a probe has closed", async () => {
  const { breaker, clock, answerWith } = openBreaker();
  answerWith(down);
  breaker.begin();
  breaker.begin();
  await clock.advance(700);
  expect(breaker.state.kind).toBe("open");

  answerWith(() => Promise.resolve());
  await clock.advance(5000);

  expect(breaker.state.kind).toBe("closed");
});

test("a disposed breaker probes no more", async () => {
  const { breaker, clock, probes, answerWith } = openBreaker({ failuresMax: 1 });
  answerWith(down);
  breaker.begin().fail("database_unreachable");

  breaker[Symbol.dispose]();
  await clock.advance(10_000);

  expect(probes()).toBe(0);
});
