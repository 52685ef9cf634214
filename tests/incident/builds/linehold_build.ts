import { sleep, systemClock } from "../../../src/resilience/mod.ts";
import { migrate } from "../../../src/schema/mod.ts";
import { findFreePort } from "../../harness/ports.ts";
import { type Child, endingsOf, spawnLines, tailsOf } from "../children.ts";
import { themePath } from "../load/generator.ts";
import { openSender, type Reply } from "../load/sender.ts";
import { type Build, NotServedError, type OpenOptions, type RunningBuild } from "./build.ts";
import { arrangeMatchday } from "./linehold_bets.ts";
import { countLineholdWork, insertTenants, renameTenant } from "./linehold_tenants.ts";

export const lineholdBuild: Build = {
  name: "linehold",
  about: "the real web, worker_odds and worker_settlement of this checkout",
  open: openLinehold,
};

const PROCESSES = ["web", "worker_odds", "worker_settlement"] as const;

async function openLinehold({
  durationMs,
  owner,
  postgres,
  slugs,
  tuning,
}: OpenOptions): Promise<RunningBuild> {
  await migrate({ ownerUrl: postgres.ownerUrl, loginUrl: postgres.loginUrl });
  await insertTenants(owner, slugs);
  const matchday = await arrangeMatchday(owner, { loginUrl: postgres.loginUrl, slugs, durationMs });
  const port = await findFreePort();
  await using opened = new AsyncDisposableStack();
  const children: Child[] = [];
  for (const name of PROCESSES) {
    const env = await environmentOf({ loginUrl: postgres.loginUrl, port, tuning });
    const entry = new URL(`../../../src/processes/${name}.ts`, import.meta.url).pathname;
    children.push(opened.use(spawnLines({ name, entry, env })));
  }
  await untilServed("/healthz", { port, children });
  const owned = opened.move();
  return {
    port,
    begin: () => void owned.use(matchday.begin()),
    async addTenants(added) {
      // The last one says when the directory knows them all; it is nobody's tenant, so that none of them is loaded.
      const sentinel = "sentinel";
      await insertTenants(owner, [...added, sentinel]);
      await untilServed(themePath(sentinel), { port, children });
    },
    rename: (slug, name) => renameTenant(owner, { slug, name }),
    workSince: (moment) => countLineholdWork(owner, moment),
    endings: () => endingsOf(children),
    tails: () => tailsOf(children),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

async function environmentOf({
  loginUrl,
  port,
  tuning,
}: EnvironmentOptions): Promise<Record<string, string>> {
  return {
    DATABASE_URL: loginUrl,
    HOST: "127.0.0.1",
    PORT: String(port),
    METRICS_PORT: String(await findFreePort()),
    DB_MAX_CONN: String(tuning.poolMax),
    DB_MIN_CONN: "1",
    BRANDING_CACHE_TTL: String(tuning.brandingTtlSeconds),
    FEEDS: "simulated",
    FEED_POLL_INTERVAL: "0.5",
    SETTLEMENT_POLL_INTERVAL: "0.5",
  };
}

interface EnvironmentOptions {
  readonly loginUrl: string;
  readonly port: number;
  readonly tuning: OpenOptions["tuning"];
}

const WAIT_MS = 20_000;

/** Asks until it is served; what is not there yet may be refused or unknown meanwhile. */
async function untilServed(
  path: string,
  { children, port }: { port: number; children: readonly Child[] },
): Promise<void> {
  using sender = openSender({ hostname: "127.0.0.1", port, connectionsMax: 1 }, { clock: systemClock });
  const endAt = systemClock.now() + WAIT_MS;
  let reply: Reply;
  do {
    reply = await sender.send(path, { deadlineAt: endAt });
    if (reply.ending === "answered" && reply.status === 200) return;
    await sleep(50, { clock: systemClock });
  } while (systemClock.now() < endAt && children.every(({ ending }) => ending === undefined));
  throw new NotServedError(path, { reply, tails: tailsOf(children) });
}
