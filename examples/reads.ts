/**
 * A value that outlives its database: `DATABASE_URL=… ROLE=… bun examples/reads.ts`.
 *
 * A thousand readers cost one load. Then the table is locked away: whoever comes once the value is old still gets it, told how old it
 * is and why; a key that was never loaded gets the default.
 */
import { openPool } from "../src/pool/mod.ts";
import { createReads, type Outcome } from "../src/reads/mod.ts";
import { sleep, systemClock } from "../src/resilience/mod.ts";

const { DATABASE_URL: url, ROLE: role = "linehold_read" } = Bun.env;
if (url === undefined) throw new TypeError("Cannot open a pool: DATABASE_URL is not set");

const deps = { clock: systemClock, random: Math.random };
await using pool = openPool({ url, role, applicationName: "example", max: 4, overdueMs: 200 }, deps);
await using reads = createReads({ ...deps, pool, observe: () => {} });

let loads = 0;
let hangs = false;
const greetings = reads.define<string>({
  name: "greeting",
  freshMs: 300,
  staleMs: 60_000,
  hardMs: 500,
  async load(key, connection) {
    loads += 1;
    const [row] = await connection.query<{ greeting: string }>(
      "select 'Hello, ' || $1::text as greeting, pg_sleep($2)::text",
      [key, hangs ? 10 : 0],
    );
    return row?.greeting ?? "";
  },
  fallback: () => "Hello",
});

const thousand = await Promise.all(Array.from({ length: 1000 }, () => greetings.read("Ada")));
console.log(`${thousand.length} readers, ${loads} load`);
say(await greetings.read("Ada"));

hangs = true;
await sleep(400, deps);
say(await greetings.read("Ada"));
say(await greetings.read("Grace"));

function say({ value, state, cause }: Outcome<string>): void {
  console.log(cause === undefined ? `${value}: ${state}` : `${value}: ${state} (${cause})`);
}
