import { DatabaseUnavailableError } from "../../src/pool/mod.ts";
import type { Outcome } from "../../src/reads/mod.ts";
import type { Answer } from "./rules.ts";
import { LIMITS } from "./rules.ts";
import { KEYS, type PlanName, SHELF, type Stage } from "./stage.ts";

/** One read of one visitor. Moments are those of `performance.now()`. */
export interface Visit {
  readonly plan: PlanName;
  readonly key: string;
  readonly began: number;
  readonly ended: number;
  readonly hasty: boolean;
  readonly answer: Answer;
  readonly cause: string | undefined;
  /** An error that is none of the pool's own. */
  readonly untyped: string | undefined;
  readonly version: number | undefined;
  /** Milliseconds since the value was loaded. */
  readonly ageMs: number;
}

/** What visitors do while the fault holds. */
export interface Crowd {
  readonly visits: readonly Visit[];
  /** The version that was announced for a key, and when: whoever came later must not be told of an older one as fresh. */
  readonly announced: readonly { readonly key: string; readonly at: number; readonly version: number }[];
  /** How many of the shelf's keys expire in the same 10 ms. */
  readonly expiringTogether: number;
  /** The longest line before the pool. */
  waitingMost(): number;
  /** Resolves when everyone has had an answer. */
  readonly over: Promise<void>;
}

const TICK_MS = 20;
const LEAVE_AFTER_MS = 40;
const LEAVING_UNTIL_MS = 600;

/** Reads once and notes what came of it. */
export async function visit(
  stage: Stage,
  { plan, key, deadlineMs }: { plan: PlanName; key: string; deadlineMs?: number },
): Promise<Visit> {
  const began = performance.now();
  const told = { plan, key, began, hasty: deadlineMs !== undefined };
  try {
    const options = deadlineMs === undefined ? {} : { deadlineMs };
    const { ageMs, cause, state, value }: Outcome<number> = await stage.readers[plan].read(key, options);
    return {
      ...told,
      ended: performance.now(),
      answer: state,
      cause,
      untyped: undefined,
      version: value,
      ageMs,
    };
  } catch (error) {
    const known = error instanceof DatabaseUnavailableError;
    return {
      ...told,
      ended: performance.now(),
      answer: "error",
      cause: known ? error.code : undefined,
      untyped: known ? undefined : String(error),
      version: undefined,
      ageMs: 0,
    };
  }
}

/** Sends a cell's visitors for so long. */
export function sendVisitors(
  stage: Stage,
  { forMs, change }: { forMs: number; change: (key: string) => Promise<number> },
): Crowd {
  const { cell } = stage.cast;
  const isFlooded = cell.fault === "slow" && cell.state === "cold";
  const visits: Visit[] = [];
  const announced: { key: string; at: number; version: number }[] = [];
  const startedAt = performance.now();
  const elapsed = () => performance.now() - startedAt;
  const out = new Set<Promise<unknown>>();
  let waitingMost = 0;
  const expiringTogether = mostIn(10, livesOf(stage));
  const send = (plan: PlanName, key: string, deadlineMs?: number): Promise<Visit> => {
    const going = visit(stage, { plan, key, ...(deadlineMs === undefined ? {} : { deadlineMs }) });
    const noted = going.then((done) => {
      visits.push(done);
      out.delete(noted);
    });
    out.add(noted);
    return going;
  };
  const whileOn = async (everyMs: number, act: (turn: number) => unknown, untilMs = forMs) => {
    for (let turn = 0; elapsed() < untilMs; turn += 1) {
      await act(turn);
      await Bun.sleep(everyMs);
    }
  };

  /** Three readers of each plan, twenty the first time, and now and then one in a hurry. */
  const steady = (turn: number) => {
    // Beside a flood one key is enough: three would wait for each other.
    const key = isFlooded ? "k0" : (KEYS[turn % KEYS.length] ?? "k0");
    for (const plan of ["brand", "price"] as const) {
      for (let reader = 0; reader < (turn < KEYS.length ? 20 : 3); reader += 1) void send(plan, key);
      if (turn % 5 === 0) void send(plan, key, LIMITS.hastyMs);
    }
    waitingMost = Math.max(waitingMost, stage.pool.stats().waiting);
  };
  /** One reader, who asks for the next when he has had his answer. */
  const alone = (turn: number) => {
    const plan = turn % 2 === 0 ? "brand" : "price";
    return send(plan, cell.state === "cold" ? `new ${turn}` : (KEYS[turn % KEYS.length] ?? "k0"));
  };
  /** Four readers of a key each, who leave soon. */
  const leave = (turn: number) => {
    for (let reader = 0; reader < 4; reader += 1) {
      const leaving = new AbortController();
      setTimeout(() => leaving.abort(new DOMException("Left", "AbortError")), LEAVE_AFTER_MS);
      const read = async () => stage.readers.leaving.read(`${turn} ${reader}`, { signal: leaving.signal });
      void read().catch(() => {});
    }
  };
  const flood = (turn: number) => {
    for (let number = 0; number < 100; number += 1) {
      void send("crowd", `${turn} ${number}`);
      void send("bulk", `${turn} ${number}`);
    }
    waitingMost = Math.max(waitingMost, stage.pool.stats().waiting);
  };
  /** Two changes, the second while the load that the first one began is on its way back. */
  const rewrite = async () => {
    const key = "k0";
    await change(key);
    stage.readers.brand.expire(key);
    await Bun.sleep(60);
    const version = await change(key);
    stage.readers.brand.expire(key);
    announced.push({ key, at: performance.now(), version });
  };

  const going: Promise<void>[] = [];
  // The flood comes first: whoever is served in the order of arrival must then wait for all of it.
  if (isFlooded) going.push(whileOn(800, flood));
  if (cell.fault === "slow" && cell.state !== "cold") going.push(whileOn(250, rewrite));
  if (cell.fault === "cut" || cell.fault === "half_open") going.push(whileOn(5, alone));
  else if (cell.fault === "stuck" && cell.state === "cold")
    going.push(whileOn(100, leave, LEAVING_UNTIL_MS).then(() => whileOn(TICK_MS, steady)));
  else going.push(whileOn(TICK_MS, steady));
  const over = Promise.all(going).then(async () => {
    while (out.size > 0) await Promise.all(out);
  });
  return {
    visits,
    announced,
    expiringTogether,
    waitingMost: () => waitingMost,
    over,
  };
}

/** How many milliseconds each of the keys that are fresh has to live. */
function livesOf({ readers: { shelf } }: Stage): number[] {
  return shelf.size === 0
    ? []
    : SHELF.flatMap((key) => {
        const outcome = shelf.read(key);
        return outcome instanceof Promise ? [] : [outcome.ttlMs];
      });
}

/** How many of the numbers lie within one width at most. */
function mostIn(width: number, numbers: readonly number[]): number {
  return Math.max(
    0,
    ...numbers.map((from) => numbers.filter((one) => one >= from && one < from + width).length),
  );
}
