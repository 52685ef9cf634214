import type { Random } from "../../../src/resilience/mod.ts";

/** One request of the schedule: when, and for whom. The schedule does not wait for answers (an open loop). */
export interface Arrival {
  /** Milliseconds since the load began. */
  readonly atMs: number;
  readonly audience: "held" | "new";
  readonly slug: string;
}

export interface ArrivalOptions {
  /** Requests a second, on average: the gaps are exponential, as independent visitors make them. */
  readonly rate: number;
  readonly durationMs: number;
  /** How many tenants are held in memory before the load begins. */
  readonly heldTenants: number;
  /** The share of requests, in [0, 1], that go to a tenant nobody has asked for before. */
  readonly newShare: number;
}

/** The whole schedule at once, so that every build gets the same requests at the same offsets. */
export function planArrivals(options: ArrivalOptions, { random }: { random: Random }): readonly Arrival[] {
  const arrivals: Arrival[] = [];
  let newcomers = 0;
  let atMs = nextGapMs(options.rate, random);
  while (atMs < options.durationMs) {
    const isNew = random() < options.newShare;
    const slug = isNew ? newSlug(newcomers++) : heldSlug(Math.floor(random() * options.heldTenants));
    arrivals.push({ atMs, audience: isNew ? "new" : "held", slug });
    atMs += nextGapMs(options.rate, random);
  }
  return arrivals;
}

/** The nth tenant held before the load begins. */
export function heldSlug(index: number): string {
  return `held-${String(index).padStart(4, "0")}`;
}

/** The nth tenant of the reserve: known to the database, asked for once in the run. */
export function newSlug(index: number): string {
  return `new-${String(index).padStart(5, "0")}`;
}

/** What every brand of a tenant carries and no other's does, so that foreign bytes show whatever the document's shape. */
export function brandMark(slug: string): string {
  return `mark.${slug}.`;
}

const MARK = /mark\.([a-z0-9-]+)\./g;

/** The tenants whose brands a body carries. */
export function marksIn(body: string): ReadonlySet<string> {
  return new Set([...body.matchAll(MARK)].map((match) => match[1] ?? ""));
}

function nextGapMs(rate: number, random: Random): number {
  return (-Math.log(1 - random()) * 1000) / rate;
}
