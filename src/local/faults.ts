import { rmSync, writeFileSync } from "node:fs";
import { type ClusterProcess, clusterProcesses, signalAll, signalIfThere } from "./_cluster_processes.ts";
import { type Lifeline, openLifeline } from "./_lifeline.ts";
import { occupySlots } from "./_occupy_slots.ts";
import { holdFile } from "./_supervise.ts";
import type { EmbeddedPostgres } from "./embedded_postgres.ts";
import { EmbeddedPostgresError } from "./errors.ts";

/** A fault that holds until it is disposed, which heals it. */
export interface Fault extends AsyncDisposable {
  /** What was done, as a sentence for whoever watches. */
  readonly description: string;
}

/** The server that suffers, on this machine and ours. */
export type Victim = Pick<EmbeddedPostgres, "ownerUrl" | "pid" | "home">;

/**
 * Stops every process of the cluster where it stands (SIGSTOP): connections stay open and connects succeed, since the
 * kernel accepts them, but nothing answers. Healing lets all of them go on, as does our own end.
 *
 * @throws {EmbeddedPostgresError} When none of its processes runs.
 */
export async function freeze(victim: Victim): Promise<Fault> {
  running(victim);
  const lifeline = openLifeline();
  const frozen = stopAll(victim, lifeline);
  return {
    description: `Froze ${frozen} processes of Postgres`,
    async [Symbol.asyncDispose]() {
      continueAll(victim);
      await lifeline[Symbol.asyncDispose]();
    },
  };
}

/**
 * Kills the postmaster (SIGKILL) and holds the server down: its children notice and go, ports refuse, and what was not
 * checkpointed is recovered from the log when its supervisor starts it again, which healing allows.
 *
 * @param options.forMs The server comes back after this long even when whoever called dies before healing.
 * @throws {EmbeddedPostgresError} When it does not run.
 */
export async function kill(victim: Victim, { forMs }: { forMs: number }): Promise<Fault> {
  const pid = running(victim).find(({ main }) => main)?.pid;
  if (pid === undefined)
    throw new EmbeddedPostgresError(`Cannot kill the Postgres in ${victim.home.folder}: it does not run`);
  const hold = holdFile(victim.home.folder);
  writeFileSync(hold, `${Date.now() + forMs}`);
  signalIfThere(pid, "SIGKILL");
  return {
    description: `Killed Postgres (its main process, ${pid}) and holds it down`,
    [Symbol.asyncDispose]: async () => rmSync(hold, { force: true }),
  };
}

/**
 * Takes every slot of the server as its superuser, the reserved ones too, and ends every other client's backend, so that
 * each new connection is refused with 53300. Keeps to it until healed, which gives all slots back.
 *
 * @throws When the superuser cannot connect even once.
 */
export async function exhaust(victim: Victim): Promise<Fault> {
  const occupation = await occupySlots(victim.ownerUrl);
  return {
    description: `Took all ${occupation.held} slots of Postgres and ended ${occupation.ended} connections`,
    [Symbol.asyncDispose]: () => occupation[Symbol.asyncDispose](),
  };
}

/**
 * Lets the whole cluster run for only `runningMs` of every `runningMs + stoppedMs` (SIGSTOP and SIGCONT in turn), as on a
 * starved machine: each statement waits for the next turn, a long one takes about ten times as long by default.
 *
 * @throws {EmbeddedPostgresError} When none of its processes runs.
 */
export async function slow(victim: Victim, { runningMs = 40, stoppedMs = 360 } = {}): Promise<Fault> {
  const healing = new AbortController();
  running(victim);
  const lifeline = openLifeline();
  const turns = (async () => {
    while (!healing.signal.aborted) {
      stopAll(victim, lifeline);
      await Bun.sleep(stoppedMs);
      continueAll(victim);
      await Bun.sleep(runningMs);
    }
  })();
  return {
    description: `Slows Postgres down: it runs ${runningMs} ms of every ${runningMs + stoppedMs}`,
    async [Symbol.asyncDispose]() {
      healing.abort();
      continueAll(victim);
      await turns;
      continueAll(victim);
      await lifeline[Symbol.asyncDispose]();
    },
  };
}

function running({ home }: Victim): ClusterProcess[] {
  const processes = clusterProcesses(home);
  if (processes.length === 0)
    throw new EmbeddedPostgresError(`Cannot find a process of the Postgres in ${home.folder}`);
  return processes;
}

/** The postmaster first, so that it cannot make another while the rest are stopped; then again until no new one is seen. */
function stopAll(victim: Victim, lifeline: Lifeline): number {
  const stopped = new Set<number>();
  for (let found = clusterProcesses(victim.home); ; found = clusterProcesses(victim.home)) {
    const fresh = found
      .filter(({ pid }) => !stopped.has(pid))
      .sort((one, other) => Number(other.main) - Number(one.main));
    if (fresh.length === 0) return stopped.size;
    for (const { pid } of fresh) stopped.add(pid);
    lifeline.hold([...stopped]);
    signalAll(fresh, "SIGSTOP");
  }
}

function continueAll({ home }: Victim): void {
  signalAll(clusterProcesses(home), "SIGCONT");
}
