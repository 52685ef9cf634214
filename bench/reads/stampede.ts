import { sleep, systemClock } from "../../src/resilience/mod.ts";
import { interleave, samplesOf } from "../measure/interleave.ts";
import { median, pairedRatio } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atMost, round, type Verdict } from "../measure/verdict.ts";
import { type Cache, type CacheKind, PROMISE_SHARING } from "./caches.ts";

export interface StampedeRow {
  readonly name: string;
  /** Of all rounds the most. */
  readonly loads: number;
  /** Until the last of the callers was answered; the median of the rounds. */
  readonly wallMs: number;
  /** Of bare promise sharing in the same round; the median of the rounds. */
  readonly timesSharing: number;
}

const CALLERS = 10_000;
const LOAD_MS = 50;
const AGAIN = "promise sharing again (A/A)";
const OURS = "linehold read";

/** Ten thousand ask for one key at once that nobody holds yet. */
export async function measureStampede(
  kinds: readonly CacheKind[],
  { rounds, progress }: { rounds: number; progress: (line: string) => void },
): Promise<readonly StampedeRow[]> {
  const all = [PROMISE_SHARING, { ...PROMISE_SHARING, name: AGAIN }, ...kinds];
  const subjects = all.map((kind) => stampedeOf(kind));
  const samples = await interleave(subjects, {
    rounds,
    onRound: (n) => progress(`stampede, round ${n} of ${rounds}`),
  });
  const floor = samplesOf(samples, PROMISE_SHARING.name);
  return subjects.map(({ loads, name }) => ({
    name,
    loads: loads(),
    wallMs: median(samplesOf(samples, name)),
    timesSharing: pairedRatio(samplesOf(samples, name), floor).median,
  }));
}

export function stampedeTable(rows: readonly StampedeRow[]): Table {
  return {
    title: `STAMPEDE: ${CALLERS.toLocaleString("en")} gets at once on a cold key, its load takes ${LOAD_MS} ms`,
    columns: ["cache", "loads", "all answered, ms", "x promise sharing"],
    rows: rows.map(({ loads, name, timesSharing, wallMs }) => [
      name,
      String(loads),
      round(wallMs),
      round(timesSharing),
    ]),
  };
}

export function judgeStampede(rows: readonly StampedeRow[]): readonly Verdict[] {
  const ours = rows.find(({ name }) => name === OURS);
  return [
    atMost("10,000 gets on a cold key cost one load", { found: ours?.loads ?? Number.NaN, bound: 1 }),
    atMost("all 10,000 are answered no later than 1.3 x bare promise sharing", {
      found: ours?.timesSharing ?? Number.NaN,
      bound: 1.3,
      unit: "x",
    }),
  ];
}

function stampedeOf(kind: CacheKind) {
  let most = 0;
  return {
    name: kind.name,
    loads: () => most,
    async sample() {
      let loads = 0;
      const load = async () => {
        loads += 1;
        await sleep(LOAD_MS, { clock: systemClock });
        return { loaded: true };
      };
      using cache = kind.open({ load, freshMs: 60_000, staleMs: 60_000, softMs: 50 });
      const wallMs = await askedAtOnce(cache);
      most = Math.max(most, loads);
      return wallMs;
    },
  };
}

async function askedAtOnce(cache: Cache): Promise<number> {
  const startedAt = systemClock.now();
  const answers: unknown[] = [];
  for (let caller = 0; caller < CALLERS; caller += 1) answers.push(cache.read("branding/tenant"));
  await Promise.all(answers);
  return systemClock.now() - startedAt;
}
