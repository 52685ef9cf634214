/**
 * The service as it was before the incident, in one process: every query through `pool.query` on a small pool with the
 * 10 s wait of its error message, a cache that forgets what has expired, a health check that asks the database, and the
 * background workers on the same pool. Its listeners and idle timeout are right, so that what fails is the design.
 */
import { Pool } from "pg";
import { systemClock } from "../../../src/resilience/mod.ts";
import { workInBackground } from "./background_work.ts";
import {
  healthy,
  isHealth,
  type OperatorRow,
  SELECT_OPERATOR,
  tenantOf,
  themeResponse,
} from "./first_theme.ts";
import { readBuildSettings } from "./settings.ts";

const { databaseUrl, poolMax, ttlMs } = readBuildSettings(Bun.env);
const pool = new Pool({ connectionString: databaseUrl, max: poolMax, connectionTimeoutMillis: 10_000 });
pool.on("error", () => undefined);
pool.on("connect", (client) => {
  client.on("error", () => undefined);
});
const cache = new Map<string, { operator: OperatorRow; loadedAt: number }>();

workInBackground((text, values) => pool.query(text, [...values]), {
  clock: systemClock,
  random: Math.random,
});
const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 120,
  async fetch(request) {
    if (isHealth(request)) return await checkHealth();
    const tenant = tenantOf(request);
    return tenant === undefined ? new Response(null, { status: 404 }) : await loadTheme(tenant);
  },
  error: () => Response.json({ error: "Internal Server Error" }, { status: 500 }),
});
console.log(`listening ${server.port}`);

async function checkHealth(): Promise<Response> {
  await pool.query("select 1");
  return healthy();
}

async function loadTheme(tenant: string): Promise<Response> {
  const held = cache.get(tenant);
  if (held && systemClock.now() - held.loadedAt < ttlMs) return themeResponse(held.operator, "fresh");
  const { rows } = await pool.query<OperatorRow>(SELECT_OPERATOR, [tenant]);
  const [operator] = rows;
  if (operator === undefined) return Response.json({ error: "Operator not found" }, { status: 404 });
  cache.set(tenant, { operator, loadedAt: systemClock.now() });
  return themeResponse(operator, "fresh");
}
