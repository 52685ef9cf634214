import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { TestDatabase } from "../../harness/test_database.ts";
import type { Boundary, DeathWish, Place } from "./boundaries.ts";

const ROOT = join(import.meta.dir, "../../..");
const HOOK = join(import.meta.dir, "hook.ts");

export const REAL = "src/processes/worker_settlement.ts";
export const NAIVE = "tests/settlement/naive_settler.ts";

/** A settler running as a process of its own. */
export interface Victim extends AsyncDisposable {
  /** Resolves when it is gone: by which signal, or with which exit code. */
  readonly gone: Promise<string>;
  /** Ends it as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Beside which statement it ended itself; `undefined` if it did not. */
  diedAt(): Promise<Boundary | undefined>;
  /** Asks it to stop, as a deploy does; how it went. */
  stop(): Promise<string>;
}

/** A settler's own file with the hook before it, made one: a thousand processes read it, and start twice as fast. */
export interface VictimScript extends AsyncDisposable {
  readonly file: string;
}

/** @throws {AggregateError} If the file cannot be made into one. */
export async function bundleVictim(script: string): Promise<VictimScript> {
  const folder = await mkdtemp(join(tmpdir(), "linehold-victim-"));
  const entry = join(folder, "victim.ts");
  await writeFile(
    entry,
    [HOOK, join(ROOT, script)].map((path) => `import ${JSON.stringify(path)};\n`).join(""),
  );
  await Bun.build({ entrypoints: [entry], target: "bun", outdir: folder });
  return {
    file: join(folder, "victim.js"),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

export interface VictimOptions {
  readonly script: VictimScript;
  readonly database: TestDatabase;
  /** Where it ends itself by SIGKILL. */
  readonly wish?: DeathWish;
  /** Told of each place, the first time this process comes there. */
  readonly onPlace: (place: Place) => void;
}

/** Starts a settler over a database, and waits until it says that it has started or is gone already. */
export async function startVictim({ script, database, wish, onPlace }: VictimOptions): Promise<Victim> {
  const note = join(dirname(script.file), `${crypto.randomUUID()}.json`);
  const child = Bun.spawn([process.execPath, script.file], {
    cwd: ROOT,
    env: {
      PATH: process.env["PATH"] ?? "",
      HOST: "127.0.0.1",
      METRICS_PORT: "0",
      DATABASE_URL: database.url,
      // Only the naive settler reads it: it knows of no roles.
      OWNER_URL: database.ownerUrl,
      WORKER_DB_MAX_CONN: "3",
      SETTLEMENT_POLL_INTERVAL: "0.05",
      ...(wish !== undefined && { DIE_AT: JSON.stringify(wish), DEATH_NOTE: note }),
    },
    ipc: (message) => onPlace(JSON.parse(String(message)) as Place),
    stdout: "pipe",
    stderr: "inherit",
  });
  const gone = child.exited.then((code): string => `${child.signalCode ?? code}`);
  const kill = async () => {
    child.kill("SIGKILL");
    await child.exited;
  };
  await Promise.race([says(child.stdout, ".started"), gone]);
  return {
    gone,
    kill,
    async diedAt() {
      const written = Bun.file(note);
      return (await written.exists()) ? ((await written.json()) as Boundary) : undefined;
    },
    async stop() {
      child.kill("SIGTERM");
      return await gone;
    },
    [Symbol.asyncDispose]: kill,
  };
}

/** Resolves when a text appears in the output, or it ends. What follows is read too, or its writer would come to stand still. */
function says(output: ReadableStream<Uint8Array>, wanted: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const decoder = new TextDecoder();
  let said = "";
  const read = async () => {
    for await (const bytes of output) {
      if (said.includes(wanted)) continue;
      said += decoder.decode(bytes, { stream: true });
      if (said.includes(wanted)) resolve();
    }
    resolve();
  };
  read().catch(() => resolve());
  return promise;
}
