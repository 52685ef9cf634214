/** The incident replayed: one load and three faults on three builds of the same service, measured alike and judged. */
import type { Build, BuildName } from "./builds/build.ts";
import { naiveBuild, remediedBuild } from "./builds/first_builds.ts";
import { lineholdBuild } from "./builds/linehold_build.ts";
import { type ReportFacts, renderReport } from "./report/text.ts";
import { type Bounds, type BuildSummary, judgeBuilds, PROMISED, type Verdict } from "./report/verdict.ts";
import { runStage, type StageDeps } from "./stage.ts";
import { PHASE_SECONDS_MIN, planPhases } from "./timeline.ts";

export {
  type Bounds,
  type BuildName,
  type BuildSummary,
  PHASE_SECONDS_MIN,
  PROMISED,
  renderReport,
  type Verdict,
};

export interface IncidentOptions {
  /** How long each phase lasts; at least `PHASE_SECONDS_MIN`. */
  readonly seconds: number;
  /** Visitors' requests a second. */
  readonly rate: number;
  readonly heldTenants: number;
  readonly seed: number;
  /** gunicorn's `--threads` for the remedied first system. */
  readonly gunicornThreads: number;
  readonly builds: readonly BuildName[];
  /** When a client gives up; long enough to see the waits of 5 and 10 s. */
  readonly clientDeadlineMs: number;
  readonly bounds: Bounds;
}

/** What the mission asks for: everything else is a flag. */
export const DEFAULTS: IncidentOptions = {
  seconds: 6,
  rate: 300,
  heldTenants: 200,
  seed: 20_251_123,
  gunicornThreads: 1,
  builds: ["naive", "remedied", "linehold"],
  clientDeadlineMs: 15_000,
  bounds: PROMISED,
};

/** The mission's own figures. */
const NEW_SHARE = 0.2;
const POOL_MAX = 4;
const BRANDING_TTL_SECONDS = 1;

export interface IncidentResult {
  readonly facts: ReportFacts;
  readonly bounds: Bounds;
  readonly builds: readonly BuildSummary[];
  readonly verdicts: readonly Verdict[];
}

/** Runs the builds one after the other, as the machine has two cores, and judges them. */
export async function replayIncident(options: IncidentOptions, deps: StageDeps): Promise<IncidentResult> {
  const { bounds, gunicornThreads, heldTenants, rate, seconds, seed } = options;
  const stage = {
    phases: planPhases(seconds),
    seed,
    rate,
    heldTenants,
    newShare: NEW_SHARE,
    clientDeadlineMs: options.clientDeadlineMs,
    connectionsMax: 4096,
    healthEveryMs: 150,
    tuning: { poolMax: POOL_MAX, brandingTtlSeconds: BRANDING_TTL_SECONDS, gunicornThreads },
  };
  const builds: BuildSummary[] = [];
  for (const name of options.builds) builds.push(await runStage(BUILDS[name], stage, deps));
  const facts = { seconds, rate, heldTenants, newShare: NEW_SHARE, poolMax: POOL_MAX, gunicornThreads, seed };
  return { facts, bounds, builds, verdicts: judgeBuilds(builds, bounds) };
}

const BUILDS: Readonly<Record<BuildName, Build>> = {
  naive: naiveBuild,
  remedied: remediedBuild,
  linehold: lineholdBuild,
};
