import { type Clock, sleep } from "../../src/resilience/mod.ts";
import type { RunningBuild } from "./builds/build.ts";
import { brandMark } from "./load/arrivals.ts";
import { themePath } from "./load/generator.ts";
import { openSender } from "./load/sender.ts";

export interface RenameOptions {
  readonly slug: string;
  /** Goes into the brand's new name, so it must not be part of the old one. */
  readonly name: string;
  /** On `clock.now()`: no longer looked for. */
  readonly endAt: number;
}

const LOOK_EVERY_MS = 50;

/**
 * Changes a brand by SQL and asks for it every 50 ms, whether or not the last question was answered.
 *
 * @returns Milliseconds from the change until it was served with 200, or null if it was not by `endAt`.
 */
export async function watchRename(
  running: RunningBuild,
  options: RenameOptions,
  { clock }: { clock: Clock },
): Promise<number | null> {
  const { endAt, name, slug } = options;
  await running.rename(slug, `Brand ${brandMark(slug)} ${name}`);
  const changedAt = clock.now();
  using sender = openSender({ hostname: "127.0.0.1", port: running.port, connectionsMax: 200 }, { clock });
  let servedMs: number | null = null;
  const look = async () => {
    const reply = await sender.send(themePath(slug), { deadlineAt: endAt });
    const served = reply.ending === "answered" && reply.status === 200 && reply.body.includes(name);
    if (served) servedMs ??= clock.now() - changedAt;
  };
  const looks: Promise<void>[] = [];
  while (servedMs === null && clock.now() < endAt) {
    looks.push(look());
    await sleep(LOOK_EVERY_MS, { clock });
  }
  return servedMs;
}
