import type { Score } from "./snapshot.ts";

/** Two clubs meet every KICKOFF_EVERY_MS on each of the pitches; a whole match takes MATCH_MS of business time. */
export const KICKOFF_EVERY_MS = 120_000;
export const PITCHES = 2;
/** A minute of play. */
export const MINUTE_MS = 2000;
const HALF_MINUTES = 45;
const BREAK_MS = 20_000;
export const MATCH_MS = 2 * HALF_MINUTES * MINUTE_MS + BREAK_MS;

const CLUBS = [
  "Aldermoor",
  "Brackwater",
  "Castle Wey",
  "Dunmarrow",
  "Eastholt",
  "Fernlea Town",
  "Garrow Vale",
  "Hollin Bay",
  "Ivelmere",
  "Kestrel Park",
  "Lowmoor",
  "Marrowby",
  "Northgate",
  "Oakhanger",
  "Penwith Sands",
  "Quarrybank",
] as const;

/** A fixture of the league that plays itself; every part of it follows from its id. */
export interface Fixture {
  readonly id: string;
  readonly seed: number;
  readonly pitch: number;
  readonly home: string;
  readonly away: string;
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  /** Goals to expect of each side over a whole match. */
  readonly expected: Score;
  /** When, in business time, and by which side. */
  readonly goals: readonly { readonly at: number; readonly side: "home" | "away" }[];
}

/** The fixtures that kick off from `from` until before `to`, in milliseconds since 1970. */
export function fixturesBetween(seed: number, from: number, to: number): Fixture[] {
  const fixtures: Fixture[] = [];
  for (let slot = Math.ceil(from / KICKOFF_EVERY_MS); slot * KICKOFF_EVERY_MS < to; slot += 1) {
    for (let pitch = 0; pitch < PITCHES; pitch += 1) fixtures.push(fixtureOf(seed, slot, pitch));
  }
  return fixtures;
}

const ID = /^(\d{1,10})-(\d{1,10})-(\d)$/;

/** The fixture an id names, whichever seed it was made with, or `undefined` if it names none. */
export function fixtureById(id: string): Fixture | undefined {
  const [, seed, slot, pitch] = ID.exec(id) ?? [];
  if (seed === undefined || Number(pitch) >= PITCHES) return undefined;
  return fixtureOf(Number(seed), Number(slot), Number(pitch));
}

function fixtureOf(seed: number, slot: number, pitch: number): Fixture {
  const chance = chanceOf(seed, slot, pitch);
  const startsAt = slot * KICKOFF_EVERY_MS;
  // Matches overlap those of the slot before alone, and each draws from clubs of its own: no club plays twice at once.
  const group = (slot % 2) * PITCHES + pitch;
  const clubs = CLUBS.filter((_, index) => index % (2 * PITCHES) === group);
  const first = Math.floor(chance() * clubs.length);
  const second = (first + 1 + Math.floor(chance() * (clubs.length - 1))) % clubs.length;
  const expected = { home: 0.9 + 1.3 * chance(), away: 0.6 + 1.2 * chance() };
  const goals = (["home", "away"] as const).flatMap((side) =>
    Array.from({ length: poisson(expected[side], chance) }, () => ({
      at: startsAt + playedAfter(Math.floor(chance() * 2 * HALF_MINUTES) + chance()),
      side,
    })),
  );
  return {
    id: `${seed}-${slot}-${pitch}`,
    seed,
    pitch,
    home: clubs[first] ?? CLUBS[0],
    away: clubs[second] ?? CLUBS[1],
    startsAt,
    expected,
    goals: goals.sort((one, other) => one.at - other.at),
  };
}

/** Milliseconds from kick-off until so many minutes are played. */
function playedAfter(minutes: number): number {
  return minutes * MINUTE_MS + (minutes > HALF_MINUTES ? BREAK_MS : 0);
}

/** The part of the match still to play, from 1 before kick-off to 0 at its end. */
export function shareLeft({ startsAt }: Fixture, at: number): number {
  const half = HALF_MINUTES * MINUTE_MS;
  const elapsed = Math.max(0, at - startsAt);
  const played = Math.min(elapsed, half) + Math.min(Math.max(0, elapsed - half - BREAK_MS), half);
  return 1 - played / (2 * half);
}

/** The score when so much business time has passed. */
export function scoreAt({ goals }: Fixture, at: number): Score {
  const scored = goals.filter((goal) => goal.at <= at);
  const home = scored.filter(({ side }) => side === "home").length;
  return { home, away: scored.length - home };
}

export function halfTimeScore(fixture: Fixture): Score {
  return scoreAt(fixture, secondHalfAt(fixture));
}

/** A moment after the first half and before the second. */
export function secondHalfAt({ startsAt }: Fixture): number {
  return startsAt + HALF_MINUTES * MINUTE_MS + BREAK_MS / 2;
}

function poisson(expected: number, chance: () => number): number {
  const limit = Math.exp(-expected);
  let product = chance();
  let count = 0;
  while (product > limit && count < 9) {
    product *= chance();
    count += 1;
  }
  return count;
}

/** Numbers in [0, 1) that follow from the parts alone (mulberry32 over an FNV-1a hash): the same in every process, at every time. */
export function chanceOf(...parts: readonly number[]): () => number {
  let state = 0x811c9dc5;
  for (const character of parts.join("/")) state = Math.imul(state ^ character.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
