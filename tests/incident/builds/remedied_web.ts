/**
 * The first system's web process with all seven remedies of its incident report: a pool of the size given with the 5 s
 * wait, workers elsewhere, stale cache on PoolTimeout and OperationalError and else the default, no connection held in a
 * sleep, a health check that touches nothing, two attempts for reads with 50 to 200 ms of jitter, a pre-warmed cache.
 *
 * It serves as `gunicorn -w 3 -k gthread` does: three workers of one thread each. Here their slots share one line, one
 * cache and one pool, which is kinder than three processes with a line, a cold cache and a pool each.
 */
import { sleep, systemClock } from "../../../src/resilience/mod.ts";
import {
  healthy,
  isHealth,
  type OperatorRow,
  SELECT_OPERATOR,
  SELECT_OPERATORS,
  tenantOf,
  themeResponse,
} from "./first_theme.ts";
import { OperationalError, openPsycopgPool, PoolTimeoutError } from "./psycopg_pool.ts";
import { createRequestSlots } from "./request_slots.ts";
import { readBuildSettings } from "./settings.ts";

const DB_CONN_TIMEOUT_MS = 5000;
const ATTEMPTS = 2;

const { databaseUrl, poolMax, slots, ttlMs } = readBuildSettings(Bun.env);
const pool = openPsycopgPool(
  { url: databaseUrl, min: 1, max: poolMax, timeoutMs: DB_CONN_TIMEOUT_MS },
  { clock: systemClock },
);
const threads = createRequestSlots(slots);
const cache = new Map<string, { operator: OperatorRow; loadedAt: number }>();

const warmed = warmBrandingCache();
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 255,
  fetch: (request) => threads.run(() => answer(request)),
  error: () => Response.json({ error: "Internal Server Error" }, { status: 500 }),
});
console.log(`listening ${server.port}`);
await warmed.catch(() => undefined);

async function answer(request: Request): Promise<Response> {
  if (isHealth(request)) return healthy();
  const tenant = tenantOf(request);
  return tenant === undefined ? new Response(null, { status: 404 }) : await loadTheme(tenant);
}

async function loadTheme(tenant: string): Promise<Response> {
  try {
    const operator = await getCached(tenant, () => readWithRetry(tenant));
    return operator
      ? themeResponse(operator, "fresh")
      : Response.json({ error: "Operator not found" }, { status: 404 });
  } catch (error) {
    if (!(error instanceof PoolTimeoutError || error instanceof OperationalError)) throw error;
    const held = cache.get(tenant);
    return held ? themeResponse(held.operator, "stale") : themeResponse(undefined, "default");
  }
}

async function getCached(
  tenant: string,
  loader: () => Promise<OperatorRow | undefined>,
): Promise<OperatorRow | undefined> {
  const held = cache.get(tenant);
  if (held && systemClock.now() - held.loadedAt < ttlMs) return held.operator;
  const operator = await loader();
  if (operator) cache.set(tenant, { operator, loadedAt: systemClock.now() });
  return operator;
}

async function readWithRetry(tenant: string): Promise<OperatorRow | undefined> {
  for (let attempt = 1; ; attempt++) {
    try {
      const { rows } = await pool.use((client) => client.query<OperatorRow>(SELECT_OPERATOR, [tenant]));
      return rows[0];
    } catch (error) {
      // Only the wait for a connection was tried again, not a statement that broke.
      if (attempt === ATTEMPTS || !(error instanceof PoolTimeoutError)) throw error;
      await sleep(50 + Math.random() * 150, { clock: systemClock });
    }
  }
}

async function warmBrandingCache(): Promise<void> {
  const { rows } = await pool.use((client) => client.query<OperatorRow>(SELECT_OPERATORS));
  for (const operator of rows) cache.set(operator.subdomain, { operator, loadedAt: systemClock.now() });
  console.log(`Pre-warmed ${rows.length}/${rows.length} branding caches`);
}
