/** A web process that is killed and started again on the same port. */
export interface KilledWeb extends AsyncDisposable {
  /** SIGKILL; returns when the next one has been started, not when it listens. */
  killAndRestart(): Promise<void>;
}

/** Starts it and waits until it answers. */
export async function startKilledWeb(env: Readonly<Record<string, string>>): Promise<KilledWeb> {
  const entry = new URL("../../src/processes/web.ts", import.meta.url).pathname;
  const start = () =>
    Bun.spawn([process.execPath, entry], {
      env: { PATH: Bun.env["PATH"] ?? "", ...env },
      stdin: "ignore",
      stdout: "ignore",
      stderr: "ignore",
    });
  let child = start();
  const health = `http://127.0.0.1:${env["PORT"]}/healthz`;
  for (let tries = 0; ; tries++) {
    const answer = await fetch(health).catch(() => undefined);
    if (answer?.status === 200) break;
    if (tries > 600) throw new RangeError("Cannot go on as the web process does not listen");
    await Bun.sleep(50);
  }
  const end = async () => {
    child.kill("SIGKILL");
    await child.exited;
  };
  return {
    async killAndRestart() {
      await end();
      child = start();
    },
    [Symbol.asyncDispose]: end,
  };
}
