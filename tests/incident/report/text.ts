import type { PhaseName } from "../timeline.ts";
import type { Latency } from "./percentile.ts";
import type { PhaseSummary } from "./summary.ts";
import type { BuildSummary, Verdict } from "./verdict.ts";

export interface ReportFacts {
  readonly seconds: number;
  readonly rate: number;
  readonly heldTenants: number;
  readonly newShare: number;
  readonly poolMax: number;
  readonly gunicornThreads: number;
  readonly seed: number;
}

/** The report for people: each phase side by side, the seconds as letters, then the verdicts. */
export function renderReport(
  summaries: readonly BuildSummary[],
  options: { facts: ReportFacts; verdicts: readonly Verdict[] },
): string {
  const { facts, verdicts } = options;
  return [
    ...renderFacts(facts, summaries),
    ...(summaries[0]?.phases ?? []).flatMap(({ phase }) => renderPhase(phase, summaries)),
    ...renderStrips(summaries, facts.seconds),
    ...renderRecoveries(summaries),
    ...renderGenerator(summaries),
    ...renderVerdicts(verdicts),
  ].join("\n");
}

function renderFacts(facts: ReportFacts, summaries: readonly BuildSummary[]): string[] {
  const { gunicornThreads, heldTenants, newShare, poolMax, rate, seconds, seed } = facts;
  return [
    `The incident replayed: ${rate} requests a second (open loop, seed ${seed}), ${heldTenants} tenants held, ${Math.round(newShare * 100)} % of`,
    `requests for tenants never loaded, time to live 1 s, ${poolMax} connections, both workers busy, ${seconds} s a phase.`,
    "",
    ...summaries.map(({ about, build }) => `${build.padEnd(9)} ${about}`),
    `          (gunicorn: 3 workers of ${gunicornThreads} thread${gunicornThreads === 1 ? "" : "s"} each, so ${3 * gunicornThreads} requests at once; health checks wait in the same line)`,
  ];
}

const LABEL_WIDTH = 26;
const COLUMN_WIDTH = 34;

function row(label: string, cells: readonly string[]): string {
  return `  ${label.padEnd(LABEL_WIDTH)}${cells.map((cell) => cell.padEnd(COLUMN_WIDTH)).join("")}`.trimEnd();
}

function renderPhase(name: PhaseName, summaries: readonly BuildSummary[]): string[] {
  const phases = summaries.flatMap(({ phases }) => phases.filter(({ phase }) => phase === name));
  const fault = phases[0]?.fault;
  const cells = (label: string, of: (phase: PhaseSummary) => string) => row(label, phases.map(of));
  return [
    "",
    row(
      name.toUpperCase(),
      summaries.map(({ build }) => build),
    ).trimStart(),
    cells("answers by status", ({ answers }) => renderCounts(answers)),
    cells("without a right answer", ({ failures }) => renderCounts(failures)),
    cells("held p50 / p99", ({ held }) => renderLatency(held)),
    cells("new p50 / p99", ({ newcomers }) => renderLatency(newcomers)),
    ...(fault
      ? [cells("new from 2 s, p50 / p99", ({ newcomersSettled }) => renderLatency(newcomersSettled))]
      : []),
    cells("health 200 of asked", ({ health }) => `${health.good} of ${health.count}`),
    cells("health p99 / slowest", ({ health }) => `${ms(health.p99Ms)} / ${ms(health.maxMs)} ms`),
    cells("fresh / stale / default", ({ provenance }) => renderShares(provenance)),
  ];
}

function renderStrips(summaries: readonly BuildSummary[], seconds: number): string[] {
  const lines = summaries.flatMap(({ build, strip }) => [
    row(`${build}, held`, [split(strip.held, seconds)]),
    row(`${build}, new`, [split(strip.newcomers, seconds)]),
  ]);
  const names = (summaries[0]?.phases ?? [])
    .map(({ phase }) => phase.slice(0, seconds).padEnd(seconds))
    .join(" ");
  return [
    "",
    "SECOND BY SECOND (f fresh, s stale, d default; a capital: most waited over a second; x: any failed)",
    row("", [names]),
    ...lines,
  ];
}

function renderRecoveries(summaries: readonly BuildSummary[]): string[] {
  const lines = summaries.map(({ build, recoveries }) =>
    row(build, [
      recoveries
        .map(({ after, servedMs }) => `${after} ${servedMs === null ? "never" : `${ms(servedMs)} ms`}`)
        .join(", "),
    ]),
  );
  return ["", "A BRAND CHANGED AT THE MOMENT OF HEALING, SERVED AFTER", ...lines];
}

/** A machine busy with other things shows here first: the figures above include it. */
function renderGenerator(summaries: readonly BuildSummary[]): string[] {
  const lines = summaries.map(({ build, generator }) =>
    row(build, [`at most ${generator.latestMs} ms late, ${generator.connectionsMost} connections`]),
  );
  return ["", "THE LOAD GENERATOR ITSELF", ...lines];
}

function renderVerdicts(verdicts: readonly Verdict[]): string[] {
  const lines = verdicts.map(
    ({ build, claim, found, holds }) => `  ${holds ? "yes" : "NO "}  ${build} ${claim}: ${found}`,
  );
  const failed = verdicts.filter(({ holds }) => !holds).length;
  const total =
    failed === 0
      ? `All ${verdicts.length} verdicts hold`
      : `${failed} of ${verdicts.length} verdicts do not hold`;
  return ["", "VERDICTS", ...lines, "", total];
}

function renderCounts(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([key, count]) => `${key}: ${count}`);
  return parts.length === 0 ? "none" : parts.join(", ");
}

function renderLatency({ count, p50Ms, p99Ms }: Latency): string {
  return count === 0 ? "none asked" : `${ms(p50Ms)} / ${ms(p99Ms)} ms of ${count}`;
}

function renderShares(provenance: PhaseSummary["provenance"]): string {
  const total = provenance.fresh + provenance.stale + provenance.default;
  if (total === 0) return "nothing answered";
  const share = (count: number) => `${((count / total) * 100).toFixed(1)} %`;
  return [provenance.fresh, provenance.stale, provenance.default].map(share).join(" / ");
}

function split(strip: string, seconds: number): string {
  return strip.match(new RegExp(`.{1,${seconds}}`, "g"))?.join("|") ?? "";
}

function ms(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString("en");
}
