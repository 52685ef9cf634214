/**
 * `GET /<tenant>/<key>` as it is usually written: `pool.query` on pg's own pool, with the 10 s wait that the incident's error
 * message spoke of. Its listeners are right, so that what fails is the design.
 */
import { Pool } from "pg";
import { HOLD, readServiceSettings } from "./settings.ts";

const { databaseUrl, poolMax, sleepMs } = readServiceSettings(Bun.env);
const pool = new Pool({ connectionString: databaseUrl, max: poolMax, connectionTimeoutMillis: 10_000 });
pool.on("error", () => undefined);
pool.on("connect", (client) => {
  client.on("error", () => undefined);
});

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 120,
  async fetch() {
    await pool.query(HOLD, [sleepMs / 1000]);
    return Response.json({ held: true });
  },
  error: () => new Response(null, { status: 500 }),
});
console.log(`listening ${server.port}`);
