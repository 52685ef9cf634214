import { themePath } from "../../tests/incident/load/generator.ts";
import { interleave, samplesOf } from "../measure/interleave.ts";
import { median, pairedRatio } from "../measure/statistics.ts";
import type { Table } from "../measure/table.ts";
import { atLeast, notMeasured, round, type Verdict } from "../measure/verdict.ts";
import { cpuMicroseconds } from "./cpu.ts";
import type { Server } from "./server.ts";
import { TENANT } from "./stage.ts";
import { runWrk } from "./wrk.ts";

export interface RateRow {
  readonly name: string;
  readonly requestsPerSecond: number;
  /** Of the bare Elysia route, and of nginx (when it is there), in the same round: medians of the rounds. */
  readonly timesElysia: number;
  readonly timesNginx: number | undefined;
  /** Processor time of the server's processes for each request; `undefined` where it cannot be told. */
  readonly cpuMicroseconds: number | undefined;
}

/** The servers side by side; the optional ones are those whose programs this machine has. */
export interface Contenders {
  readonly linehold: Server;
  readonly elysia: Server;
  readonly elysiaAgain: Server;
  readonly others: readonly Server[];
  readonly nginx: Server | undefined;
}

const SLICE_SECONDS = 1;
const WARM_UP_ROUNDS = 2;

/** Closed-loop load on each in turn, a second at a time. */
export async function measureRates(
  { elysia, elysiaAgain, linehold, nginx, others }: Contenders,
  { progress, rounds, wrk }: { rounds: number; wrk: string; progress: (line: string) => void },
): Promise<readonly RateRow[]> {
  const servers = [elysia, elysiaAgain, linehold, ...others, ...(nginx === undefined ? [] : [nginx])];
  const subjects = servers.map((server) => rateOf(server, wrk));
  await interleave(subjects, { rounds: WARM_UP_ROUNDS, onRound: () => progress("rates, warming up") });
  for (const subject of subjects) subject.forget();
  const samples = await interleave(subjects, {
    rounds,
    onRound: (n) => progress(`rates, round ${n} of ${rounds}`),
  });
  const of = (name: string) => samplesOf(samples, name);
  return subjects.map(({ cpu, name }) => ({
    name,
    requestsPerSecond: median(of(name)),
    timesElysia: pairedRatio(of(name), of(elysia.name)).median,
    timesNginx: nginx && pairedRatio(of(name), of(nginx.name)).median,
    cpuMicroseconds: cpu(),
  }));
}

function rateOf({ name, pid, port }: Server, wrk: string) {
  const costs: number[] = [];
  const url = `http://127.0.0.1:${port}${themePath(TENANT)}`;
  return {
    name,
    cpu: () => (costs.length === 0 ? undefined : median(costs)),
    forget: () => void costs.splice(0),
    async sample() {
      const before = cpuMicroseconds(pid);
      const { requests, requestsPerSecond } = await runWrk(wrk, { seconds: SLICE_SECONDS, url });
      const after = cpuMicroseconds(pid);
      if (before !== undefined && after !== undefined) costs.push((after - before) / requests);
      return requestsPerSecond;
    },
  };
}

export function rateTable(rows: readonly RateRow[]): Table {
  return {
    title: "LOAD-THEME, HOT: closed loop of 64 connections, a second at a time, in turn",
    columns: ["server", "requests/s", "x bare Elysia", "x nginx", "CPU us a request"],
    rows: rows.map((row) => [
      row.name,
      round(row.requestsPerSecond),
      round(row.timesElysia),
      row.timesNginx === undefined ? "" : round(row.timesNginx),
      row.cpuMicroseconds === undefined ? "" : round(row.cpuMicroseconds),
    ]),
    notes: [
      "The second bare Elysia is the same program in another process: its ratio is what this machine's noise is worth.",
    ],
  };
}

const LIKE_ELYSIA = "load-theme through the app reaches 0.95 x the bare Elysia route";
const LIKE_NGINX = "load-theme through the app reaches nginx's proxy_cache hit on one worker";

export function judgeRates(
  rows: readonly RateRow[],
  { linehold, nginx }: Pick<Contenders, "linehold" | "nginx">,
) {
  const ours = rows.find(({ name }) => name === linehold.name);
  const verdicts: Verdict[] = [
    atLeast(LIKE_ELYSIA, { found: ours?.timesElysia ?? Number.NaN, bound: 0.95, unit: "x" }),
    nginx === undefined
      ? notMeasured(LIKE_NGINX, "nginx is not installed (Debian: nginx-light)")
      : atLeast(LIKE_NGINX, { found: ours?.timesNginx ?? Number.NaN, bound: 1, unit: "x" }),
  ];
  return verdicts;
}

export function ratesNotMeasured(missing: string): readonly Verdict[] {
  return [notMeasured(LIKE_ELYSIA, missing), notMeasured(LIKE_NGINX, missing)];
}
