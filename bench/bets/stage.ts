import { openPool, type Pool } from "../../src/pool/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { migrate } from "../../src/schema/mod.ts";
import { arrangeCrowd, CROWD_ENV, type Crowd } from "../../tests/bets/crowd.ts";
import { findFreePort } from "../../tests/harness/ports.ts";
import { type Child, spawnLines } from "../../tests/incident/children.ts";
import { type IncidentDatabase, openIncidentDatabase } from "../../tests/incident/database.ts";

/** A Postgres of its own, a crowd that waits to bet, and the web processes that share it. */
export interface BetsStage extends AsyncDisposable {
  readonly database: IncidentDatabase;
  /** In the role of the web, for what the bench itself does. */
  readonly pool: Pool;
  readonly crowd: Crowd;
  readonly webs: readonly { readonly port: number; readonly child: Child }[];
}

/** Connections of each process for bets: what is left of the two cores is worth no more. */
export const WRITE_CONNECTIONS = 8;
/** Never used up by the crowd, and a limit all the same: it is taken from at each bet. */
const EVENT_MAX_MINOR = 1_000_000_000_000n;
/** Used up within seconds. */
const DRAW_MAX_MINOR = 2000n;

export async function openBetsStage({
  webs: count,
  tenants,
  playersEach,
}: {
  readonly webs: number;
  readonly tenants: number;
  readonly playersEach: number;
}): Promise<BetsStage> {
  await using opened = new AsyncDisposableStack();
  const database = opened.use(await openIncidentDatabase());
  await migrate(database.postgres);
  const { loginUrl } = database.postgres;
  const pool = opened.use(
    openPool(
      { url: loginUrl, role: "linehold_web", applicationName: "linehold bench", max: 1, overdueMs: 20_000 },
      { clock: systemClock, random: Math.random },
    ),
  );
  const crowd = await arrangeCrowd(database.owner, pool, {
    tenants,
    playersEach,
    eventMaxMinor: EVENT_MAX_MINOR,
    drawMaxMinor: DRAW_MAX_MINOR,
  });
  const webs = [];
  for (let index = 0; index < count; index++) {
    const [port, opsPort] = [await findFreePort(), await findFreePort()];
    const child = opened.use(
      spawnLines({
        name: `web ${index}`,
        entry: new URL("../../src/processes/web.ts", import.meta.url).pathname,
        env: {
          ...CROWD_ENV,
          DATABASE_URL: loginUrl,
          HOST: "127.0.0.1",
          PORT: `${port}`,
          METRICS_PORT: `${opsPort}`,
          DB_MAX_CONN: `${WRITE_CONNECTIONS + 2}`,
          DB_WRITE_CONN: `${WRITE_CONNECTIONS}`,
          DB_MIN_CONN: `${WRITE_CONNECTIONS}`,
        },
      }),
    );
    await child.line((line) => line.includes("Pre-warmed"));
    webs.push({ port, child });
  }
  const owned = opened.move();
  return { database, pool, crowd, webs, [Symbol.asyncDispose]: () => owned.disposeAsync() };
}
