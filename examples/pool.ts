/**
 * Three leases of a pool of two: `DATABASE_URL=… ROLE=… bun examples/pool.ts`.
 *
 * The third caller waits no longer than its deadline and then hears why. ROLE is the NOLOGIN role that each transaction takes;
 * the login of the URL must have been granted it.
 */
import { isUnavailable, openPool } from "../src/pool/mod.ts";
import { systemClock } from "../src/resilience/mod.ts";

const { DATABASE_URL: url, ROLE: role = "linehold_read" } = Bun.env;
if (url === undefined) throw new TypeError("Cannot open a pool: DATABASE_URL is not set");

await using pool = openPool(
  { url, role, applicationName: "example", max: 2, deadlineMs: 1000 },
  { clock: systemClock, random: Math.random },
);

const told = await Promise.allSettled([work("first"), work("second"), work("third")]);
for (const one of told) console.log(one.status === "fulfilled" ? one.value : reasonOf(one.reason));
console.log(`${pool.stats().total} connections`);

/** Inside `begin read only` with role and statement_timeout set, all of it in one round trip. */
async function work(name: string): Promise<string> {
  await using lease = await pool.lease(name === "third" ? { deadlineMs: 200 } : {});
  const [row] = await lease.connection.query<{ role: string }>(
    "select current_user::text as role, pg_sleep(0.4)::text",
  );
  return `${name} worked as ${row?.role}`;
}

function reasonOf(error: unknown): string {
  if (isUnavailable(error)) return `refused: ${error.code}`;
  throw error;
}
