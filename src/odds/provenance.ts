import type { Outcome } from "../reads/mod.ts";

/** Where an answer made of several values comes from: it is as old as the oldest of them and as good as the worst. */
export function jointly<T>(value: T, first: Outcome<unknown>, ...others: Outcome<unknown>[]): Outcome<T> {
  const joint = others.reduce(worseOf, first);
  return { ...joint, value };
}

/** What a tenant has set is part of an answer's provenance only when it could not be confirmed: confirmed, it is as it is. */
export function underOffer<T>(value: T, offer: Outcome<unknown>, ...parts: Outcome<unknown>[]): Outcome<T> {
  const [first = offer, ...others] = parts;
  return offer.state === "fresh" ? jointly(value, first, ...others) : jointly(value, offer, ...parts);
}

function worseOf(one: Outcome<unknown>, other: Outcome<unknown>): Outcome<unknown> {
  const state = one.state === "fresh" ? other.state : one.state;
  const cause = one.cause ?? other.cause;
  const joint = {
    value: undefined,
    state,
    ageMs: Math.max(one.ageMs, other.ageMs),
    ttlMs: Math.min(one.ttlMs, other.ttlMs),
    attempts: Math.max(one.attempts, other.attempts),
    waitedMs: Math.max(one.waitedMs, other.waitedMs),
    shared: one.shared && other.shared,
  };
  return cause === undefined ? joint : { ...joint, cause };
}
