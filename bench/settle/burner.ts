import { openSession, type Session } from "../../src/pool/mod.ts";
import { ownCpuMicroseconds } from "../http/cpu.ts";

/** Backends of another database that do nothing but use the processor, as much as they are told. */
export interface Burner extends AsyncDisposable {
  /**
   * @param share Processors to use: 0.9 is nine tenths of one.
   * @returns Milliseconds of processor time that were used.
   */
  burn(share: number, options: { readonly forMs: number }): Promise<number>;
}

/** Short beside what is burnt, long beside a round trip. */
const PIECE = "select count(*) from generate_series(1, 60000)";
const REST_MS = 2;
/** More than one, as settlement's process and its backend can be at work at the same time; the second helps where the first is behind. */
const BACKENDS = 2;
const BEHIND_MS = 40;

/** @throws {RangeError} Where processor times cannot be read. */
export async function openBurner(url: string): Promise<Burner> {
  await using opened = new AsyncDisposableStack();
  const backends: { session: Session; pid: number }[] = [];
  for (let count = 0; count < BACKENDS; count += 1) {
    const session = opened.use(
      await openSession({ url, applicationName: "linehold bench burner", connectTimeoutMs: 10_000 }),
    );
    const [row] = await session.query<{ pid: number }>("select pg_backend_pid() as pid");
    backends.push({ session, pid: row?.pid ?? 0 });
  }
  const used = () => cpuMsOf(backends.map(({ pid }) => pid));
  const owned = opened.move();
  return {
    async burn(share, { forMs }) {
      const startedAt = performance.now();
      const from = used();
      const run = async ({ session }: (typeof backends)[number], slackMs: number) => {
        for (;;) {
          const elapsedMs = performance.now() - startedAt;
          if (elapsedMs >= forMs) return;
          if (used() - from + slackMs < share * elapsedMs) await session.query(PIECE);
          else await Bun.sleep(REST_MS);
        }
      };
      await Promise.all(backends.map((backend, index) => run(backend, index * BEHIND_MS)));
      return used() - from;
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Processor time that these processes have used so far. */
export function cpuMsOf(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const microseconds = ownCpuMicroseconds(pid);
    if (microseconds === undefined)
      throw new RangeError(`Cannot tell the processor time of process ${pid} as /proc does not`);
    return sum + microseconds / 1000;
  }, 0);
}
