import type { BackendSample } from "./backends.ts";
import type { Evidence } from "./episode.ts";
import { type Answer, type CellRules, LIMITS, rulesOf } from "./rules.ts";
import type { Cast } from "./stage.ts";
import type { Stalls } from "./stalls.ts";
import type { Visit } from "./visitors.ts";

/** What came of one cell. Durations in milliseconds. */
export interface Finding {
  readonly cast: Cast;
  /** What is against the rules; nothing when it is green. */
  readonly faults: readonly string[];
  /** How often each answer was given, and why it was not fresh. */
  readonly answers: Readonly<Record<string, number>>;
  readonly longestWaitMs: number;
  readonly waitMaxMs: number;
  readonly recoveryMs: number | undefined;
  readonly backendsMost: number;
  /** Attempts to connect while the fault held. */
  readonly connects: number;
  readonly loads: number;
  readonly attempts: number;
}

/** After the server's clock stood still its own timeouts need a moment. */
const LOOK_AROUND_MS = 500;

/** Whoever waited while this process stood still for so long is not asked what he was given. */
const STOOD_STILL_MS = 60;

export function judge(
  evidence: Evidence,
  { stalls, samples }: { stalls: Stalls; samples: readonly BackendSample[] },
): Finding {
  const { stage, crowd, endingFrom, faultFrom, faultUntil, recoveryMs } = evidence;
  const { cast } = stage;
  const rules = rulesOf(cast.cell);
  const waited = ({ began, ended }: Visit) => ended - began - stalls.between(began, ended);
  const server = judged(samples, rules, evidence);
  const counts = countEvents(evidence);
  const judgedVisits = crowd.visits.filter(({ plan }) => plan === "brand" || plan === "price");
  const most = (numbers: readonly number[]) => Math.max(0, ...numbers);
  const longestWaitMs = most(judgedVisits.map(waited));
  const keys = new Set(judgedVisits.map(({ plan, key }) => `${plan} ${key}`)).size;
  const backendsMost = most(server.map((one) => one[rules.counted]));
  const faults: string[] = [];
  const check = (holds: boolean, otherwise: string) => void (holds || faults.push(otherwise));
  const limit = (what: string, seen: number, max: number | undefined) =>
    check(max === undefined || seen <= max, `${what}: ${Math.round(seen)} of at most ${max}`);

  // Who came before the end and was answered after it may have anything; and a process that stands still cannot be served.
  const during = judgedVisits.filter(
    ({ began, ended, untyped }) =>
      untyped !== undefined || (ended < endingFrom && stalls.between(began, ended) < STOOD_STILL_MS),
  );
  check(during.length > judgedVisits.length / 4, "hardly anything could be judged, so busy is this machine");
  for (const found of forbidden(during, rules)) faults.push(found);
  limit("longest wait", longestWaitMs, rules.waitMs);
  limit(
    "longest wait in a hurry",
    most(judgedVisits.filter(({ hasty }) => hasty).map(waited)),
    rules.hastyWaitMs,
  );
  limit(
    "longest wait once the fault is known",
    most(judgedVisits.filter((one) => isKnown(one, evidence, rules)).map(waited)),
    rules.knownWaitMs,
  );
  limit("loads", counts.judgedLoads, keys * rules.loadsOfKeyMax);
  limit("attempts of loads", counts.attempts, Math.floor(counts.loads * 1.1) + 10);
  limit("attempts to connect", counts.connects, rules.connectsMax);
  limit("connections on the server", backendsMost, LIMITS.max);
  limit("oldest statement on the server", most(server.map((one) => one.statementMs)), rules.statementMs);
  limit(
    "oldest statement that nobody waits for",
    most(server.map((one) => one.leftStatementMs)),
    rules.leftStatementMs,
  );
  // Whoever has a permit may still wait for a connection to be opened.
  limit("line before the pool", crowd.waitingMost(), LIMITS.waitingMax + LIMITS.max);
  limit("keys expiring together", crowd.expiringTogether, rules.expireTogetherMax);
  limit("older than announced", resurfaced(evidence), 0);
  limit("recovery", recoveryMs ?? Number.POSITIVE_INFINITY, rules.recoveryMs);
  return {
    cast,
    faults,
    answers: tally(judgedVisits),
    longestWaitMs,
    waitMaxMs: rules.waitMs,
    recoveryMs,
    backendsMost,
    connects: counts.connects,
    loads: counts.loads,
    attempts: counts.attempts,
  };

  function isKnown(
    { began }: Visit,
    { faultFrom: from, faultUntil: until }: Evidence,
    { knownAfterMs }: CellRules,
  ) {
    return knownAfterMs !== undefined && began >= from + knownAfterMs && began < until;
  }

  function countEvents({ stage: { events } }: Evidence) {
    const found = { connects: 0, loads: 0, judgedLoads: 0, attempts: 0 };
    for (const { at, event } of events) {
      if (at < faultFrom || at > faultUntil) continue;
      if (event.type === "connection_opened" || event.type === "connection_failed") found.connects += 1;
      if (!event.type.startsWith("load_") || !("attempts" in event)) continue;
      found.loads += 1;
      found.attempts += event.attempts;
      if (event.plan === "brand" || event.plan === "price") found.judgedLoads += 1;
    }
    return found;
  }
}

function judged(
  samples: readonly BackendSample[],
  { stoodStill }: CellRules,
  { faultFrom, faultUntil }: Evidence,
): readonly BackendSample[] {
  if (!stoodStill) return samples;
  return samples.filter(({ at }) => at < faultFrom || at > faultUntil + LOOK_AROUND_MS);
}

/** Answers that the cell does not allow, each once. A plan with a default never fails, and one without never makes one up. */
function forbidden(visits: readonly Visit[], rules: CellRules): Set<string> {
  const found = new Set<string>();
  const causes = new Set([...rules.causes, "refreshing"]);
  for (const { plan, answer, cause, hasty, untyped } of visits) {
    const last: Answer = plan === "brand" ? "default" : "error";
    // Who cannot wait for a first load takes the last resort of the plan.
    const allowed: readonly Answer[] = hasty ? [...rules.answers, last] : rules.answers;
    const impossible = answer !== last && (answer === "default" || answer === "error");
    if (untyped !== undefined) found.add(`an error of no known kind: ${untyped}`);
    else if (!allowed.includes(answer) || impossible) found.add(`${plan} answered ${spell(answer, cause)}`);
    else if (cause !== undefined && !causes.has(cause) && !(hasty && cause === "database_slow"))
      found.add(`${plan} answered ${answer} for an unlikely cause: ${cause}`);
  }
  return found;
}

/** Fresh answers to readers who came after a change was announced, with what was there before it. */
function resurfaced({ crowd }: Evidence): number {
  return crowd.visits.filter(
    ({ plan, key, answer, began, version = 0 }) =>
      plan === "brand" &&
      answer === "fresh" &&
      crowd.announced.some((change) => change.key === key && change.at <= began && change.version > version),
  ).length;
}

function tally(visits: readonly Visit[]): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { answer, cause } of visits) {
    const name = spell(answer, cause);
    found[name] = (found[name] ?? 0) + 1;
  }
  return found;
}

function spell(answer: Answer, cause: string | undefined): string {
  return cause === undefined ? answer : `${answer} (${cause})`;
}
