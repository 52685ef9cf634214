import type { Pool } from "../../src/pool/mod.ts";
import { interleave, samplesOf } from "../measure/interleave.ts";
import { median, pairedRatio } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, atMost, round, type Verdict } from "../measure/verdict.ts";
import {
  asyncCacheDedupe,
  asyncMapGet,
  bentocache,
  cacheable,
  type HotSubject,
  lineholdRead,
  lruCache,
  mapGet,
  type Value,
} from "./hot_subjects.ts";

export interface HotRow {
  readonly name: string;
  readonly nanoseconds: number;
  /** Of `Map.get` in the same round; the median of all rounds. */
  readonly timesMapGet: number;
  /** Of `linehold read` in the same round. */
  readonly timesLinehold: number;
  /** Gets a value, loading it when it is missing: what ours is compared with. */
  readonly loads: boolean;
}

const KEYS = 1000;
/** A sample is this much reading, in portions, with a turn of the event loop between them: so that clocks tick as they do in a server. */
const SAMPLE_NS = 10_000_000;
const PORTION_NS = 400_000;

const FLOOR = "Map.get";
const OURS = "linehold read";
const LOADING = /^(lru-cache fetch|async-cache-dedupe|bentocache getOrSet|cacheable getOrSet)/;

/** A hit on one of 1,000 keys built before, its value fresh: ours, the peers, and the floor under all. */
export async function measureHot(
  { rounds }: { rounds: number },
  { pool, progress }: { pool: Pool; progress: (line: string) => void },
): Promise<readonly HotRow[]> {
  const keys = Array.from({ length: KEYS }, (_, index) => `branding/tenant-${index}`);
  const values = new Map(keys.map((key, index) => [key, brandOf(index)]));
  const subjects = [
    mapGet(FLOOR, values),
    mapGet("Map.get again (A/A)", values),
    await lineholdRead(values, { pool }),
    asyncMapGet(values),
    ...(await lruCache(values)),
    ...(await asyncCacheDedupe(values)),
    ...(await bentocache(values, { serialize: false })),
    ...(await bentocache(values, { serialize: true })),
    ...(await cacheable(values)),
  ];
  const timed = [];
  for (const subject of subjects) timed.push(await prepare(subject, keys));
  const samples = await interleave(timed, {
    rounds,
    onRound: (n) => progress(`hot hit, round ${n} of ${rounds}`),
  });
  return timed.map(({ name }) => ({
    name,
    nanoseconds: median(samplesOf(samples, name)),
    timesMapGet: pairedRatio(samplesOf(samples, name), samplesOf(samples, FLOOR)).median,
    timesLinehold: pairedRatio(samplesOf(samples, name), samplesOf(samples, OURS)).median,
    loads: LOADING.test(name),
  }));
}

export function hotTable(rows: readonly HotRow[]): Table {
  return {
    title: "HOT HIT: one of 1,000 keys, in memory and fresh",
    columns: ["call", "ns", "x Map.get", "x ours"],
    rows: rows.map(({ name, nanoseconds, timesLinehold, timesMapGet }) => [
      name,
      round(nanoseconds),
      round(timesMapGet),
      round(timesLinehold),
    ]),
    notes: ["The second Map.get is the same as the first: its ratio is what this machine's noise is worth."],
  };
}

/** At most three times the floor, and three times cheaper than whoever is best at getting or loading. */
export function judgeHot(rows: readonly HotRow[]): readonly Verdict[] {
  const ours = rows.find(({ name }) => name === OURS);
  const peers = rows.filter(({ loads }) => loads);
  const best = peers.toSorted((one, other) => one.timesLinehold - other.timesLinehold)[0];
  return [
    atMost("a hot hit costs at most 3 x Map.get", {
      found: ours?.timesMapGet ?? Number.NaN,
      bound: 3,
      unit: "x",
    }),
    atLeast(`the best peer's hot hit costs at least 3 x ours; the best is ${best?.name}`, {
      found: best?.timesLinehold ?? Number.NaN,
      bound: 3,
      unit: "x",
    }),
  ];
}

function brandOf(index: number): Value & { readonly name: string } {
  return Object.freeze({ size: index % 7, name: `Brand ${index}` });
}

/** Finds how many passes fill a portion, warming the code up on the way. */
async function prepare(subject: HotSubject, keys: readonly string[]) {
  let passes = 1;
  for (let warm = 0; warm < 20; warm += 1) {
    const took = await timeOf(subject, { keys, passes });
    const perPass = took / passes;
    passes = Math.max(1, Math.min(1000, Math.round(PORTION_NS / perPass)));
  }
  return { name: subject.name, sample: () => sample(subject, { keys, passes }) };
}

/** Nanoseconds a read. */
async function sample(subject: HotSubject, portion: Portion): Promise<number> {
  let spent = 0;
  let readings = 0;
  while (spent < SAMPLE_NS) {
    await turnOfTheLoop();
    spent += await timeOf(subject, portion);
    readings += portion.passes * portion.keys.length;
  }
  return spent / readings;
}

interface Portion {
  readonly keys: readonly string[];
  readonly passes: number;
}

async function timeOf(subject: HotSubject, { keys, passes }: Portion): Promise<number> {
  const startedAt = Bun.nanoseconds();
  const sum = subject.run(keys, passes);
  const settled = typeof sum === "number" ? sum : await sum;
  const took = Bun.nanoseconds() - startedAt;
  if (settled === 0) throw new RangeError(`Cannot measure ${subject.name} as it read nothing`);
  return took;
}

function turnOfTheLoop(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
