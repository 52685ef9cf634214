import { clusterProcesses } from "../../src/local/_cluster_processes.ts";
import { answers, exhaust, freeze, kill } from "../../src/local/mod.ts";
import type { FaultProxy } from "../harness/fault_proxy.ts";
import { until } from "../harness/until.ts";
import type { FaultName } from "./cells.ts";
import type { Ground } from "./ground.ts";

/** Where a fault happens: one server, and the ways to it. */
export interface Scene {
  readonly ground: Ground;
  readonly proxies: readonly FaultProxy[];
}

/** Disposing ends the fault, and resolves once the server answers again to whoever is near it. */
export type RunningFault = AsyncDisposable;

/** After how many bytes of answers a connection is cut: a login and a dozen reads. */
const CUT_AFTER_BYTES = 8000;
/** Between the two kills of `restarted`. */
const SECOND_KILL_MS = 1100;

/** Begins a fault; what it resolves to ends it. */
export const BEGIN: Readonly<Record<FaultName, (scene: Scene) => Promise<RunningFault>>> = {
  down: ({ ground }) => onServer(ground, killAndWait(ground)),
  frozen: ({ ground }) => onServer(ground, freeze(ground.postgres)),
  exhausted: ({ ground }) => onServer(ground, exhaust(ground.postgres)),
  restarted: ({ ground }) => restartTwice(ground),
  rejecting: ({ ground }) => revoke(ground),
  stuck: ({ ground }) => lock(ground),
  slow: (scene) => onTheWay(scene, { delayMs: 25, jitterMs: 20 }),
  partitioned: (scene) => onTheWay(scene, "blackhole"),
  half_open: (scene) => onTheWay(scene, "half_open"),
  cut: (scene) => onTheWay(scene, { cutAfterBytes: CUT_AFTER_BYTES }),
};

async function onTheWay({ proxies }: Scene, mode: Parameters<FaultProxy["set"]>[0]): Promise<RunningFault> {
  const set = async (next: typeof mode) => void (await Promise.all(proxies.map((proxy) => proxy.set(next))));
  await set(mode);
  return { [Symbol.asyncDispose]: () => set("pass") };
}

async function onServer({ postgres }: Ground, begun: Promise<AsyncDisposable>): Promise<RunningFault> {
  const fault = await begun;
  return {
    async [Symbol.asyncDispose]() {
      await fault[Symbol.asyncDispose]();
      await until(() => answers(postgres.ownerUrl), 30_000);
    },
  };
}

/** The children of a killed postmaster go a moment after it, each when it next looks. */
async function killAndWait({ postgres }: Ground): Promise<RunningFault> {
  const killed = await kill(postgres, { forMs: 60_000 });
  await until(() => clusterProcesses(postgres.home).length === 0);
  return killed;
}

async function restartTwice({ postgres }: Ground): Promise<RunningFault> {
  const killNow = async () => {
    await using _killed = await kill(postgres, { forMs: 0 });
  };
  await killNow();
  const again = (async () => {
    await Bun.sleep(SECOND_KILL_MS);
    await until(() => answers(postgres.ownerUrl), 30_000);
    await killNow();
  })();
  return {
    async [Symbol.asyncDispose]() {
      await again;
      await until(() => answers(postgres.ownerUrl), 30_000);
    },
  };
}

async function revoke({ openOwner }: Ground): Promise<RunningFault> {
  const owner = await openOwner();
  await owner.execute("revoke select on wares from linehold_read");
  return {
    async [Symbol.asyncDispose]() {
      await owner.execute("grant select on wares to linehold_read");
      await owner[Symbol.asyncDispose]();
    },
  };
}

async function lock({ openOwner }: Ground): Promise<RunningFault> {
  const owner = await openOwner();
  await owner.execute("begin");
  await owner.execute("lock table wares in access exclusive mode");
  return {
    async [Symbol.asyncDispose]() {
      await owner.execute("rollback");
      await owner[Symbol.asyncDispose]();
    },
  };
}
