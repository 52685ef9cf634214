import { join } from "node:path";
import type { Config } from "../config.ts";
import type { StatusPart, Vitals } from "../health/mod.ts";
import type { Log } from "../log.ts";
import { type Reads, SnapshotRefusedError } from "../reads/mod.ts";
import { type Clock, sleep } from "../resilience/mod.ts";

export interface SnapshotDeps {
  readonly reads: Pick<Reads, "restore" | "save" | "revision">;
  readonly clock: Clock;
  readonly log: Log;
  readonly vitals: Pick<Vitals, "watchPart" | "watchGauge">;
}

/** Keeps the file up to date until it is closed, and writes it once more then. */
export interface SnapshotKeeper extends AsyncDisposable {}

/** Reading may hold up the listener for as long; what comes later is taken behind its back. */
const RESTORE_MS = 1000;

/**
 * Takes what an earlier process remembered, before anybody asks, and goes on remembering: the last known brands of a machine
 * that boots while the database is away. Whatever is wrong with the file or its folder, the process goes on without.
 */
export async function openSnapshot(
  { dir, everyMs }: { readonly dir: string; readonly everyMs: Config["snapshot"]["everyMs"] },
  deps: SnapshotDeps,
): Promise<SnapshotKeeper> {
  const path = join(dir, "reads.snapshot");
  const { clock, reads, vitals } = deps;
  const state = {
    savedAt: undefined as number | undefined,
    values: 0,
    failing: undefined as Failing | undefined,
  };
  let savedRevision = reads.revision;
  let closed = false;
  let timer: Disposable | undefined;
  // Not written before it is read to its end: half of it would take the whole's place.
  const restored = restore(path, deps);
  const save = async (): Promise<void> => {
    const { revision } = reads;
    if (revision === savedRevision) return;
    try {
      const { saved } = await reads.save(path);
      savedRevision = revision;
      Object.assign(state, { savedAt: clock.epochMs(), values: saved });
      tellSaved(state, deps, path);
    } catch (error) {
      tellFailed(state, deps, { path, error });
    }
  };
  const keep = () => {
    if (!closed) timer = clock.after(everyMs, () => void save().then(keep));
  };
  vitals.watchPart("snapshot", () => part(path, state));
  vitals.watchGauge("linehold_snapshot_age_seconds", "Seconds since the snapshot was last written", () =>
    state.savedAt === undefined ? undefined : (clock.epochMs() - state.savedAt) / 1000,
  );
  await Promise.race([restored, sleep(RESTORE_MS, { clock })]);
  void restored.then(keep);
  return {
    async [Symbol.asyncDispose]() {
      closed = true;
      timer?.[Symbol.dispose]();
      await restored;
      await save();
    },
  };
}

interface Failing {
  readonly since: number;
  readonly why: string;
}

interface State {
  savedAt: number | undefined;
  values: number;
  failing: Failing | undefined;
}

/** One line, whatever comes of it. */
async function restore(path: string, { reads, clock, log }: SnapshotDeps): Promise<void> {
  const startedAt = clock.now();
  try {
    const { restored } = await reads.restore(path);
    const took_ms = Math.round(clock.now() - startedAt);
    log.info("snapshot.restored", `Remembered ${restored} values from the snapshot`, {
      path,
      restored,
      took_ms,
    });
  } catch (error) {
    if (!(error instanceof SnapshotRefusedError)) throw error;
    const { reason } = error;
    if (reason === "absent") log.info("snapshot.absent", "No snapshot yet: nothing is remembered", { path });
    else log.warn("snapshot.refused", `The snapshot is ${reason} and was not used`, { path, reason });
  }
}

function tellSaved(state: State, { log }: SnapshotDeps, path: string): void {
  const fields = { path, values: state.values };
  if (state.failing === undefined) log.debug("snapshot.saved", `Wrote ${state.values} values`, fields);
  else log.info("snapshot.saved", `The snapshot can be written again: ${state.values} values`, fields);
  state.failing = undefined;
}

/** Told once, and again when it is over. */
function tellFailed(
  state: State,
  { log, clock }: SnapshotDeps,
  failed: { path: string; error: unknown },
): void {
  if (state.failing !== undefined) return;
  const { error } = failed;
  const why = error instanceof Error && "code" in error ? String(error.code) : "unknown";
  state.failing = { since: clock.epochMs(), why };
  log.warn("snapshot.save_failed", `The snapshot cannot be written (${why})`, failed);
}

function part(path: string, { failing, savedAt, values }: State): StatusPart {
  const at = (epochMs: number | undefined) =>
    epochMs === undefined ? null : new Date(epochMs).toISOString();
  const last = savedAt === undefined ? "nothing" : `what was known at ${at(savedAt)}`;
  return {
    detail: { path, savedAt: at(savedAt), values, failingSince: at(failing?.since) },
    words:
      failing === undefined
        ? []
        : [
            `The snapshot cannot be written since ${at(failing.since)} (${failing.why}): a restart without the database would remember ${last}. Look at SNAPSHOT_DIR, ${path}.`,
          ],
  };
}
