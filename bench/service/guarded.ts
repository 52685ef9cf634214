/**
 * `GET /<tenant>/<key>` by the read pipeline and the guarded pool of this checkout. Every key is asked for once, so nothing is
 * ever answered from memory: what is measured is the way to the database.
 */
import { isUnavailable, openPool } from "../../src/pool/mod.ts";
import { createReads } from "../../src/reads/mod.ts";
import { systemClock } from "../../src/resilience/mod.ts";
import { HOLD, readServiceSettings } from "./settings.ts";

const { databaseUrl, namesTenants, poolMax, sleepMs } = readServiceSettings(Bun.env);
const deps = { clock: systemClock, random: Math.random };
const pool = openPool(
  {
    url: databaseUrl,
    role: "linehold_read",
    applicationName: "linehold bench",
    max: poolMax,
    min: poolMax,
  },
  deps,
);
const reads = createReads({ pool, ...deps });
const reader = reads.define<{ readonly held: true }>({
  name: "held",
  freshMs: 60_000,
  staleMs: 60_000,
  entriesMax: 1000,
  ...(namesTenants && { tenantId: (key: string) => key.slice(1, key.indexOf("/", 1)) }),
  async load(_key, connection) {
    await connection.query(HOLD, [sleepMs / 1000]);
    return { held: true };
  },
});

const server = Bun.serve({
  hostname: "127.0.0.1",
  port: 0,
  idleTimeout: 120,
  async fetch(request) {
    const path = request.url.slice(request.url.indexOf("/", 8));
    try {
      return Response.json((await reader.read(path)).value);
    } catch (error) {
      if (isUnavailable(error)) return new Response(error.code, { status: 503 });
      throw error;
    }
  },
  error: () => new Response(null, { status: 500 }),
});
console.log(`listening ${server.port}`);
