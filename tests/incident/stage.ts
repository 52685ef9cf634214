import { type Clock, sleep } from "../../src/resilience/mod.ts";
import { seededRandom } from "../harness/random.ts";
import { type Build, NotServedError, type RunningBuild, type Tuning } from "./builds/build.ts";
import { type IncidentDatabase, openIncidentDatabase } from "./database.ts";
import { strike } from "./faults.ts";
import { heldSlug, newSlug, planArrivals } from "./load/arrivals.ts";
import { themePath } from "./load/generator.ts";
import type { Outcome } from "./load/outcome.ts";
import type { LoadPlan } from "./load/plan.ts";
import { startLoad } from "./load/process.ts";
import { openSender } from "./load/sender.ts";
import { watchRename } from "./recovery.ts";
import { stripOf, summarisePhase } from "./report/summary.ts";
import type { BuildSummary, Recovery } from "./report/verdict.ts";
import { durationMs, type Phase } from "./timeline.ts";

export interface StageOptions {
  readonly phases: readonly Phase[];
  readonly seed: number;
  readonly rate: number;
  readonly heldTenants: number;
  readonly newShare: number;
  readonly clientDeadlineMs: number;
  readonly connectionsMax: number;
  readonly healthEveryMs: number;
  readonly tuning: Tuning;
}

export interface StageDeps {
  readonly clock: Clock;
  /** Hears what is being done. */
  readonly progress: (line: string) => void;
  /** Gives up: everything opened is closed, then its reason is thrown. */
  readonly signal: AbortSignal;
}

/** The whole replay on one build: a database of its own, the build's processes, the load, the faults; all gone at the end. */
export async function runStage(build: Build, options: StageOptions, deps: StageDeps): Promise<BuildSummary> {
  const { clock, signal } = deps;
  const say = (line: string) => deps.progress(`${build.name}: ${line}`);
  const slugs = Array.from({ length: options.heldTenants }, (_, index) => heldSlug(index));
  say("starting its database and processes");
  await using database = await openIncidentDatabase();
  const { phases, tuning } = options;
  await using running = await build.open({ ...database, slugs, durationMs: durationMs(phases), tuning });
  await holdTenants(running, { slugs, clock });
  const plan = planFor(running, options);
  await running.addTenants(reserveOf(plan));
  await using load = await startLoad(plan);

  const beganAt = new Date(clock.epochMs());
  load.begin();
  running.begin();
  const timetable = { phases, startedAt: clock.now() };
  const recoveries = await playPhases(running, { ...timetable, database, clock, say, signal });
  const work = await running.workSince(beganAt);
  say("waiting for the last answers");
  const { outcomes, ...generator } = await orAborted(load.result, signal);
  return {
    build: build.name,
    about: build.about,
    phases: phases.map((phase) => summarisePhase(phase, outcomes)),
    strip: stripsOf(outcomes, phases),
    recoveries,
    endings: running.endings(),
    work,
    generator,
  };
}

interface Play {
  readonly database: IncidentDatabase;
  readonly phases: readonly Phase[];
  readonly startedAt: number;
  readonly clock: Clock;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Strikes and heals by the timetable; after each healing changes a brand and looks for it until the next fault. */
async function playPhases(running: RunningBuild, play: Play): Promise<Recovery[]> {
  const { clock, database, phases, say, signal, startedAt } = play;
  const until = (ms: number) => sleep(Math.max(0, startedAt + ms - clock.now()), { clock, signal });
  const recoveries: Promise<Recovery>[] = [];
  for (const [index, { fault, fromMs, name, toMs }] of phases.entries()) {
    await until(fromMs);
    say(name);
    if (fault === undefined) continue;
    {
      await using _struck = await strike(fault, database.postgres, { clock });
      await until(toMs);
    }
    const endAt = startedAt + (phases[index + 1]?.toMs ?? toMs);
    const change = { slug: heldSlug(index), name: `changed after ${fault}`, endAt };
    const recovery = watchRename(running, change, { clock }).then((servedMs) => ({ after: fault, servedMs }));
    // Awaited below, with the others; until then a failure must not end the process.
    recovery.catch(() => undefined);
    recoveries.push(recovery);
  }
  await until(durationMs(phases));
  return await Promise.all(recoveries);
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work.then(resolve, reject);
  });
}

/** Asks for every tenant once, so that each is held in memory whatever the build warms by itself. */
async function holdTenants(
  running: RunningBuild,
  { clock, slugs }: { slugs: readonly string[]; clock: Clock },
): Promise<void> {
  using sender = openSender({ hostname: "127.0.0.1", port: running.port, connectionsMax: 4 }, { clock });
  for (const slug of slugs) {
    const reply = await sender.send(themePath(slug), { deadlineAt: clock.now() + 10_000 });
    const isServed = reply.ending === "answered" && reply.status === 200;
    if (!isServed) throw new NotServedError(themePath(slug), { reply, tails: running.tails() });
  }
}

function planFor({ port }: RunningBuild, options: StageOptions): LoadPlan {
  const { phases, tuning: _, ...rest } = options;
  return { ...rest, hostname: "127.0.0.1", port, durationMs: durationMs(phases) };
}

/** As many tenants as the schedule will ask for once. */
function reserveOf(plan: LoadPlan): readonly string[] {
  const arrivals = planArrivals(plan, { random: seededRandom(plan.seed) });
  const newcomers = arrivals.filter(({ audience }) => audience === "new").length;
  return Array.from({ length: newcomers }, (_, index) => newSlug(index));
}

function stripsOf(outcomes: readonly Outcome[], phases: readonly Phase[]): BuildSummary["strip"] {
  const seconds = durationMs(phases) / 1000;
  return {
    held: stripOf(outcomes, { audience: "held", seconds }),
    newcomers: stripOf(outcomes, { audience: "new", seconds }),
  };
}
